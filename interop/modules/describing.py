"""A module of this site in the words of module.json: to be exported, or compared with a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from interop.modules.luggage import Luggage, Wanted, loaded, own_hosts
from interop.modules.media import document_entry, image_entry
from interop.modules.quizzes_out import Asked, asked_of
from interop.modules.richtext import cleaned
from interop.modules.shapes import (
    PAGE_FIELDS,
    STREAMS,
    LinkedPageEntry,
    ModuleEntry,
    ModuleFile,
    NeededEntry,
    StepEntry,
)
from interop.modules.streams import Outward, plain
from interop.modules.terms import term_entry
from modules.enums import ModuleKind
from modules.models import ImmersionTaskPage, LessonPage, ModulePage


@dataclass(frozen=True)
class Described:
    """What the file says, the questions for the question file, and the records behind it."""

    file: ModuleFile
    questions: str
    luggage: Luggage


def published(module: ModulePage) -> Described:
    """Describe what participants get: published pages, and quizzes as they were published."""
    steps = LessonPage.objects.child_of(module).live().order_by("path").specific()
    return _described(module, list(steps), only_published=True)


def as_written(module: ModulePage) -> Described:
    """Describe what the editors have now, drafts included."""
    steps = LessonPage.objects.child_of(module).order_by("path").specific()
    latest = [step.get_latest_revision_as_object() for step in steps]
    return _described(module.get_latest_revision_as_object(), latest, only_published=False)


def _described(
    module: ModulePage, steps: Sequence[LessonPage], *, only_published: bool
) -> Described:
    hosts = own_hosts()
    wanted = Wanted()
    for link in module.module_quizzes.all():
        wanted.find("quiz", link.quiz_id)
    wanted.find("quiz", module.review_quiz_id)
    for step in steps:
        _streams(step, Outward(wanted.find, hosts))
    first = loaded(wanted)
    asked = asked_of(first["quiz"].values(), only_published=only_published)
    asked.take_down(wanted)
    for term in first["term"].values():
        term_entry(term, wanted.find, hosts)
    luggage = Luggage(loaded(wanted), only_published=only_published)
    keys = {one.pk: key for key, one in asked.dimensions.items()}
    entry = _module_entry(module, luggage, hosts, keys)
    entries = [_step_entry(step, luggage, hosts) for step in steps]
    return _file(module, entry, entries, asked, luggage, hosts)


def _file(
    module: ModulePage,
    entry: ModuleEntry,
    entries: list[StepEntry],
    asked: Asked,
    luggage: Luggage,
    hosts: Sequence[str],
) -> Described:
    quizzes = luggage.of("quiz")
    entries_of_quizzes, questions, text = asked.entries(quizzes, luggage, hosts)
    terms = {name: term_entry(one, luggage.find, hosts) for name, one in luggage.of("term").items()}
    file = ModuleFile(
        language=module.locale.language_code,
        module=entry,
        steps=entries,
        quizzes=entries_of_quizzes,
        questions=questions,
        images={name: image_entry(one) for name, one in luggage.of("image").items()},
        documents={name: document_entry(one) for name, one in luggage.of("document").items()},
        pages={
            name: LinkedPageEntry(title=str(one.title)) for name, one in luggage.of("page").items()
        },
        terms=terms,
        left_out=list(dict.fromkeys(luggage.left_out)),
    )
    return Described(file, text, luggage)


def _module_entry(
    module: ModulePage, luggage: Luggage, hosts: Iterable[str], keys: Mapping[int, str]
) -> ModuleEntry:
    luggage.where = module.title
    links = [
        (luggage.find("quiz", link.quiz_id), link.is_extra)
        for link in in_order(module.module_quizzes.all())
    ]
    order = [link.needed_id for link in in_order(module.prerequisites.all())]
    there = ModulePage.objects.in_bulk(order)
    needed = [there[pk] for pk in order if pk in there]
    return ModuleEntry(
        type=ModuleKind(module.kind).value,
        key=module.translation_key,
        **_page_fields(module),
        objectives=cleaned(
            module.objectives,
            features=ModulePage._meta.get_field("objectives").features,
            rewrite=luggage.find,
            own_hosts=list(hosts),
        ),
        phase=str(module.phase),
        audiences=[audience.value for audience in module.audiences],
        is_sequential=module.is_sequential,
        dimensions=sorted(keys[one.pk] for one in module.dimensions.all()),
        destinations=[line.country.code for line in in_order(module.destinations.all())],
        needs=[NeededEntry(key=one.translation_key, title=one.title) for one in needed],
        quizzes=[name for name, _is_extra in links if name],
        extra_quizzes=[name for name, is_extra in links if name and is_extra],
        review_quiz=luggage.find("quiz", module.review_quiz_id),
    )


def _step_entry(step: LessonPage, luggage: Luggage, hosts: Sequence[str]) -> StepEntry:
    luggage.where = step.title
    task: Mapping[str, Any] = {}
    if isinstance(step, ImmersionTaskPage):
        task = {"task_kind": str(step.task_kind), "evidence": str(step.evidence)}
    return StepEntry(
        type="immersion_task" if task else "lesson",
        key=step.translation_key,
        **_page_fields(step),
        minutes=step.minutes,
        rule=str(step.rule),
        is_extra=step.is_extra,
        **task,
        **_streams(step, Outward(luggage.find, hosts)),
    )


def _page_fields(page: Page) -> dict[str, Any]:
    return {name: getattr(page, name) for name in PAGE_FIELDS}


def _streams(step: LessonPage, outward: Outward) -> dict[str, Any]:
    """Return the streams of a step as they are stored, with local ids for what they refer to."""
    found = {}
    for name in STREAMS:
        stream = getattr(step, name, None)
        if stream is not None:
            found[name] = plain(outward.stream(stream.stream_block, stream.get_prep_value()))
    return found


def in_order(lines: Iterable[Any]) -> list[Any]:
    return sorted(lines, key=lambda line: (line.sort_order or 0, line.pk or 0))
