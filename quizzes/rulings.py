"""Rulings about flawed questions: which stay with a question until it is changed."""

from dataclasses import replace
from uuid import UUID

from quizzes.models import QuizVersion
from quizzes.papers import Paper, from_json


def ruled(paper: Paper, *, item_id: UUID | None, ruling: str) -> Paper:
    """Return the paper with this ruling about one of its questions."""
    return replace(
        paper,
        items=tuple(
            replace(item, ruling=ruling) if item.id == item_id else item for item in paper.items
        ),
    )


def carried(paper: Paper, live: QuizVersion | None) -> Paper:
    """Return the paper with the live version's rulings about questions that did not change."""
    if live is None:
        return paper
    before = {item.id: item for item in from_json(live.paper).items if item.ruling}
    for item in paper.items:
        old = before.get(item.id)
        if old and replace(old, ruling="") == item:
            paper = ruled(paper, item_id=item.id, ruling=old.ruling)
    return paper
