"""The web product: stores what the stages below calculate, shows it, and carries people's decisions.

In: requests, uploads, jobs. Out: pages and files. Verbs live in each app's ``services.py``, reads in its
``queries.py``; nothing here calculates.
"""
