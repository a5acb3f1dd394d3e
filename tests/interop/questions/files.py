"""Question files for tests, and importing them in one step."""

import base64
import datetime as dt
import io
from collections.abc import Iterable

from PIL import Image

from interop.questions.actions import Action, Format
from interop.questions.applying import apply
from interop.questions.exporting import Export, in_category
from interop.questions.planning import Plan, make_plan
from people.models import User

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def plan(text: str | bytes, format_name: str = Format.GIFT, into: str = "") -> Plan:
    return make_plan(as_file(text), format_name=format_name, into=into)


def imported(
    text: str | bytes, format_name: str = Format.GIFT, into: str = "", by: User | None = None
) -> Plan:
    """Import a file and return the plan that was carried out."""
    shown = plan(text, format_name, into)
    done = apply(
        as_file(text),
        format_name=format_name,
        into=into,
        expected=shown.fingerprint,
        by=by,
        at=NOON,
    )
    return done.plan


def as_file(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text.encode() if isinstance(text, str) else text)


def exported(format_name: str = Format.GIFT, category: str = "") -> str:
    export = Export(in_category(category), format_name)
    return "".join(export.pieces())


def actions(found: Plan) -> list[tuple[int, str, list[str]]]:
    """Return the line, the action and the faults of each step."""
    return [
        (step.line, Action(step.action).value, [fault for fault, _detail in step.reasons])
        for step in found.steps
    ]


def xml(*questions: str) -> str:
    return f"<quiz>{''.join(questions)}</quiz>"


def choice(name: str = "Q", stem: str = "Who?", more: str = "", files: Iterable[str] = ()) -> str:
    """Return a single choice question in Moodle XML."""
    return (
        f'<question type="multichoice"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text>{"".join(files)}'
        "</questiontext><single>true</single>"
        '<answer fraction="100" format="html"><text>yes</text></answer>'
        f'<answer fraction="0" format="html"><text>no</text></answer>{more}</question>'
    )


def png(size: tuple[int, int] = (2, 2), colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def file_element(name: str, content: bytes) -> str:
    data = base64.b64encode(content).decode()
    return f'<file name="{name}" path="/" encoding="base64">{data}</file>'
