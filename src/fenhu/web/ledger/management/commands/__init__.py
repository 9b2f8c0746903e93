"""The books on the command line."""
