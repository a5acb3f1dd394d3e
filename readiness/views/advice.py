"""Travel advice in the CMS: what holds, issuing it with a preview, and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from readiness.effects import Impact
from readiness.errors import NotAskedError
from readiness.models import TravelAdvice
from readiness.replanning import advising
from readiness.replanning.forms import AdviceForm, ConfirmForm, IssueForm
from readiness.views.coordinating import HOME, STYLES, CoordinatorOnly
from readiness.views.plans import PreviewedView

SHOWN = 200


class AdviceListView(CoordinatorOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "readiness/desk/advice.html"
    page_title = gettext_lazy("Travel advice")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = TravelAdvice.objects.within(self.user)
        named = own.select_related("office", "issued_by", "withdrawn_by", "requirement_set")
        found = list(named.order_by("-issued_at", "-pk")[:SHOWN])
        return super().get_context_data(
            standing=[one for one in found if one.withdrawn_at is None],
            withdrawn=[one for one in found if one.withdrawn_at is not None],
            may_advise_everybody=advising.may_advise(self.user, None),
            media=STYLES,
            **kwargs,
        )


class AdviceMixin(PreviewedView):
    header_icon = "warning"

    @property
    def back(self) -> str:
        return reverse("travel_advice:index")

    def trail(self) -> list[dict[str, Any]]:
        return [HOME, {"url": self.back, "label": _("Travel advice")}]


class IssueView(AdviceMixin):
    form_class = IssueForm
    button = gettext_lazy("Issue travel advice")
    explains = gettext_lazy(
        "It is asked of everybody who goes there and has not left home, before they leave. "
        "Who has confirmed earlier advice for the country confirms anew."
    )

    @cached_property
    def wish(self) -> AdviceForm:
        data = self.request.GET if "look" in self.request.GET else None
        return AdviceForm(data, user=self.user, today=timezone.localdate())

    @cached_property
    def proposal(self) -> advising.Draft | None:
        return self.wish.drafted(at=self.now) if self.wish.is_bound else None

    def look(self, proposal: Any) -> Impact:
        return advising.look(proposal, by=self.user, at=self.now)

    def said(self, proposal: Any) -> Any:
        return self.request.GET.urlencode()

    def act(self, proposal: Any, form: Any) -> str:
        given = form.cleaned_data
        made = advising.issue(
            draft=proposal,
            text=given["text"],
            source=given["source"],
            by=self.user,
            at=self.now,
            tells=given["tells"],
        )
        messages.success(self.request, _("Issued: %(advice)s.") % {"advice": made})
        return self.back


class WithdrawAdviceView(AdviceMixin):
    form_class = ConfirmForm
    button = gettext_lazy("Withdraw travel advice")
    explains = gettext_lazy(
        "It is no longer asked of who has not left home. The advice stays readable here."
    )

    @cached_property
    def made(self) -> TravelAdvice:
        found = TravelAdvice.objects.within(self.user).standing()
        one = get_object_or_404(
            found.select_related("office", "requirement_set__office"), uuid=self.kwargs["advice"]
        )
        if not advising.may_advise(self.user, one.office):
            raise Http404
        return one

    @property
    def proposal(self) -> TravelAdvice:
        return self.made

    def look(self, proposal: Any) -> Impact:
        return advising.look_at_withdrawing(proposal, by=self.user, at=self.now)

    def said(self, proposal: Any) -> Any:
        return str(self.made.uuid)

    def get_page_title(self) -> str:
        return _("Withdraw: %(advice)s") % {"advice": self.made}

    def act(self, proposal: Any, form: Any) -> str:
        try:
            advising.withdraw(
                made=self.made,
                reason=form.cleaned_data["reason"],
                by=self.user,
                at=self.now,
                tells=form.cleaned_data["tells"],
            )
        except NotAskedError:
            messages.info(self.request, _("It was withdrawn already."))
        else:
            messages.success(self.request, _("Withdrawn: %(advice)s.") % {"advice": self.made})
        return self.back
