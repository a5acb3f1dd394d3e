"""Turns a quiz as its author has it now into a paper."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from competence.naming import key_of
from quizzes.categories import kept_to_groups
from quizzes.enums import QuestionKind, QuestionStatus
from quizzes.models import Question, QuestionDimension, Quiz, QuizDraw, QuizItem, QuizSection
from quizzes.papers import (
    Accepted,
    Item,
    Medium,
    Pair,
    Paper,
    PaperOption,
    RubricRow,
    Statement,
)
from quizzes.terms import Band, Bound, Draw, Review, Section, Terms

RELATIONS = (
    "options",
    "pairs",
    "accepted",
    "statements__dimension__framework",
    "rubric__dimension__framework",
    "dimensions__dimension__framework",
)

OPTIONS, PAIRS, ACCEPTED = "options", "pairs", "accepted"
STATEMENTS, RUBRIC, DIMENSIONS = "statements", "rubric", "dimensions"
PARTS = (OPTIONS, PAIRS, ACCEPTED, STATEMENTS, RUBRIC)

# Which parts a question of each kind is made of; the others are not looked at.
PARTS_OF: Mapping[str, tuple[str, ...]] = {
    QuestionKind.SINGLE: (OPTIONS,),
    QuestionKind.MULTIPLE: (OPTIONS,),
    QuestionKind.SITUATIONAL: (OPTIONS,),
    QuestionKind.TRUE_FALSE: (OPTIONS,),
    QuestionKind.MATCHING: (PAIRS,),
    QuestionKind.ORDERING: (OPTIONS,),
    QuestionKind.SHORT: (ACCEPTED,),
    QuestionKind.NUMERIC: (ACCEPTED,),
    QuestionKind.GAPS: (ACCEPTED,),
    QuestionKind.RATING: (OPTIONS,),
    QuestionKind.LIKERT: (STATEMENTS, OPTIONS),
    QuestionKind.OPEN: (RUBRIC,),
}
SCALES = (QuestionKind.RATING, QuestionKind.LIKERT)
VIDEO = {".mp4", ".m4v", ".webm", ".ogv"}
AUDIO = {".mp3", ".m4a", ".ogg", ".oga", ".wav"}


def freeze(quiz: Quiz) -> Paper:
    """Return the paper of the quiz as it is saved, with every question that may be drawn.

    Eleven queries whatever its length, ten more if it draws, and up to two more where a
    draw goes by tag alone. The paper may be one
    that cannot be published: see `publishing.problems`.
    """
    sections = _sections(quiz)
    fixed = [item.question for section in sections for item in in_order(section.items.all())]
    pools = _pools(sections, {question.pk for question in fixed})
    questions = [*fixed, *{one.pk: one for pool in pools.values() for one in pool}.values()]
    return Paper(
        title=quiz.title,
        introduction=quiz.introduction,
        purpose=quiz.purpose,
        pass_mark=quiz.pass_mark,
        grading_method=quiz.grading_method,
        max_attempts=quiz.max_attempts,
        minutes=quiz.minutes,
        shuffle_questions=quiz.shuffle_questions,
        shuffle_options=quiz.shuffle_options,
        items=tuple(freeze_question(question) for question in questions),
        dimension_names=dimension_names(questions),
        sections=tuple(_freeze_section(section, pools) for section in sections),
        terms=freeze_terms(quiz),
    )


def freeze_terms(quiz: Quiz) -> Terms:
    return Terms(
        paging=quiz.paging,
        is_sequential=quiz.is_sequential,
        wait_minutes=quiz.wait_minutes,
        time_limit=quiz.time_limit,
        grace_seconds=quiz.grace_seconds,
        at_deadline=quiz.at_deadline,
        overdue_minutes=quiz.overdue_minutes,
        opens=Bound(quiz.opens_at, quiz.opens_event, quiz.opens_days if quiz.opens_event else 0),
        closes=Bound(
            quiz.closes_at, quiz.closes_event, quiz.closes_days if quiz.closes_event else 0
        ),
        review=Review(quiz.score_shown, quiz.answers_shown, quiz.keys_shown, quiz.feedback_shown),
        bands=tuple(
            Band(band.from_percent, band.text)
            for band in sorted(quiz.bands.all(), key=lambda band: band.from_percent)
        ),
    )


def _sections(quiz: Quiz) -> list[QuizSection]:
    sections = quiz.sections.order_by("sort_order", "pk").prefetch_related(
        Prefetch("items", QuizItem.objects.select_related("question__recording")),
        *(f"items__question__{relation}" for relation in RELATIONS),
        "draws",
    )
    return list(sections)


def _pools(sections: Iterable[QuizSection], fixed: Collection[int]) -> dict[int, list[Question]]:
    """Return what each draw may draw from, by the draw's key: never a fixed question."""
    draws = [draw for section in sections for draw in section.draws.all()]
    if not draws:
        return {}
    questions = Question.objects.select_related("recording").exclude(pk__in=fixed)
    tagged = Question.objects.filter(tags__in={draw.tag_id for draw in draws if draw.tag_id})
    wanted = questions.filter(
        Q(category__in={draw.category_id for draw in draws if draw.category_id})
        | Q(pk__in=tagged.values("pk")),
        status=QuestionStatus.READY,
    )
    found = list(wanted.order_by("pk").prefetch_related("tags", *RELATIONS))
    kept: set[int] = set()
    if not all(draw.category_id for draw in draws):
        kept = set(kept_to_groups().values_list("pk", flat=True))
    return {draw.pk: [one for one in found if _is_meant(draw, one, kept)] for draw in draws}


def _is_meant(draw: QuizDraw, question: Question, kept: Collection[int]) -> bool:
    """What is kept to groups is drawn only by a draw that names its category."""
    if not draw.category_id and question.category_id in kept:
        return False
    if draw.category_id and draw.category_id != question.category_id:
        return False
    return draw.tag_id is None or draw.tag_id in {tag.pk for tag in question.tags.all()}


def _freeze_section(section: QuizSection, pools: Mapping[int, Sequence[Question]]) -> Section:
    return Section(
        heading=section.heading,
        introduction=section.introduction,
        item_ids=tuple(item.question.uuid for item in in_order(section.items.all())),
        draws=tuple(
            Draw(draw.count, tuple(question.uuid for question in pools[draw.pk]))
            for draw in in_order(section.draws.all())
        ),
    )


def not_ready(quiz: Quiz) -> list[str]:
    """Return, in words, the questions of the quiz that its author has not called ready."""
    items = QuizItem.objects.filter(section__quiz=quiz).select_related("question")
    lines = items.exclude(question__status=QuestionStatus.READY)
    return [
        _("Question “%(name)s” is not ready: it is %(status)s. Make it ready or take it out.")
        % {"name": line.question.name, "status": line.question.get_status_display().lower()}
        for line in lines.order_by("section__sort_order", "section__pk", "sort_order", "pk")
    ]


def freeze_question(question: Question) -> Item:
    """Return the question with the parts that its kind has."""
    lines = {name: in_order(getattr(question, name).all()) for name in (*PARTS, DIMENSIONS)}
    return item_of(question, lines)


def item_of(question: Question, lines: Mapping[str, Sequence[Any]]) -> Item:
    """Return the question with these lines as its parts, saved or not."""
    used = PARTS_OF.get(question.kind, ())
    parts = {name: lines[name] if name in used else () for name in PARTS}
    return Item(
        id=question.uuid,
        kind=question.kind,
        stem=question.stem,
        options=freeze_options(question.kind, parts[OPTIONS]),
        mark=question.default_mark,
        scoring=question.scoring,
        feedback=question.feedback,
        dimensions={dimension_key(line): line.weight for line in lines[DIMENSIONS]},
        hints=tuple(line.strip() for line in question.hints.splitlines() if line.strip()),
        form=question.form,
        case_matters=question.case_matters,
        accents_matter=question.accents_matter,
        unit=question.unit.strip(),
        min_words=question.min_words,
        max_words=question.max_words,
        medium=_medium(question),
        pairs=tuple(
            Pair(one.uuid, one.choice_uuid, one.prompt, one.match, one.feedback)
            for one in parts[PAIRS]
        ),
        accepted=tuple(
            Accepted(one.uuid, one.text, one.fraction, one.feedback, one.gap, one.tolerance)
            for one in parts[ACCEPTED]
        ),
        statements=tuple(
            Statement(one.uuid, one.text, one.is_reversed, dimension_key(one))
            for one in parts[STATEMENTS]
        ),
        rubric=tuple(
            RubricRow(one.uuid, one.title, tuple(one.level_lines), one.weight, dimension_key(one))
            for one in parts[RUBRIC]
        ),
    )


def freeze_options(kind: str, options: Sequence[Any]) -> tuple[PaperOption, ...]:
    """Return the options; a scale is spaced evenly unless its author weighed it."""
    weights = [option.weight for option in options]
    if kind in SCALES and len(set(weights)) == 1 and len(weights) > 1:
        last = Decimal(len(weights) - 1)
        weights = [(place / last).quantize(Decimal("0.001")) for place in range(len(weights))]
    words = (_("True"), _("False")) if kind == QuestionKind.TRUE_FALSE else ()
    texts = [
        option.text or (words[place] if place < len(words) else "")
        for place, option in enumerate(options)
    ]
    return tuple(
        PaperOption(id=option.uuid, text=text, weight=weight, feedback=option.feedback)
        for option, text, weight in zip(options, texts, weights, strict=True)
    )


def dimension_key(line: Any) -> str:
    """Name a line's dimension across frameworks, such as `built-in.empathy`."""
    return "" if line.dimension is None else key_of(line.dimension)


def in_order(lines: Iterable[Any]) -> list[Any]:
    return sorted(lines, key=lambda line: (line.sort_order or 0, line.pk or 0))


def dimension_names(questions: Iterable[Question]) -> dict[str, str]:
    """Return the names of all dimensions that the questions speak about, by key."""
    return {
        dimension_key(line): line.dimension.name
        for question in questions
        for line in _lines_with_dimension(question)
    }


def _lines_with_dimension(question: Question) -> list[QuestionDimension | Any]:
    used = PARTS_OF.get(question.kind, ())
    parts = [name for name in (STATEMENTS, RUBRIC) if name in used]
    return [
        line
        for name in (DIMENSIONS, *parts)
        for line in in_order(getattr(question, name).all())
        if line.dimension is not None
    ]


def is_video(filename: str) -> bool:
    return PurePath(filename).suffix.lower() in VIDEO


def is_recording(filename: str) -> bool:
    return PurePath(filename).suffix.lower() in VIDEO | AUDIO


def _medium(question: Question) -> Medium | None:
    if question.recording is None:
        return None
    return Medium(
        document=question.recording.pk,
        is_video=is_video(question.recording.filename),
        captions=question.captions_id,
        transcript=question.transcript.strip(),
    )
