"""The marking desk in the CMS: the queue of open answers, and one answer a page."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BigIntegerField, Q, QuerySet
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from people.models import User
from people.roles import is_marker
from quizzes.attempts import paper_for
from quizzes.enums import HANDED_IN_STATES, MarkStage
from quizzes.kinds import kind_of
from quizzes.layouts import item_ids
from quizzes.marking import NotToMark, give_mark
from quizzes.marking_form import MarkForm
from quizzes.marking_queue import Queue, Tally, Waiting, queue
from quizzes.models import Attempt, Mark, MarkComment, Quiz
from quizzes.papers import OPEN, Item, Paper
from quizzes.sitting.history import History, history

STYLES = Media(css={"all": ["quizzes/desk.css"]})
ON_A_PAGE = 50
LATELY = 10
STAGES = [one for one in MarkStage.choices if one[0] != MarkStage.CORRECTION]


class SignedInRequest(HttpRequest):
    user: User


class QueueForm(forms.Form):
    """What of the queue is looked at; nonsense narrows nothing."""

    quiz = forms.IntegerField(
        label=gettext_lazy("Quiz"),
        widget=forms.Select,
        required=False,
        max_value=BigIntegerField.MAX_BIGINT,
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Waits for"),
        choices=[("", gettext_lazy("Any mark")), *STAGES],
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            ("", gettext_lazy("What I can mark")),
            ("all", gettext_lazy("Also what waits for somebody else")),
        ],
        required=False,
    )

    def offer(self, tallies: Iterable[Tally]) -> None:
        """Offer the quizzes of which something waits, and the one that is looked at."""
        counts, titles = Counter[int](), dict[int, str]()
        for one in tallies:
            titles[one.quiz] = one.title
            counts[one.quiz] += one.count
        wanted = self.wanted.get("quiz")
        if wanted and wanted not in titles:
            titles.update(Quiz.objects.filter(pk=wanted).values_list("pk", "title"))
        self.fields["quiz"].widget.choices = [
            ("", _("All quizzes")),
            *((pk, f"{title} ({counts[pk]})") for pk, title in titles.items()),
        ]

    def narrow(self, waiting: Queue) -> Queue:
        wanted = self.wanted
        return waiting.narrowed(
            quiz=wanted.get("quiz"), stage=wanted.get("stage", ""), only_mine=not self.shows_all
        )

    def admits(self, one: Tally) -> bool:
        """Whether what is counted there stands in the list as it is narrowed."""
        wanted = self.wanted
        return (
            wanted.get("quiz") in {None, one.quiz}
            and wanted.get("stage", "") in {"", one.stage}
            and (one.is_mine or self.shows_all)
        )

    @property
    def shows_all(self) -> bool:
        return self.wanted.get("whose") == "all"

    @cached_property
    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return self.cleaned_data

    @property
    def query(self) -> str:
        """The filters as an address carries them."""
        return urlencode({key: value for key, value in self.wanted.items() if value})


class MarkerView(WagtailAdminTemplateMixin, TemplateView):
    """Open to those who may mark."""

    header_icon = "edit"
    request: SignedInRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_marker(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def waiting(self) -> Queue:
        return queue(self.request.user)

    @cached_property
    def filters(self) -> QueueForm:
        return QueueForm(self.request.GET)

    @cached_property
    def shown(self) -> Queue:
        return self.filters.narrow(self.waiting)

    @cached_property
    def mine(self) -> Queue:
        """Those of them that the reader may mark now."""
        return self.shown.narrowed(quiz=None, stage="", only_mine=True)

    def address(self, attempt: Attempt, item_id: UUID) -> str:
        found = reverse("marking:mark", args=[attempt.uuid, item_id])
        query = self.filters.query
        return f"{found}?{query}" if query else found

    def address_of(self, one: Waiting | None) -> str:
        return self.address(one.attempt, one.item.id) if one else ""

    @property
    def queue_url(self) -> str:
        return f"{reverse('marking:queue')}?{self.filters.query}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"media": Media() + STYLES}


class QueueView(MarkerView):
    template_name = "quizzes/cms/marking_queue.html"
    page_title = gettext_lazy("Marking")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Marking")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tallies = self.waiting.tallies()
        self.filters.offer(tallies)
        stages = Counter[str]()
        for one in tallies:
            if self.filters.admits(one):
                stages[one.stage] += one.count
        paginator: Paginator[Waiting] = Paginator(self.shown, ON_A_PAGE)  # type: ignore[arg-type]
        paginator.count = stages.total()  # counted already, with everything else
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "form": self.filters,
            "page_obj": page,
            "lines": [(one, self.address_of(one)) for one in page],
            "begin_url": self.address_of(next(iter(self.mine[:1]), None)),
            "total": paginator.count,
            "counts": [(label, stages[stage]) for stage, label in STAGES if stages[stage]],
            "elsewhere": sum(one.count for one in tallies if not one.is_mine),
            "query": self.filters.query,
            "lately": [
                (mark, self.address(mark.attempt, mark.item_id))
                for mark in Mark.objects.filter(marker=self.request.user)
                .select_related("attempt__quiz")
                .order_by("-created_at", "-pk")[:LATELY]
            ],
        }


class MarkView(MarkerView):
    """One answer. A POST marks it, or puts a kept comment into the text."""

    template_name = "quizzes/cms/mark.html"
    page_title = gettext_lazy("Mark an answer")
    form: MarkForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.item_id: UUID = kwargs["item"]

    @cached_property
    def attempt(self) -> Attempt:
        """Nobody marks their own answers."""
        found = Attempt.objects.filter(state__in=HANDED_IN_STATES).exclude(
            participant=self.request.user
        )
        return get_object_or_404(
            found.select_related("quiz", "version", "participant"), uuid=self.kwargs["attempt"]
        )

    @cached_property
    def paper(self) -> Paper:
        return paper_for(self.attempt)

    @cached_property
    def item(self) -> Item:
        item = self.paper.item_by_id.get(self.item_id)
        if item is None or item.kind != OPEN or not item.is_graded or not self.text:
            raise Http404
        return item

    @cached_property
    def told(self) -> History:
        return history(self.attempt)

    @property
    def text(self) -> str:
        stored = self.told.answers.get(self.item_id)
        return str(stored.response or "") if stored else ""

    @cached_property
    def marks(self) -> list[Mark]:
        marks = Mark.objects.filter(attempt=self.attempt, item_id=self.item_id)
        return list(marks.select_related("marker").order_by("number"))

    @property
    def is_settled(self) -> bool:
        return self.item_id in self.told.fractions

    @property
    def is_open_to_me(self) -> bool:
        mine = any(mark.marker_id == self.request.user.pk for mark in self.marks)
        return self.is_settled or not mine

    @property
    def seen_marks(self) -> list[Mark]:
        """A second marker judges alone; whoever decides or corrects sees what was given."""
        blind = self.is_open_to_me and not self.is_settled and len(self.marks) == 1
        return [] if blind else self.marks

    @property
    def comments(self) -> QuerySet[MarkComment]:
        return MarkComment.objects.filter(Q(owner=self.request.user) | Q(is_shared=True))

    def new_form(self, data: Any = None) -> MarkForm:
        initial = {"seen": len(self.marks)}
        return MarkForm(data, item=self.item, paper=self.paper, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.new_form()
        return self.render_to_response(self.get_context_data())

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.new_form(request.POST)
        if "insert" in request.POST:
            kept = get_object_or_404(self.comments, pk=_number(request.POST["insert"]))
            self.form = self.form.with_comment(kept)
        elif "forget" in request.POST:
            own = MarkComment.objects.filter(owner=request.user)
            get_object_or_404(own, pk=_number(request.POST["forget"])).delete()
            self.form = self.form.as_it_is()
        elif self.form.is_valid():
            return self.save()
        return self.render_to_response(self.get_context_data())

    def save(self) -> HttpResponse:
        following = self.address_of(self.neighbour()) or self.queue_url
        form, request = self.form, self.request
        link = request.build_absolute_uri(reverse("quizzes:result", args=[self.attempt.uuid]))
        try:
            give_mark(
                attempt=self.attempt, item_id=self.item.id, levels=form.levels,
                fraction=form.fraction, comment=form.cleaned_data["comment"].strip(),
                by=request.user, at=timezone.now(), link_to=link,
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except NotToMark:
            messages.error(request, _("Somebody else has marked this answer meanwhile."))
            return redirect(self.address(self.attempt, self.item.id))
        self._keep_comment()
        messages.success(request, _("The mark is saved."))
        return redirect(following)

    def _keep_comment(self) -> None:
        text, keep = self.form.cleaned_data["comment"].strip(), self.form.cleaned_data["keep"]
        if text and keep:
            MarkComment.objects.update_or_create(
                owner=self.request.user, text=text, defaults={"is_shared": keep == "shared"}
            )

    def neighbour(self, *, back: bool = False) -> Waiting | None:
        """Return the answer before or after this one in the queue, as it is filtered.

        From an answer that waits no longer one goes on with the longest wait.
        """
        if self.is_settled:
            return None if back else next(iter(self.mine[:1]), None)
        return self.mine.after(self.attempt, self.item_id, back=back)

    def get_page_subtitle(self) -> str:
        return self.attempt.quiz.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.queue_url, "label": _("Marking")},
            {"url": "", "label": self.attempt.quiz.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item, places = self.item, item_ids(self.attempt.layout)
        anonymous = self.attempt.quiz.is_marked_anonymously
        return super().get_context_data(**kwargs) | {
            "attempt": self.attempt,
            "item": item,
            "number": places.index(item.id) + 1,
            "who": "" if anonymous else self.attempt.participant.name_with_pronouns,
            "sheet": kind_of(item).sheet(item, (), self.text),
            "form": self.form,
            "marks": self.seen_marks,
            "is_settled": self.is_settled,
            "is_open_to_me": self.is_open_to_me,
            "comments": self.comments.order_by("text"),
            "previous_url": self.address_of(self.neighbour(back=True)),
            "next_url": self.address_of(self.neighbour()),
            "queue_url": self.queue_url,
        }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
