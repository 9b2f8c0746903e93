"""Whether a plan holds when facts stray, which purse is the risk, and the pace a programme needs.

In comes an ``Instance`` with a plan; out go shares of drawn scenarios, reserves, and the pace as sentences.
"""
