"""A participant's own notes and bookmarks. Those of others and unknown ones look the same."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.requests import SignedInRequest
from progress.models import LessonNote
from progress.notes import keeping
from progress.notes.forms import NoteForm
from progress.notes.reading import as_text, lessons_by_key, notes_of
from progress.recording import is_recorded
from progress.views.drafts import sign_in_and_keep
from progress.views.journal import kept

ON_A_PAGE = 20


def crumbs(*titles: str) -> list[dict[str, str]]:
    """The trail to a page of notes; the last title is the page's own."""
    trail = [{"title": _("My exchange"), "url": reverse("home:my")}]
    if titles:
        trail.append({"title": _("My notes and bookmarks"), "url": reverse("notes:list")})
    return [*trail, {"title": titles[-1] if titles else _("My notes and bookmarks")}]


@login_required
@never_cache
@require_safe
def notes(request: SignedInRequest) -> HttpResponse:
    words = request.GET.get("words", "").strip()[:200]
    found = notes_of(request.user, words=words)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    lessons = lessons_by_key(note.lesson_key for note in page)
    rows = [(note, lessons.get(note.lesson_key)) for note in page]
    context = {"page": page, "rows": rows, "words": words, "crumbs": crumbs()}
    return render(request, "progress/notes/list.html", context)


@sign_in_and_keep
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, lesson_key: UUID) -> HttpResponse:
    """Write a note on a lesson; the form stands in the lesson and, if refused, here."""
    lesson = _lesson(request, lesson_key)
    earlier = notes_of(request.user).filter(lesson_key=lesson_key).first()
    initial = {"text": earlier.text if earlier else ""} | kept(request)
    form = NoteForm(request.POST or None, user=request.user, initial=initial)
    back = f"{lesson.get_url(request)}#own-note"
    if request.method == "POST" and form.is_valid():
        keeping.write_note(
            participant=request.user,
            lesson=lesson,
            text=form.cleaned_data["text"],
            at=timezone.now(),
        )
        messages.success(request, _("Your note is kept. Nobody else can read it."))
        return HttpResponseRedirect(back)
    title = _("Note on “%(lesson)s”") % {"lesson": lesson.title}
    context = {
        "form": form,
        "title": title,
        "lesson_key": lesson_key,
        "back": back,
        "crumbs": crumbs(title),
    }
    return render(request, "progress/notes/write.html", context)


@login_required
@require_POST
def bookmark(request: SignedInRequest, lesson_key: UUID) -> HttpResponse:
    lesson = _lesson(request, lesson_key)
    keeping.bookmark(participant=request.user, lesson=lesson, at=timezone.now())
    messages.success(request, _("Bookmarked. You find it below “My notes and bookmarks”."))
    return HttpResponseRedirect(lesson.get_url(request))


@login_required
@require_POST
def take_out(request: SignedInRequest, note: UUID) -> HttpResponse:
    """Take a bookmark out, and lead back to the lesson, where it can be set again."""
    found = _own(request, note)
    keeping.take_bookmark_out(note=found)
    messages.success(request, _("The bookmark is taken out. Your note, if there is one, stays."))
    lesson = lessons_by_key([found.lesson_key]).get(found.lesson_key)
    return HttpResponseRedirect(lesson.get_url(request)) if lesson else redirect("notes:list")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest, note: UUID) -> HttpResponse:
    """Ask, and then erase the words for good."""
    found = _own(request, note)
    if request.method == "POST":
        keeping.erase(note=found)
        messages.success(request, _("Erased. Nothing of this note is left."))
        return redirect("notes:list")
    context = {"note": found, "crumbs": crumbs(_("Erase a note"))}
    return render(request, "progress/notes/erase.html", context)


@login_required
@never_cache
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """Give all notes and bookmarks away as a file of plain text."""
    words = as_text(notes_of(request.user))
    name = f"notes-{timezone.localtime(timezone.now()):%Y-%m-%d}.txt"
    response = HttpResponse(words, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _own(request: SignedInRequest, uuid: UUID) -> LessonNote:
    found: LessonNote = get_object_or_404(notes_of(request.user), uuid=uuid)
    return found


def _lesson(request: SignedInRequest, key: UUID) -> Any:
    """The published lesson, for people whose learning is recorded."""
    lesson = lessons_by_key([key]).get(key)
    if lesson is None or not is_recorded(request.user):
        raise Http404
    return lesson
