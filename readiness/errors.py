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


class NothingDeclaredError(Exception):
    """There is no standing declaration of this kind to verify."""


class NothingNewError(Exception):
    """The set asks just what its newest version asks."""


class AlreadyDecidedError(Exception):
    """Somebody has decided about it meanwhile."""


class TooLongError(Exception):
    """A link for a partner would work for longer than links may."""
