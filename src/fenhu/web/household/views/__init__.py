"""The pages of a flat by its two doors, and the offices' page about them."""
