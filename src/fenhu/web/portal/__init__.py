"""The public portal: what anybody may know without signing in, on a cheap phone, and the same as open data.

In: the doors the other apps hold open for what is published. Out: explicit projections on pages under 60 kB,
and files that stream. Nothing personal, nothing undecided; it has no tables and no verbs of its own.
"""
