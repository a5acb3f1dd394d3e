import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from library.models import CustomDocument, CustomImage


def test_wagtail_uses_our_image_and_document() -> None:
    assert get_image_model() is CustomImage
    assert get_document_model() is CustomDocument


def test_the_editor_asks_for_alternative_text_and_credit() -> None:
    assert {"description", "credit"} <= set(CustomImage.admin_form_fields)
    assert not CustomImage._meta.get_field("credit").blank


def test_a_rendition_is_made_once() -> None:
    rendition = CustomImage._meta.get_field("renditions").related_model

    assert [constraint.name for constraint in rendition._meta.constraints] == [
        "library_unique_rendition"
    ]


@pytest.mark.django_db
def test_a_title_is_no_alternative_text() -> None:
    image = CustomImage(title="IMG_4031")
    assert image.default_alt_text == ""

    image.description = "A tram stop"
    assert image.default_alt_text == "A tram stop"
