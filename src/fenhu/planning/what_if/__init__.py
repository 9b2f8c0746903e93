"""What if: many scenarios planned at once, each by a search of its own, on any engine.

In come a plan and scenarios, which are changes with a name; out comes what each leads to, in the order given.
"""
