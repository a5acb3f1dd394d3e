"""A sample of every teaching block, and the files, the image and the quiz that they name."""

from typing import Any

from wagtail.images.tests.utils import get_test_image_file

from library.models import CustomImage
from modules.blocks import LessonBlock
from tests.factories.library import CAPTIONS, DocumentFactory
from tests.factories.modules import GlossaryTermFactory
from tests.factories.quizzes import PublishedQuizFactory

IMAGE = "A market on Saturday"
QUIZ = "What has stayed"
FILES = {"film.vtt": CAPTIONS, "film.mp4": b"film", "talk.mp3": b"talk", "plan.pdf": b"%PDF"}


def samples() -> dict[str, Any]:
    """Return a value for each block by its name: what its preview shows, or more.

    A block whose preview lacks what it needs has its sample here.
    """
    captions, *_others = [
        DocumentFactory.create(name=name, content=content) for name, content in FILES.items()
    ]
    CustomImage.objects.create(title=IMAGE, file=get_test_image_file())
    PublishedQuizFactory.create(title=QUIZ)
    GlossaryTermFactory.create(term="Norm")
    found = {name: block.get_preview_value() for name, block in LessonBlock().child_blocks.items()}
    found["figure"] = {
        "image": {"image": IMAGE, "alt_text": "Three stalls below trees."},
        "caption": "Markets are where people talk.",
    }
    found["video"]["captions"] = captions
    return found
