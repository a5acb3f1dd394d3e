"""How large the house is: lines of source and of tests, the middle and the largest file.

    .venv/bin/python benchmarks/source.py

Counts Python that people wrote: migrations are left out, empty files too.
"""

import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AROUND = {"tests", "benchmarks", "scripts", "docs", "var", "build"}


def lines_of(folder: Path) -> dict[str, int]:
    """Each file's number of lines."""
    counts = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
    }
    return {name: count for name, count in counts.items() if count}


def describe(title: str, counts: dict[str, int]) -> str:
    largest = max(counts, key=lambda name: counts[name])
    return (
        f"{title:<8} {sum(counts.values()):>6} lines in {len(counts):>3} files,"
        f" median {statistics.median(counts.values()):>5.1f},"
        f" largest {counts[largest]} ({largest})"
    )


def main() -> None:
    rooms = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in AROUND]
    source: dict[str, int] = {}
    for room in rooms:
        source |= lines_of(room)
    tests = lines_of(ROOT / "tests")
    print(describe("source", source))
    print(describe("tests", tests))
    print(f"tests / source: {sum(tests.values()) / sum(source.values()):.2f}")


if __name__ == "__main__":
    main()
