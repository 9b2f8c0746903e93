"""A city in a data folder of its own, run as an operator runs it."""

import json
import os
import subprocess
import sys

MAIN = "from fenhu.cli import main; raise SystemExit(main())"
COUNT = """
import json
from django.apps import apps
print(json.dumps({m._meta.db_table: m._default_manager.count() for m in apps.get_models()}))
"""


class City:
    """A data folder with a database of its own."""

    def __init__(self, folder, url):
        self.folder, self.url = folder, url
        self.environment = os.environ | {
            "FENHU_DATA_DIR": str(folder), "DATABASE_URL": url, "FENHU_LANG": "en",
            "DJANGO_SETTINGS_MODULE": "fenhu.web.settings", "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip

    def fenhu(self, *words):
        return subprocess.run(
            [sys.executable, "-c", MAIN, *map(str, words)], env=self.environment,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def run(self, program):
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{program}"], env=self.environment,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def counts(self):
        return json.loads(self.run(COUNT))

    def files(self):
        media = self.folder / "media"
        return {
            str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()
        }
