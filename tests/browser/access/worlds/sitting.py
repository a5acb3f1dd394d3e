"""Quizzes in every state, and answers that wait for a mark."""

import datetime as dt
from decimal import Decimal

from modules.models import ModulePage
from people.models import User
from quizzes import attempts
from quizzes.enums import Paging, Purpose
from quizzes.marking import give_mark
from quizzes.models import Attempt, MarkComment, Quiz
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.factories.kinds import EXAMPLES, banked, open_text
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)
from tests.factories.people import (
    ParticipantFactory,
)
from tests.factories.progress import ModuleRecordFactory
from tests.factories.quizzes import (
    WEIGHTS,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    QuizPairFactory,
    finish_attempt,
)


def publish_quizzes(world: World, module: ModulePage, *, at: dt.datetime) -> dict[str, Quiz]:
    kinds = [kind for kind in WEIGHTS if kind != "rating"]
    asked = [QuestionFactory.create(kind=kind) for kind in kinds]
    asked.append(QuestionFactory.create(stem=f"<p>{LONG} {UNBROKEN}</p>"))
    rating = [QuestionFactory.create(kind="rating") for _each in range(2)]
    quizzes = {
        "open": PublishedQuizFactory.create(title="Safety quiz", questions=asked),
        "done": PublishedQuizFactory.create(title="Contact quiz"),
        "last": PublishedQuizFactory.create(title="Last chance", max_attempts=1),
        "self": PublishedQuizFactory.create(
            title="Where I stand now", purpose=Purpose.SELF_ASSESSMENT, questions=rating
        ),
        "new": PublishedQuizFactory.create(title=LONG, introduction=f"<p>{UNBROKEN}</p>"),
        "draft": QuizFactory.create(title="Draft"),
    }
    ModuleQuizFactory.create(module=module, quiz=quizzes["open"])
    busy, ready = world.people["busy"], world.people["ready"]
    attempt = attempts.start(quiz=quizzes["open"], participant=busy, at=at)
    world.addresses |= {f"quiz_{name}": quiz.uuid for name, quiz in quizzes.items()}
    world.addresses |= {f"quiz_{name}_pk": quiz.pk for name, quiz in quizzes.items()}
    world.addresses |= {
        "attempt": attempt.uuid,
        "question_pk": asked[0].pk,
        "long_question": len(asked),
        "failed": _finished(quizzes["done"], busy, 1, at=at).uuid,
        "failed_for_good": _finished(quizzes["last"], busy, 1, at=at).uuid,
        "passed": _finished(quizzes["done"], ready, 0, at=at).uuid,
        "seen_myself": _finished(quizzes["self"], busy, 3, at=at).uuid,
    }
    _every_kind(world, at=at)
    _pair(world, busy, at=at)
    _review(world, ready, at=at)
    return quizzes


def _review(world: World, person: User, *, at: dt.datetime) -> None:
    """Two modules completed some days ago: of one a short review is due, of one it was done."""
    for name, title in (("due", f"Again {LONG}"), ("reviewed", "Visas")):
        quiz = PublishedQuizFactory.create(title=f"Again: {name}", purpose=Purpose.PRACTICE)
        module = TrainingSessionPageFactory.create(title=title, review_quiz=quiz)
        LessonPageFactory.create(parent=module)
        completed_at = at - dt.timedelta(days=4)
        ModuleRecordFactory.create(
            participant=person, module=module, started_at=completed_at, completed_at=completed_at
        )
        world.addresses[f"review_{name}"] = module.url
    world.addresses["review_result"] = finish_attempt(quiz, person, {0: 0}, at=at).uuid


def _every_kind(world: World, *, at: dt.datetime) -> None:
    """A question of each kind on one page: not answered by one person, handed in by another."""
    asked = [banked(example(f"each.{name}")) for name, example in EXAMPLES.items()]
    quiz = PublishedQuizFactory.create(
        title="Of every kind", purpose=Purpose.PRACTICE, paging=Paging.SECTION, questions=asked
    )
    open_one = attempts.start(quiz=quiz, participant=world.people["busy"], at=at)
    ready = world.people["ready"]
    handed_in = attempts.start(quiz=quiz, participant=ready, at=at)
    attempts.submit(attempt=handed_in, actor=ready, at=at)
    world.addresses |= {"each_kind": open_one.uuid, "each_kind_result": handed_in.uuid}


def _pair(world: World, person: User, *, at: dt.datetime) -> None:
    """A quiz that this person and four others have sat before and after."""
    quiz = PublishedQuizFactory.create(title="Before and after", purpose=Purpose.MEASURE)
    for one in (*ParticipantFactory.create_batch(4), person):
        _finished(quiz, one, 1, at=at)
        again = _finished(quiz, one, 0, at=at)
    pair = QuizPairFactory.create(before=quiz, after=quiz)
    world.addresses |= {"pair_pk": pair.pk, "sat_again": again.uuid}


def hand_in_texts(world: World, *, at: dt.datetime) -> None:
    """Texts that wait for a mark, one of them short and one far too long; and one marked."""
    item = open_text("essay")
    quiz = PublishedQuizFactory.create(title="What I learned", questions=[banked(item)])
    texts = {"busy": "I listen first.", "long": f"{LONG} {UNBROKEN} " * 20, "back": "I ask."}
    waiting = {}
    for name, text in texts.items():
        who = world.people[name]
        attempt = attempts.start(quiz=quiz, participant=who, at=at)
        attempts.save_answer(attempt=attempt, item_id=item.id, response=text, actor=who, at=at)
        waiting[name] = attempts.submit(attempt=attempt, actor=who, at=at)
    give_mark(
        attempt=waiting["back"], item_id=item.id, fraction=Decimal("0.5"), comment=LONG, at=at,
        levels={str(row.id): 1 for row in item.rubric}, by=world.people["trainer"], link_to="/",
    )  # fmt: skip
    MarkComment.objects.create(owner=world.people["trainer"], text=f"{LONG} {UNBROKEN}")
    world.addresses |= {
        "essay": item.id,
        "essay_quiz_pk": quiz.pk,
        **{f"essay_{name}": attempt.uuid for name, attempt in waiting.items()},
    }


def _finished(quiz: Quiz, user: User, place: int, *, at: dt.datetime) -> Attempt:
    return finish_attempt(quiz, user, {0: place, 1: place}, at=at)
