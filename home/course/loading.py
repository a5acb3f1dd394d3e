"""Loads the default course: quizzes and terms first, then the pages that lead to them."""

import datetime as dt

from django.db import transaction

from competence.models import Dimension
from home.course.glossary import load_glossary
from home.course.guides import load_guides
from home.course.ledger import Ledger
from home.course.pages import PageLoader
from home.course.questions import load_quizzes
from home.course.reading import ContentError
from home.course.translations import load_translations
from modules.models import ModulePage
from people.models import User
from quizzes.models import Quiz

FRAMEWORK = "sojourn"


@transaction.atomic
def load(*, author: User | None, at: dt.datetime) -> Ledger:
    """Load what is missing of the course; return what was made and what was left alone.

    All or nothing. A second call makes nothing; what somebody has edited since, or
    what the content files say otherwise now, is named and left as it is.

    Args:
        author: who owns what is made; None where nobody does.
        at: the moment of loading; sessions of workshops are dated from it.

    Raises:
        ContentError: a content file cannot be loaded.
    """
    ledger = Ledger()
    load_pages_and_quizzes(ledger, dimensions=known_dimensions(), author=author, at=at)
    load_guides(ledger, author=author, at=at)
    load_translations(ledger, author=author, at=at)
    return ledger


def load_pages_and_quizzes(
    ledger: Ledger, *, dimensions: dict[str, Dimension], author: User | None, at: dt.datetime
) -> tuple[dict[str, ModulePage], dict[str, Quiz]]:
    """Return all modules and all quizzes of the files by their names."""
    load_glossary(ledger, author=author)
    quizzes = load_quizzes(ledger, dimensions=dimensions, author=author, at=at)
    pages = PageLoader(ledger, author=author, at=at, dimensions=dimensions, quizzes=quizzes)
    return pages.load(), quizzes


def known_dimensions() -> dict[str, Dimension]:
    """Return the dimensions of the framework that Sojourn ships, by code."""
    dimensions = Dimension.objects.filter(framework__code=FRAMEWORK).select_related("framework")
    found = {each.code: each for each in dimensions}
    if not found:
        raise ContentError(f"The competence framework “{FRAMEWORK}” is missing. Bring it back.")
    return found
