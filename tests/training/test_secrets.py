import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from training.secrets import read_or_create_secret


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"

    first = read_or_create_secret(path)

    assert len(first) >= 50
    assert read_or_create_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_who_starts_together_gets_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(read_or_create_secret, [path] * 64))

    assert len(secrets) == 1
    assert "" not in secrets
