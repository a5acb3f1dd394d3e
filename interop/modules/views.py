"""Modules as files in the CMS: export; and upload, dry run, confirmation, result."""

import tempfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from interop.modules import exporting, tables, uploads
from interop.modules.applying import SiteChangedError
from interop.modules.describing import Described
from interop.modules.faults import RefusedError
from interop.modules.forms import ConfirmationForm, ModuleUploadForm, catalogues_of
from interop.modules.models import ModuleUpload
from interop.modules.planning import Outcome
from interop.modules.words import OUTCOMES, explain
from modules.models import ModulePage
from quizzes.rights import sees_keys

IN_MEMORY = 8 * 1024 * 1024


def may_import(user: Any) -> bool:
    """Whether the person may add a module anywhere."""
    return bool(catalogues_of(user))


class ImportDoor:
    """Only for people who may add modules."""

    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ImportPage(ImportDoor, WagtailAdminTemplateMixin):
    header_icon = "upload"
    index_url_name = "module_files:index"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Module imports")},
            {"url": "", "label": self.get_page_title()},
        ]


class UploadsView(ImportDoor, IndexView):
    """Own imports, latest first; administrators see everybody's."""

    page_title = gettext_lazy("Module imports")
    header_icon = "upload"
    any_permission_required = ()
    permission_policy = None
    default_ordering = "-uploaded_at"
    add_item_label = gettext_lazy("Import a module")

    def get_base_queryset(self) -> Any:
        imports = ModuleUpload.objects.visible_to(self.request.user)
        return imports.defer("content", "lines").select_related("uploaded_by")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Module"), get_url=self.get_edit_url),
            Column("filename", label=_("File")),
            Column("uploaded_by", label=_("By"), accessor=who),
            DateColumn("uploaded_at", label=_("Uploaded"), sort_key="uploaded_at"),
            Column("outcome", label=_("Outcome"), accessor=outcome),
        ]

    def get_edit_url(self, instance: ModuleUpload) -> str | None:
        is_own = instance.uploaded_by_id == self.request.user.pk
        if instance.applied_at is None and not is_own:
            return None
        return reverse("module_files:upload", args=(instance.uuid,))


def who(upload: ModuleUpload) -> str:
    return str(upload.uploaded_by or _("Command line"))


def outcome(upload: ModuleUpload) -> str:
    """Return in a few words what became of an upload."""
    if upload.applied_at is not None:
        return _("Imported")
    return _("Here already") if upload.is_here else _("Waits for confirmation")


class UploadView(ImportPage, FormView[ModuleUploadForm]):
    template_name = "interop/modules/upload.html"
    form_class = ModuleUploadForm
    page_title = gettext_lazy("Import a module")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ModuleUploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            upload = uploads.keep(
                filename=file.name,
                content=file.read(),
                catalogue=form.cleaned_data["catalogue"],
                by=self.request.user,
                at=timezone.now(),
            )
        except RefusedError as error:
            for code, detail in error.problems:
                form.add_error("file", explain(code, detail))
            return self.form_invalid(form)
        return redirect("module_files:upload", upload.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action_url=reverse("module_files:add"),
            submit_button_label=_("Look at the dry run"),
            submit_button_active_label=_("Reading…"),
            form_is_multipart=True,
            **kwargs,
        )


class ReviewView(ImportPage, TemplateView):
    """The dry run with its confirmation; afterwards the result."""

    template_name = "interop/modules/review.html"

    @cached_property
    def upload(self) -> ModuleUpload:
        found = ModuleUpload.objects.visible_to(self.request.user)
        upload = get_object_or_404(found, uuid=self.kwargs["uuid"])
        if upload.applied_at is None and upload.uploaded_by_id != self.request.user.pk:
            raise PermissionDenied
        return upload

    def get_page_title(self) -> str:
        return self.upload.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = self.upload.lines
        made = self.upload.module
        return super().get_context_data(
            upload=self.upload,
            counts=[
                (OUTCOMES[one], sum(line["outcome"] == one for line in lines)) for one in Outcome
            ],
            line_table=tables.line_table(lines),
            module_url=reverse("wagtailadmin_explore", args=(made.pk,)) if made else "",
            index_url=reverse(self.index_url_name),
            add_url=reverse("module_files:add"),
            **kwargs,
        )

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfirmationForm(self.request.POST)
        if self.upload.applied_at is not None:
            messages.info(self.request, _("This file has been imported already, and only once."))
        elif form.is_valid():
            self._confirm(form.cleaned_data["expected"], as_copy=form.cleaned_data["as_copy"])
        return redirect("module_files:upload", self.upload.uuid)

    def _confirm(self, expected: str, *, as_copy: bool) -> None:
        now = timezone.now()
        try:
            made = uploads.confirm(self.upload, expected=expected, as_copy=as_copy, at=now)
        except SiteChangedError:
            words = _(
                "Nothing has been imported: the site has changed since you looked. Below is what "
                "would happen now."
            )
            messages.warning(self.request, words)
            return
        except RefusedError as error:
            told = " ".join(explain(code, detail) for code, detail in error.problems)
            messages.error(self.request, _("Nothing has been imported. %s") % told)
            return
        if made is None:
            messages.info(self.request, _("The module is here already. Nothing was imported."))
        else:
            messages.success(self.request, _("Imported as a draft. A lead trainer publishes it."))


class ExportPage(WagtailAdminTemplateMixin, TemplateView):
    """What a file of the module would hold, and the file."""

    template_name = "interop/modules/export.html"
    header_icon = "download"

    @cached_property
    def module(self) -> ModulePage:
        page: ModulePage = get_object_or_404(ModulePage, pk=self.kwargs["pk"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    @cached_property
    def described(self) -> Described:
        """Raises: PermissionDenied: the file would hold keys that the person may not see."""
        found = exporting.described(self.module.specific)
        if not sees_keys(self.request.user, exporting.questions_of(found)):
            raise PermissionDenied(_("The module asks questions whose keys you may not see."))
        return found

    def get_page_title(self) -> str:
        return _("Export “%(title)s”") % {"title": self.module.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"module_url": reverse("wagtailadmin_explore", args=(self.module.pk,))}
        try:
            file = self.described.file
        except RefusedError as error:
            refusals = [explain(code, detail) for code, detail in error.problems]
            return super().get_context_data(**context, refusals=refusals, **kwargs)
        return super().get_context_data(
            **context,
            numbers=[
                (_("Lessons and tasks"), len(file.steps)),
                (_("Quizzes"), len(file.quizzes)),
                (_("Images"), len(file.images)),
                (_("Documents and recordings"), len(file.documents)),
            ],
            has_questions=bool(file.quizzes),
            left_out=file.left_out,
            table=tables.left_out_table(file.left_out),
            file_url=reverse("module_files:file", args=(self.module.pk,)),
            **kwargs,
        )


class ExportFileView(ExportPage):
    def get(self, *args: Any, **kwargs: Any) -> Any:
        file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it.
        try:
            exporting.write(self.described, file)  # type: ignore[arg-type]
        except RefusedError as error:
            file.close()
            for code, detail in error.problems:
                messages.error(self.request, explain(code, detail))
            return redirect("module_files:export", self.module.pk)
        file.seek(0)
        name = f"{self.module.slug}.zip"
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
