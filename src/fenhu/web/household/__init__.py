"""The flat's own page: what a household reads, answers, signs, reports and complains about on its phone.

In: a flat, and whoever comes through one of its two doors: the link on its notice, or its own login. Out:
one page, the words it declared with the exact text it read, and what it reported. What is decided of the
flat stands in ``works``, what it owes in ``ledger``; both are asked and written through their own verbs.
"""
