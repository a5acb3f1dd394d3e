"""What a supervisor asks: does the process answer, and can it do its work?"""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.models import OutgoingMail

LATE_MAIL = dt.timedelta(minutes=5)

logger = structlog.get_logger(__name__)


class NotReady(Exception):
    """One thing that Sojourn needs is missing; the message is for the log only."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"{len(waiting)} migrations wait, the first is {waiting[0][0]}")


def check_files() -> None:
    """The data folder takes files; the media folder too, once there is one."""
    for folder in (Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)):
        if folder.exists() or folder == settings.DATA_DIR:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"ready?")


def check_disk() -> None:
    usage = shutil.disk_usage(settings.DATA_DIR)
    percent = 100 * usage.free / usage.total
    if percent <= settings.MIN_FREE_DISK_PERCENT:
        raise NotReady(f"{percent:.1f} % of the disk are free")


def check_mail(at: dt.datetime | None = None) -> None:
    """No letter waits for longer than a running `run_jobs` would let it."""
    late = OutgoingMail.objects.due((at or timezone.now()) - LATE_MAIL).count()
    if late:
        raise NotReady(f"{late} e-mails are late: does `manage.py run_jobs` run?")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "files": check_files,
    "disk": check_disk,
    "mail": check_mail,
}


def failing() -> Iterator[str]:
    """The names of the checks that fail, each with its reason in the log."""
    for name, check in CHECKS.items():
        try:
            check()
        except (DatabaseError, OSError, NotReady) as error:
            logger.warning("not_ready", check=name, reason=str(error))
            yield name


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when requests can be served, or 503 with the names of what stands in the way."""
    failed = list(failing())
    if failed:
        return JsonResponse({"status": "not ready", "failed": failed}, status=503)
    return JsonResponse({"status": "ok"})
