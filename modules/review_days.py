"""When a module asks again after it was completed. Plain Python."""

REVIEW_DAYS = (3, 10, 24)
"""Days from the completion to each of the short reviews."""
