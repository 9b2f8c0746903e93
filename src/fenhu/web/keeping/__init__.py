"""Keeping what a city stored: one file of database, files and key, proved before it counts.

``backing_up`` writes it while the product serves; ``restoring`` proves it, brings it to the program's version
beside the data that is there, and only then puts it in place.
"""
