"""What others wrote is kept as they gave it: vendored files and locked packages."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.architecture.plan import ROOT

# What is served, and what only the tests use.
VENDORS = [ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"]
REQUIREMENTS = ROOT / "requirements"
LEVELS = ["installer", "base", "prod", "dev"]


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda path: path.parent.name)
def test_vendored_files_are_those_of_the_manifest(vendor: Path) -> None:
    """manifest.json: file -> its sha256, version, licence and origin."""
    files = {path.name: path for path in vendor.glob("*") if path.name != "manifest.json"}
    manifest = json.loads((vendor / "manifest.json").read_text()) if files else {}

    assert set(manifest) == set(files)
    for name, path in files.items():
        assert manifest[name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert {"version", "licence", "origin"} <= set(manifest[name])


@pytest.mark.parametrize("level", LEVELS)
def test_every_package_is_pinned_and_hashed(level: str) -> None:
    text = (REQUIREMENTS / f"{level}.txt").read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())

    assert [entry for entry in entries if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.iterdir()), ids=lambda path: path.name)
def test_no_lock_file_says_where_packages_come_from(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("level", LEVELS)
def test_every_dependency_says_why_it_is_here(level: str) -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    wanted = [
        re.split(r"[~=<>\[; ]", line)[0]
        for line in (REQUIREMENTS / f"{level}.in").read_text().splitlines()
        if line and not line.startswith(("#", "-r"))
    ]

    assert [name for name in wanted if f"| {name} |" not in reasons] == []
