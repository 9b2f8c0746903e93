"""A person's own data: found, handed out whole, erased as far as the law lets it, and forgotten in time."""
