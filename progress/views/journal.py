"""A participant's private journal. What belongs to others and what is unknown look the same."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modules.languages import originals, put_into_words
from modules.models import LessonPage
from people.requests import SignedInRequest
from progress.journal import sharing, writing
from progress.journal.exporting import as_text, whole_journal
from progress.journal.forms import AnswerForm, EntryForm
from progress.journal.reading import entries_of, own_entry, story_of
from progress.journal.replying import note_replies_read
from progress.journal.writing import Question
from progress.models import JournalEntry
from progress.recording import is_recorded, note_answered
from progress.views.drafts import kept_draft, sign_in_and_keep

ON_A_PAGE = 20


def crumbs(*titles: str) -> list[dict[str, str]]:
    """The trail to a page of the journal; the last title is the page's own."""
    trail = [{"title": _("My exchange"), "url": reverse("home:my")}]
    if titles:
        trail.append({"title": _("My journal"), "url": reverse("journal:list")})
    return [*trail, {"title": titles[-1] if titles else _("My journal")}]


@login_required
@never_cache
@require_safe
def journal(request: SignedInRequest) -> HttpResponse:
    words = request.GET.get("words", "").strip()[:200]
    found = entries_of(request.user, words=words)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "crumbs": crumbs()}
    return render(request, "progress/journal/list.html", context)


@sign_in_and_keep
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Write an entry of one's own."""
    form = EntryForm(request.POST or None, user=request.user, initial=kept(request))
    if request.method == "POST" and form.is_valid():
        entry = writing.begin_entry(
            participant=request.user,
            text=form.cleaned_data["text"],
            title=form.cleaned_data["title"],
            at=timezone.now(),
        )
        messages.success(request, _("Kept in your journal. Only you can read it."))
        return redirect("journal:entry", entry.uuid)
    context = {"form": form, "title": _("Write an entry"), "crumbs": crumbs(_("Write an entry"))}
    return render(request, "progress/journal/write.html", context)


@sign_in_and_keep
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, lesson_key: UUID, block_id: str) -> HttpResponse:
    """Answer a lesson's question; the form stands in the lesson and, if refused, here."""
    lesson, question = _asked(lesson_key, block_id)
    user = request.user
    if not is_recorded(user):
        raise Http404
    earlier = entries_of(user).filter(lesson_key=lesson_key, block_id=block_id).first()
    initial = {"text": earlier.text if earlier else ""} | kept(request)
    form = AnswerForm(request.POST or None, user=user, initial=initial)
    back = f"{lesson.get_url(request)}#part-{block_id}"
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        text = form.cleaned_data["text"]
        writing.answer_question(participant=user, question=question, text=text, at=now)
        if note_answered(participant=user, lesson=lesson, at=now):
            messages.success(request, _("Every question of this lesson is answered: it is done."))
        messages.success(request, _("Kept in your journal. Only you can read it."))
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "title": lesson.title,
        "prompt": question.prompt,
        "back": back,
        "crumbs": crumbs(lesson.title),
    }
    return render(request, "progress/journal/write.html", context)


@sign_in_and_keep
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: SignedInRequest, entry: UUID) -> HttpResponse:
    """Show one entry with its story; a POST adds a version."""
    found = _own(request, entry)
    initial = {"title": found.title, "text": found.text} | kept(request)
    kind = AnswerForm if found.lesson_key else EntryForm
    form = kind(request.POST or None, user=request.user, initial=initial)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        is_new = writing.write_on(
            entry=found, text=data["text"], title=data.get("title", ""), at=now
        )
        _say_written(request, found, is_new=is_new)
        return redirect("journal:entry", found.uuid)
    story = story_of(found)
    if found.has_unread and request.method == "GET":
        note_replies_read(entry=found, at=now)
    title = found.title or found.lesson_title or _("An entry of your own")
    context = {
        "entry": found,
        "form": form,
        "story": story,
        "title": title,
        "lesson": _lesson(found.lesson_key) if found.lesson_key else None,
        "crumbs": crumbs(title),
    }
    return render(request, "progress/journal/entry.html", context)


def _say_written(request: SignedInRequest, entry: Any, *, is_new: bool) -> None:
    if not is_new:
        messages.success(request, _("Nothing new to keep: these are the same words."))
    elif entry.shared_number:
        messages.success(
            request, _("Kept. Trainers go on reading the earlier version, until you share this.")
        )
    else:
        messages.success(request, _("Kept as a new version. The earlier one is still there."))


@login_required
@require_POST
def share(request: SignedInRequest, entry: UUID) -> HttpResponse:
    sharing.share(entry=_own(request, entry), at=timezone.now())
    messages.success(request, _("Shared: trainers can read this version, and write back."))
    return redirect("journal:entry", entry)


@login_required
@require_POST
def take_back(request: SignedInRequest, entry: UUID) -> HttpResponse:
    if sharing.take_back(entry=_own(request, entry), at=timezone.now()):
        messages.success(request, _("Taken back: nobody but you can read this any more."))
    return redirect("journal:entry", entry)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest, entry: UUID) -> HttpResponse:
    """Ask, and then erase the entry for good."""
    found = _own(request, entry)
    if request.method == "POST":
        writing.erase(entry=found)
        messages.success(request, _("Erased. Nothing of this entry is left."))
        return redirect("journal:list")
    context = {"entry": found, "crumbs": crumbs(_("Erase an entry"))}
    return render(request, "progress/journal/erase.html", context)


@login_required
@never_cache
@require_safe
def export(request: SignedInRequest, file_format: str) -> HttpResponse:
    """Give the whole journal away as a file: plain text, or a page for a browser."""
    entries = whole_journal(request.user)
    now = timezone.now()
    name = f"journal-{timezone.localtime(now):%Y-%m-%d}.{file_format}"
    if file_format == "txt":
        response = HttpResponse(as_text(entries), content_type="text/plain; charset=utf-8")
    elif file_format == "html":
        context = {"entries": entries, "person": request.user, "now": now}
        response = render(request, "progress/journal/export.html", context)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def kept(request: SignedInRequest) -> dict[str, str]:
    return kept_draft(request, request.user) if request.method == "GET" else {}


def _own(request: SignedInRequest, uuid: UUID) -> Any:
    found: JournalEntry | None = own_entry(request.user, uuid)
    if found is None:
        raise Http404
    return found


def _lesson(key: UUID) -> LessonPage | None:
    """The published lesson in the reader's words."""
    pages = originals(LessonPage.objects.live()).filter(translation_key=key)
    lesson: LessonPage | None = pages.order_by("pk").first()
    if lesson:
        put_into_words([lesson])
    return lesson


def _asked(lesson_key: UUID, block_id: str) -> tuple[LessonPage, Question]:
    lesson = _lesson(lesson_key)
    blocks = (lesson.told_by or lesson).body if lesson else ()
    for block in blocks:
        if lesson and block.id == block_id and block.block_type == "reflection":
            return lesson, Question(lesson_key, lesson.title, block_id, block.value["prompt"])
    raise Http404
