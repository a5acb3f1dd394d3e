"""Records as the rooms' own deeds would have written them."""

import datetime as dt

import factory

from progress.models import (
    Attendance,
    JournalEntry,
    JournalVersion,
    LessonNote,
    LessonRecord,
    ModuleRecord,
    TaskSubmission,
)
from tests.factories.modules import (
    ImmersionTaskPageFactory,
    LessonPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.people import ParticipantFactory, TrainerFactory

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class ModuleRecordFactory(factory.django.DjangoModelFactory[ModuleRecord]):
    """A module begun at noon. Give `module` as a page."""

    class Meta:
        model = ModuleRecord
        exclude = ("module",)

    participant = factory.SubFactory(ParticipantFactory)
    module = factory.LazyFunction(lambda: LessonPageFactory.create().get_parent())
    module_key = factory.SelfAttribute("module.translation_key")
    title = factory.SelfAttribute("module.title")
    started_at = NOON
    last_opened_at = factory.SelfAttribute("started_at")


class LessonRecordFactory(factory.django.DjangoModelFactory[LessonRecord]):
    """A lesson opened at noon. Give `lesson` as a page."""

    class Meta:
        model = LessonRecord
        exclude = ("lesson",)

    participant = factory.SubFactory(ParticipantFactory)
    lesson = factory.LazyFunction(LessonPageFactory.create)
    module_key = factory.LazyAttribute(lambda self: self.lesson.get_parent().translation_key)
    lesson_key = factory.SelfAttribute("lesson.translation_key")
    title = factory.SelfAttribute("lesson.title")
    opened_at = NOON
    last_opened_at = factory.SelfAttribute("opened_at")


class AttendanceFactory(factory.django.DjangoModelFactory[Attendance]):
    """Somebody at a session, recorded by a trainer when it ended. Give `session`."""

    class Meta:
        model = Attendance
        exclude = ("session",)

    participant = factory.SubFactory(ParticipantFactory)
    session = factory.LazyFunction(WorkshopSessionFactory.create)
    module_key = factory.SelfAttribute("session.workshop.translation_key")
    session_key = factory.SelfAttribute("session.uuid")
    held_at = factory.SelfAttribute("session.starts_at")
    recorded_by = factory.SubFactory(TrainerFactory)
    recorded_at = factory.SelfAttribute("session.ends_at")


class TaskSubmissionFactory(factory.django.DjangoModelFactory[TaskSubmission]):
    """A text handed in at noon. Give `task` as a page."""

    class Meta:
        model = TaskSubmission
        exclude = ("task",)

    participant = factory.SubFactory(ParticipantFactory)
    task = factory.LazyFunction(ImmersionTaskPageFactory.create)
    task_key = factory.SelfAttribute("task.translation_key")
    module_key = factory.LazyAttribute(lambda self: self.task.get_parent().translation_key)
    title = factory.SelfAttribute("task.title")
    number = 1
    text = "Three people waited, and nobody spoke."
    submitted_at = NOON


class JournalEntryFactory(factory.django.DjangoModelFactory[JournalEntry]):
    """An entry of one's own with one version. Give `text`, and `lesson` with `block_id`."""

    class Meta:
        model = JournalEntry
        exclude = ("lesson",)
        skip_postgeneration_save = True

    participant = factory.SubFactory(ParticipantFactory)
    lesson = None
    lesson_key = factory.LazyAttribute(
        lambda self: self.lesson.translation_key if self.lesson else None
    )
    lesson_title = factory.LazyAttribute(lambda self: self.lesson.title if self.lesson else "")
    begun_at = NOON

    @factory.post_generation
    def text(self, _create: bool, extracted: str | None, **_kwargs: object) -> None:
        words = extracted or "I waited before I spoke."
        JournalVersion.objects.create(
            entry_id=self.pk,  # type: ignore[attr-defined]  # it is the record by now.
            number=1,
            text=words,
            written_at=NOON,
        )


class LessonNoteFactory(factory.django.DjangoModelFactory[LessonNote]):
    """A note kept at noon. Give `lesson` as a page."""

    class Meta:
        model = LessonNote
        exclude = ("lesson",)

    participant = factory.SubFactory(ParticipantFactory)
    lesson = factory.LazyFunction(LessonPageFactory.create)
    lesson_key = factory.SelfAttribute("lesson.translation_key")
    lesson_title = factory.SelfAttribute("lesson.title")
    text = "Ask Ana about the queue."
    kept_at = NOON
