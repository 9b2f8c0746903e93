"""The command line: one file per command, each thin over the room that does the work.

Exit 0: done, warnings included; 1: the input has errors; 2: unreadable, unknown key, unsolved, bad arguments.
``--json`` prints one object to stdout; everything else goes to stderr.
"""

from fenhu.cli.main import main

__all__ = ["main"]
