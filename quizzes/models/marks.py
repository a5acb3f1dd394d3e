"""What people say of open answers. Marks are added, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.enums import MarkStage
from quizzes.models.attempts import Attempt


class Mark(models.Model):
    """One person's mark of one open answer.

    `levels` has for each row of the rubric, by its id, the place of the level reached,
    counted from 0. What the answer is worth at last stands in the attempt's steps.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="marks_given")
    item_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(_("stage"), max_length=10, choices=MarkStage)
    marker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    levels = models.JSONField(default=dict)
    fraction = models.DecimalField(_("share of the mark"), max_digits=7, decimal_places=6)
    comment = models.TextField(_("comment"), blank=True)
    created_at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["attempt", "item_id", "number"]
        indexes = [models.Index(fields=["marker", "created_at"], name="quizzes_marks_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item_id", "number"], name="quizzes_marks_have_an_order"
            ),
            models.UniqueConstraint(
                fields=["attempt", "item_id", "marker"],
                condition=~models.Q(stage="correction"),
                name="quizzes_each_marks_an_answer_once",
                violation_error_message=_("You have marked this answer."),
            ),
            models.CheckConstraint(
                condition=models.Q(fraction__gte=0) & models.Q(fraction__lte=1),
                name="quizzes_mark_0_to_1",
                violation_error_message=_("A mark lies between nothing and all."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item_id}: {self.marker}"


class MarkComment(models.Model):
    """A comment that markers use again: one's own, or shared with all of them."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("comment"))
    is_shared = models.BooleanField(_("shared"), default=False)

    class Meta:
        verbose_name = _("marking comment")
        verbose_name_plural = _("marking comments")
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "text"], name="quizzes_a_comment_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text
