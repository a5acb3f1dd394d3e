from pathlib import Path

import pytest

from home.course.reading import ContentError, key, name_of, read


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("modules/3-safety-law-and-ethics", "safety-law-and-ethics"),
        ("modules/3-safety/12-the-first-hour.toml", "the-first-hour"),
        ("quizzes/safety.toml", "safety"),
    ],
)
def test_a_thing_is_known_by_its_name_without_the_number(path: str, name: str) -> None:
    assert name_of(Path(path)) == name


def test_a_key_is_the_same_every_time_and_different_for_every_name() -> None:
    assert str(key("page", "catalogue")) == "fac4bd49-7b2e-56f6-9551-e161708a9280"
    assert key("page", "catalogue") != key("quiz", "catalogue")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "module.toml"
    path.write_text("title = ")

    with pytest.raises(ContentError, match=r"module\.toml: Invalid value"):
        read(path)
