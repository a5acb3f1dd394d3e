"""How an import and an export are shown in the CMS: tables in Wagtail's own look."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table, TitleColumn

from interop.questions.exporting import NotHeld
from interop.questions.messages import explain, explain_all, kind_words
from interop.questions.models import QuestionUploadLine

SHOWN_ROWS = 200


def line_table(lines: Iterable[QuestionUploadLine]) -> Table:
    """Each question of the file with its line, what happens to it, and why."""
    return Table(
        [
            Column("number", label=_("Line")),
            TitleColumn("name", label=_("Name"), get_url=question_url),
            Column("kind", label=_("Kind"), accessor=lambda line: kind_words(line.kind)),
            Column("action", label=_("What happens"), accessor="get_action_display"),
            Column("reasons", label=_("Why"), accessor=lambda line: explain_all(line.reasons)),
        ],
        lines,
        caption=_("Questions of the file"),
    )


def question_url(line: QuestionUploadLine) -> str | None:
    return _edit_url(line.question_id) if line.question_id else None


def left_out_table(left_out: list[NotHeld]) -> Table:
    """Each question that a format cannot hold."""
    return Table(
        [
            TitleColumn("name", label=_("Name"), get_url=lambda line: _edit_url(line.pk)),
            Column("kind", label=_("Kind"), accessor=lambda line: kind_words(line.kind)),
            Column("why", label=_("Why"), accessor=_why),
        ],
        left_out[:SHOWN_ROWS],
        caption=_("Left out"),
    )


def _why(line: NotHeld) -> str:
    return explain(line.fault, line.detail)


def _edit_url(pk: Any) -> str:
    return reverse("bank_questions:edit", args=(pk,))
