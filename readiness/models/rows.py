from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import ActivityType, Audience
from exchanges.models import Exchange, Institution, Office, Placement, Programme
from people.models import User
from readiness.verdicts import Turn, VerdictStatus

TURNS = [(one.value, one.value) for one in Turn]
STATUSES = [(one.value, one.value) for one in VerdictStatus]


class StateRow(models.Model):
    """How one placement stands, for lists. A cache: `readiness.report` is the truth.

    What only time changes is kept as the moment from which it is so (see
    `readiness.figures`): compare `unready_from`, `late_from`, `risk_from` and
    `leaves_at` with the moment asked about. `holds_until` is when the counts have to
    be made anew, `asked` names the state of the requirement sets they were made by.
    """

    placement = models.OneToOneField(
        Placement, on_delete=models.CASCADE, primary_key=True, related_name="state_row"
    )
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    coordinator = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sort_name = models.CharField(max_length=320)
    audience = models.CharField(_("participant is"), max_length=10, choices=Audience)
    activity_type = models.CharField(_("activity"), max_length=24, choices=ActivityType)
    country = models.CharField(_("host country"), max_length=2)
    term = models.CharField(_("term"), max_length=13)
    is_cancelled = models.BooleanField(_("cancelled"))
    departs_on = models.DateField(_("departure"))
    ends_on = models.DateField(_("stay ends"))
    leaves_at = models.DateTimeField()
    required = models.PositiveSmallIntegerField(_("required"))
    met = models.PositiveSmallIntegerField(_("met"))
    waived = models.PositiveSmallIntegerField(_("waived"))
    participant_turn = models.PositiveSmallIntegerField()
    office_turn = models.PositiveSmallIntegerField()
    later_required = models.PositiveSmallIntegerField()
    later_met = models.PositiveSmallIntegerField()
    minutes_left = models.PositiveIntegerField(_("minutes left"))
    pace = models.FloatField()
    first_activity_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    unready_from = models.DateTimeField()
    late_from = models.DateTimeField()
    risk_from = models.DateTimeField()
    holds_until = models.DateTimeField()
    asked = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("state of a placement")
        verbose_name_plural = _("states of placements")
        indexes = [
            models.Index(fields=["departs_on", "placement"], name="readiness_row_departure"),
            models.Index(
                fields=["departs_on", "placement"],
                condition=models.Q(is_cancelled=False),
                name="readiness_row_leaving",
            ),
            models.Index(
                fields=["exchange", "departs_on"],
                condition=models.Q(is_cancelled=False),
                name="readiness_row_exchange",
            ),
            models.Index(fields=["office", "departs_on"], name="readiness_row_office"),
            models.Index(fields=["sort_name", "placement"], name="readiness_row_name"),
            models.Index(fields=["holds_until"], name="readiness_row_holds"),
            models.Index(fields=["asked"], name="readiness_row_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.met + self.waived}/{self.required}"


class OpenRequirement(models.Model):
    """What somebody has not settled, or not for good: one narrow line for each.

    Open from `open_from` on; for what is waived until a day that is when the waiver ends.
    """

    row = models.ForeignKey(
        StateRow, on_delete=models.CASCADE, related_name="open_requirements", db_index=False
    )
    key = models.CharField(max_length=100)
    blocks = models.BooleanField()
    status = models.CharField(max_length=16, choices=STATUSES)
    turn = models.CharField(max_length=16, choices=TURNS)
    open_from = models.DateTimeField()
    due_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("open requirement")
        verbose_name_plural = _("open requirements")
        indexes = [
            models.Index(fields=["key", "row"], name="readiness_open_key"),
            models.Index(
                fields=["row", "key", "turn", "open_from"],
                condition=models.Q(blocks=True),
                name="readiness_open_blocking",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["row", "key"], name="readiness_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.key}"


class Assignment(models.Model):
    """Which coordinator looks after a placement, of those whose office answers for it."""

    placement = models.OneToOneField(
        Placement, on_delete=models.CASCADE, primary_key=True, related_name="assignment"
    )
    coordinator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.coordinator}"


class SavedView(models.Model):
    """A named view of the overview: what stands in its address. Own, or shared with colleagues."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(
        _("share it"),
        default=False,
        help_text=_("Every coordinator sees it in the list; each sees own people only."),
    )

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="readiness_view_named_once",
                violation_error_message=_("You have a view of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
