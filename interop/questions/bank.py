"""Questions of the bank as drafts, in few queries for many."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from interop.questions import richtext
from interop.questions.drafting import drafted
from interop.questions.drafts import Draft
from interop.questions.models import ImportedQuestion
from interop.questions.problems import Fault
from interop.questions.records import CannotReadError
from library.models import CustomImage
from quizzes.models import Question

CHUNK = 500
PARTS = (
    "options",
    "pairs",
    "accepted",
    "rubric__dimension__framework",
    "dimensions__dimension__framework",
    "tags",
)


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
    def category(self) -> str:
        return self.question.category.name if self.question.category else ""

    @property
    def idnumber(self) -> str:
        number = self.source.idnumber if self.source else ""
        return number or str(self.question.uuid)


def each(questions: QuerySet[Question]) -> Iterator[Banked]:
    """Yield the questions in their order, in ten queries for each 500."""
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
        for line in (*question.options.all(), *question.accepted.all()):
            yield from (line.text, line.feedback)
        for pair in question.pairs.all():
            yield from (pair.prompt, pair.feedback)


def _banked(
    question: Question,
    source: ImportedQuestion | None,
    images: Mapping[int, CustomImage],
) -> Banked:
    if question.recording_id is not None:
        return Banked(question, None, source, Fault.MEDIA, "recording")
    try:
        draft = drafted(question, richtext.Expander(images), dict(source.kept) if source else {})
        return Banked(question, draft, source)
    except CannotReadError as error:
        return Banked(question, None, source, error.fault, error.detail)
