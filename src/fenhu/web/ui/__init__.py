"""The screens: addresses, thin views, templates, components and style.

In come frozen values from the apps' ``queries``; out go pages in Chinese and English that open with their
answer, print on A4, work without a script, and load nothing from elsewhere. Deeds are the apps' ``services``.
"""
