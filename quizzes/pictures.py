"""Pictures of how a quiz does, for `charts` to draw."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.distributions import Bin, Distribution
from charts.rows import Row, Rows
from quizzes.analysis.scores import BINS, ScoreFigures
from quizzes.item_rows import ItemRow, percent_of
from quizzes.papers import Paper


def scores_picture(scores: ScoreFigures, paper: Paper) -> Distribution:
    """How many attempts came to which result, with the pass mark as a line."""
    width = 100 / BINS
    return Distribution(
        name="scores",
        title=_("Results"),
        about=_about_scores(scores),
        head=_("Result"),
        unit=_("Attempts"),
        bins=tuple(
            Bin(width * place, width * (place + 1), count)
            for place, count in enumerate(scores.bins)
        ),
        suffix=" %",
        mark=float(paper.pass_mark) if paper.purpose == "graded" else None,
        mark_label=_("Pass mark"),
    )


def _about_scores(scores: ScoreFigures) -> str:
    middle = percent_of(scores.middle) or 0
    words = ngettext(
        "%(count)s attempt; half of them reach %(middle)s %% or more.",
        "%(count)s attempts; half of them reach %(middle)s %% or more.",
        scores.n,
    )
    return words % {"count": scores.n, "middle": number_format(middle)}


def facilities_picture(rows: Sequence[ItemRow]) -> Rows:
    """The mean share of the marks of each question, hardest first."""
    known = [row for row in rows if row.facility is not None]
    return Rows(
        name="facilities",
        title=_("Hardest questions first"),
        head=_("Question"),
        unit=_("Mean share of the marks"),
        rows=tuple(
            Row(
                label=f"{row.number}. {row.name}",
                value=float(row.facility or 0),
                note=row.flags_in_words,
                url=f"#question-{row.number}",
            )
            for row in sorted(known, key=lambda row: row.facility or 0)
        ),
        whole=100,
        suffix=" %",
    )
