from library.batches import batches


def test_all_items_come_once_in_their_order() -> None:
    assert list(batches([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(batches([1, 2, 3, 4], 2)) == [[1, 2], [3, 4]]


def test_nothing_comes_in_no_part() -> None:
    assert list(batches([], 500)) == []
