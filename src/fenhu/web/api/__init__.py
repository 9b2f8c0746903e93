"""The interface for other systems: a supplier's billing and SCADA, a city's data platform.

In: calls with a token that acts as its owner and never as more; out: the same rows and verbs the pages have,
as JSON, and webhooks that tell what happened. ``routes`` holds one module a subject; nothing here calculates.
"""
