"""A quiz with a question of every kind, and the module that leads to it, from their file."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wagtail.models import Page, ReferenceIndex

from home.course.ledger import Ledger
from home.course.reading import key, read
from modules.languages import originals
from modules.models import CataloguePage, ModulePage, ModuleQuiz, TrainingSessionPage
from people.models import User
from quizzes.models import Question, QuestionCategory, Quiz, QuizItem, QuizSection
from quizzes.papers import PARTS, Item, item_from_json
from quizzes.publishing import publish
from quizzes.versions import write_item

NAME = "every-kind"
FILE = Path(__file__).parent / "content" / f"{NAME}.toml"
PLAIN = {"mark": 1, "scoring": "all_or_nothing", "feedback": "", "dimensions": {}}


def load_every_kind(ledger: Ledger, *, author: User, at: dt.datetime) -> Quiz:
    """Make what is missing of it; what is there stays as it is."""
    data = read(FILE)
    quiz = Quiz.objects.filter(uuid=key("quiz", NAME)).first()
    if quiz is None:
        quiz = _make(data, author)
        publish(quiz, by=author, at=at)
        ledger.made.append(f"quiz “{quiz}”")
    if not ModulePage.objects.filter(translation_key=key("page", NAME)).exists():
        _add_module(data["module"], quiz, author, ledger)
    return quiz


def items(data: Mapping[str, Any]) -> list[tuple[str, Item]]:
    """Return each question of the file with its name. Ids are made from the names."""
    return [(line["name"], _item(line)) for line in data["questions"]]


def _item(line: Mapping[str, Any]) -> Item:
    name = line["name"]
    parts = {
        part: [_part(name, part, place, one) for place, one in enumerate(line.get(part, ()))]
        for part in ("options", *PARTS)
    }
    return item_from_json(PLAIN | dict(line) | parts | {"id": str(key("question", NAME, name))})


def _part(question: str, part: str, place: int, line: Mapping[str, Any]) -> dict[str, Any]:
    """Return one line with its ids; its numbers as text, as a paper has them."""
    ids = {"id": str(key(part, NAME, question, str(place)))}
    if part == "pairs":
        ids["choice_id"] = str(key("choice", NAME, question, str(place)))
    numbers = {name: str(line[name]) for name in ("weight", "fraction") if name in line}
    return dict(line) | numbers | ids


def _make(data: Mapping[str, Any], author: User) -> Quiz:
    category, _is_new = QuestionCategory.objects.get_or_create(name=data["category"])
    quiz = Quiz.objects.create(
        uuid=key("quiz", NAME),
        title=data["title"],
        introduction=f"<p>{data['introduction']}</p>",
        purpose=data["purpose"],
        minutes=data["minutes"],
    )
    section = QuizSection.objects.create(quiz=quiz, sort_order=0)
    for order, (name, item) in enumerate(items(data)):
        question = Question.objects.create(
            uuid=item.id, name=name, kind=item.kind, category=category, created_by=author
        )
        write_item(question, item)
        QuizItem.objects.create(section=section, question=question, sort_order=order)
    ReferenceIndex.create_or_update_for_object(quiz)
    return quiz


def _add_module(data: Mapping[str, Any], quiz: Quiz, author: User, ledger: Ledger) -> None:
    lines = "".join(f"<li>{line}</li>" for line in data["objectives"])
    module: Page = TrainingSessionPage(
        translation_key=key("page", NAME),
        slug=NAME,
        title=data["title"],
        summary=data["summary"],
        objectives=f"<ul>{lines}</ul>",
        for_faculty=True,
        for_staff=True,
        owner=author,
    )
    module.module_quizzes = [ModuleQuiz(quiz=quiz)]
    catalogues = originals(CataloguePage.objects.all())
    catalogues.get(translation_key=key("page", "catalogue")).add_child(instance=module)
    module.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    ledger.made.append(f"page “{module}”")
