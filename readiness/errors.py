"""Why a deed was refused. Doors turn these into words for the person in front of them."""


class NotAllowedError(Exception):
    """This person may not do that to this placement."""


class NotAskedError(Exception):
    """The requirement is not asked of this placement (any more)."""


class CancelledError(Exception):
    """The placement is cancelled: nothing can be declared or waived for it."""


class NoReasonError(Exception):
    """A waiver needs a reason."""


class PastDateError(Exception):
    """A waiver cannot have ended before it is granted, nor a version hold before it is made."""


class NotLaterError(Exception):
    """More time was wished for until a day that is not later than the one that stands."""


class NothingDeclaredError(Exception):
    """There is no standing declaration of this kind to verify."""


class NothingNewError(Exception):
    """The set asks just what its newest version asks."""


class AlreadyDecidedError(Exception):
    """Somebody has decided about it meanwhile."""


class TooLongError(Exception):
    """A link for a partner would work for longer than links may."""


class LeftError(Exception):
    """Somebody has left home for the present host, and stays there."""


class NamingError(Exception):
    """Refused because of some people; `names` are theirs."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


class MisfitError(NamingError):
    """These people's days would not fit together."""


class AlreadyThereError(NamingError):
    """These people are on the other exchange already."""


class ChangedMeanwhileError(Exception):
    """Somebody has changed it since it was looked at."""


class WorkedOnError(Exception):
    """People have done something since, by the plan as it is now."""
