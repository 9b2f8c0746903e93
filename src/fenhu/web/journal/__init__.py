"""What was decided, by whom, when: append-only, chained by digests, without personal data."""
