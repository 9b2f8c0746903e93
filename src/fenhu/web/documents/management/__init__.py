"""Issued papers on the command line."""
