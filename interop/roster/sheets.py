"""Tells the two kinds of file apart: a roster in CSV, and mobilities in XML. Plain Python."""

from interop.roster.mobilities import Defaults, is_xml, parse_mobilities
from interop.roster.parsing import USUAL, Limits, Sheet, parse

NO_DEFAULTS = Defaults()


def sheet_of(content: bytes, *, defaults: Defaults = NO_DEFAULTS, limits: Limits = USUAL) -> Sheet:
    """Return the rows of a file, whichever kind it is; never raises.

    Args:
        content: the file.
        defaults: what holds for mobilities of an XML file; a CSV says everything itself.
        limits: how large a CSV file may be.
    """
    return parse_mobilities(content, defaults) if is_xml(content) else parse(content, limits)
