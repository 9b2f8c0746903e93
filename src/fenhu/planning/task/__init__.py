"""What is asked: an ``Instance`` of buildings, purses, crews and rules, and changes to it that people name.

In comes a folder of files or, by ``fenhu.study``, a register; out go arrays, what a plan of them is worth,
and the words for its parts. Nothing here looks for a plan.
"""
