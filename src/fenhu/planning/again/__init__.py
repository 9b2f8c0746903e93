"""Planning again in the middle of a year: what is built stays, what is signed stays, moves have a price.

In comes a task with the plan in force and how far every building is; out come a new plan and the list of what
it changes.
"""
