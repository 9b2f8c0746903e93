"""The room of persons adds its command."""
