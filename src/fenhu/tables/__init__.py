"""tables: standards and catalogues as data, one TOML file each, every row with its source and trust.

``load("pipes")`` returns a file's tables, ``source_of`` says where a row is from; nothing here computes.
Trust marks: S read in the source, S- read in a weak source, K professional knowledge not checked against
the text, K✓ knowledge that a calculation reproduces, C computed.
"""

from fenhu.tables.loader import TRUST, available, load, source_of

__all__ = ["TRUST", "available", "load", "source_of"]
