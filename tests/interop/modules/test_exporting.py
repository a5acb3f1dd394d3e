"""What a file of a module holds, and what it does not."""

import pytest

from interop.modules import exporting
from interop.modules.faults import Fault, RefusedError
from modules.models import ModulePage
from people.models import User
from quizzes.models import QuizDraw
from tests.factories.modules import CataloguePageFactory, WorkshopPageFactory
from tests.factories.modules import WorkshopSessionFactory as SessionFactory
from tests.interop.modules.conftest import World
from tests.interop.modules.files import entries, exported, told


def test_texts_files_and_quizzes_are_in_the_file_once_each(world: World) -> None:
    data = told(world.content)
    assert [step["title"] for step in data["steps"]] == ["First", "Second"]
    assert [one["title"] for one in data["images"].values()] == ["Harbour"]
    assert [one["credit"] for one in data["images"].values()] == ["Somebody, CC0"]
    titles = {one["title"] for one in data["documents"].values()}
    assert titles == {"Sheet", "meet.mp4", "meet.vtt", "talk.mp3"}
    assert len([name for name in entries(world.content) if name.startswith("media/")]) == 5
    assert {one["title"] for one in data["pages"].values()} == {"First", "Other"}


def test_what_a_question_file_holds_is_in_one_and_the_rest_in_json(world: World) -> None:
    data, file = told(world.content), entries(world.content)["quizzes/questions.xml"].decode()
    assert {one["name"] for one in data["questions"]} == {"Shown", "Heard", "agree"}
    assert "Plain" in file
    assert "Drawn" in file
    assert "Heard" not in file
    [quiz] = data["quizzes"].values()
    assert quiz["settings"]["pass_mark"] == "70"
    assert [len(part["questions"]) for part in quiz["sections"]] == [4, 0]
    assert quiz["sections"][1]["draws"] == [{"count": 1, "category": "Pool", "tag": ""}]


def test_no_draft_no_person_and_no_address_of_the_site_is_in_the_file(
    world: World, trainer: User
) -> None:
    text = "".join(one.decode("latin-1") for one in entries(world.content).values())
    for secret in ("Draft of a lesson", "localhost", "/my/", trainer.email, trainer.last_name):
        assert secret not in text
    assert 'href="https://example.org/"' in told(world.content)["steps"][1]["body"][0]["value"]


def test_the_same_module_gives_the_same_file(world: World) -> None:
    assert exported(world.module) == world.content


def test_what_editors_have_written_since_stays_behind(world: World) -> None:
    world.module.title = "Only a draft"
    world.module.save_revision()
    question = world.quiz.sections.get(heading="").items.first().question
    question.stem = "<p>Only a draft?</p>"
    question.save()
    again = exported(ModulePage.objects.get(pk=world.module.pk))
    assert again == world.content


def test_a_quiz_that_is_not_published_stays_behind_and_is_named(world: World) -> None:
    world.quiz.live_version = None
    world.quiz.save()
    data = told(exported(world.module))
    assert data["quizzes"] == {}
    assert data["questions"] == []
    assert {(one["where"], one["what"]) for one in data["left_out"]} == {
        ("Meeting people", "quiz-not-published"),
        ("Second", "quiz-not-published"),
    }


def test_a_module_that_is_not_published_is_not_exported(world: World) -> None:
    world.module.live = False
    with pytest.raises(RefusedError) as refusal:
        exporting.described(world.module)
    assert refusal.value.problems == ((Fault.NOT_PUBLISHED, "Meeting people"),)


def test_draws_that_were_changed_since_publishing_are_not_guessed(world: World) -> None:
    QuizDraw.objects.update(count=2)
    with pytest.raises(RefusedError) as refusal:
        exported(world.module)
    assert refusal.value.problems == ((Fault.DRAWS_CHANGED, "Check yourself"),)


def test_a_file_that_is_gone_is_named(world: World) -> None:
    image = exporting.described(world.module).luggage.of("image")
    [record] = image.values()
    record.file.storage.delete(record.file.name)
    with pytest.raises(RefusedError) as refusal:
        exported(world.module)
    assert refusal.value.problems == ((Fault.LOST_FILE, "Harbour"),)


@pytest.mark.django_db
def test_sessions_of_a_workshop_do_not_travel() -> None:
    workshop = WorkshopPageFactory.create(parent=CataloguePageFactory.create())
    SessionFactory.create(workshop=workshop, place="Room 7", link="https://meet.example/abc")
    content = exported(ModulePage.objects.get(pk=workshop.pk))
    assert told(content)["module"]["type"] == "workshop"
    assert b"Room 7" not in entries(content)["module.json"]
    assert b"meet.example" not in entries(content)["module.json"]
