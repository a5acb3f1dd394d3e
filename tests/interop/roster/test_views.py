"""Roster imports in the CMS, from the browser's side."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from exchanges.models import Office, Placement
from interop.roster import undoing
from interop.roster.dry_run import dry_run
from interop.roster.models import RosterUpload
from interop.roster.parsing import MAX_BYTES, parse
from jobs.models import OutgoingMail
from people.models import User
from tests.factories.exchanges import InstitutionFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.interop.rosters import roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]

SignIn = Callable[[User], Client]
BUSINESS = {"email": "ana@home.example", "sending_ounit": "business-school"}


@pytest.fixture
def head(coordinator: User) -> User:
    Office.objects.get(code="international-office").memberships.create(user=coordinator)
    return coordinator


@pytest.fixture
def browser(signed_in: SignIn, head: User) -> Client:
    return signed_in(head)


def upload(client: Client, content: bytes, name: str = "spring.csv") -> RosterUpload:
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    response = client.post(reverse("rosters:add"), {"file": file})
    latest = RosterUpload.objects.latest("pk")
    assertRedirects(response, reverse("rosters:upload", args=[latest.uuid]))
    return latest


def page(upload: RosterUpload, name: str = "upload") -> str:
    return reverse(f"rosters:{name}", args=[upload.uuid])


def confirm(client: Client, upload: RosterUpload, **data: str) -> str:
    """Press the button of the dry run and return the page that follows."""
    shown = client.get(page(upload)).context["plan"].fingerprint
    response = client.post(page(upload), {"expected": shown, **data}, follow=True)
    return response.content.decode()


def test_a_roster_goes_from_upload_over_dry_run_to_placements(browser: Client) -> None:
    assertContains(browser.get(reverse("rosters:add")), "Look at the dry run")
    kept = upload(browser, roster({}, {"email": "ana@home.example", "given_names": "Ana"}))

    dry = browser.get(page(kept))
    assertContains(dry, "Import now")
    assertContains(dry, "Ana Müller")
    assertContains(dry, "Europe/Stockholm")
    assertContains(dry, "<td>18 Jan 2027</td>", html=True)
    assert not Placement.objects.exists()

    result = confirm(browser, kept)
    assert "2 placements imported." in result
    assert "Imported on" in result
    assert Placement.objects.count() == 2

    assertContains(browser.get(reverse("rosters:index")), "2 new, 0 changed, 0 unchanged")


def test_the_dry_run_names_every_error_and_offers_the_good_rows(browser: Client) -> None:
    kept = upload(browser, roster({}, {"email": "nobody"}, BUSINESS))
    dry = browser.get(page(kept))

    assertContains(dry, "There are 2 errors.")
    assertContains(dry, "This is not an e-mail address.")
    assertContains(dry, "You do not answer for this office.")
    assertNotContains(dry, "Import now")
    assertContains(dry, "Import the good rows only")

    assert "correct the errors first" in confirm(browser, kept)
    assert not Placement.objects.exists()

    result = confirm(browser, kept, good_rows_only="on")
    assert "1 placement imported." in result
    assert "2 rows with errors were left out." in result
    assert Placement.objects.get().participant.email == "zoe@home.example"


def test_the_errors_can_be_downloaded_and_run_no_formula(browser: Client) -> None:
    kept = upload(browser, roster({}, {"email": "=cmd()", "shoe size": "1"}))
    response = browser.get(page(kept, "errors"))

    assert response["Content-Disposition"] == 'attachment; filename="roster-errors.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Row", "Column", "Value", "Why", "What to do"]
    assert [row[:3] for row in rows[1:]] == [["1", "shoe size", ""], ["3", "email", "'=cmd()"]]


def test_a_second_import_of_the_same_file_says_so(browser: Client) -> None:
    confirm(browser, upload(browser, roster({})))
    again = upload(browser, roster({}))

    assertContains(browser.get(page(again)), "Everything in this file is recorded already.")
    assertNotContains(browser.get(page(again)), "Import now")


def test_changes_are_shown_with_what_is_recorded(browser: Client) -> None:
    confirm(browser, upload(browser, roster({})))
    dry = browser.get(page(upload(browser, roster({"start_date": "2027-01-25"}))))

    assertContains(dry, "<td>2027-01-18</td>", html=True)
    assertContains(dry, "<td>2027-01-25</td>", html=True)
    assertContains(dry, "New and moved exchanges")


def test_nothing_is_imported_if_the_records_changed_after_the_dry_run(browser: Client) -> None:
    kept = upload(browser, roster({}))
    shown = browser.get(page(kept)).context["plan"].fingerprint
    User.objects.create_user("zoe@home.example")

    response = browser.post(page(kept), {"expected": shown}, follow=True)
    assertContains(response, "the records have changed since you looked")
    assertContains(response, "Import now")
    assert not Placement.objects.exists()


def test_a_confirmation_without_its_plan_does_nothing(browser: Client) -> None:
    kept = upload(browser, roster({}))

    assertRedirects(browser.post(page(kept), {}), page(kept))
    assert not Placement.objects.exists()


def test_a_second_confirmation_says_that_the_file_is_imported(browser: Client) -> None:
    kept = upload(browser, roster({}))
    shown = browser.get(page(kept)).context["plan"].fingerprint
    browser.post(page(kept), {"expected": shown}, follow=True)
    again = browser.post(page(kept), {"expected": shown}, follow=True)

    assertContains(again, "This file has been imported already, and only once.")
    assertNotContains(again, "Nothing has been imported")


def test_a_confirmation_sent_twice_imports_once(browser: Client) -> None:
    kept = upload(browser, roster({}))
    shown = browser.get(page(kept)).context["plan"].fingerprint
    for _time in range(2):
        response = browser.post(page(kept), {"expected": shown}, follow=True)

    assertContains(response, "Imported on")
    assert Placement.objects.count() == 1


def test_an_upload_exists_for_its_uploader_only(
    browser: Client, client: Client, administrator: User
) -> None:
    kept = upload(browser, roster({}))
    shown = browser.get(page(kept)).context["plan"].fingerprint

    for person in (CoordinatorFactory.create(), administrator):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page(kept)).status_code == 404
        assert client.get(page(kept, "errors")).status_code == 404
        assert client.post(page(kept), {"expected": shown}).status_code == 404
    assert not Placement.objects.exists()


def test_administrators_see_what_others_have_imported(
    browser: Client, client: Client, administrator: User
) -> None:
    confirm(browser, upload(browser, roster({}), "done.csv"))
    upload(browser, roster({}), "waiting.csv")
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    done, waiting = RosterUpload.objects.order_by("pk")

    listing = client.get(reverse("rosters:index"))
    assertContains(listing, page(done))
    assertContains(listing, "waiting.csv")
    assertNotContains(listing, page(waiting))
    assertContains(client.get(page(done)), "Imported on")


def test_the_list_shows_own_imports_only_and_an_empty_one_says_what_to_do(
    browser: Client, client: Client
) -> None:
    upload(browser, roster({}), "secret-file.csv")
    client.force_login(
        CoordinatorFactory.create(), backend="django.contrib.auth.backends.ModelBackend"
    )

    response = client.get(reverse("rosters:index"))
    assertNotContains(response, "secret-file.csv")
    assertContains(response, reverse("rosters:add"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose the CSV or XML file to import."),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("x.csv", b"x" * (MAX_BYTES + 1))}, "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_at_once(
    browser: Client, data: dict[str, object], message: str
) -> None:
    assertContains(browser.post(reverse("rosters:add"), data), message)
    assert not RosterUpload.objects.exists()


def test_a_file_that_is_no_table_offers_nothing_to_import(browser: Client) -> None:
    dry = browser.get(page(upload(browser, b"PK\x03\x04", "roster.xlsx")))

    assertContains(dry, "Save a workbook as “CSV UTF-8” first.")
    assertNotContains(dry, 'name="good_rows_only"')


def test_text_of_a_file_is_never_markup(browser: Client) -> None:
    kept = upload(browser, roster({"given_names": "<script>alert(1)</script>", "email": "<b>"}))

    assertNotContains(browser.get(page(kept)), "<script>alert(1)</script>")


def test_the_export_holds_the_placements_of_own_offices(browser: Client) -> None:
    own = PlacementFactory.create(office=Office.objects.get(code="engineering"))
    PlacementFactory.create(office=Office.objects.get(code="business-school"))
    content = browser.get(reverse("rosters:export")).getvalue()

    assert [row.cells["omobility_id"] for row in parse(content).rows] == [str(own.omobility_id)]


def test_the_sample_can_be_downloaded(browser: Client, sample: bytes) -> None:
    response = browser.get(reverse("rosters:sample"))

    assert response.getvalue() == sample


@pytest.mark.parametrize("name", ["index", "index_results", "add", "sample", "export"])
def test_trainers_and_participants_find_no_door(
    signed_in: SignIn, trainer: User, participant: User, name: str
) -> None:
    for person in (trainer, participant):
        response = signed_in(person).get(reverse(f"rosters:{name}"))
        assert response.status_code in (302, 403)


def test_a_trainer_cannot_upload(signed_in: SignIn, trainer: User) -> None:
    file = SimpleUploadedFile("x.csv", roster({}))
    signed_in(trainer).post(reverse("rosters:add"), {"file": file})

    assert not RosterUpload.objects.exists()


def test_mobilities_in_xml_go_the_same_way(browser: Client, head: User) -> None:
    sample = Path(settings.BASE_DIR, "docs", "samples", "mobilities.xml").read_bytes()
    InstitutionFactory.create(hei_id="lund.example", name="Lund", country="SE")
    file = SimpleUploadedFile("answer.xml", sample, content_type="text/xml")

    browser.post(
        reverse("rosters:add"),
        {"file": file, "programme": "erasmus-studies", "office": "engineering"},
    )
    found = RosterUpload.objects.latest("pk")
    expected = dry_run(sample, actor=head, defaults=found.defaults).fingerprint
    browser.post(page(found), {"expected": expected})

    placements = Placement.objects.order_by("participant__email")
    assert [(one.participant.email, one.start_date.isoformat()) for one in placements] == [
        ("ana@home.example", "2027-02-01"),
        ("zoe@home.example", "2027-01-18"),
    ]
    assert {one.office.code for one in placements} == {"engineering"}


def test_only_own_offices_are_offered_for_mobilities(signed_in: SignIn) -> None:
    member = CoordinatorFactory.create()
    Office.objects.get(code="engineering").memberships.create(user=member)

    shown = signed_in(member).get(reverse("rosters:add")).content.decode()

    assert 'value="engineering"' in shown
    assert 'value="business-school"' not in shown


def test_an_import_is_undone_after_a_look_at_what_that_does(browser: Client, head: User) -> None:
    kept = upload(browser, roster({}, {"email": "ana@home.example", "given_names": "Ana"}))
    assertRedirects(browser.get(page(kept, "undo")), page(kept))
    confirm(browser, kept)
    assertContains(browser.get(page(kept)), page(kept, "undo"))

    shown = browser.get(page(kept, "undo"))
    assertContains(shown, "Nothing is undone yet.")
    assertContains(shown, "Made by the import: removed")
    assertContains(shown, "Ana Müller")
    assert Placement.objects.count() == 2

    done = browser.post(
        page(kept, "undo"), {"expected": shown.context["plan"].fingerprint}, follow=True
    )
    assertContains(done, "The import is undone.")
    assertContains(done, f"{head} undid this import on")
    assertNotContains(done, page(kept, "undo"))
    assert not Placement.objects.exists()
    again = browser.get(page(kept, "undo"), follow=True)
    assertContains(again, "There is nothing to undo")
    assertContains(browser.get(reverse("rosters:index")), "Undone")


def test_an_undo_that_no_longer_holds_is_shown_anew(browser: Client) -> None:
    kept = upload(browser, roster({}))
    confirm(browser, kept)

    response = browser.post(page(kept, "undo"), {"expected": "something else"}, follow=True)

    assertContains(response, "Nothing has been undone")
    assertContains(response, "Nothing is undone yet.")
    assert Placement.objects.exists()


def test_a_large_import_is_not_undone_in_the_cms(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would keep everybody else from saving for too long."""
    kept = upload(browser, roster({}))
    confirm(browser, kept)
    shown = browser.get(page(kept, "undo")).context["plan"].fingerprint
    monkeypatch.setattr(undoing, "MAX_ROWS", 0)

    assertNotContains(browser.get(page(kept)), page(kept, "undo"))
    assertContains(browser.get(page(kept)), "ask whoever runs the server")
    asked = browser.get(page(kept, "undo"), follow=True)
    assertContains(asked, "This import is too large to be undone here.")
    browser.post(page(kept, "undo"), {"expected": shown})
    assert Placement.objects.exists()


def test_a_longer_undo_goes_on_by_itself_and_its_page_says_how_far_it_is(
    browser: Client, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = upload(browser, roster({}, {"email": "ana@home.example", "given_names": "Ana"}))
    confirm(browser, kept)
    shown = browser.get(page(kept, "undo")).context["plan"].fingerprint
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    monkeypatch.setattr(undoing, "STEPS", 1)

    answer = browser.post(page(kept, "undo"), {"expected": shown}, follow=True)

    assertContains(answer, "The import is being undone. This goes on by itself.")
    assertContains(answer, f"{head} began to undo this import on")
    assertContains(answer, "1 of 6 records have had their turn.")
    assertContains(answer, "Made by the import: removed")
    assertNotContains(answer, page(kept, "undo"))
    assertNotContains(answer, "is invited")
    assertContains(browser.get(reverse("rosters:index")), "Being undone")
    again = browser.get(page(kept, "undo"), follow=True)
    assertContains(again, "This import is being undone already.")
    browser.post(page(kept, "invite"))
    assert not OutgoingMail.objects.exists()

    while undoing.carry_on(at=timezone.now()):
        assertContains(browser.get(page(kept)), "records have had their turn.")

    assertContains(browser.get(page(kept)), f"{head} undid this import on")
    assert not Placement.objects.exists()


def test_the_page_of_a_large_undo_that_stands_still_says_whom_to_ask(
    browser: Client, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = upload(browser, roster({}))
    confirm(browser, kept)
    RosterUpload.objects.update(undo_begun_at=timezone.now(), undone_by=head)
    monkeypatch.setattr(undoing, "MAX_ROWS", 0)

    assertContains(browser.get(page(kept)), "it goes on where it stopped")


def test_nobody_undoes_the_import_of_somebody_else(browser: Client, signed_in: SignIn) -> None:
    kept = upload(browser, roster({}))
    confirm(browser, kept)

    other = signed_in(CoordinatorFactory.create())

    assert other.get(page(kept, "undo")).status_code == 404
    assert other.post(page(kept, "undo"), {"expected": ""}).status_code == 404
    assert Placement.objects.exists()
