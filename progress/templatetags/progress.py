"""Progress for the pages of rooms below, which do not know of it."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils import timezone

from modules.models import ImmersionTaskPage, LessonPage, ModulePage
from people.roles import is_signed_in
from progress.changes import unread_changes
from progress.immersion.reading import submissions_of
from progress.next_steps import ways_through
from progress.notes.forms import NoteForm
from progress.opening import gated
from progress.reading import Reading
from progress.reviewing import ModuleReview, own_reviews, review_of, reviews_with
from progress.steps import Way
from progress.views.lessons import reading_for
from progress.views.places import OwnPlaces
from progress.views.task_shown import TaskDesk, shown
from quizzes.models import Quiz

register = template.Library()


@register.simple_tag(takes_context=True)
def reading_of(context: Context, lesson: LessonPage) -> Reading | None:
    """Return where the reader is in the lesson's module; None for a visitor."""
    return reading_for(context["request"], lesson)


@register.simple_tag(takes_context=True)
def own_places(context: Context, lesson: LessonPage, reading: Reading | None) -> OwnPlaces:
    """Return what fills the places of the lesson that are the reader's own."""
    return OwnPlaces(context["request"], lesson, reading)


@register.simple_tag(takes_context=True)
def own_note_form(context: Context, lesson: LessonPage, reading: Reading) -> NoteForm:
    """Return the form of the reader's note on the lesson."""
    note = reading.words.note
    text = note.text if note else ""
    user = context["request"].user
    return NoteForm(initial={"text": text}, user=user, auto_id="note-%s")


@register.simple_tag(takes_context=True)
def task_desk_of(
    context: Context, page: ImmersionTaskPage, reading: Reading | None
) -> TaskDesk | None:
    """Return where the reader stands with the task, and the form; None for a visitor."""
    user = context["request"].user
    if not is_signed_in(user) or reading is None:
        return None
    earlier = submissions_of(user, page.translation_key)
    return shown(page, earlier, user=user, is_recorded=reading.is_recorded)


@register.simple_tag(takes_context=True)
def ways_of(context: Context, modules: Sequence[ModulePage]) -> list[tuple[ModulePage, Way]]:
    """Return each module with the reader's way through it, in the same order."""
    user = context["request"].user
    if not is_signed_in(user):
        return []
    now = timezone.now()
    ways = gated(user, ways_through(user, modules, as_of=now).values(), as_of=now)
    by_key = {one.outline.module_key: one for one in ways}
    return [(module, by_key[module.translation_key]) for module in modules]


@register.simple_tag(takes_context=True)
def way_of(context: Context, module: ModulePage) -> Way | None:
    """Return the reader's way through the module; None for a visitor."""
    found = ways_of(context, [module])
    return found[0][1] if found else None


@register.simple_tag(takes_context=True)
def changes_to_read(context: Context) -> int:
    """Return how many changes of what they completed the reader has still to read."""
    user = context["request"].user
    return unread_changes(user, at=timezone.now()).count() if is_signed_in(user) else 0


@register.simple_tag(takes_context=True)
def reviews_due(context: Context) -> list[ModuleReview]:
    """Return the short reviews that are due for the reader."""
    user = context["request"].user
    if not is_signed_in(user):
        return []
    return [one for one in own_reviews(user, at=timezone.now()) if one.due]


@register.simple_tag(takes_context=True)
def reviews_of_module(context: Context, module: ModulePage, way: Way | None) -> list[ModuleReview]:
    """Return the reader's reviews of a module that they completed; none before."""
    if way is None or way.completed_at is None or module.review_quiz_id is None:
        return []
    found = review_of(context["request"].user, module.translation_key, at=timezone.now())
    return [found] if found else []


@register.simple_tag(takes_context=True)
def reviews_of_quiz(context: Context, quiz: Quiz) -> list[ModuleReview]:
    """Return the reader's reviews that are sat with this quiz."""
    return reviews_with(context["request"].user, quiz, at=timezone.now())
