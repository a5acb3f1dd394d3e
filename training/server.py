"""How gunicorn serves Sojourn; every value may be set in the environment.

Two processes of four threads suit two cores: a thread waits for the database or
a slow client while another one works. The application is loaded once, before
the processes part.
"""

import os
import sys

settings_module = os.environ.get("DJANGO_SETTINGS_MODULE", "training.settings.embedded")

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
raw_env = [f"DJANGO_SETTINGS_MODULE={settings_module}"]
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30
keepalive = 5
loglevel = "warning"


def when_ready(server: object) -> None:
    """Say where the site is, once it listens; where the demo is loaded, who can sign in."""
    from django.core.management import call_command  # noqa: PLC0415  Django is loaded by now.
    from django.db import connections  # noqa: PLC0415

    sys.stdout.write(f"\nSojourn is at http://{bind}/   (Ctrl-C stops it)\n\n")
    if settings_module == "training.settings.embedded":
        call_command("demo_accounts")
    sys.stdout.flush()
    connections.close_all()  # The processes that part from this one open their own.
