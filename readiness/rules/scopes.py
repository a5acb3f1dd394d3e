"""Of whom something is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A placement's place in the world, or what a set names of it; empty matches all.

    `office` is the office's path in the tree: a set for an office holds below it, too.
    """

    programme: int | None = None
    audience: str = ""
    activity_type: str = ""
    country: str = ""
    host: int | None = None
    office: str = ""
    stay_form: str = ""

    def covers(self, one: "Scope") -> bool:
        """Whether everything that is named here is so of `one`."""
        return (
            self.programme in {None, one.programme}
            and self.audience in {"", one.audience}
            and self.activity_type in {"", one.activity_type}
            and self.country in {"", one.country}
            and self.host in {None, one.host}
            and one.office.startswith(self.office)
            and self.stay_form in {"", one.stay_form}
        )
