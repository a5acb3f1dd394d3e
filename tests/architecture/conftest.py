"""One of everything that an address can name, and everybody who may ask for it."""

import datetime as dt
from pathlib import Path
from typing import Any, cast

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Site, Task, Workflow, WorkflowContentType
from wagtail_localize.models import Translation, TranslationSource

from exchanges.models import OfficeMembership, Placement
from interop.models import ModuleUpload, QuestionUpload, RosterUpload
from library.models import CustomDocument, CustomImage
from modules.models import LessonPage
from people.models import User
from progress.journal.sharing import share
from quizzes.attempts import save_answer, start, submit
from quizzes.models import Attempt, Quiz
from readiness.models import SavedView
from tests.architecture.walking import PEOPLE, Addresses
from tests.factories.competence import FrameworkFactory
from tests.factories.exchanges import PlacementFactory
from tests.factories.jobs import OutgoingMailFactory
from tests.factories.kinds import banked, open_text
from tests.factories.modules import (
    GlossaryTermFactory,
    LessonPageFactory,
    ModuleQuizFactory,
    WorkshopSessionFactory,
)
from tests.factories.notes import NoteFactory
from tests.factories.partners import PartnerLinkFactory
from tests.factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    ObserverFactory,
    ParticipantFactory,
    TrainerFactory,
)
from tests.factories.progress import JournalEntryFactory, LessonNoteFactory, TaskSubmissionFactory
from tests.factories.quizzes import (
    AccommodationFactory,
    CategoryFactory,
    PublishedQuizFactory,
    QuizPairFactory,
    RegradeFactory,
    questions_of,
)
from tests.factories.readiness import (
    ChangeOfPlanFactory,
    DeclarationRequirementFactory,
    ErrandFactory,
    ExtensionFactory,
    ExternalResultFactory,
    SnapshotFactory,
    TravelAdviceFactory,
)
from tests.factories.reminders import LetterTextFactory, OfficePlanFactory, ReminderFactory

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
Samples = dict[str, dict[str, Any]]
PAGE_NAMES = ("page_id", "page_to_move_id", "parent_page_id", "page_pk", "pk")


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    makers = {
        "stranger": ParticipantFactory,
        "participant": ParticipantFactory,
        "trainer": TrainerFactory,
        "observer": ObserverFactory,
        "coordinator": CoordinatorFactory,
        "administrator": AdministratorFactory,
    }
    return {name: makers[name].create() if name in makers else None for name in PEOPLE}


@pytest.fixture
def placement(people: dict[str, User | None]) -> Placement:
    """The participant's placement, of the office that the coordinator answers for, and the
    observer looks at.
    """
    found = PlacementFactory.create(participant=people["participant"])
    coordinator = people["coordinator"]
    assert coordinator is not None
    OfficeMembership.objects.create(office=found.office, user=coordinator)
    found.office.observers.add(cast("User", people["observer"]))
    return found


@pytest.fixture
def lesson(db: None) -> LessonPage:
    found: LessonPage = LessonPageFactory.create()
    found.save_revision()
    return found


def begun_attempt(quiz: Quiz, participant: User | None) -> Attempt:
    version = quiz.live_version
    assert version is not None
    assert participant is not None
    return Attempt.objects.create(
        quiz=quiz,
        participant=participant,
        version=version,
        number=1,
        layout=[
            {"item": item["id"], "options": [option["id"] for option in item["options"]]}
            for item in version.paper["items"]
        ],
        started_at=NOON,
        max_score=2,
    )


def of_the_house(people: dict[str, User | None], placement: Placement) -> Samples:
    """What the addresses of our own rooms name."""
    return {
        "accounts/": {"token": "never-given-out", "pk": 1},
        "admin/outbox/": {"pk": OutgoingMailFactory.create(due_at=timezone.now()).pk},
        "admin/frameworks/": {"pk": FrameworkFactory.create().pk},
        **of_quizzes(people),
        **of_teaching(people),
        **of_journals(people),
        **of_tasks(people),
        **of_exchanges(people, placement),
        **of_readiness(people, placement),
        **of_reminders(placement),
    }


def of_quizzes(people: dict[str, User | None]) -> Samples:
    quiz = ModuleQuizFactory.create().quiz
    question = questions_of(quiz)[0]
    attempt = begun_attempt(quiz, people["participant"])
    return {
        "quizzes/": {
            "quiz": quiz.uuid, "attempt": attempt.uuid, "number": 1, "item": question.uuid,
        },
        "admin/marking/": answer_to_mark(people["participant"]),
        "admin/bank/": {"pk": quiz.pk},
        "admin/bank/pairs/": {"pk": QuizPairFactory.create(before=quiz, after=quiz).pk},
        "admin/accommodations/": {
            "pk": AccommodationFactory.create(participant=people["participant"]).pk,
        },
        "admin/bank/imports/": question_file(people["trainer"]),
        "admin/bank/quizzes/": {
            "pk": quiz.pk,
            "attempt": attempt.uuid,
            "regrade": RegradeFactory.create(quiz=quiz).uuid,
        },
        "admin/bank/questions/": {"pk": question.pk},
        "admin/bank/choose-question/": {"pk": question.pk},
        "admin/bank/categories/": {"pk": CategoryFactory.create().pk},
    }  # fmt: skip


def answer_to_mark(participant: User | None) -> dict[str, Any]:
    assert participant is not None
    essay = open_text("doors")
    quiz = PublishedQuizFactory.create(questions=[banked(essay)])
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    save_answer(attempt=attempt, item_id=essay.id, response="Words.", actor=participant, at=NOON)
    submit(attempt=attempt, actor=participant, at=NOON)
    return {"attempt": attempt.uuid, "item": essay.id}


def of_teaching(people: dict[str, User | None]) -> Samples:
    session = WorkshopSessionFactory.create()
    upload = ModuleUpload.objects.create(
        filename="module.zip", content=b"", uploaded_by=people["trainer"], uploaded_at=NOON
    )
    return {
        "admin/modules/files/": {"pk": session.workshop.pk, "uuid": upload.uuid},
        "admin/teaching/": {"pk": session.workshop.pk},
        "admin/teaching/registers/": {"uuid": session.uuid},
        **of_the_glossary(),
    }


def of_the_glossary() -> Samples:
    """A term that waits for its second reader."""
    term = GlossaryTermFactory.create()
    revision = term.save_revision()
    revision.publish()
    workflow = WorkflowContentType.objects.get(content_type=revision.content_type).workflow
    state = workflow.start(term, TrainerFactory.create())
    return {
        "admin/glossary/": {
            "pk": term.pk, "revision_id": revision.pk, "action_name": "approve",
            "task_state_id": state.current_task_state.pk, "workflow_state_id": state.pk,
            "task_id": state.current_task_state.task.pk,
        },
        "admin/choose-term/": {"pk": term.pk},
    }  # fmt: skip


def of_journals(people: dict[str, User | None]) -> Samples:
    question = {"type": "reflection", "value": {"prompt": "What did you see?", "minutes": 3}}
    lesson = LessonPage.objects.get(pk=LessonPageFactory.create(body=[question]).pk)
    entry = JournalEntryFactory.create(participant=people["participant"])
    return {
        "my/journal/": {
            "entry": entry.uuid, "file_format": "txt",
            "lesson_key": lesson.translation_key, "block_id": lesson.body[0].id,
        },
        "my/modules/": {"module_key": lesson.get_parent().translation_key},
        "my/notes/": {
            "note": LessonNoteFactory.create(participant=people["participant"]).uuid,
            "lesson_key": lesson.translation_key,
        },
        "admin/teaching/reflections/": {"uuid": share(entry=entry, at=NOON).uuid},
    }  # fmt: skip


def of_tasks(people: dict[str, User | None]) -> Samples:
    handed_in = TaskSubmissionFactory.create(participant=people["participant"])
    return {
        "my/tasks/": {"task_key": handed_in.task_key},
        "my/reviews/": {"module_key": handed_in.module_key},
        "admin/teaching/tasks/": {"uuid": handed_in.uuid},
    }


def of_exchanges(people: dict[str, User | None], placement: Placement) -> Samples:
    exchange = placement.exchange
    upload = RosterUpload.objects.create(
        filename="roster.csv", content=b"", uploaded_by=people["coordinator"], uploaded_at=NOON
    )
    return {
        "admin/invitations/": {"person": placement.participant.uuid},
        "admin/rosters/": {"uuid": upload.uuid},
        "admin/exchanges/": {"pk": exchange.pk},
        "admin/placements/": {"pk": placement.pk},
        "admin/institutions/": {"pk": exchange.host.pk},
        "admin/programmes/": {"pk": exchange.programme.pk},
        "admin/offices/": {"pk": placement.office.pk},
    }


def of_readiness(people: dict[str, User | None], placement: Placement) -> Samples:
    requirement = DeclarationRequirementFactory.create()
    exchange = placement.exchange
    ExtensionFactory.create(placement=placement)
    result = ExternalResultFactory.create(placement=placement)
    view = SavedView.objects.create(owner=cast("User", people["coordinator"]), name="Soon")
    return {
        "my/": {
            "omobility_id": placement.omobility_id, "kind": requirement.declaration,
            "uuid": exchange.uuid, "key": f"declaration:{requirement.declaration}",
        },
        "admin/departures/": {
            "exchange_uuid": exchange.uuid, "omobility_id": placement.omobility_id,
            "key": f"declaration:{requirement.declaration}", "result": result.pk,
            "snapshot": SnapshotFactory.create(placement=placement).pk,
            "change": ChangeOfPlanFactory.create(placement=placement).uuid,
        },
        "admin/departures/notes/": {"pk": NoteFactory.create(placement=placement).pk},
        "admin/departures/people/views/": {"pk": view.pk},
        "admin/departures/people/errands/": {
            "uuid": ErrandFactory.create(asked_by=people["coordinator"]).uuid,
        },
        "partner/": {"token": "never-given-out"},
        "admin/partner-links/": {
            "pk": PartnerLinkFactory.create(exchange=exchange, office=placement.office).pk,
        },
        "admin/travel_advice/": {
            "advice": TravelAdviceFactory.create(office=placement.office).uuid,
        },
        "admin/requirement_sets/": {"pk": requirement.requirement_set.pk, "number": 1},
    }  # fmt: skip


def of_reminders(placement: Placement) -> Samples:
    return {
        "admin/messages/": {"pk": ReminderFactory.create(placement=placement).message.pk},
        "admin/letters/": {"pk": LetterTextFactory.create(office=placement.office).pk},
        "admin/reminder-rules/": {"pk": OfficePlanFactory.create(office=placement.office).pk},
    }


def question_file(by: User | None) -> dict[str, object]:
    """A file of questions that waits for its confirmation."""
    upload = QuestionUpload.objects.create(
        filename="questions.gift", content=b"", uploaded_by=by, uploaded_at=NOON
    )
    return {"uuid": upload.uuid, "format_name": "gift"}


def lay_on_disk(document: CustomDocument) -> None:
    """Tests keep files in memory, but Wagtail serves documents from a disk."""
    path = Path(document.file.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document.file.read())


def of_pages(lesson: LessonPage, task: Task) -> Samples:
    page = dict.fromkeys(PAGE_NAMES, lesson.pk)
    return {
        "admin/api/main/^pages/": page,
        "admin/pages/": page | {
            "content_type_app_name": "modules", "content_type_model_name": "lessonpage",
            "destination_id": lesson.pk, "task_state_id": 999_999, "task_id": task.pk,
            "revision_id": lesson.latest_revision_id, "workflow_state_id": 1,
        },
        "admin/pages/add/": {"parent_page_id": lesson.get_parent().pk},
        "admin/choose-page/": page,
    }  # fmt: skip


def of_translation(lesson: LessonPage) -> dict[str, object]:
    """The lesson, being translated into Spanish."""
    source, _is_new = TranslationSource.update_or_create_from_instance(lesson)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get_or_create(language_code="es")[0]
    )
    lesson.get_parent().specific.copy_for_translation(translation.target_locale, copy_parents=True)
    translation.save_target(publish=False)
    segment = source.stringsegment_set.first()
    assert segment is not None
    return {
        "page_id": lesson.pk, "translation_id": translation.pk, "translation_source_id": source.pk,
        "string_segment_id": segment.pk, "overridable_segment_id": 1, "mode": "default",
        "app_label": "competence", "model_name": "framework", "pk": 1,
    }  # fmt: skip


def of_wagtail(people: dict[str, User | None], lesson: LessonPage) -> Samples:
    """What the addresses of Wagtail's own pages name."""
    image = CustomImage.objects.create(title="Harbour", file=get_test_image_file("harbour.png"))
    document = CustomDocument.objects.create(title="Map", file=ContentFile(b"%PDF", "map.pdf"))
    lay_on_disk(document)
    collection = Collection.get_first_root_node().add_child(name="Handouts")
    redirect = Redirect.objects.create(old_path="/old", redirect_page=lesson)
    workflow, task = Workflow.objects.create(name="Review"), Task.objects.create(name="Read")
    participant = people["participant"]
    assert participant is not None
    return of_pages(lesson, task) | {
        "media/": {"name": Path(image.get_rendition("width-10").url).name},
        "admin/": {"app_label": "modules", "model_name": "lessonpage", "object_id": lesson.pk,
                   "session_id": 1, "action": "delete", "action_name": "publish"},
        "admin/api/main/^documents/": {"pk": document.pk},
        "admin/api/main/^images/": {"pk": image.pk},
        "admin/tag-autocomplete/": {"app_name": "taggit", "model_name": "tag"},
        "admin/collections/": {"pk": collection.pk, "collection_id": collection.pk},
        "admin/workflows/": {"pk": workflow.pk, "workflow_pk": workflow.pk, "page_pk": lesson.pk},
        "admin/workflows/task": {"pk": task.pk, "task_id": task.pk,
                                 "app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "admin/redirects/": {"redirect_id": redirect.pk},
        "admin/documents/": {"document_id": document.pk, "doc_id": document.pk, "pk": document.pk,
                             "uploaded_file_id": 1},
        "admin/images/": {"image_id": image.pk, "pk": image.pk, "filter_spec": "width-100",
                          "uploaded_file_id": 1},
        "admin/sites/": {"pk": Site.objects.get().pk},
        "admin/locales/": {"pk": Locale.objects.get(language_code="en").pk},
        "admin/localize/": of_translation(lesson),
        "admin/users/": {"pk": participant.pk},
        "admin/groups/": {"pk": Group.objects.get(name="Participants").pk},
        "admin/password_reset/": {"uidb64": "MQ", "token": "set-password"},
        "documents/": {"restriction_id": 1, "path": document.url},
        "_util/": {"page_view_restriction_id": 1, "page_id": Site.objects.get().root_page_id},
    }  # fmt: skip


@pytest.fixture
def samples(
    people: dict[str, User | None],
    placement: Placement,
    lesson: LessonPage,
    settings: Settings,
    tmp_path: Path,
) -> Samples:
    """For each beginning of a route, the values of the parameters after it."""
    settings.MEDIA_ROOT = tmp_path
    return of_the_house(people, placement) | of_wagtail(people, lesson)


@pytest.fixture
def addresses(samples: Samples, lesson: LessonPage) -> Addresses:
    return Addresses(
        samples,
        expressions={
            r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": "/accounts/confirm-email/abc/",
            r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
                "/accounts/password/reset/key/1-abc/"
            ),
            r"admin/^.*/$": "/admin/nowhere/",
            r"admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)"
            r"\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
                f"/admin/pages/{lesson.pk}/revisions/compare/earliest...latest/"
            ),
            r"admin/glossary/history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)"
            r"\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
                f"/admin/glossary/history/{samples['admin/glossary/']['pk']}/revisions/compare/"
                "earliest...latest/"
            ),
            r"documents/^(\d+)/(.*)$": samples["documents/"]["path"],
            r"^((?:[\w\-]+/)*)$": "/learn/",
            r"^((?:[a-zA-Z0-9][\w\-]*/){3})$": lesson.url,
        },
    )
