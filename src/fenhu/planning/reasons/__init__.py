"""Answers to whoever asks: why this year, why not, which limits conflict, what would help and at what price.

In comes an ``Instance`` with a plan of it; out go sentences with their figures, each tried by solving again.
"""
