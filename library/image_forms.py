"""The form by which images come into the library."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from library.whole_images import insist_on_whole_images


class WholeImageField(WagtailImageField):
    """Wagtail's field, which takes a file that only begins like an image for one, and breaks."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Read the whole image.

        Raises:
            ValidationError: it is cut off or broken, or too large.
        """
        insist_on_whole_images()
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # Each format's reader breaks in its own way.
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = self.fields.get("file")
        if plain is not None:
            self.fields["file"] = WholeImageField(label=plain.label, widget=plain.widget)
