"""How hard the words of the interface are to read: LIX, by folder of templates and by room.

    .venv/bin/python benchmarks/words.py

LIX is words for each sentence plus the share of long words in percent, see
`modules/checking/readability.py`; below 40 reads easily. Labels and single words are left out:
messages that are sentences say how hard a page is. What is filled in counts as one short word.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from modules.checking.readability import Readability, measure
from scripts.messages import messages_of, sources

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
SENTENCE = re.compile(r"\w.*\s.*\s.*[.?!]$", re.DOTALL)


def part_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return "/".join(parts[:2]) if parts[0] == "templates" else parts[0]


def main() -> None:
    said: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        for forms, _context, _comments in messages_of(path):
            plain = [PLACE.sub("x", one) for one in forms]
            said[part_of(path)] += [one for one in plain if SENTENCE.search(one)]
    rows = {part: measure(" ".join(texts)) for part, texts in said.items() if texts}
    for part, found in sorted(rows.items(), key=lambda row: -row[1].lix):
        print(f"{part:<28} LIX {found.lix:>3}  {len(said[part]):>4} sentences")
    whole: Readability = measure(" ".join(text for texts in said.values() for text in texts))
    print(f"{'all':<28} LIX {whole.lix:>3}")


if __name__ == "__main__":
    main()
