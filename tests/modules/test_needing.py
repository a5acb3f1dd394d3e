"""What is needed first, as authors say it: never in a circle."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset

from modules.models import ModulePage, ModulePrerequisite
from people.models import User
from tests.factories.modules import ModulePrerequisiteFactory, TrainingSessionPageFactory
from tests.modules.test_changing import edit

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def lines(*modules: ModulePage) -> dict[str, Any]:
    return {"prerequisites": inline_formset([{"needed": module.pk} for module in modules])}


def test_an_author_says_what_is_needed_first(trainer: User, signed_in: SignIn) -> None:
    first, second = TrainingSessionPageFactory.create_batch(2)

    edit(signed_in(trainer), second, is_sequential="on", **lines(first))

    second.refresh_from_db()
    draft = second.get_latest_revision_as_object()
    assert draft.is_sequential
    assert [link.needed_id for link in draft.prerequisites.all()] == [first.pk]


def test_a_circle_is_refused_with_words(trainer: User, signed_in: SignIn) -> None:
    link = ModulePrerequisiteFactory.create(module__title="Third", needed__title="Second")
    first = ModulePrerequisiteFactory.create(module=link.needed, needed__title="First").needed

    page = edit(signed_in(trainer), first, **lines(link.module)).content.decode()

    assert "“Third” is begun after this one, so that nobody could begin either." in page
    assert ModulePrerequisite.objects.count() == 2


def test_a_module_is_not_needed_before_itself(trainer: User, signed_in: SignIn) -> None:
    module = TrainingSessionPageFactory.create()

    page = edit(signed_in(trainer), module, **lines(module)).content.decode()

    assert "A module cannot be needed before itself." in page


def test_a_module_stands_there_once(trainer: User, signed_in: SignIn) -> None:
    first, second = TrainingSessionPageFactory.create_batch(2)

    page = edit(signed_in(trainer), second, **lines(first, first)).content.decode()

    assert "The same module stands twice." in page
