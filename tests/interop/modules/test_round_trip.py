"""What is exported and imported on an empty site is exported there as the same file."""

import pytest
from django.db import transaction

from home.course.ledger import Ledger
from home.course.loading import known_dimensions, load_pages_and_quizzes
from modules.models import CataloguePage, LessonPage, ModulePage
from quizzes.models import Question, Quiz
from tests.factories.modules import CataloguePageFactory
from tests.interop.modules.files import AT, exported, imported, planned, publish_all, told

pytestmark = pytest.mark.django_db


def files_of_the_course() -> list[bytes]:
    """Export every module of the default course, and leave the database as migrations made it."""
    with transaction.atomic():
        dimensions = known_dimensions()
        load_pages_and_quizzes(Ledger(), dimensions=dimensions, author=None, at=AT)
        files = list(map(exported, ModulePage.objects.order_by("path")))
        transaction.set_rollback(True)
    return files


def test_every_module_of_the_course_comes_back_as_the_same_file() -> None:
    files = files_of_the_course()
    assert len(files) > 5
    assert not ModulePage.objects.exists()
    assert not Question.objects.exists()

    catalogue: CataloguePage = CataloguePageFactory.create()
    for content in files:
        module = imported(content, catalogue)
        assert module is not None
        assert not ModulePage.objects.live().filter(pk=module.pk).exists()
        publish_all(module)

    again = [exported(one) for one in ModulePage.objects.order_by("path")]
    assert [told(one) for one in again] == [told(one) for one in files]
    assert again == files
    assert Quiz.objects.count()
    assert {plan.is_here for plan in (planned(one, catalogue) for one in files)} == {True}
    assert LessonPage.objects.live().count() == sum(len(told(one)["steps"]) for one in files)
