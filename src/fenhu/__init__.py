"""fenhu (分户): carries a city's conversion from single-pipe to per-household heating."""

__version__ = "0.1.0"
