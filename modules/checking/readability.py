"""How hard a text is to read: LIX, the mean length of sentences and the share of long words.

C. H. Björnsson, Läsbarhet (1968); held against English school texts by J. Anderson,
"Lix and Rix" (Journal of Reading, 1983). It counts letters, so that no dictionary of
syllables is guessed at; its bands hold for the languages named here and for no other.
"""

import re
from dataclasses import dataclass

LANGUAGES = frozenset({"en"})
LONG_WORD = 7
# Below this many words a mean says nothing.
FEWEST_WORDS = 100
# Björnsson's bands: 40 to 50 is a newspaper, above 50 official and academic writing.
HARD = 50

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE = re.compile(r"[^.!?:…]*\w[^.!?:…]*[.!?:…]*")


@dataclass(frozen=True, slots=True)
class Readability:
    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> int:
        """Return the measure, rounded; 0 for no words at all."""
        if not self.words:
            return 0
        length = self.words / max(self.sentences, 1)
        return round(length + 100 * self.long_words / self.words)

    @property
    def is_hard(self) -> bool:
        return self.words >= FEWEST_WORDS and self.lix > HARD


def measure(text: str) -> Readability:
    """Count the words, sentences and long words of a plain text."""
    words = WORD.findall(text)
    return Readability(
        words=len(words),
        sentences=len(SENTENCE.findall(text)),
        long_words=sum(len(word) >= LONG_WORD for word in words),
    )


def is_measured(language: str) -> bool:
    """Whether the measure is sound for the language (`en` and its variants)."""
    return language.split("-", maxsplit=1)[0] in LANGUAGES
