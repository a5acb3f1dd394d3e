"""The one place where verdicts, states and reasons become words."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from exchanges.country_names import country_name
from readiness.enums import DeclarationKind
from readiness.verdicts import PlacementState, Reason, Turn, Verdict, VerdictStatus

STATUS_LABELS: dict[VerdictStatus, Promise] = {
    VerdictStatus.MET: gettext_lazy("Met"),
    VerdictStatus.PENDING: gettext_lazy("Pending"),
    VerdictStatus.WAITING: gettext_lazy("Waiting"),
    VerdictStatus.OVERDUE: gettext_lazy("Overdue"),
    VerdictStatus.FAILED: gettext_lazy("No attempts left"),
    VerdictStatus.WAIVED: gettext_lazy("Waived"),
    VerdictStatus.NOT_APPLICABLE: gettext_lazy("Does not apply"),
    VerdictStatus.MISCONFIGURED: gettext_lazy("Needs repair"),
}
SHORT_LABELS: dict[VerdictStatus, Promise] = STATUS_LABELS | {
    VerdictStatus.FAILED: gettext_lazy("No attempts"),
    VerdictStatus.NOT_APPLICABLE: gettext_lazy("Not needed"),
    VerdictStatus.MISCONFIGURED: gettext_lazy("Repair"),
}
"""Where there is little room and the reason stands beside it."""

STATE_LABELS: dict[PlacementState, Promise] = {
    PlacementState.READY: gettext_lazy("Ready"),
    PlacementState.NOT_READY: gettext_lazy("Not ready"),
    PlacementState.DEPARTED_READY: gettext_lazy("Departed ready"),
    PlacementState.DEPARTED_UNREADY: gettext_lazy("Departed unready"),
    PlacementState.CANCELLED: gettext_lazy("Cancelled"),
}
TURN_LABELS: dict[Turn, Promise] = {
    Turn.NOBODY: gettext_lazy("Nobody"),
    Turn.PARTICIPANT: pgettext_lazy("whose turn", "Participant"),
    Turn.OFFICE: gettext_lazy("Office"),
    Turn.TRAINER: gettext_lazy("Trainer"),
    Turn.ADMINISTRATION: gettext_lazy("Administration"),
}
WAITING_LABELS: dict[Turn, Promise] = {
    Turn.NOBODY: gettext_lazy("Waiting for the result"),
    Turn.OFFICE: gettext_lazy("Waiting for the office"),
    Turn.TRAINER: gettext_lazy("Waiting for a trainer"),
    Turn.ADMINISTRATION: gettext_lazy("Waiting for the administration"),
}

DECLARATIONS: dict[DeclarationKind, Promise] = {
    DeclarationKind.PASSPORT: gettext_lazy(
        "My passport, or my identity card where that is enough, is valid for the whole stay "
        "and for as long afterwards as the host country asks."
    ),
    DeclarationKind.VISA: gettext_lazy(
        "I have the visa or residence permit that I need, or I have found out that I need none."
    ),
    DeclarationKind.INSURANCE: gettext_lazy(
        "I am insured for the whole stay, and I know how to reach the insurer from abroad."
    ),
    DeclarationKind.EMERGENCY_CONTACT: gettext_lazy(
        "I have told the office whom to call in an emergency, and that person knows it."
    ),
    DeclarationKind.LEARNING_AGREEMENT: gettext_lazy(
        "My learning or mobility agreement is signed by me, by my institution and by the host."
    ),
    DeclarationKind.TRAVEL_ADVICE: gettext_lazy(
        "I have read the travel advice for the country that I go to, and I know what it means "
        "for my stay."
    ),
}

SENTENCES: dict[str, Promise] = {
    "module_completed": gettext_lazy("Completed."),
    "module_not_started": gettext_lazy("Not started yet."),
    "module_under_way": gettext_lazy("Under way: %(done)s of %(total)s steps done."),
    "module_missing": gettext_lazy(
        "The module has been deleted. Only the office can put this right, "
        "by changing the requirement."
    ),
    "module_unpublished": gettext_lazy(
        "The module is not published. Only the office can put this right."
    ),
    "module_empty": gettext_lazy(
        "The module has no step that counts yet. Only the office can put this right."
    ),
    "quiz_passed": gettext_lazy("Passed with %(percent)s; %(needed)s are needed."),
    "quiz_not_taken": gettext_lazy("Not taken yet; %(needed)s are needed."),
    "quiz_in_progress": gettext_lazy("Started but not handed in yet; %(needed)s are needed."),
    "quiz_below": gettext_lazy("Not yet: %(needed)s are needed, the result is %(percent)s."),
    "quiz_no_attempts_left": gettext_lazy(
        "%(needed)s are needed, the result is %(percent)s, and no attempts are left. "
        "The office can waive the requirement or allow more attempts."
    ),
    "quiz_being_marked": gettext_lazy("Handed in; a trainer still marks it."),
    "quiz_held": gettext_lazy("Handed in; the result counts when the quiz has closed."),
    "quiz_given_up": gettext_lazy(
        "The time was over before it was handed in, and no attempts are left. "
        "The office can waive the requirement or allow more attempts."
    ),
    "quiz_missing": gettext_lazy(
        "The quiz has been deleted. Only the office can put this right, "
        "by changing the requirement."
    ),
    "quiz_unpublished": gettext_lazy(
        "The quiz is not published. Only the office can put this right."
    ),
    "quiz_purpose_changed": gettext_lazy(
        "The quiz is now of another kind than the requirement asks for. "
        "Only the office can put this right."
    ),
    "self_assessment_done": gettext_lazy("Done. Its result does not count."),
    "self_assessment_not_done": gettext_lazy("Not done yet. Its result does not count."),
    "self_assessment_in_progress": gettext_lazy(
        "Started but not handed in yet. Its result does not count."
    ),
    "declared": gettext_lazy("Declared."),
    "not_declared": gettext_lazy("Not declared yet."),
    "declaration_unverified": gettext_lazy("Declared; the office has to confirm it."),
    "declaration_verified": gettext_lazy("Declared, and confirmed by %(by)s."),
    "declared_elsewhere": gettext_lazy(
        "Declared on %(day)s for %(old_country)s. The stay is in %(new_country)s now: "
        "please look again."
    ),
    "destination_missing": gettext_lazy(
        "There is no published page for this destination yet. Only the office can put this right."
    ),
    "workshop_attended": gettext_lazy("Attended."),
    "workshop_not_attended": gettext_lazy("Not attended yet."),
    "workshop_without_sessions": gettext_lazy(
        "The workshop has no dates yet. Only the office can put this right."
    ),
    "task_not_handed_in": gettext_lazy("Not handed in yet."),
    "task_handed_in": gettext_lazy("Handed in."),
    "task_accepted": gettext_lazy("Handed in, and accepted by a trainer."),
    "task_waits": gettext_lazy("Handed in; a trainer has to accept it."),
    "task_asked_again": gettext_lazy(
        "A trainer asks again: read what for, and hand it in once more."
    ),
    "task_missing": gettext_lazy(
        "The task has been deleted. Only the office can put this right, "
        "by changing the requirement."
    ),
    "task_unpublished": gettext_lazy(
        "The task is not published. Only the office can put this right."
    ),
    "result_recorded": gettext_lazy("Recorded. The value does not count."),
    "result_not_recorded": gettext_lazy(
        "No result yet: take the test and give the office the result, which records it."
    ),
    "approved": gettext_lazy("Signed off by %(by)s."),
    "not_approved_by_office": gettext_lazy("A coordinator has to sign it off."),
    "not_approved_by_trainer": gettext_lazy("A trainer has to sign it off."),
    "not_approved_by_administration": gettext_lazy("An administrator has to sign it off."),
    "waived": gettext_lazy("Waived by %(by)s: %(reason)s"),
    "does_not_apply": gettext_lazy("Does not apply, says %(by)s: %(reason)s"),
}


COUNTRIES = frozenset({"old_country", "new_country"})
"""Facts of a reason that are codes of countries."""


def sentence(reason: Reason) -> str:
    """The reason in the reader's language.

    Raises:
        KeyError: if a rule returns a code that has no sentence here.
    """
    words = str(SENTENCES[reason.code]) % {
        name: _present(name, value) for name, value in reason.facts.items()
    }
    extra = _EXTRAS.get(reason.code)
    return f"{words} {extra(reason.facts)}".strip() if extra else words


def status_label(verdict: Verdict) -> str:
    """Where it stands, and for whom it waits where it waits."""
    if verdict.status == VerdictStatus.WAITING:
        return str(WAITING_LABELS[verdict.turn])
    return str(STATUS_LABELS[verdict.status])


def _attempts(facts: Mapping[str, object]) -> str:
    left = facts["left"]
    if not isinstance(left, int):
        return _("You can try again.")
    if left == 0:
        return _("The last attempt is still open.")
    return ngettext("%(left)s attempt is left.", "%(left)s attempts are left.", left) % {
        "left": left
    }


def _until(facts: Mapping[str, object]) -> str:
    until = facts["until"]
    if not isinstance(until, dt.datetime):
        return ""
    last_day = until - dt.timedelta(microseconds=1)
    return _("(until %(day)s)") % {"day": date_format(last_day, "DATE_FORMAT")}


_EXTRAS = {"quiz_below": _attempts, "waived": _until, "does_not_apply": _until}


def _present(name: str, value: object) -> str:
    if name in COUNTRIES:
        return country_name(str(value))
    if isinstance(value, dt.datetime):
        return day(value)
    return percent(value) if isinstance(value, Decimal) else str(value)


def percent(value: Decimal) -> str:
    """Never rounded up: 79.96 % shown as 80 % would look like a pass."""
    shown = value.quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
    whole = shown == shown.to_integral_value()
    return _("%(number)s %%") % {"number": number_format(shown, 0 if whole else 1)}


def day(moment: dt.datetime | None) -> str:
    """The day of a fact in the reader's time zone; empty without one."""
    if moment is None:
        return ""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
