"""The one place where verdicts, states and reasons become words."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from readiness.enums import DeclarationKind
from readiness.verdicts import PlacementState, Reason, Turn, VerdictStatus

STATUS_LABELS: dict[VerdictStatus, Promise] = {
    VerdictStatus.MET: gettext_lazy("Met"),
    VerdictStatus.PENDING: gettext_lazy("Pending"),
    VerdictStatus.WAITING: gettext_lazy("Waiting for the office"),
    VerdictStatus.OVERDUE: gettext_lazy("Overdue"),
    VerdictStatus.FAILED: gettext_lazy("No attempts left"),
    VerdictStatus.WAIVED: gettext_lazy("Waived"),
    VerdictStatus.MISCONFIGURED: gettext_lazy("Needs repair"),
}
SHORT_LABELS: dict[VerdictStatus, Promise] = STATUS_LABELS | {
    VerdictStatus.WAITING: gettext_lazy("Waiting"),
    VerdictStatus.FAILED: gettext_lazy("No attempts"),
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
        "The module has no lessons yet. Only the office can put this right."
    ),
    "quiz_passed": gettext_lazy("Passed with %(percent)s; %(needed)s are needed."),
    "quiz_not_taken": gettext_lazy("Not taken yet; %(needed)s are needed."),
    "quiz_in_progress": gettext_lazy("Started but not handed in yet; %(needed)s are needed."),
    "quiz_below": gettext_lazy("Not yet: %(needed)s are needed, the result is %(percent)s."),
    "quiz_no_attempts_left": gettext_lazy(
        "%(needed)s are needed, the result is %(percent)s, and no attempts are left. "
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
    "waived": gettext_lazy("Waived by %(by)s: %(reason)s"),
}


def sentence(reason: Reason) -> str:
    """The reason in the reader's language.

    Raises:
        KeyError: if a rule returns a code that has no sentence here.
    """
    words = str(SENTENCES[reason.code]) % {
        name: _present(value) for name, value in reason.facts.items()
    }
    extra = _EXTRAS.get(reason.code)
    return f"{words} {extra(reason.facts)}".strip() if extra else words


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


_EXTRAS = {"quiz_below": _attempts, "waived": _until}


def _present(value: object) -> str:
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
