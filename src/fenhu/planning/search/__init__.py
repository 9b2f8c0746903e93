"""Looking for the best plan: rankings, a compiled ruin and recreate, proof where it is in reach.

In comes an ``Instance`` with counted work; out comes a ``PlanResult``. ``solve`` is the way through.
"""
