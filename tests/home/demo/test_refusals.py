"""What keeps the demo from being loaded, said before anything is made."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from competence.models import Framework
from home.course.reading import ContentError
from home.demo.loading import load
from people.models import User

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def test_without_the_framework_nothing_is_loaded() -> None:
    Framework.objects.all().delete()

    with pytest.raises(ContentError, match="competence framework"):
        load(at=AT)

    assert not User.objects.exists()


def test_the_command_is_silent_when_asked_and_names_what_is_wrong() -> None:
    Framework.objects.all().delete()
    out = StringIO()

    with pytest.raises(CommandError, match=r"Nothing was loaded\. The competence framework"):
        call_command("load_demo", verbosity=0, stdout=out)

    assert out.getvalue() == ""
