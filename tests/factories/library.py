"""Files of the library, as small as they can be."""

import factory
from django.core.files.base import ContentFile

from library.models import CustomDocument

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nWhat do people here call you?\n"


class DocumentFactory(factory.django.DjangoModelFactory[CustomDocument]):
    """A document by the name of its file; `content` is what is in it."""

    class Meta:
        model = CustomDocument

    class Params:
        name = "map.pdf"
        content = b"%PDF"

    title = factory.LazyAttribute(lambda made: made.name)
    file = factory.LazyAttribute(lambda made: ContentFile(made.content, made.name))
    file_size = factory.LazyAttribute(lambda made: len(made.content))
