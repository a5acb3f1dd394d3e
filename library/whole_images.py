"""Images are taken whole or not at all."""

from PIL import ImageFile


def insist_on_whole_images() -> None:
    """Let Pillow break on an image that is cut off.

    WeasyPrint, once it is loaded, has told it for the whole process to fill up what is missing.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
