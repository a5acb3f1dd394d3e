"""A dictionary of numbers that takes 16 bytes for each place. Plain Python.

What tells later rows of a file from earlier ones grows with the file: in a `dict` of numbers
it takes four times as much.
"""

from array import array

FIRST_PLACES = 1024
BITS = 64


class Numbers:
    """Numbers of 64 bits by numbers that are as good as random, such as hashes."""

    def __init__(self) -> None:
        self._keys, self._values = _empty(FIRST_PLACES), _empty(FIRST_PLACES)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def setdefault(self, key: int, value: int) -> int:
        """Keep the value under the key if there is none; return what is kept.

        Of both numbers the lowest 64 bits are meant.
        """
        key = key % (1 << BITS) or 1  # a place without a key holds 0.
        place = self._place(key)
        if self._keys[place] != key:
            self._put(place, key, value % (1 << BITS))
            if 3 * self._count > 2 * len(self._keys):
                self._grow()
                return value % (1 << BITS)
        return self._values[place]

    def _place(self, key: int) -> int:
        """Where the key stands, or where it is to be put."""
        keys, last = self._keys, len(self._keys) - 1
        place = key & last
        while keys[place] not in {0, key}:
            place = place + 1 & last
        return place

    def _put(self, place: int, key: int, value: int) -> None:
        self._keys[place], self._values[place] = key, value
        self._count += 1

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._keys, self._values = _empty(2 * len(keys)), _empty(2 * len(keys))
        self._count = 0
        for key, value in zip(keys, values, strict=True):
            if key:
                self._put(self._place(key), key, value)


def _empty(places: int) -> "array[int]":
    return array("Q", [0]) * places
