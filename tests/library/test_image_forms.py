"""What only begins like an image is refused with a word, and never breaks the page."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile
from wagtail.models import Collection

from library.models import CustomImage
from people.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
REFUSED = "either not an image or a corrupted image"


@pytest.fixture(autouse=True)
def _has_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint has been loaded, and with it Pillow's patience with broken images."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


def picture(kind: str, *, share: int = 1) -> bytes:
    """Return an image file that breaks off after one of so many parts."""
    content = BytesIO()
    Image.effect_noise((200, 200), 90).save(content, kind)
    whole = content.getvalue()
    return whole[: len(whole) // share]


def upload(client: Client, name: str, content: bytes) -> Any:
    fields = {
        "title": "Harbour",
        "file": SimpleUploadedFile(name, content),
        "description": "Boats at dawn",
        "credit": "A. Uthor, CC BY 4.0",
        "collection": Collection.objects.get(depth=1).pk,
    }
    return client.post(reverse("wagtailimages:add"), fields)


BROKEN = [
    ("cut.png", picture("PNG", share=2)),
    ("cut.jpg", picture("JPEG", share=2)),
    ("cut.gif", picture("GIF", share=2)),
    ("cut.webp", picture("WEBP", share=2)),
    ("header.gif", b"GIF89a/*\x01\x00\x01\x00<script>alert(1)</script>"),
    ("header.jpg", b"\xff\xd8\xff\xe0 and nothing else"),
    ("header.png", b"\x89PNG\r\n\x1a\n and nothing else"),
]


@pytest.mark.parametrize(("name", "content"), BROKEN)
def test_a_broken_image_is_refused(
    signed_in: SignIn, trainer: User, name: str, content: bytes
) -> None:
    response = upload(signed_in(trainer), name, content)

    assert response.status_code == 200
    assert REFUSED in response.content.decode()
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize(("name", "content"), BROKEN)
def test_a_broken_image_among_several_is_refused(
    signed_in: SignIn, trainer: User, name: str, content: bytes
) -> None:
    response = signed_in(trainer).post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Harbour", "files[]": SimpleUploadedFile(name, content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    told = response.json()
    assert (told["success"], REFUSED in told["error_message"]) == (False, True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_whole_image_is_taken(signed_in: SignIn, trainer: User, kind: str) -> None:
    assert upload(signed_in(trainer), f"whole.{kind.lower()}", picture(kind)).status_code == 302
    assert CustomImage.objects.get().width == 200
