"""What a check tells an author."""

from dataclasses import dataclass

from django.db.models import TextChoices

from modules.enums import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing on one page, in words that say what to do.

    Attributes:
        page_id: the page that it is about, and that its author can mend.
        problem: which kind of thing; rooms above bring kinds of their own.
        words: what is wrong, and what to do about it.
        url: where to mend it: another page of the CMS, or empty for the page itself.
        anchor: the field or block of the page, as the editor's HTML names it.
    """

    page_id: int
    problem: TextChoices
    severity: Severity
    words: str
    url: str = ""
    anchor: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def worst_first(finding: Finding) -> tuple[bool, str]:
    """Sort by this: errors before warnings, and like beside like."""
    return not finding.is_error, str(finding.problem.value)
