"""Issued papers as records: their numbers, their state, their verification, an office's own templates.

In: what the programme knows of a project, a flat, a plan, a reward. Out: a numbered paper that never changes,
whose state anybody can ask for by the code printed on it.
"""
