"""Question imports in the CMS: upload, dry run, confirmation, result; and exports."""

import csv
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from interop.questions import tables, uploads
from interop.questions.actions import Action, Format
from interop.questions.applying import QuestionsChangedError
from interop.questions.exporting import Export
from interop.questions.forms import ConfirmationForm, QuestionUploadForm
from interop.questions.messages import explain, explain_all, kind_words
from interop.questions.models import QuestionUpload, QuestionUploadLine
from interop.questions.records import UnreadableFileError
from library.cells import neutralise
from quizzes.models import Question
from quizzes.rights import changed_by
from quizzes.views.filters import QuestionFilterSet

SAMPLES = settings.BASE_DIR / "docs" / "samples"
SAMPLE_FILES = {
    Format.GIFT: "questions.gift",
    Format.MOODLE_XML: "questions.xml",
    Format.CSV: "questions.csv",
}
LINES_A_PAGE = 100


def may_import(user: Any) -> bool:
    """Whether the person may write questions: import makes new ones and changes others."""
    return bool(user.has_perms(["quizzes.add_question", "quizzes.change_question"]))


class ImportDoor:
    """Only for people who may write questions."""

    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ImportPage(ImportDoor, WagtailAdminTemplateMixin):
    header_icon = "upload"
    index_url_name = "question_imports:index"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Question imports")},
            {"url": "", "label": self.get_page_title()},
        ]


class UploadsView(ImportDoor, IndexView):
    """Own imports, latest first; administrators see everybody's."""

    page_title = gettext_lazy("Question imports")
    header_icon = "upload"
    any_permission_required = ()
    permission_policy = None
    default_ordering = "-uploaded_at"
    add_item_label = gettext_lazy("Import questions")

    def get_base_queryset(self) -> Any:
        imports = QuestionUpload.objects.visible_to(self.request.user)
        return imports.defer("content").select_related("uploaded_by")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("filename", label=_("File"), get_url=self.get_edit_url),
            Column("format", label=_("Format"), accessor="get_format_display"),
            Column("uploaded_by", label=_("By"), accessor=who),
            DateColumn("uploaded_at", label=_("Uploaded"), sort_key="uploaded_at"),
            Column("outcome", label=_("Outcome"), accessor=outcome),
        ]

    def get_edit_url(self, instance: QuestionUpload) -> str | None:
        is_own = instance.uploaded_by_id == self.request.user.pk
        if instance.applied_at is None and not is_own:
            return None
        return reverse("question_imports:upload", args=(instance.uuid,))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            Button(
                _("Sample: %(format)s") % {"format": chosen.label},
                url=reverse("question_imports:sample", args=(chosen.value,)),
                icon_name="download",
                priority=priority,
            )
            for priority, chosen in enumerate(Format)
        ]


def who(upload: QuestionUpload) -> str:
    return str(upload.uploaded_by or _("Command line"))


def outcome(upload: QuestionUpload) -> str:
    """Return in a few words what became of an upload."""
    if upload.applied_at is None:
        return _("Waits for confirmation")
    words = _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(left_out)d left out")
    return words % upload.summary


class UploadView(ImportPage, FormView[QuestionUploadForm]):
    template_name = "interop/questions/upload.html"
    form_class = QuestionUploadForm
    page_title = gettext_lazy("Import questions")

    def form_valid(self, form: QuestionUploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        file.seek(0)
        try:
            upload = uploads.keep(
                filename=file.name,
                content=file.read(),
                format_name=form.cleaned_data["format"],
                into=form.cleaned_data["category"],
                by=self.request.user,
                at=timezone.now(),
            )
        except UnreadableFileError as error:
            words = explain(error.fault, error.detail)
            line = _("Line %(number)d: ") % {"number": error.line} if error.line else ""
            form.add_error("file", f"{line}{words}")
            return self.form_invalid(form)
        return redirect("question_imports:upload", upload.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action_url=reverse("question_imports:add"),
            submit_button_label=_("Look at the dry run"),
            submit_button_active_label=_("Reading…"),
            form_is_multipart=True,
            samples=[
                (chosen.label, reverse("question_imports:sample", args=(chosen.value,)))
                for chosen in Format
            ],
            **kwargs,
        )


class UploadMixin:
    """One upload that the person may see: own ones, and for administrators what was imported."""

    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def upload(self) -> QuestionUpload:
        user = self.request.user
        found = QuestionUpload.objects.visible_to(user)
        found = found.filter(Q(uploaded_by=user) | Q(applied_at__isnull=False))
        return get_object_or_404(found, uuid=self.kwargs["uuid"])

    @cached_property
    def shown_action(self) -> str:
        wanted = self.request.GET.get("action", "")
        return wanted if wanted in Action.values else ""

    def lines(self) -> QuerySet[QuestionUploadLine]:
        lines = self.upload.lines.select_related("question")
        return lines.filter(action=self.shown_action) if self.shown_action else lines


class ReviewView(UploadMixin, ImportPage, TemplateView):
    """The dry run with its confirmation; afterwards the result."""

    template_name = "interop/questions/review.html"

    def get_page_title(self) -> str:
        return self.upload.filename

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = self.upload.summary
        page = Paginator(self.lines(), LINES_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            upload=self.upload,
            counts=[(action, counts.get(action, 0)) for action in Action],
            total=sum(counts.values()),
            shown_action=self.shown_action,
            changes_anything=bool(counts.get(Action.NEW) or counts.get(Action.CHANGED)),
            page=page,
            line_table=tables.line_table(page.object_list),
            errors_url=reverse("question_imports:lines", args=(self.upload.uuid,)),
            index_url=reverse(self.index_url_name),
            add_url=reverse("question_imports:add"),
            **kwargs,
        )

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfirmationForm(self.request.POST)
        if self.upload.applied_at is not None:
            messages.info(self.request, _("This file has been imported already, and only once."))
        elif form.is_valid():
            self._confirm(form.cleaned_data["expected"])
        return redirect("question_imports:upload", self.upload.uuid)

    def _confirm(self, expected: str) -> None:
        try:
            done = uploads.confirm(self.upload, expected=expected, at=timezone.now())
        except QuestionsChangedError:
            messages.warning(
                self.request,
                _(
                    "Nothing has been imported: the question bank has changed since you looked. "
                    "Below is what would happen now."
                ),
            )
            return
        written = len(done.questions)
        text = ngettext("%d question imported.", "%d questions imported.", written)
        messages.success(self.request, text % written)


class LinesView(UploadMixin, ImportDoor, View):
    """Every line of a dry run or its result as CSV, as filtered."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="question-import.csv"'
        response.write("\ufeff")
        writer = csv.writer(response)
        writer.writerow([_("Line"), _("Name"), _("Kind"), _("What happens"), _("Why")])
        for line in self.lines().iterator(1_000):
            reason = explain_all(line.reasons)
            action = str(line.get_action_display())
            cells = (str(line.number), line.name, kind_words(line.kind), action, reason)
            writer.writerow(neutralise(cell) for cell in cells)
        return response


class SampleView(ImportDoor, View):
    def get(self, *args: Any, **kwargs: Any) -> FileResponse:
        name = SAMPLE_FILES.get(self.kwargs["format_name"])
        if name is None:
            raise Http404
        return FileResponse((SAMPLES / name).open("rb"), as_attachment=True, filename=name)


class ExportPage(WagtailAdminTemplateMixin, TemplateView):
    """What of the chosen questions a format holds, and the file."""

    template_name = "interop/questions/export.html"
    header_icon = "download"
    page_title = gettext_lazy("Export questions")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # Keys leave the CMS with the file: only for people who may see them there.
        if not request.user.has_perm("quizzes.change_question"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def questions(self) -> QuerySet[Question]:
        """The questions as the list has them filtered, by its own filters and its search."""
        found: QuerySet[Question] = QuestionFilterSet(
            self.request.GET, queryset=changed_by(self.request.user), request=self.request
        ).qs
        words = self.request.GET.get("q", "").strip()
        if words:
            found = found.filter(Q(name__icontains=words) | Q(stem__icontains=words))
        return found.distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            choices=[self._choice(chosen) for chosen in Format],
            number=self.questions.count(),
            index_url=reverse("bank_questions:index"),
            **kwargs,
        )

    def _choice(self, chosen: Format) -> dict[str, Any]:
        left_out = Export(self.questions, chosen.value).look()
        url = reverse("question_imports:export_file", args=(chosen.value,))
        return {
            "format": chosen,
            "url": f"{url}?{self.request.GET.urlencode()}",
            "left_out": left_out,
            "table": tables.left_out_table(left_out),
        }


class ExportFileView(ExportPage):
    def get(self, *args: Any, **kwargs: Any) -> Any:
        format_name = self.kwargs["format_name"]
        if format_name not in Format.values:
            raise Http404
        export = Export(self.questions, format_name)
        response = StreamingHttpResponse(export.pieces(), content_type=export.writer.content_type)
        name = f"questions.{export.writer.extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
