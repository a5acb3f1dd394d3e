"""How a file is shown in the CMS: tables in Wagtail's own look."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table

from interop.modules.shapes import LeftOutEntry
from interop.modules.words import OUTCOMES, PARTS, explain_left_out, explain_notes

StoredLine = Mapping[str, Any]


def line_table(lines: Iterable[StoredLine]) -> Table:
    """Each part of a file, what happens to it, and what there is to know."""
    return Table(
        [
            Column("part", label=_("What"), accessor=lambda line: PARTS[line["part"]]),
            Column("name", label=_("Name"), accessor=lambda line: line["name"]),
            Column(
                "outcome", label=_("What happens"), accessor=lambda line: OUTCOMES[line["outcome"]]
            ),
            Column(
                "notes",
                label=_("To know"),
                accessor=lambda line: explain_notes(line["part"], line["notes"]),
            ),
        ],
        list(lines),
        caption=_("Parts of the file"),
    )


def left_out_table(left_out: Iterable[LeftOutEntry]) -> Table:
    """What an export leaves behind, and why."""
    return Table(
        [
            Column("where", label=_("Where")),
            Column("what", label=_("Why"), accessor=lambda line: explain_left_out(line.what)),
        ],
        list(left_out),
        caption=_("Left out"),
    )
