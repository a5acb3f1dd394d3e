"""Runs what has to be done again and again: the jobs of `settings.PERIODIC_JOBS`.

That setting maps the dotted path of a callable, which takes the time as `at`, to the
seconds between two runs. A job asks "what is due and not yet done?", never "is it
exactly now?", so that nothing is missed when the clock stood still.
"""

import datetime as dt
import traceback
from collections.abc import Callable, Mapping

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from jobs.models import PeriodicJob

logger = structlog.get_logger(__name__)

# A process that died during a run keeps others from the job no longer than this.
LEASE = dt.timedelta(minutes=2)
ERROR_LENGTH = 2000


def run_due(
    *, jobs: Mapping[str, int] | None = None, clock: Callable[[], dt.datetime] = timezone.now
) -> list[str]:
    """Run each job whose time has come, unless another process has it; return their names.

    A job that fails is logged and tried again at its next turn; the others go on.
    """
    jobs = settings.PERIODIC_JOBS if jobs is None else jobs
    _enter(jobs, at=clock())
    ready = _ready(jobs, at=clock())
    return [name for name in ready if _claim(name, at=clock()) and _run(name, jobs[name], clock)]


def _enter(jobs: Mapping[str, int], *, at: dt.datetime) -> None:
    known = set(PeriodicJob.objects.values_list("name", flat=True))
    PeriodicJob.objects.bulk_create(
        [PeriodicJob(name=name, due_at=at) for name in jobs if name not in known],
        ignore_conflicts=True,
    )


def _free(at: dt.datetime) -> Q:
    return Q(due_at__lte=at) & (Q(lease_until=None) | Q(lease_until__lte=at))


def _ready(jobs: Mapping[str, int], *, at: dt.datetime) -> list[str]:
    rows = PeriodicJob.objects.filter(_free(at), name__in=jobs).order_by("due_at", "name")
    return list(rows.values_list("name", flat=True))


def _claim(name: str, *, at: dt.datetime) -> bool:
    row = PeriodicJob.objects.filter(_free(at), name=name)
    return bool(row.update(lease_until=at + LEASE, started_at=at))


def _run(name: str, seconds: int, clock: Callable[[], dt.datetime]) -> bool:
    started = clock()
    try:
        import_string(name)(at=started)
    except Exception:
        logger.exception("job_failed", job=name)
        error = traceback.format_exc(limit=-3)[-ERROR_LENGTH:]
    else:
        error = ""
    PeriodicJob.objects.filter(name=name).update(
        lease_until=None,
        due_at=started + dt.timedelta(seconds=seconds),
        finished_at=clock(),
        last_error=error,
    )
    return not error
