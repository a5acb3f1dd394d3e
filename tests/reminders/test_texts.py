"""An office's own words: written, looked at, sent, and given up again."""

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from exchanges.models import Placement
from reminders.models import LetterText, Message
from reminders.places import fill
from tests.factories.exchanges import OfficeFactory
from tests.factories.reminders import LetterTextFactory
from tests.reminders.conftest import on, run

pytestmark = pytest.mark.django_db

URL = "/admin/letters/"


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def letter(placement: Placement, **changes: str) -> dict[str, str]:
    return {
        "office": str(placement.office_id),
        "kind": "reminder",
        "language": "en",
        "subject": "Dear {name}",
        "text": "Please look at\n{list}\nhere: {link}",
    } | changes


def test_own_words_are_sent(desk: Client, placement: Placement) -> None:
    desk.post(f"{URL}new/", letter(placement))
    run(on(1, 18))

    sent = Message.objects.get()
    assert sent.subject == "Dear Ada"
    assert sent.text.startswith("Please look at\n- Passport: due by 1 February 2027\nhere: http")


def test_words_hold_below_and_only_in_their_language(placement: Placement) -> None:
    below = OfficeFactory.create(parent=placement.office)
    Placement.objects.filter(pk=placement.pk).update(office=below)
    LetterTextFactory.create(office=placement.office, subject="From above")
    LetterTextFactory.create(office=placement.office, language="es", subject="Desde arriba")
    run(on(1, 18))
    assert Message.objects.get().subject == "From above"

    LetterTextFactory.create(office=below, subject="From here")
    run(on(1, 30))
    assert Message.objects.latest("posted_at").subject == "From here"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "{list} {link} {surname}"}, "There is no place {surname}. You can use: {name}"),
        ({"subject": "{name.__class__}"}, "There is no place {name.__class__}."),
        ({"text": "Hello {link}"}, "Put {list} somewhere"),
        ({"text": "Hello {list}"}, "Put {link} somewhere"),
    ],
)
def test_what_nothing_can_be_put_into_is_refused_in_words(
    desk: Client, placement: Placement, changes: dict[str, str], said: str
) -> None:
    assert said in words(desk.post(f"{URL}new/", letter(placement, **changes)))
    assert not LetterText.objects.exists()


def test_a_letter_is_looked_at_without_saving_it(desk: Client, placement: Placement) -> None:
    page = words(desk.post(f"{URL}new/", letter(placement, look="1")))

    assert "How the letter reads; it is not saved yet." in page
    assert "Dear Ada" in page
    assert "- Passport: due by" in page
    assert not LetterText.objects.exists()
    own = LetterTextFactory.create(office=placement.office)
    changed = letter(placement, subject="Otherwise", look="1")
    assert "Otherwise" in words(desk.post(f"{URL}edit/{own.pk}/", changed))
    own.refresh_from_db()
    assert own.subject == "Dear {name}"


def test_a_letter_is_looked_at_in_its_language(desk: Client, placement: Placement) -> None:
    page = words(desk.post(f"{URL}new/", letter(placement, language="es", look="1")))

    assert "Pasaporte" in page


def test_one_begins_with_our_words(desk: Client) -> None:
    page = words(desk.get(f"{URL}new/?kind=asked&language=en"))

    assert "we would like to remind you" in page
    assert "{sender}" in page
    assert words(desk.get(f"{URL}new/?kind=weekly&language=xx"))
    assert "Change our words: Reminder by the clock, Spanish" in words(desk.get(URL))


def test_deleting_own_words_sends_ours_again(desk: Client, placement: Placement) -> None:
    own = LetterTextFactory.create(office=placement.office)
    assert "goes out in the words of Sojourn again" in words(desk.get(f"{URL}delete/{own.pk}/"))
    desk.post(f"{URL}delete/{own.pk}/")
    run(on(1, 18))

    assert Message.objects.get().subject == "Still open before you leave"


def test_words_of_other_offices_are_out_of_reach(desk: Client, placement: Placement) -> None:
    strange = LetterTextFactory.create()

    assert desk.get(f"{URL}edit/{strange.pk}/").status_code == 404
    answer = desk.post(f"{URL}new/", letter(placement, office=str(strange.office_id)))
    assert "Select a valid choice" in words(answer)


def test_an_office_has_one_text_for_a_letter(placement: Placement) -> None:
    LetterTextFactory.create(office=placement.office)

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterTextFactory.create(office=placement.office)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{name}, {name}", "{link}, {link}"),
        ("{nobody} { name} {", "{nobody} { name} {"),
        ("{{name}}", "{{link}}"),
    ],
)
def test_what_a_name_says_is_never_a_place(text: str, filled: str) -> None:
    assert fill(text, {"name": "{link}", "link": "http://secret.example"}) == filled


def test_whoever_has_no_letters_begins_with_ours(desk: Client) -> None:
    page = desk.get("/admin/letters/").content.decode()

    assert "Choose one to write it in your own" in page
    assert page.count("/admin/letters/new/?kind=") >= 2 * len(settings.LANGUAGES)
