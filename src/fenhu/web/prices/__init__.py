"""The city's price books: one version after another, each from a day on; signed contracts keep theirs."""
