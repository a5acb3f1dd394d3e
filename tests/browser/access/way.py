"""A short way through: one lesson, one quiz, one declaration, and nothing else is asked."""

from typing import NamedTuple

from django.utils import timezone
from playwright.sync_api import Page, expect

from exchanges.enums import Audience
from people import invitations
from people.models import User
from readiness.enums import DeclarationKind, RequirementKind
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)
from tests.factories.people import InvitedFactory
from tests.factories.quizzes import PublishedQuizFactory
from tests.factories.readiness import RequirementFactory, RequirementSetFactory

DONE = "Everything that is required before you leave is done."


class Way(NamedTuple):
    """Somebody who is invited and has everything before them; `questions` of one choice each."""

    person: User
    invitation: str
    questions: int = 2


def lay() -> Way:
    person = InvitedFactory.create(first_name="Ilse")
    placement = PlacementFactory.create(
        participant=person, audience=Audience.STAFF, exchange=ExchangeFactory.create()
    )
    module = TrainingSessionPageFactory.create(for_student=False, for_staff=True)
    LessonPageFactory.create(parent=module)
    ModuleQuizFactory.create(module=module, quiz=PublishedQuizFactory.create())
    asked = RequirementSetFactory.create(
        programme=placement.exchange.programme, audience=Audience.STAFF
    )
    RequirementFactory.create(requirement_set=asked, module=module.modulepage_ptr)
    RequirementFactory.create(
        requirement_set=asked,
        kind=RequirementKind.DECLARATION,
        declaration=DeclarationKind.PASSPORT,
    )
    [letter] = invitations.write([person], by=None, at=timezone.now())
    return Way(person, letter.token)


def assert_ready(page: Page) -> None:
    expect(page.get_by_role("main")).to_contain_text(DONE)
