"""Django's and Wagtail's own regular work, as jobs of `settings.PERIODIC_JOBS`."""

import datetime as dt

from django.core.management import call_command


def publish_scheduled(*, at: dt.datetime) -> None:
    """Publish and expire the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


def clear_sessions(*, at: dt.datetime) -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions", verbosity=0)
