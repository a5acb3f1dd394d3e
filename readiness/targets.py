"""What a record and a requirement for it have in common. Plain Python, no Django."""

import hashlib


def known_as(words: str) -> str:
    """A name that people type, so that it can stand in an address and is found again."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:12]


def result_target(instrument: str, phase: str) -> str:
    return f"{phase}-{known_as(instrument)}"


def approval_target(role: str, subject: str) -> str:
    return f"{role}-{known_as(subject)}"
