"""What the guards of each workflow ask, read from the stored rows."""
