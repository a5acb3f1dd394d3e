"""Replays what somebody read and sat through the deeds themselves, at the times given."""

from collections import defaultdict
from collections.abc import Mapping
from random import Random

from home.demo.answering import answers
from home.demo.history_in_bulk import Story
from home.demo.timeline import Read, Sat
from modules.languages import originals
from modules.models import LessonPage
from people.models import User
from progress import recording
from quizzes import attempts
from quizzes.models import Quiz


def replay(story: Story, *, quizzes: Mapping[str, Quiz]) -> None:
    """Do everything of the story, one deed after the other."""
    person = User.objects.get(pk=story.participant_id)
    for reading in story.readings:
        _read(person, reading)
    numbers: dict[str, int] = defaultdict(int)
    for sitting in story.sittings:
        numbers[sitting.quiz] += 1
        rng = story.rng(sitting.quiz, numbers[sitting.quiz])
        _sit(person, sitting, quizzes[sitting.quiz], rng)


def _read(person: User, reading: Read) -> None:
    lesson = originals(LessonPage.objects.all()).get(translation_key=reading.key)
    recording.open_lesson(participant=person, lesson=lesson, at=reading.opened_at)
    if reading.completed_at:
        recording.complete_lesson(participant=person, lesson=lesson, at=reading.completed_at)


def _sit(person: User, sitting: Sat, quiz: Quiz, rng: Random) -> None:
    version = quiz.live_version
    if version is None:
        raise attempts.NotPublished
    paper = attempts.paper_of(version)
    given = answers(paper, mistakes=sitting.mistakes, rng=rng)
    attempt = attempts.start(quiz=quiz, participant=person, at=sitting.started_at, rng=rng)
    pause = (sitting.submitted_at - sitting.started_at) / (len(paper.items) + 1)
    for place, item in enumerate(paper.items, start=1):
        attempts.save_answer(
            attempt=attempt,
            item_id=item.id,
            response=given[item.id],
            actor=person,
            at=sitting.started_at + place * pause,
        )
    attempts.submit(attempt=attempt, actor=person, at=sitting.submitted_at)
