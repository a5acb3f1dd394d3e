"""A file becomes questions of the bank: matched, once, whole or not at all."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageFile

from interop.questions.actions import Action, Format
from interop.questions.applying import QuestionsChangedError, apply
from interop.questions.models import ImportedQuestion
from library.models import CustomImage
from people.models import User
from quizzes.models import Option, Question, QuestionCategory, QuestionVersion
from quizzes.versions import keep_version, keep_versions, restore
from tests.factories.quizzes import CategoryFactory, QuestionFactory, SituationFactory
from tests.interop.questions.files import (
    NOON,
    actions,
    as_file,
    choice,
    exported,
    file_element,
    imported,
    plan,
    png,
    xml,
)

pytestmark = pytest.mark.django_db

TWO = """$CATEGORY: $course$/top/Food

::Bread::Who eats bread?{=Ana#Yes. ~%50%Ben ~Cy}

::Rice::Who eats rice?{~%50%Ana ~%50%Ben ~%-100%Cy}
"""


def test_questions_arrive_with_category_options_weights_and_feedback(trainer: User) -> None:
    imported(TWO, by=trainer)
    bread, rice = Question.objects.order_by("name")

    assert (bread.kind, bread.stem, bread.created_by) == ("single", "Who eats bread?", trainer)
    assert bread.category is not None
    assert bread.category.name == "Food"
    assert list(bread.options.values_list("text", "weight", "feedback")) == [
        ("Ana", 1, "Yes."),
        ("Ben", 0.5, ""),
        ("Cy", 0, ""),
    ]
    assert (rice.kind, rice.scoring) == ("multiple", "proportional_correct")
    assert list(rice.options.values_list("weight", flat=True)) == [1, 1, 0]


def test_a_dry_run_writes_nothing() -> None:
    assert plan(TWO).counts == {"new": 2, "changed": 0, "unchanged": 0, "left_out": 0}
    assert not Question.objects.exists()
    assert not QuestionCategory.objects.exists()


def test_the_same_file_twice_changes_nothing() -> None:
    imported(TWO)
    before = list(Question.objects.values())

    assert plan(TWO).counts["unchanged"] == 2
    imported(TWO)
    assert list(Question.objects.values()) == before


def test_a_changed_question_is_found_by_its_name_and_keeps_its_options() -> None:
    imported(TWO)
    ana = Option.objects.get(question__name="Bread", text="Ana")
    after = TWO.replace("~Cy}\n\n::Rice", "~Dee}\n\n::Rice").replace("Who eats bread", "Who bakes")

    assert [step.action for step in plan(after).steps] == [Action.CHANGED, Action.UNCHANGED]
    imported(after)
    bread = Question.objects.get(name="Bread")
    assert bread.stem == "Who bakes?"
    texts = [option.text for option in bread.options.order_by("sort_order")]
    assert texts == ["Ana", "Ben", "Dee"]
    assert Option.objects.get(question=bread, text="Ana").uuid == ana.uuid
    assert Question.objects.count() == 2


def test_what_an_import_changes_is_kept_and_can_be_brought_back(trainer: User) -> None:
    imported(TWO, by=trainer)
    Question.objects.filter(name="Rice").update(stem="Who cooks rice?")
    after = TWO.replace("Who eats", "Who buys")
    imported(after, by=trainer)
    imported(after, by=trainer)

    kept = QuestionVersion.objects.order_by("question__name", "number")
    assert [(one.question.name, one.number, one.item["stem"]) for one in kept] == [
        ("Bread", 1, "Who eats bread?"),
        ("Bread", 2, "Who buys bread?"),
        ("Rice", 1, "Who eats rice?"),
        ("Rice", 2, "Who cooks rice?"),
        ("Rice", 3, "Who buys rice?"),
    ]
    assert {one.created_by for one in kept} == {trainer}
    restore(kept[3], by=trainer, at=NOON)
    assert Question.objects.get(name="Rice").stem == "Who cooks rice?"


def test_versions_of_many_are_kept_in_the_same_number_of_queries() -> None:
    counts = set()
    for many in (1, 5):
        questions = QuestionFactory.create_batch(many)
        with CaptureQueriesContext(connection) as queries:
            keep_versions([one.pk for one in questions], by=None, at=NOON)
        counts.add(len(queries))
        assert [keep_version(one, by=None, at=NOON) for one in questions] == [None] * many

    assert len(counts) == 1


def test_a_question_is_found_by_its_number_under_another_name() -> None:
    imported(xml(choice("Old", more="<idnumber>q-7</idnumber>")), Format.MOODLE_XML)
    imported(xml(choice("New", more="<idnumber>q-7</idnumber>")), Format.MOODLE_XML)

    assert Question.objects.get().name == "New"
    assert ImportedQuestion.objects.get().idnumber == "q-7"


def test_the_same_number_in_another_category_is_another_question() -> None:
    text = xml(choice("One", more="<idnumber>1</idnumber>"))
    imported(text, Format.MOODLE_XML, into="Course A")

    assert plan(text, Format.MOODLE_XML, into="Course B").counts["new"] == 1


def test_a_number_that_stands_there_twice_is_taken_once() -> None:
    one = choice("One", more="<idnumber>1</idnumber>")
    found = plan(xml(one, choice("Two", more="<idnumber>1</idnumber>")), Format.MOODLE_XML)

    assert [step.action for step in found.steps] == [Action.NEW, Action.LEFT_OUT]
    assert found.steps[1].reasons == (("same-id-twice", "1"),)


def test_what_was_edited_here_stays_so_while_the_file_is_the_same() -> None:
    imported(TWO)
    Question.objects.filter(name="Bread").update(stem="<p>Edited</p>")

    assert actions(plan(TWO))[0] == (3, "unchanged", ["edited-here"])
    imported(TWO)
    assert Question.objects.get(name="Bread").stem == "<p>Edited</p>"


def test_a_question_that_was_written_here_is_not_overwritten_by_a_namesake() -> None:
    QuestionFactory.create(name="Bread", category=CategoryFactory.create(name="Food"))

    assert plan(TWO).counts["new"] == 2


def test_a_question_without_a_name_is_matched_by_its_content_alone() -> None:
    imported("Who?{=a ~b}")

    assert plan("Who?{=a ~b}").counts["unchanged"] == 1
    assert plan("Who?{=a ~c}").counts["new"] == 1


def test_two_questions_with_one_name_stay_two() -> None:
    text = "::Same::One?{=a ~b}\n\n::Same::Two?{=a ~b}\n"
    imported(text)

    assert plan(text).counts["unchanged"] == 2


def test_categories_come_below_the_chosen_one_and_only_once() -> None:
    imported(TWO + "\n", into="Trial")
    assert set(QuestionCategory.objects.values_list("name", flat=True)) == {"Trial/Food"}

    assert plan(exported(), into="Trial").counts["unchanged"] == 2


def test_nothing_of_a_question_that_is_left_out_is_imported() -> None:
    text = "::Good::One?{=a ~b}\n\n::Bad::Two?{=a =b ~c}\n\n::Open {\n\n::Also good::x{=1 ~2}\n"
    found = imported(text)

    assert actions(found) == [
        (1, "new", []),
        (3, "left_out", ["several-right-answers"]),
        (5, "left_out", ["unclosed-brace"]),
        (7, "new", []),
    ]
    assert set(Question.objects.values_list("name", flat=True)) == {"Good", "Also good"}
    assert not Option.objects.filter(text="c").exists()


def test_what_the_bank_would_refuse_is_left_out_with_the_banks_words() -> None:
    found = plan("::Twice::Who?{=Ana ~ana}")

    assert found.steps[0].action == Action.LEFT_OUT
    assert "stands there twice" in found.steps[0].reasons[0][1]


def test_a_bank_that_has_changed_since_the_dry_run_refuses_everything() -> None:
    shown = plan(TWO)
    imported(TWO)

    with pytest.raises(QuestionsChangedError) as refused:
        apply(
            as_file(TWO),
            format_name=Format.GIFT,
            into="",
            expected=shown.fingerprint,
            by=None,
            at=NOON,
        )
    assert refused.value.plan.counts["unchanged"] == 2


def test_an_error_in_the_middle_leaves_nothing() -> None:
    def fail(_done: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        apply(
            as_file(TWO),
            format_name=Format.GIFT,
            into="",
            expected=plan(TWO).fingerprint,
            by=None,
            at=NOON,
            then=fail,
        )
    assert not Question.objects.exists()
    assert not QuestionCategory.objects.exists()


def test_pictures_become_images_with_their_words() -> None:
    stem = '<p>Where?</p><img src="@@PLUGINFILE@@/map.png" alt="A map" width="3">'
    text = xml(choice(stem=stem, files=[file_element("map.png", png())]))
    imported(text, Format.MOODLE_XML)

    kept = CustomImage.objects.get()
    assert (kept.title, kept.description) == ("map.png", "A map")
    stored = Question.objects.get().stem
    assert f'<embed alt="A map" embedtype="image" format="fullwidth" id="{kept.pk}"/>' in stored
    assert plan(text, Format.MOODLE_XML).counts["unchanged"] == 1


def test_a_picture_without_words_is_listed_as_to_be_done() -> None:
    stem = '<img src="@@PLUGINFILE@@/map.png">Where?'
    text = xml(choice(stem=stem, files=[file_element("map.png", png())]))

    assert plan(text, Format.MOODLE_XML).steps[0].reasons[0] == ("missing-alt", "map.png")


def test_a_picture_that_a_format_only_names_leaves_the_question_out() -> None:
    found = plan(r'::Map::[html]<img src\="@@PLUGINFILE@@/gone.png" alt\="Map">Where?{T}')

    assert found.steps[0].action == Action.LEFT_OUT
    assert found.steps[0].reasons == (("missing-file", "gone.png"),)


def cut_off(kind: str) -> bytes:
    content = io.BytesIO()
    Image.effect_noise((100, 100), 90).save(content, kind)
    return content.getvalue()[: len(content.getvalue()) // 2]


@pytest.mark.parametrize(
    "content",
    [b"<svg/>", b"GIF89a", b"", b"%PDF-1.4", *map(cut_off, ("GIF", "JPEG", "PNG", "WEBP"))],
)
def test_what_is_no_picture_leaves_the_question_out(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # As once WeasyPrint is loaded.
    stem = '<img src="@@PLUGINFILE@@/map.png" alt="m">Where?'
    text = xml(choice(stem=stem, files=[file_element("map.png", content)]))

    assert actions(plan(text, Format.MOODLE_XML))[0][1:] == ("left_out", ["not-an-image"])


def test_everything_of_a_question_of_ours_survives_another_bank() -> None:
    question = SituationFactory.create(note='Ask "why"\nagain', default_mark=2)
    for format_name in (Format.GIFT, Format.MOODLE_XML):
        first = exported(format_name)
        Question.objects.all().delete()
        imported(first, format_name)

        assert exported(format_name) == first
        found = Question.objects.get()
        assert (found.uuid, found.kind, found.note) == (question.uuid, "situational", question.note)
