"""The task as a programme: rows and columns, the one door to HiGHS, bounds, and the judge of any plan.

In comes an ``Instance``; out go sparse arrays, bounds that no plan can pass, and what a given plan spends,
breaks and is worth. The judge reads the instance alone, never the search's books.
"""
