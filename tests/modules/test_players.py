"""Videos of other sites: from a list, and only after a click."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail import blocks

from modules.blocks.embedding import EmbeddedVideoBlock
from modules.blocks.players import Player, player_of
from people.models import User
from tests.factories.modules import LessonPageFactory

YOUTUBE = Player("YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
VIMEO = Player("Vimeo", "https://player.vimeo.com/video/76979871?dnt=1")


@pytest.mark.parametrize(
    ("link", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/watch?list=a&v=dQw4w9WgXcQ&t=3", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", YOUTUBE),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871#t=1s", VIMEO),
        ("https://vimeo.com/channels/staffpicks", None),
        ("https://www.youtube.com/watch?v=short", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
        ("https://evil.example/?https://youtu.be/dQw4w9WgXcQ", None),
        ("http://vimeo.com/76979871", None),
        ("", None),
    ],
)
def test_only_sites_of_the_list_have_a_player(link: str, player: Player | None) -> None:
    assert player_of(link) == player


def test_nothing_of_the_other_site_is_in_the_page_but_the_link() -> None:
    block = EmbeddedVideoBlock()

    html = block.render(block.get_preview_value(), context={"anchor": "part-1"})

    assert "<iframe" not in html
    assert html.count("src=") == 1  # The script that puts the player in place.
    assert 'data-address="https://player.vimeo.com/video/76979871?dnt=1"' in html
    assert 'href="https://vimeo.com/76979871"' in html


def test_another_site_is_refused_by_name() -> None:
    block = EmbeddedVideoBlock()
    value = block.get_preview_value()
    value["link"] = "https://films.example/1"

    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(value)

    assert "YouTube, Vimeo" in refused.value.block_errors["link"].messages[0]


@pytest.mark.django_db
def test_players_are_allowed_in_lessons_and_nowhere_else(
    participant: User, signed_in: Callable[[User], Client]
) -> None:
    lesson = LessonPageFactory.create()
    client = signed_in(participant)

    def policy(url: str) -> str:
        return client.get(url).headers["Content-Security-Policy"]

    allowed = "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com"
    assert allowed in policy(lesson.url)
    assert "youtube" not in policy("/my/")
    assert "youtube" not in policy(lesson.get_parent().url)
