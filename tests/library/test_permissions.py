"""Who may put images and documents into the library, and change them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from library.models import CustomImage
from people.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def picture(name: str = "harbour.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def upload(client: Client, **changes: Any) -> Any:
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Harbour",
            "file": picture(),
            "description": "Boats at dawn",
            "credit": "A. Uthor, CC BY 4.0",
            "collection": Collection.objects.get(depth=1).pk,
            **changes,
        },
    )


@pytest.fixture
def image(administrator: User) -> CustomImage:
    return CustomImage.objects.create(
        title="Of somebody else",
        file=picture("other.png"),
        credit="Somebody",
        uploaded_by_user=administrator,
    )


def test_a_trainer_adds_an_image_with_its_credit(signed_in: SignIn, trainer: User) -> None:
    client = signed_in(trainer)

    assert upload(client).status_code == 302
    assert CustomImage.objects.get().credit == "A. Uthor, CC BY 4.0"


def test_without_a_credit_it_is_refused(signed_in: SignIn, trainer: User) -> None:
    response = upload(signed_in(trainer), credit="")

    assert response.status_code == 200
    assert not CustomImage.objects.exists()


def test_a_trainer_changes_own_images_only(
    signed_in: SignIn, trainer: User, image: CustomImage
) -> None:
    client = signed_in(trainer)
    upload(client)
    own = CustomImage.objects.get(title="Harbour")

    assert client.get(reverse("wagtailimages:edit", args=[own.pk])).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 302
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert CustomImage.objects.filter(pk=image.pk).exists()


@pytest.mark.parametrize("route", ["wagtailimages:index", "wagtaildocs:index"])
def test_trainers_and_administrators_reach_the_library(
    signed_in: SignIn, trainer: User, administrator: User, route: str
) -> None:
    assert signed_in(trainer).get(reverse(route)).status_code == 200
    assert signed_in(administrator).get(reverse(route)).status_code == 200


@pytest.mark.parametrize("who", ["participant", "coordinator"])
def test_others_cannot_add(request: pytest.FixtureRequest, signed_in: SignIn, who: str) -> None:
    client = signed_in(request.getfixturevalue(who))

    upload(client)
    assert not CustomImage.objects.exists()
    assert client.get(reverse("wagtaildocs:add")).status_code == 302


def test_a_page_is_no_document(signed_in: SignIn, trainer: User) -> None:
    page = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")

    response = signed_in(trainer).post(
        reverse("wagtaildocs:add"),
        {"title": "Page", "file": page, "collection": Collection.objects.get(depth=1).pk},
    )

    assert response.status_code == 200
    assert "HTML" in response.content.decode() or "html" in response.content.decode()
