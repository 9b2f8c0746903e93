"""The door a web server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenhu.web.settings")
application = get_wsgi_application()

from fenhu.web.warming import warm  # noqa: E402  the apps stand only now

warm()
