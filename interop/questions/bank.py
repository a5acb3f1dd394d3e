"""Questions of the bank as drafts, in few queries for many."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from interop.questions import richtext
from interop.questions.drafts import ALL_OR_NOTHING, Draft, DraftOption
from interop.questions.models import ImportedQuestion
from interop.questions.problems import Fault
from interop.questions.records import CannotReadError, Kind
from library.models import CustomImage
from quizzes.freezing import dimension_key
from quizzes.models import Question

CHUNK = 500
PARTS = ("options", "dimensions__dimension__framework")


@dataclass(frozen=True, slots=True)
class Banked:
    """A question of the bank, its draft, and where it came from.

    Without a draft, `fault` says what no file can hold of it.
    """

    question: Question
    draft: Draft | None
    source: ImportedQuestion | None = None
    fault: Fault | None = None
    detail: str = ""

    @property
    def idnumber(self) -> str:
        number = self.source.idnumber if self.source else ""
        return number or str(self.question.uuid)


def each(questions: QuerySet[Question]) -> Iterator[Banked]:
    """Yield the questions in their order, in six queries for each 500."""
    chosen = questions.select_related("category").prefetch_related(*PARTS)
    batch: list[Question] = []
    for question in chosen.iterator(CHUNK):
        batch.append(question)
        if len(batch) == CHUNK:
            yield from banked(batch)
            batch = []
    yield from banked(batch)


def banked(questions: Sequence[Question]) -> list[Banked]:
    """Return questions whose parts are fetched already, with their pictures and sources."""
    pks = [question.pk for question in questions]
    found = ImportedQuestion.objects.filter(question__in=pks)
    sources = {source.question_id: source for source in found}
    images = richtext.in_bulk(richtext.image_ids(_texts(questions)))
    return [_banked(question, sources.get(question.pk), images) for question in questions]


def _texts(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        yield from (question.stem, question.feedback)
        for option in question.options.all():
            yield from (option.text, option.feedback)


def _banked(
    question: Question,
    source: ImportedQuestion | None,
    images: Mapping[int, CustomImage],
) -> Banked:
    try:
        return Banked(question, _draft(question, source, richtext.Expander(images)), source)
    except CannotReadError as error:
        return Banked(question, None, source, error.fault, error.detail)


def _draft(
    question: Question, source: ImportedQuestion | None, expander: richtext.Expander
) -> Draft:
    options = sorted(question.options.all(), key=lambda line: (line.sort_order or 0, line.pk))
    dimensions = sorted(question.dimensions.all(), key=lambda line: (line.sort_order or 0, line.pk))
    made = Draft(
        kind=question.kind,
        name=question.name,
        stem=expander.html(question.stem),
        category=question.category.name if question.category else "",
        options=tuple(
            DraftOption(expander.html(option.text), option.weight, expander.html(option.feedback))
            for option in options
        ),
        scoring=question.scoring if question.kind == Kind.MULTIPLE else ALL_OR_NOTHING,
        feedback=expander.html(question.feedback),
        mark=question.default_mark,
        note=question.note,
        dimensions=tuple((dimension_key(line), line.weight) for line in dimensions),
        kept=dict(source.kept) if source else {},
    )
    # The pictures are known once the texts above have been gone through.
    return replace(made, files=tuple(expander.files.values()))
