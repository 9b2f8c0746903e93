"""engines: the same work on many things, in this process, on the machine's processors or on a cluster.

In come a function of a module and the things it is done with; out come its answers in the order given, the
same ones whatever the ``Engine``. What the work is about is none of this room's business.
"""

from fenhu.engines.engine import ENGINES, PROCESSES, SERIAL, Engine
from fenhu.engines.pool import Cancelled, worked

__all__ = ["ENGINES", "PROCESSES", "SERIAL", "Cancelled", "Engine", "worked"]
