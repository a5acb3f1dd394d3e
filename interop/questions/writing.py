"""Writes drafts into the bank, many at a time, inside a transaction of the caller's."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem
from wagtail.models import ReferenceIndex

from interop.questions import pictures
from interop.questions.drafts import Draft, DraftOption
from interop.questions.models import ImportedQuestion
from interop.questions.planning import Step, known_dimensions
from interop.questions.records import as_uuid
from interop.questions.richtext import comparable, to_rich
from people.models import User
from quizzes.models import (
    AcceptedAnswer,
    MatchingPair,
    Option,
    Question,
    QuestionCategory,
    QuestionDimension,
    RubricRow,
)

PlacedStep = tuple[int, Step]

WRITTEN = (
    "name",
    "kind",
    "category",
    "stem",
    "scoring",
    "feedback",
    "default_mark",
    "note",
    "form",
    "case_matters",
    "accents_matter",
    "unit",
    "min_words",
    "max_words",
    "hints",
    "status",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A step with the record that it becomes; `pk_of` has its pictures."""

    step: Step
    draft: Draft
    record: Question
    pk_of: Mapping[str, int]


@dataclass(slots=True)
class Writer:
    """Writes batch after batch of one import."""

    by: User | None
    at: dt.datetime
    categories: dict[str, int] = field(default_factory=dict)
    dimensions: dict[str, int] = field(default_factory=known_dimensions)

    def write(self, batch: Sequence[PlacedStep]) -> dict[int, int]:
        """Write the questions and return the pk of each by the place of its step."""
        if not batch:
            return {}
        self._make_categories(step.draft.category for _place, step in batch if step.draft)
        ready = [self._ready(step) for _place, step in batch]
        new = [one for one in ready if one.step.question_pk is None]
        changed = [one for one in ready if one.step.question_pk is not None]
        Question.objects.bulk_create([one.record for one in new])
        Question.objects.bulk_update([one.record for one in changed], WRITTEN)
        _write_options(ready)
        _write_answers(ready)
        self._write_rubric(ready)
        self._write_dimensions(ready)
        _write_tags(ready)
        _write_sources(ready)
        for one in ready:
            if one.pk_of:
                ReferenceIndex.create_or_update_for_object(one.record)
        pairs = zip(batch, ready, strict=True)
        return {place: one.record.pk for (place, _step), one in pairs}

    def _make_categories(self, names: Iterable[str]) -> None:
        wanted = set(names) - {""} - set(self.categories)
        found = QuestionCategory.objects.filter(name__in=wanted).values_list("name", "pk")
        self.categories |= dict(found)
        missing = sorted(wanted - set(self.categories))
        made = QuestionCategory.objects.bulk_create(QuestionCategory(name=name) for name in missing)
        self.categories |= {category.name: category.pk for category in made}

    def _ready(self, step: Step) -> _Ready:
        draft = step.draft
        if draft is None:
            raise ValueError("A step that changes nothing cannot be written.")
        pk_of = pictures.kept(draft.files, draft.texts, by=self.by) if draft.files else {}
        record = Question(
            pk=step.question_pk,
            name=draft.name,
            kind=draft.kind,
            category_id=self.categories[draft.category] if draft.category else None,
            stem=to_rich(draft.stem, pk_of),
            scoring=draft.scoring,
            feedback=to_rich(draft.feedback, pk_of),
            default_mark=draft.mark,
            note=draft.note,
            form=draft.form,
            case_matters=draft.case_matters,
            accents_matter=draft.accents_matter,
            unit=draft.unit,
            min_words=draft.min_words,
            max_words=draft.max_words,
            hints="\n".join(draft.hints),
            status=draft.status,
            created_by=self.by,
            updated_at=self.at,
        )
        if step.question_pk is None:
            record.uuid = as_uuid(step.idnumber) or uuid4()
        return _Ready(step, draft, record, pk_of)

    def _write_rubric(self, ready: Sequence[_Ready]) -> None:
        RubricRow.objects.filter(question__in=_changed(ready)).delete()
        RubricRow.objects.bulk_create(
            RubricRow(
                question=one.record,
                title=row.title,
                levels="\n".join(row.levels),
                weight=row.weight,
                dimension_id=self.dimensions.get(row.dimension),
                sort_order=place,
            )
            for one in ready
            for place, row in enumerate(one.draft.rubric)
        )

    def _write_dimensions(self, ready: Sequence[_Ready]) -> None:
        lines = QuestionDimension.objects.filter(question__in=_changed(ready))
        lines.delete()
        QuestionDimension.objects.bulk_create(
            QuestionDimension(
                question=one.record,
                dimension_id=self.dimensions[key],
                weight=weight,
                sort_order=place,
            )
            for one in ready
            for place, (key, weight) in enumerate(one.draft.dimensions)
        )


def _write_answers(ready: Sequence[_Ready]) -> None:
    """Write pairs and accepted answers; those of changed questions are made anew."""
    MatchingPair.objects.filter(question__in=_changed(ready)).delete()
    MatchingPair.objects.bulk_create(
        MatchingPair(
            question=one.record,
            prompt=to_rich(pair.prompt, one.pk_of),
            match=pair.match,
            feedback=to_rich(pair.feedback, one.pk_of),
            sort_order=place,
        )
        for one in ready
        for place, pair in enumerate(one.draft.pairs)
    )
    AcceptedAnswer.objects.filter(question__in=_changed(ready)).delete()
    AcceptedAnswer.objects.bulk_create(
        AcceptedAnswer(
            question=one.record,
            text=answer.text,
            fraction=answer.fraction,
            gap=answer.gap,
            tolerance=answer.tolerance,
            feedback=to_rich(answer.feedback, one.pk_of),
            sort_order=place,
        )
        for one in ready
        for place, answer in enumerate(one.draft.accepted)
    )


def _write_tags(ready: Sequence[_Ready]) -> None:
    content_type = ContentType.objects.get_for_model(Question)
    changed = TaggedItem.objects.filter(content_type=content_type, object_id__in=_changed(ready))
    changed.delete()
    wanted = {name for one in ready for name in one.draft.tags}
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    # One by one: the tag finds a slug of its own when it is saved. They are few.
    tags |= {name: Tag.objects.create(name=name) for name in sorted(wanted - set(tags))}
    TaggedItem.objects.bulk_create(
        TaggedItem(content_type=content_type, object_id=one.record.pk, tag=tags[name])
        for one in ready
        for name in one.draft.tags
    )


def _changed(ready: Iterable[_Ready]) -> list[int]:
    return [one.record.pk for one in ready if one.step.question_pk is not None]


def _write_options(ready: Sequence[_Ready]) -> None:
    """Write the options; one whose text stays the same stays the same option."""
    recorded: dict[int, dict[str, Option]] = {}
    for option in Option.objects.filter(question__in=_changed(ready)).order_by("-sort_order"):
        recorded.setdefault(option.question_id, {})[comparable(option.text)] = option
    new, kept = [], []
    for one in ready:
        same = recorded.get(one.record.pk, {})
        for place, line in enumerate(one.draft.options):
            option = _option(line, place, one)
            found = same.pop(comparable(option.text), None)
            if found is None:
                new.append(option)
            else:
                option.pk, option.uuid = found.pk, found.uuid
                kept.append(option)
    Option.objects.filter(question__in=_changed(ready)).exclude(
        pk__in=[option.pk for option in kept]
    ).delete()
    Option.objects.bulk_update(kept, ["text", "weight", "feedback", "sort_order"])
    Option.objects.bulk_create(new)


def _option(line: DraftOption, place: int, one: _Ready) -> Option:
    return Option(
        question=one.record,
        text=to_rich(line.text, one.pk_of),
        weight=line.weight,
        feedback=to_rich(line.feedback, one.pk_of),
        sort_order=place,
    )


def _write_sources(ready: Sequence[_Ready]) -> None:
    """Record where each came from; its number stays what a file has once given."""
    ImportedQuestion.objects.filter(question__in=_changed(ready), idnumber="").delete()
    ImportedQuestion.objects.bulk_create(
        [
            ImportedQuestion(
                question=one.record,
                idnumber="" if str(one.record.uuid) == one.step.idnumber else one.step.idnumber,
                fingerprint=one.step.fingerprint,
                kept=dict(one.draft.kept),
            )
            for one in ready
        ],
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=["fingerprint", "kept"],
    )
