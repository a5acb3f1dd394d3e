"""The form of a quiz in the CMS: its panels, and what no two sections may share."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    get_form_for_model,
)

from library.formsets import OnceChooserPanel, OncePanel
from quizzes.categories import kept_from
from quizzes.models import QuizItem
from quizzes.rights import seen_by


class QuizForm(WagtailAdminModelForm):
    """Refuses a question in two sections; within one the formset does."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        sections = self.formsets["sections"]
        kept = sections.ordered_forms if sections.is_valid() else []
        chosen = Counter(question for section in kept for question in _questions(section))
        for question, count in chosen.items():
            if count > 1:
                words = _("“%(question)s” stands in two sections. Take one out.")
                self.add_error(None, words % {"question": question})
        if self.for_user:
            self._refuse_what_is_kept(set(chosen))
        return cleaned

    def _refuse_what_is_kept(self, questions: set[Any]) -> None:
        """What stands in the quiz stays; what comes to it is something the author may see."""
        quiz = self.instance.pk
        lines = QuizItem.objects.filter(section__quiz=quiz).values_list("question", flat=True)
        new = {question.pk for question in questions} - set(lines)
        may_all = seen_by(self.for_user).filter(pk__in=new).count() == len(new)
        if new and not may_all:
            self.add_error(None, _("Choose only questions that you may see in the bank."))


def _questions(section: Any) -> list[Any]:
    return [line.cleaned_data["question"] for line in section.formsets["items"].ordered_forms]


WINDOW_HELP = gettext_lazy(
    "<p>A quiz opens and closes on a date, or by a day of the exchange that the participant "
    "prepares. For somebody without an exchange a day of the exchange does not hold.</p>"
)
REVIEW_HELP = gettext_lazy(
    "<p>A score that is shown after the close counts from then on, too: until then nobody is "
    "told whether they have passed. What may be seen while answering closes the answer that "
    "was checked.</p>"
)


class DrawForm(WagtailAdminModelForm):
    """Offers the categories that the author may look into, and the one that is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user:
            category: Any = self.fields["category"]
            kept = kept_from(self.for_user).exclude(pk=self.instance.category_id)
            category.error_messages["invalid_choice"] = _(
                "A category of a random draw is kept to a group that you are not in."
            )
            category.queryset = category.queryset.exclude(pk__in=kept.order_by().values("pk"))


class ForUserPanel(InlinePanel):
    """Tells the forms of its lines who fills them in."""

    class BoundPanel(InlinePanel.BoundPanel):
        """Brings the scripts of the panels in its lines, which Wagtail's own leaves out."""

        @property
        def media(self) -> Any:
            return super().media + self.empty_child.media

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["inherit_kwargs"] = ["for_user"]
        return options


class DrawsPanel(ForUserPanel):
    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        line = options["formsets"][self.relation_name]
        deferred = getattr(line.get("form"), "_meta", None)
        line["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=DrawForm,
            defer_required_on_fields=deferred.defer_required_on_fields if deferred else [],
        )
        return options


SECTIONS = ForUserPanel(
    "sections",
    [
        FieldPanel("heading"),
        FieldPanel("introduction"),
        OnceChooserPanel(
            "items",
            chooser_field_name="question",
            panels=[FieldPanel("question")],
            twice=gettext_lazy("The same question stands twice in the section. Take one out."),
            heading=gettext_lazy("Questions for everybody"),
            label=gettext_lazy("question"),
        ),
        DrawsPanel(
            "draws",
            [FieldRowPanel([FieldPanel("count"), FieldPanel("category"), FieldPanel("tag")])],
            heading=gettext_lazy("Questions drawn at random"),
            label=gettext_lazy("random draw"),
            help_text=gettext_lazy(
                "Drawn anew for each attempt, after the questions for everybody: first those "
                "that the person has met least often. With a category and a tag, only questions "
                "of the category that bear the tag are drawn."
            ),
        ),
    ],
    heading=gettext_lazy("Sections"),
    label=gettext_lazy("section"),
)

QUIZ_PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("introduction"),
                FieldRowPanel([FieldPanel("purpose"), FieldPanel("minutes")]),
            ],
            heading=gettext_lazy("Quiz"),
        ),
        SECTIONS,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("paging"), FieldPanel("is_sequential")]),
                FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_options")]),
            ],
            heading=gettext_lazy("Pages"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("grading_method")]),
                FieldRowPanel([FieldPanel("max_attempts"), FieldPanel("wait_minutes")]),
            ],
            heading=gettext_lazy("Attempts"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("is_marked_anonymously"), FieldPanel("has_second_marker")]
                ),
            ],
            heading=gettext_lazy("Marking of open answers"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("grace_seconds")]),
                FieldRowPanel([FieldPanel("at_deadline"), FieldPanel("overdue_minutes")]),
                HelpPanel(content=WINDOW_HELP),
                FieldPanel("opens_at"),
                FieldRowPanel([FieldPanel("opens_event"), FieldPanel("opens_days")]),
                FieldPanel("closes_at"),
                FieldRowPanel([FieldPanel("closes_event"), FieldPanel("closes_days")]),
            ],
            heading=gettext_lazy("Time"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                HelpPanel(content=REVIEW_HELP),
                FieldRowPanel([FieldPanel("score_shown"), FieldPanel("answers_shown")]),
                FieldRowPanel([FieldPanel("keys_shown"), FieldPanel("feedback_shown")]),
            ],
            heading=gettext_lazy("What participants may see, and when"),
            classname="collapsed",
        ),
        OncePanel(
            "bands",
            [FieldPanel("from_percent"), FieldPanel("text")],
            twice=gettext_lazy("Two bands begin at the same percentage. Take one out."),
            heading=gettext_lazy("Feedback on the whole result"),
            label=gettext_lazy("band"),
            classname="collapsed",
        ),
    ],
    base_form_class=QuizForm,
)
