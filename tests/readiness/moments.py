"""Moments and look-ups that the tests of the report share.

The stay of a placement starts on 1 March 2027; 28 days before is 1 February.
"""

import datetime as dt

from exchanges.models import Placement
from readiness import report
from readiness.shapes import Cell

JANUARY = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
DAY_DUE = dt.datetime(2027, 2, 1, 22, 59, tzinfo=dt.UTC)  # 23:59 in Madrid
DAY_AFTER = dt.datetime(2027, 2, 1, 23, 1, tzinfo=dt.UTC)  # 00:01 in Madrid
IN_MARCH = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC)


def only_cell(placement: Placement, as_of: dt.datetime = JANUARY) -> Cell:
    (cell,) = report.for_placement(placement, as_of=as_of).cells
    return cell
