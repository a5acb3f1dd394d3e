import pytest

from modules.checking.readability import Readability, is_measured, measure


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words"),
    [
        ("", 0, 0, 0),
        ("Look first.", 2, 1, 0),
        ("Look first. Then ask: why?", 5, 3, 0),
        ("Don't hurry. Listening matters most…", 5, 2, 2),
        ("No full stop at all", 5, 1, 0),
        ("Numbers such as 12.5 are no words.", 6, 2, 1),
    ],
)
def test_words_sentences_and_long_words_are_counted(
    text: str, words: int, sentences: int, long_words: int
) -> None:
    assert measure(text) == Readability(words, sentences, long_words)


def test_the_measure_is_sentence_length_and_share_of_long_words() -> None:
    assert Readability(words=200, sentences=10, long_words=50).lix == 20 + 25
    assert Readability(words=0, sentences=0, long_words=0).lix == 0


@pytest.mark.parametrize(
    ("words", "sentences", "long_words", "is_hard"),
    [(200, 10, 60, False), (200, 10, 64, True), (90, 2, 60, False)],
)
def test_only_a_text_of_some_length_is_called_hard(
    words: int, sentences: int, long_words: int, is_hard: bool
) -> None:
    assert Readability(words, sentences, long_words).is_hard is is_hard


def test_languages_without_a_sound_measure_are_left_alone() -> None:
    assert is_measured("en")
    assert is_measured("en-gb")
    assert not is_measured("ar")
    assert not is_measured("es")
