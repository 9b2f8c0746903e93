"""Who comes in and stays in: passwords, second factor, the browsers somebody is signed in with.

What comes in are a name with a password (or another house's word, ``sso``), then a code; what goes out is a
signed-in request, and a journal entry for everything that changed about how somebody signs in.
"""
