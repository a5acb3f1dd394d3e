"""The secret key of an embedded installation: made once, kept beside its data."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_create_secret(path: Path) -> str:
    """Return the secret in path; at the first call make it, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")
