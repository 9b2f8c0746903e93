"""The portal's views: gate, one query, a page or a file."""
