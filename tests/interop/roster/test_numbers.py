import pytest

from interop.roster import numbers
from interop.roster.numbers import Numbers


@pytest.fixture(autouse=True)
def _few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "FIRST_PLACES", 4)


@pytest.mark.parametrize(
    "keys",
    [
        [hash(("email", number % 700)) for number in range(2000)],
        [number % 300 << 20 for number in range(1, 1000)],  # all want the same place.
        [(1 << 64) - number % 50 for number in range(1, 200)],
    ],
)
def test_it_keeps_what_a_dictionary_keeps(keys: list[int]) -> None:
    kept, known = Numbers(), dict[int, int]()

    for value, key in enumerate(keys):
        known.setdefault(key % 2**64, value)
        assert kept.setdefault(key, value) == known[key % 2**64]

    assert len(kept) == len(known)
    assert all(kept.setdefault(key, 0) == known[key % 2**64] for key in keys)


def test_only_the_lowest_bits_count() -> None:
    kept = Numbers()

    assert kept.setdefault(-5, 2**64 + 7) == 7
    assert kept.setdefault(2**64 - 5, 8) == 7
    assert kept.setdefault(0, 9) == 9
    assert kept.setdefault(0, 1) == 9
    assert len(kept) == 2
