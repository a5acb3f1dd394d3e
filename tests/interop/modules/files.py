"""Files of modules for tests: made from a site, and spoilt on purpose."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from interop.modules import exporting
from interop.modules.applying import apply
from interop.modules.planning import Plan, make_plan
from interop.modules.reading import read
from modules.models import CataloguePage, GlossaryTerm, LessonPage, ModulePage
from people.models import User
from quizzes.models import Quiz
from quizzes.publishing import publish

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def exported(module: ModulePage) -> bytes:
    file = io.BytesIO()
    exporting.write(exporting.described(module.specific), file)
    return file.getvalue()


def entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def told(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entries(content)["module.json"])
    return found


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def spoilt(content: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """Return the file with another module.json."""
    parts = entries(content)
    data = json.loads(parts["module.json"])
    change(data)
    return packed(parts | {"module.json": json.dumps(data).encode()})


def planned(content: bytes, catalogue: CataloguePage, by: User | None = None) -> Plan:
    return make_plan(read(io.BytesIO(content)), catalogue=catalogue, by=by)


def imported(
    content: bytes, catalogue: CataloguePage, by: User | None = None, *, as_copy: bool = False
) -> ModulePage | None:
    package = read(io.BytesIO(content))
    plan = make_plan(package, catalogue=catalogue, by=by)
    return apply(
        package,
        catalogue=catalogue,
        expected=plan.fingerprint,
        by=by,
        at=AT,
        as_copy=as_copy,
    )


def publish_all(module: ModulePage, by: User | None = None) -> None:
    """Publish the quizzes of a module, and then its pages, as a lead trainer would."""
    for quiz in Quiz.objects.filter(live_version=None):
        publish(quiz, by=by, at=AT)
    for term in GlossaryTerm.objects.filter(live=False):
        term.latest_revision.publish(user=by, skip_permission_checks=True)
    for page in (module, *LessonPage.objects.child_of(module).specific()):
        page.get_latest_revision().publish(user=by, skip_permission_checks=True)
