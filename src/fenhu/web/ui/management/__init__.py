"""Commands of the pages' room."""
