from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from library.models import CustomImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> CustomImage:
    return CustomImage.objects.create(
        title="Harbour", description="A harbour", file=get_test_image_file("harbour.png")
    )


def test_a_rendered_picture_is_served_and_may_be_kept_for_ever(
    client: Client, image: CustomImage
) -> None:
    response = client.get(image.get_rendition("width-100").url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(BytesIO(response.getvalue())).width == 100


def test_originals_are_not_served(client: Client, image: CustomImage) -> None:
    assert client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["page.html", "script.js", "drawing.svg", ".hidden.png", "no-suffix"]
)
def test_what_is_no_picture_is_not_served(client: Client, name: str) -> None:
    default_storage.save(f"images/{name}", ContentFile(b"<script>alert(1)</script>"))

    assert client.get(f"/media/images/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["images/absent.png", "images/../secret.key", "images/%2e%2e/secret.png", "documents/a.pdf"],
)
def test_nothing_else_of_the_media_folder_is_served(client: Client, path: str) -> None:
    default_storage.save("documents/a.pdf", ContentFile(b"%PDF"))

    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_cannot_be_posted_to(client: Client) -> None:
    assert client.post("/media/images/a.png").status_code == 405
