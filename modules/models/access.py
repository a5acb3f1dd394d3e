"""Who may open the catalogue and all below it, and who may write there.

All are Wagtail's own: a privacy restriction, page permissions and a workflow, made with
the catalogue, so that one made by hand is as closed and as open as the demo's.
"""

from typing import Any, ClassVar

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.functional import cached_property
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.query import PageQuerySet

from modules.languages import put_into_words
from modules.previewing import looking_as, preview_modes
from people.roles import LEAD_TRAINERS, TRAINERS

WRITING = ("add_page", "change_page", "lock_page")
RIGHTS = {TRAINERS: WRITING, LEAD_TRAINERS: (*WRITING, "publish_page", "unlock_page")}
SECOND_READER = "Second reader"


class SignedInPage(Page):
    """A page below the catalogue's restriction, which editors cannot take away."""

    private_page_options: list[str] = []

    # Set where it is known that no page of the site asks for more than signing in.
    needs_only_sign_in = False

    # The fields that a translation lends (see modules/languages.py), and which one does.
    words: ClassVar[tuple[str, ...]] = ("title",)
    is_in_words = False
    told_by: Any = None

    class Meta:
        abstract = True

    @classmethod
    def words_model(cls) -> type[Page]:
        """Return the class that has the words: that of a module for all kinds of module."""
        return next(one for one in cls.__mro__ if "words" in vars(one))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        put_into_words([self])
        return super().serve(request, *args, **kwargs)

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        return preview_modes()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draw the draft as the editor sees it, or as a participant without any data."""
        with looking_as(request, mode_name):
            response: HttpResponse = super().serve_preview(request, mode_name)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            return response

    def get_view_restrictions(self) -> PageQuerySet:
        """Return the restrictions on this page and those above, as Wagtail does, in one query."""
        if self.needs_only_sign_in:
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in steps]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
        ).distinct()


def close_to_visitors(page: Page) -> None:
    """Restrict the page and all below it to people who have signed in."""
    login = {"restriction_type": PageViewRestriction.LOGIN}
    if not PageViewRestriction.objects.filter(page=page, **login).exists():
        PageViewRestriction.objects.create(page=page, **login)


def open_to_trainers(page: Page) -> None:
    """Let trainers write below the page, and lead trainers publish there as well."""
    for role, rights in RIGHTS.items():
        group, _is_new = Group.objects.get_or_create(name=role)
        found = Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=rights
        )
        for right in found.order_by("codename"):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)


def have_read_by_lead_trainers(page: Page) -> None:
    """Let what trainers submit below the page wait for a lead trainer, as a second reader.

    Terms of the glossary wait for the same reader.
    """
    group, _is_new = Group.objects.get_or_create(name=LEAD_TRAINERS)
    task = GroupApprovalTask.objects.filter(name=SECOND_READER).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=SECOND_READER)
        task.groups.add(group)
    workflow, _is_new = Workflow.objects.get_or_create(name=SECOND_READER)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    kind = ContentType.objects.get_by_natural_key("modules", "glossaryterm")
    WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
