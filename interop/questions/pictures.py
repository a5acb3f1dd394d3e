"""Pictures of question files: looked at before anything is imported, and kept once each."""

import hashlib
import io
import warnings
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from django.core.files.images import ImageFile
from PIL import Image

from interop.questions.problems import Fault, shown
from interop.questions.records import CannotReadError, File
from interop.questions.texts import images_of
from library.models import CustomImage
from library.whole_images import insist_on_whole_images
from people.models import User

KINDS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
MOST_PIXELS = 40_000_000


def check(file: File) -> None:
    """Look at the file, and unpack it only if it is not far too large.

    Raises:
        CannotReadError: it is no picture that the site takes, a broken one, or far too large.
    """
    insist_on_whole_images()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if _pixels(file) <= MOST_PIXELS:
                with _opened(file) as picture:
                    picture.load()
                return
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise CannotReadError(Fault.NOT_AN_IMAGE, shown(file.name)) from error
    raise CannotReadError(Fault.NOT_AN_IMAGE, shown(file.name))


def _pixels(file: File) -> int:
    with _opened(file) as picture:
        width, height = picture.size
        picture.verify()
    return width * height


def _opened(file: File) -> Image.Image:
    return Image.open(io.BytesIO(file.content), formats=list(KINDS))


def kept(files: Iterable[File], texts: Iterable[str], *, by: User | None) -> Mapping[str, int]:
    """Return the pk of the image of each file, by the file's name.

    An image with the same content and title is used again.
    """
    words = {name: alt for text in texts for name, alt in images_of(text)}
    return {file.name: _kept(file, words.get(file.name, ""), by=by) for file in files}


def _kept(file: File, alt: str, *, by: User | None) -> int:
    digest = hashlib.sha1(file.content, usedforsecurity=False).hexdigest()
    title = file.name[:255]
    found = CustomImage.objects.filter(file_hash=digest, title=title).order_by("pk").first()
    if found is None:
        found = CustomImage.objects.create(
            title=title,
            description=alt[:255],
            uploaded_by_user=by,
            file=ImageFile(io.BytesIO(file.content), name=_stored_name(file)),
            file_size=len(file.content),
            file_hash=digest,
        )
    return int(found.pk)


def _stored_name(file: File) -> str:
    """Return the name with the ending that its content has."""
    with _opened(file) as picture:
        ending = KINDS[str(picture.format)]
    name = PurePosixPath(file.name)
    same = {ending, ".jpeg"} if ending == ".jpg" else {ending}
    return name.name if name.suffix.lower() in same else f"{name.stem}{ending}"
