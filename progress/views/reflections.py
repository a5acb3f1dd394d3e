"""The trainers' desk for what participants share from their journals, and nothing else."""

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

from people.roles import reads_reflections
from progress.journal.forms import ReplyForm
from progress.journal.reading import shared_with
from progress.journal.replying import NotShared, reply
from progress.models import JournalReply
from progress.views.teaching import TrainerView

ON_A_PAGE = 50


class ReflectionsView(TrainerView):
    """What waits for a reply, the longest wait first; `?show=answered` has the others."""

    may = staticmethod(reads_reflections)
    page_title = gettext_lazy("Shared reflections")
    header_icon = "openquote"
    template_name = "progress/reflections/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = shared_with(self.trainer)
        answered = self.request.GET.get("show") == "answered"
        found = shared.filter(is_answered=answered)
        if answered:
            found = found.order_by("-shared_at", "-pk")
        return super().get_context_data(
            answered=answered,
            page_obj=Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("p")),
            **kwargs,
        )


class ReflectionView(TrainerView):
    """One shared version, with the replies to it. A POST writes one more."""

    may = staticmethod(reads_reflections)
    header_icon = "openquote"
    template_name = "progress/reflections/one.html"

    @cached_property
    def sharing(self) -> Any:
        return get_object_or_404(shared_with(self.trainer), uuid=self.kwargs["uuid"])

    def get_page_title(self) -> str:
        return str(self.sharing.entry.participant)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        url = reverse("teaching:reflections")
        return [*items[:-1], {"url": url, "label": ReflectionsView.page_title}, items[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        replies = JournalReply.objects.filter(sharing=self.sharing).select_related("by")
        return super().get_context_data(
            **({"form": ReplyForm()} | kwargs), sharing=self.sharing, replies=replies
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        link = reverse("journal:entry", args=[self.sharing.entry.uuid])
        try:
            reply(
                sharing=self.sharing,
                text=form.cleaned_data["text"],
                by=self.trainer,
                at=timezone.now(),
                link_to=request.build_absolute_uri(link),
            )
        except NotShared:
            messages.error(request, _("This has just been taken back: it is private again."))
            return redirect("teaching:reflections")
        messages.success(request, _("Your reply is sent."))
        return redirect("teaching:reflections")
