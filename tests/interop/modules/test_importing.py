"""What an import writes, and what it leaves as it is."""

import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from wagtail.models import CollectionViewRestriction, Locale, Page

from competence.models import Dimension
from interop.modules.applying import SiteChangedError, apply
from interop.modules.faults import Fault, Note, RefusedError
from interop.modules.planning import Outcome, Part, Plan, make_plan
from interop.modules.reading import read
from library.models import CustomDocument, CustomImage
from modules.models import GlossaryTerm, ImmersionTaskPage, LessonPage, ModulePage
from people.models import User
from quizzes.enums import Purpose
from quizzes.models import Question, QuestionCategory, Quiz
from tests.factories.modules import ImmersionTaskPageFactory, rubric_about
from tests.factories.people import AuthorFactory
from tests.factories.quizzes import PublishedQuizFactory
from tests.interop.modules.conftest import World
from tests.interop.modules.files import (
    AT,
    exported,
    imported,
    planned,
    publish_all,
    spoilt,
    told,
)


def lines(plan: Plan, part: Part) -> dict[str, tuple[Outcome, list[str]]]:
    return {
        line.name: (line.outcome, [code for code, _detail in line.notes])
        for line in plan.lines
        if line.part == part
    }


def test_a_deleted_module_comes_back_as_drafts(world: World, trainer: User) -> None:
    world.forget()
    plan = planned(world.content, world.catalogue, trainer)
    assert not plan.problems
    assert {line.outcome for line in plan.lines} == {Outcome.NEW}

    module = imported(world.content, world.catalogue, trainer)
    assert module is not None
    module = ModulePage.objects.get(pk=module.pk)
    assert (module.live, module.owner, module.slug) == (False, trainer, "meeting-people")
    assert module.translation_key == world.module.translation_key
    steps = LessonPage.objects.child_of(module)
    assert [(one.title, one.live) for one in steps] == [("First", False), ("Second", False)]
    assert [one.is_extra for one in steps] == [True, False]
    assert [one.is_extra for one in module.module_quizzes.all()] == [True]
    assert not Quiz.objects.filter(live_version__isnull=False).exists()
    image = CustomImage.objects.get()
    assert (image.credit, image.description) == ("Somebody, CC0", "A harbour")
    assert (image.width, image.uploaded_by_user) == (640, trainer)


def test_what_came_back_leads_to_what_is_here_now(world: World) -> None:
    world.forget()
    module = imported(world.content, world.catalogue)
    assert module is not None
    first, second = LessonPage.objects.child_of(module).order_by("path")
    latest = second.get_latest_revision_as_object()
    for page in (second, latest):
        text, figure, download, video, check, _term, _list = page.body
        assert f'id="{first.pk}" linktype="page"' in text.value.source
        assert f'id="{world.other.pk}" linktype="page"' in text.value.source
        assert figure.value["image"].pk == CustomImage.objects.get().pk
        assert download.value["document"].title == "Sheet"
        assert video.value["captions"].filename.endswith(".vtt")
        assert check.value["quiz"] == Quiz.objects.get()
    heard = Question.objects.get(name="Heard")
    assert heard.recording == CustomDocument.objects.get(file__contains="talk")
    assert heard.versions.count() == 1


def test_it_is_published_and_exported_as_the_same_file(world: World) -> None:
    world.forget()
    module = imported(world.content, world.catalogue)
    assert module is not None
    publish_all(module)
    second = LessonPage.objects.child_of(module).get(slug="second")
    assert second.check_ids == [Quiz.objects.get().pk]
    assert len(second.tick_ids) == 2
    again = exported(ModulePage.objects.get(pk=module.pk))
    assert told(again) == told(world.content)
    assert again == world.content


def test_the_same_file_again_is_here_already_and_changes_nothing(world: World) -> None:
    before = Page.objects.count(), Question.objects.count(), CustomImage.objects.count()
    plan = planned(world.content, world.catalogue)
    assert plan.is_here
    assert {line.outcome for line in plan.lines} == {Outcome.HERE}
    assert imported(world.content, world.catalogue) is None
    assert before == (Page.objects.count(), Question.objects.count(), CustomImage.objects.count())


def test_what_editors_changed_is_named_and_stays(world: World) -> None:
    world.lesson.title = "Another title"
    world.lesson.save_revision()
    Quiz.objects.update(pass_mark=10)
    Question.objects.filter(name="Plain").update(stem="<p>Another?</p>")
    Question.objects.filter(name="agree").update(stem="<p>Another?</p>")
    plan = planned(world.content, world.catalogue)
    assert lines(plan, Part.STEP)["Second"] == (Outcome.DIFFERENT, [Note.DIFFERENT])
    assert lines(plan, Part.STEP)["First"] == (Outcome.HERE, [])
    assert lines(plan, Part.QUIZ)["Check yourself"][0] == Outcome.DIFFERENT
    assert lines(plan, Part.QUESTION)["Plain"] == (Outcome.DIFFERENT, [Note.STAYS_AS_IT_IS])
    assert lines(plan, Part.QUESTION)["agree"] == (Outcome.DIFFERENT, [Note.STAYS_AS_IT_IS])

    copy = imported(world.content, world.catalogue, as_copy=True)
    assert copy is not None
    assert Question.objects.get(name="Plain").stem == "<p>Another?</p>"
    assert Quiz.objects.get().pass_mark == 10


def test_a_copy_has_keys_of_its_own_and_the_same_quiz_and_files(world: World) -> None:
    copy = imported(world.content, world.catalogue, as_copy=True)
    assert copy is not None
    keys = set(
        Page.objects.descendant_of(world.module, inclusive=True).values_list("translation_key")
    )
    own = set(Page.objects.descendant_of(copy, inclusive=True).values_list("translation_key"))
    assert not keys & own
    assert copy.slug == "meeting-people-2"
    assert Quiz.objects.count() == 1
    assert CustomImage.objects.count() == 1
    first, second = LessonPage.objects.child_of(copy).order_by("path")
    assert f'id="{first.pk}"' in second.body[0].value.source


def test_files_that_are_here_are_used_again_unless_they_are_closed(world: World) -> None:
    Page.objects.get(pk=world.module.pk).delete()
    plan = planned(world.content, world.catalogue)
    assert lines(plan, Part.IMAGE)["Harbour"][0] == Outcome.HERE
    assert lines(plan, Part.DOCUMENT)["Sheet"][0] == Outcome.HERE
    sheet = CustomDocument.objects.get(title="Sheet")
    sheet.collection = sheet.collection.add_child(name="Closed")
    sheet.save()
    CollectionViewRestriction.objects.create(collection=sheet.collection, restriction_type="login")
    plan = planned(world.content, world.catalogue)
    assert lines(plan, Part.DOCUMENT)["Sheet"][0] == Outcome.NEW


def test_what_this_site_does_not_have_is_left_out_with_its_reason(world: World) -> None:
    def change(data: dict[str, Any]) -> None:
        data["module"]["needs"] = [{"key": str(uuid4()), "title": "Before"}]
        data["module"]["dimensions"] = ["elsewhere.tact"]
        data["language"] = "fr"
        data["left_out"] = [{"where": "Check yourself", "what": "date"}]

    content = spoilt(world.content, change)
    world.forget()
    Page.objects.get(pk=world.other.pk).delete()
    plan = planned(content, world.catalogue)
    assert lines(plan, Part.LINK) == {"Other": (Outcome.LEFT_OUT, [Note.NOT_HERE])}
    assert lines(plan, Part.NEEDED) == {"Before": (Outcome.LEFT_OUT, [Note.NOT_HERE])}
    assert lines(plan, Part.DIMENSION)["elsewhere.tact"] == (Outcome.LEFT_OUT, [Note.NOT_HERE])
    assert lines(plan, Part.MODULE)["Meeting people"][1] == [Note.OTHER_LANGUAGE]
    assert lines(plan, Part.LEFT_OUT)["Check yourself"][1] == [Note.NOT_EXPORTED]
    module = imported(content, world.catalogue)
    assert module is not None
    second = LessonPage.objects.child_of(module).get(slug="second")
    assert "the other" in second.body[0].value.source
    assert second.body[0].value.source.count("<a ") == 3


def test_what_this_site_has_is_found_again(world: World) -> None:
    dimension = Dimension.objects.select_related("framework").first()
    assert dimension is not None
    key = f"{dimension.framework.code}.{dimension.code}"

    def change(data: dict[str, Any]) -> None:
        data["module"]["needs"] = [{"key": str(world.other.translation_key), "title": "Other"}]
        data["module"]["dimensions"] = [key]
        data["module"]["destinations"] = ["SE"]

    content = spoilt(world.content, change)
    world.forget()
    module = imported(content, world.catalogue)
    assert module is not None
    module = ModulePage.objects.get(pk=module.pk)
    assert [one.needed_id for one in module.prerequisites.all()] == [world.other.pk]
    assert list(module.dimensions.all()) == [dimension]
    assert [one.country.code for one in module.destinations.all()] == ["SE"]


def test_a_rubric_keeps_the_dimensions_that_this_site_has(world: World) -> None:
    rubric = rubric_about("sojourn.openness", "sojourn.empathy")
    made = ImmersionTaskPageFactory.create(
        title="Forty", parent__parent=world.catalogue, rubric=rubric
    )
    module = ModulePage.objects.get(pk=made.get_parent().pk)
    content = exported(module)
    Page.objects.get(pk=module.pk).delete()
    again = imported(content, world.catalogue)
    assert again is not None
    task = ImmersionTaskPage.objects.child_of(again).get()
    assert [row.dimension for row in task.rubric_rows] == ["sojourn.openness", "sojourn.empathy"]
    publish_all(again)
    assert told(exported(ModulePage.objects.get(pk=again.pk))) == told(content)

    Page.objects.get(pk=again.pk).delete()
    Dimension.objects.filter(code="empathy").delete()
    assert lines(planned(content, world.catalogue), Part.DIMENSION) == {
        "sojourn.empathy": (Outcome.LEFT_OUT, [Note.NOT_HERE])
    }
    last = imported(content, world.catalogue)
    assert last is not None
    task = ImmersionTaskPage.objects.child_of(last).get()
    assert [row.value["dimension"] for row in task.rubric] == ["sojourn.openness", ""]


def test_a_dimension_that_is_no_text_is_refused(world: World) -> None:
    made = ImmersionTaskPageFactory.create(parent__parent=world.catalogue)
    content = exported(ModulePage.objects.get(pk=made.get_parent().pk))

    def change(data: dict[str, Any]) -> None:
        data["steps"][0]["rubric"][0]["value"]["dimension"] = ["sojourn.openness"]

    with pytest.raises(RefusedError) as refusal:
        planned(spoilt(content, change), world.catalogue)
    assert [code for code, _detail in refusal.value.problems] == [Fault.WRONG_VALUE]


def test_terms_of_the_glossary_come_as_drafts_and_once(world: World) -> None:
    assert lines(planned(world.content, world.catalogue), Part.TERM)["Norm"][0] == Outcome.HERE
    GlossaryTerm.objects.update(definition="<p>Another.</p>")
    plan = planned(world.content, world.catalogue)
    assert lines(plan, Part.TERM)["Norm"] == (Outcome.DIFFERENT, [Note.STAYS_AS_IT_IS])
    world.forget()
    own = GlossaryTerm.objects.create(term="NORM", definition="<p>Mine.</p>")
    copy = imported(world.content, world.catalogue)
    assert copy is not None
    second = LessonPage.objects.child_of(copy).get(slug="second")
    assert second.body[5].value["term"] == own

    copy.delete()
    GlossaryTerm.objects.all().delete()
    again = imported(world.content, world.catalogue)
    assert again is not None
    term = GlossaryTerm.objects.get()
    assert (term.term, term.live) == ("Norm", False)
    assert f'id="{world.other.pk}"' in term.definition


def test_the_quiz_of_the_short_reviews_travels(world: World) -> None:
    quiz = PublishedQuizFactory.create(title="Again", purpose=Purpose.PRACTICE)
    module = ModulePage.objects.get(pk=world.module.pk).specific
    module.review_quiz = quiz
    module.save()
    content = exported(module)
    world.forget()
    again = imported(content, world.catalogue)
    assert again is not None
    found = ModulePage.objects.get(pk=again.pk).review_quiz
    assert found is not None
    assert (found.uuid, found.title) == (quiz.uuid, "Again")


def test_a_step_whose_key_is_taken_gets_one_of_its_own(world: World) -> None:
    key = str(world.other.translation_key)

    def change(data: dict[str, Any]) -> None:
        data["steps"][0]["key"] = key

    world.forget()
    content = spoilt(world.content, change)
    plan = planned(content, world.catalogue)
    assert lines(plan, Part.STEP)["First"] == (Outcome.NEW, [Note.KEY_TAKEN])
    module = imported(content, world.catalogue)
    assert module is not None
    assert Page.objects.filter(translation_key=key).count() == 1


def test_nothing_is_written_when_the_site_has_changed_since_the_dry_run(world: World) -> None:
    world.forget()
    package = read(io.BytesIO(world.content))
    plan = make_plan(package, catalogue=world.catalogue, by=None)
    Page.objects.get(pk=world.other.pk).delete()
    with pytest.raises(SiteChangedError):
        apply(package, catalogue=world.catalogue, expected=plan.fingerprint, by=None, at=AT)
    assert not Question.objects.exists()


def test_nothing_is_left_behind_when_writing_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.forget()
    package = read(io.BytesIO(world.content))
    plan = make_plan(package, catalogue=world.catalogue, by=None)
    storage = CustomImage._meta.get_field("file").storage
    before = storage.listdir("original_images"), storage.listdir("documents")

    def fail(module: ModulePage) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        apply(
            package, catalogue=world.catalogue, expected=plan.fingerprint, by=None, at=AT, then=fail
        )
    assert not Quiz.objects.exists()
    assert not CustomImage.objects.exists()
    assert before == (storage.listdir("original_images"), storage.listdir("documents"))


def test_questions_of_kept_categories_are_neither_used_nor_drawn(world: World) -> None:
    author = AuthorFactory.create()
    kept = QuestionCategory.objects.create(name="Exam")
    kept.groups.add(Group.objects.create(name="Examiners"))

    def draw(data: dict[str, Any]) -> None:
        next(iter(data["quizzes"].values()))["sections"][1]["draws"][0]["category"] = "Exam"

    plan = planned(spoilt(world.content, draw), world.catalogue, author)
    assert [code for code, _detail in plan.problems] == ["broken-quiz"]
    Question.objects.filter(name__in=["agree", "Plain"]).update(category=kept)
    plan = planned(world.content, world.catalogue, author)
    assert {code for code, _detail in plan.problems} >= {"broken-question"}


def test_a_catalogue_in_another_language_gets_the_module_in_it(world: World) -> None:
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    home = world.catalogue.get_parent().specific.copy_for_translation(spanish)
    catalogue = type(world.catalogue)(title="Aprender", slug="aprender", locale=spanish)
    home.add_child(instance=catalogue)
    world.forget()
    module = imported(world.content, catalogue)
    assert module is not None
    assert Page.objects.get(pk=module.pk).locale == spanish
    assert json.dumps(told(world.content)["language"]) == '"en"'
