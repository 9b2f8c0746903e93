"""The books: every yuan from the bill to the payer to the receipt, in double entry that only grows.

In: bills, contracts, plans, budgets, payments. Out: what everybody owes and has paid, what a purse has left.
Others reach it through ``services`` and ``queries``; much of it happens by itself when the journal says so:
a plan was approved, a contract signed (``followers``).
"""
