from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from library.blocks import FigureBlock, TextBlock
from library.models import CustomImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> CustomImage:
    content = BytesIO()
    Image.new("RGB", (1600, 900), "navy").save(content, "PNG")
    file = SimpleUploadedFile("harbour.png", content.getvalue(), "image/png")
    return CustomImage.objects.create(title="Harbour", file=file, credit="A. Uthor, CC BY 4.0")


def figure(image: CustomImage, **changes: object) -> str:
    block = FigureBlock()
    parts = {"image": image.pk, "alt_text": "Boats at dawn", "decorative": False}
    value = block.to_python({"image": {**parts, **changes}, "caption": "The harbour"})
    return str(block.render(value))


def test_text_stands_in_prose() -> None:
    block = TextBlock()

    html = block.render(block.to_python("<h2>Arrive</h2><p>Watch first.</p>"))

    assert html.startswith('<div class="prose" dir="auto">')
    assert "Watch first." in html


def test_text_offers_no_first_level_heading_and_no_embeds() -> None:
    assert "h1" not in TextBlock().features
    assert "embed" not in TextBlock().features
    assert TextBlock(features=["bold"]).features == ["bold"]


def test_a_figure_has_alternative_text_caption_and_credit(image: CustomImage) -> None:
    html = figure(image)

    assert 'alt="Boats at dawn"' in html
    assert "The harbour" in html
    assert "A. Uthor, CC BY 4.0" in html
    assert 'loading="lazy"' in html


def test_a_decorative_figure_is_silent(image: CustomImage) -> None:
    assert 'alt=""' in figure(image, decorative=True, alt_text="")
