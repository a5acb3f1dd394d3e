"""The trainers' desk for tasks that were handed in."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from modules.blocks.judging import TaskRow
from modules.models import ImmersionTaskPage
from progress.immersion.deciding import NotToDecide, decide
from progress.immersion.forms import DecisionForm
from progress.immersion.reading import decided_by, submissions_of, task_page, waiting
from progress.models import TaskDecision, TaskSubmission
from progress.views.teaching import TrainerView

ON_A_PAGE = 50
LATELY = 10


class TasksView(TrainerView):
    """What waits, the longest wait first; `?task=` narrows it to one task."""

    page_title = gettext_lazy("Tasks handed in")
    header_icon = "clipboard-list"
    template_name = "progress/task_desk/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = waiting(self.trainer)
        counts = Counter(found.order_by().values_list("task_key", flat=True))
        titles = dict(found.order_by("submitted_at").values_list("task_key", "title"))
        wanted = next((key for key in counts if str(key) == self.request.GET.get("task")), None)
        if wanted:
            found = found.filter(task_key=wanted)
        return super().get_context_data(
            page_obj=Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("p")),
            tasks=[(key, titles[key], count) for key, count in counts.most_common()],
            wanted=wanted,
            lately=decided_by(self.trainer, most=LATELY),
            **kwargs,
        )


class TaskView(TrainerView):
    """One person's task: everything handed in, and the form of a decision."""

    header_icon = "clipboard-list"
    template_name = "progress/task_desk/one.html"

    @cached_property
    def submission(self) -> TaskSubmission:
        found = TaskSubmission.objects.exclude(participant=self.trainer)
        return get_object_or_404(found.select_related("participant"), uuid=self.kwargs["uuid"])

    @cached_property
    def told(self) -> list[TaskSubmission]:
        return submissions_of(self.submission.participant, self.submission.task_key)

    @cached_property
    def page(self) -> ImmersionTaskPage | None:
        return task_page(self.submission.task_key)

    @property
    def rows(self) -> Sequence[TaskRow]:
        return self.page.rubric_rows if self.page else ()

    @property
    def is_open(self) -> bool:
        """Whether there is something to decide on the one that was opened."""
        decisions: list[TaskDecision] = [
            decision for one in self.told for decision in one.decisions.all()
        ]
        is_newest = self.told[0] == self.submission
        return is_newest and not any(decision.accepts for decision in decisions)

    def get_page_title(self) -> str:
        return self.submission.title

    def get_page_subtitle(self) -> str:
        return str(self.submission.participant)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        url = reverse("teaching:tasks")
        return [*items[:-1], {"url": url, "label": TasksView.page_title}, items[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **({"form": DecisionForm(rows=self.rows)} | kwargs),
            submission=self.submission,
            told=[(one, list(one.decisions.all())) for one in self.told],
            page=self.page,
            is_open=self.is_open,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST, rows=self.rows)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        link = reverse("tasks:task", args=[self.submission.task_key])
        try:
            decide(
                submission=self.submission,
                accepts=form.accepts,
                comment=form.cleaned_data["comment"].strip(),
                rows=self.rows,
                levels=form.levels,
                by=self.trainer,
                at=timezone.now(),
                link_to=request.build_absolute_uri(link),
            )
        except NotToDecide:
            messages.error(
                request, _("Something newer was handed in, or it is accepted. Look again.")
            )
            return redirect("teaching:task", self.told[0].uuid)
        done = _("Accepted.") if form.accepts else _("Asked again.")
        messages.success(request, done)
        following = waiting(self.trainer).first()
        return (
            redirect("teaching:task", following.uuid) if following else redirect("teaching:tasks")
        )
