from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from modules.templatetags.quiz_modules import modules_of_quiz
from people.models import User
from tests.factories.modules import ModuleQuizFactory, TrainingSessionPageFactory

pytestmark = pytest.mark.django_db


def request_of(rf: RequestFactory, user: Any) -> Any:
    request: Any = rf.get("/")
    request.user = user
    request.session = {}
    return request


def test_the_way_back_leads_to_the_published_modules(rf: RequestFactory, participant: User) -> None:
    link = ModuleQuizFactory.create()
    ModuleQuizFactory.create(quiz=link.quiz, module=TrainingSessionPageFactory.create(live=False))
    ModuleQuizFactory.create()

    found = modules_of_quiz(link.quiz, request_of(rf, participant))

    assert [module.pk for module in found] == [link.module.pk]


def test_a_module_that_the_reader_may_not_open_is_not_named(
    rf: RequestFactory, participant: User
) -> None:
    link = ModuleQuizFactory.create()
    PageViewRestriction.objects.create(page=link.module, restriction_type=PageViewRestriction.LOGIN)

    assert modules_of_quiz(link.quiz, request_of(rf, AnonymousUser())) == []
    assert len(modules_of_quiz(link.quiz, request_of(rf, participant))) == 1
