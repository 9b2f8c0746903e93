"""A plan spelled out: years, purses, works and crews by day, and a plan kept as bytes and read again.

In comes a ``PlanResult``; out go plain values that papers and pages print.
"""
