"""Every page that people see, by name: whose it is, where it is, and what brings its state about.

A new page is one line here; every test of access then walks it.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.access.conftest import VISITOR
from tests.browser.access.world import World

Deed = Callable[[Page], object]


class Scene(NamedTuple):
    """`status` is what the page answers; `deed` is done on it before anybody looks."""

    name: str
    who: str
    address: str
    deed: Deed | None = None
    status: int = 200


def send(selector: str = "main form", *, without_checks: bool = True) -> Deed:
    """Send the form as it stands, past the browser's own checks."""

    def deed(page: Page) -> None:
        form = page.locator(selector).first
        if without_checks:
            form.evaluate("form => { form.noValidate = true }")
        form.locator("[type=submit], button:not([type])").first.click()
        page.wait_for_load_state()

    return deed


def fill(values: dict[str, str], selector: str = "main form") -> Deed:
    def deed(page: Page) -> None:
        page.locator(f"{selector} [maxlength]").evaluate_all(
            "fields => fields.forEach(one => one.removeAttribute('maxlength'))"
        )
        for name, value in values.items():
            page.fill(f"{selector} [name={name}]", value)
        send(selector)(page)

    return deed


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def open_tab(part: str) -> Deed:
    return lambda page: page.locator(f".tabs a[href='#{part}']").click()


def ask_to_sign_out(page: Page) -> None:
    page.locator("confirm-dialog > a").click()


WRONG = fill({"login": "nobody@home.example", "password": "not-the-password"})

SITE = [
    Scene("front door", VISITOR, "/"),
    Scene("front door, signed in", "busy", "/"),
    Scene("accessibility", VISITOR, "/accessibility/"),
    Scene("sign in", VISITOR, "/accounts/login/"),
    Scene("sign in, refused", VISITOR, "/accounts/login/", WRONG),
    Scene("sign up", VISITOR, "/accounts/signup/"),
    Scene("reset password", VISITOR, "/accounts/password/reset/"),
    Scene("reset password, refused", VISITOR, "/accounts/password/reset/", send()),
    Scene("reset password, sent", VISITOR, "/accounts/password/reset/done/"),
    Scene("reset password, dead link", VISITOR, "/accounts/password/reset/key/1-abc/"),
    Scene("reset password, done", VISITOR, "/accounts/password/reset/key/done/"),
    Scene("invitation", VISITOR, "/accounts/invitation/{invitation}/"),
    Scene("invitation, refused", VISITOR, "/accounts/invitation/{invitation}/",
          fill({"password": "12345"})),
    Scene("invitation, closed", VISITOR, "/accounts/invitation/{closed_invitation}/", status=410),
    Scene("invitation, unknown", VISITOR, "/accounts/invitation/never/", status=404),
    Scene("partner's page", VISITOR, "/partner/{partner}/"),
    Scene("partner's page, dead link", VISITOR, "/partner/never/", status=404),
    Scene("account inactive", VISITOR, "/accounts/inactive/"),
    Scene("e-mail confirmed by a dead link", VISITOR, "/accounts/confirm-email/abc/"),
    Scene("not found", VISITOR, "/nowhere/", status=404),
    Scene("my exchange, busy", "busy", "/my/", unfold),
    Scene("my exchange, ready", "ready", "/my/", unfold),
    Scene("my exchange, back", "back", "/my/"),
    Scene("my exchange, long names", "long", "/my/"),
    Scene("my exchange, none", "newcomer", "/my/"),
    Scene("one of my exchanges", "busy", "/my/exchanges/{placement_busy}/"),
    Scene("what changed", "ready", "/my/changes/"),
    Scene("my competence", "busy", "/my/competence/"),
    Scene("my competence, nothing yet", "newcomer", "/my/competence/"),
    Scene("journal", "busy", "/my/journal/"),
    Scene("journal, empty", "newcomer", "/my/journal/"),
    Scene("journal, nothing found", "busy", "/my/journal/?words=zzzz"),
    Scene("journal, write", "busy", "/my/journal/new/"),
    Scene("journal, refused", "busy", "/my/journal/new/", send("kept-draft form")),
    Scene("journal, entry", "busy", "/my/journal/{journal_shared}/"),
    Scene("journal, long entry", "busy", "/my/journal/{journal_long}/"),
    Scene("journal, erase", "busy", "/my/journal/{journal_shared}/erase/"),
    Scene("notes", "busy", "/my/notes/"),
    Scene("notes, none", "newcomer", "/my/notes/"),
    Scene("notes, nothing found", "busy", "/my/notes/?words=zzzz"),
    Scene("note, refused", "busy", "/my/notes/lessons/{lesson_key}/", send("kept-draft form")),
    Scene("note, erase", "busy", "/my/notes/{note_of_lesson}/erase/"),
    Scene("my guide", "busy", "/my/guide/", unfold),
    Scene("my guide, no exchange", "newcomer", "/my/guide/"),
    Scene("guides", "busy", "/guides/"),
    Scene("guide to a country", "busy", "{country_guide}", unfold),
    Scene("task", "newcomer", "{task}", unfold),
    Scene("task, waiting", "busy", "{task}", unfold),
    Scene("task, asked again", "long", "/my/tasks/{task_key}/", unfold),
    Scene("task, refused", "newcomer", "/my/tasks/{task_key}/", send("kept-draft form")),
    Scene("task, accepted", "ready", "/my/tasks/{task_key}/", unfold),
    Scene("my tasks", "long", "/my/tasks/"),
    Scene("my tasks, none", "newcomer", "/my/tasks/"),
    Scene("declaration", "busy", "/my/declarations/{placement_busy}/passport/"),
    Scene("declaration, given", "busy", "/my/declarations/{placement_busy}/insurance/"),
    Scene("profile", "busy", "/my/profile/"),
    Scene("profile, refused", "busy", "/my/profile/",
          fill({"pronouns": "x" * 41}, "main form:has([name=pronouns])")),
    Scene("search", "busy", "/search/"),
    Scene("search, found", "busy", "/search/?query=message"),
    Scene("search, nothing", "busy", "/search/?query=zzzz"),
    Scene("catalogue", "busy", "/learn/?all=1"),
    Scene("catalogue, nothing fits", "busy", "/learn/?phase=after&audience=staff"),
    Scene("module", "busy", "{session}"),
    Scene("module, workshop", "busy", "{workshop}", unfold),
    Scene("module, long title, completed", "ready", "{long_module}"),
    Scene("module, short review due", "ready", "{review_due}"),
    Scene("module, short review done", "ready", "{review_reviewed}"),
    Scene("short review, result", "ready", "/quizzes/attempts/{review_result}/result/"),
    Scene("module, steps in order", "busy", "{in_order}", unfold),
    Scene("lesson, not open yet", "busy", "{not_yet}", status=403),
    Scene("lesson, module needed first", "busy", "{needs_another}", status=403),
    Scene("lesson, points to tick", "busy", "{to_tick}"),
    Scene("lesson, extra", "busy", "{extra}"),
    Scene("module, empty", "newcomer", "{empty_module}"),
    Scene("lesson", "busy", "{lesson}", unfold),
    Scene("lesson, long title", "busy", "{long_lesson}"),
    Scene("lesson, read by staff", "trainer", "{lesson}"),
    Scene("glossary", "busy", "/learning/glossary/"),
    Scene("glossary, found", "busy", "/learning/glossary/?query=word"),
    Scene("glossary, nothing found", "busy", "/learning/glossary/?query=zzzz"),
    Scene("lesson, glossary term", "busy", "{with_term}"),
    Scene("search, term found", "busy", "/search/?query=canaryterm"),
    Scene("time zones", "busy", "/learning/time-zones/?zone_2=Asia/Tokyo&zone_3=America/Lima",
          unfold),
    Scene("time zones, refused", "busy", "/learning/time-zones/?opens=17&closes=9"),
    Scene("quiz, new", "newcomer", "/quizzes/{quiz_new}/"),
    Scene("quiz, open", "busy", "/quizzes/{quiz_open}/"),
    Scene("quiz, tried", "busy", "/quizzes/{quiz_done}/"),
    Scene("quiz, no attempts left", "busy", "/quizzes/{quiz_last}/"),
    Scene("question", "busy", "/quizzes/attempts/{attempt}/1/"),
    Scene("question, several", "busy", "/quizzes/attempts/{attempt}/2/"),
    Scene("question, long", "busy", "/quizzes/attempts/{attempt}/{long_question}/"),
    Scene("questions of every kind", "busy", "/quizzes/attempts/{each_kind}/1/"),
    Scene("result of every kind", "ready", "/quizzes/attempts/{each_kind_result}/result/"),
    Scene("check answers", "busy", "/quizzes/attempts/{attempt}/check/"),
    Scene("result, not passed", "busy", "/quizzes/attempts/{failed}/result/"),
    Scene("result, failed", "busy", "/quizzes/attempts/{failed_for_good}/result/"),
    Scene("result, passed", "ready", "/quizzes/attempts/{passed}/result/"),
    Scene("result, self-assessment", "busy", "/quizzes/attempts/{seen_myself}/result/"),
    Scene("result, before and after", "busy", "/quizzes/attempts/{sat_again}/result/"),
    Scene("two-step sign-in", "busy", "/accounts/2fa/"),
    Scene("passkeys", "busy", "/accounts/2fa/webauthn/"),
    Scene("e-mail", "busy", "/accounts/email/"),
    Scene("e-mail, refused", "busy", "/accounts/email/", send("main form:has([name=email])")),
    Scene("password", "busy", "/accounts/password/change/"),
    Scene("password, refused", "busy", "/accounts/password/change/", send()),
    Scene("confirm it is you", "busy", "/accounts/reauthenticate/"),
    Scene("devices", "busy", "/accounts/sessions/"),
    Scene("sign out", "busy", "/accounts/logout/"),
    Scene("sign out, asked in a dialog", "busy", "/my/", ask_to_sign_out),
    *[
        Scene(f"styleguide, {part}", "trainer", "/styleguide/", open_tab(part))
        for part in ("all", "pressed", "standing", "about", "matter", "figures")
    ],
]  # fmt: skip

CMS = [
    Scene("workplace", "coordinator", "/admin/"),
    Scene("departures", "coordinator", "/admin/departures/"),
    Scene("departures, nothing fits", "coordinator", "/admin/departures/?q=zzzz"),
    Scene("exchange", "coordinator", "/admin/departures/{exchange}/"),
    Scene("sign-offs", "trainer", "/admin/departures/sign-offs/"),
    Scene("sign off, nobody", "trainer", "/admin/departures/sign-offs/sign/"),
    Scene("exchange, competence", "coordinator", "/admin/departures/{exchange}/competence/"),
    Scene("placement, competence", "coordinator",
          "/admin/departures/placements/{placement_busy}/competence/"),
    Scene("placement", "coordinator", "/admin/departures/placements/{placement_busy}/"),
    Scene("placement, long name", "coordinator",
          "/admin/departures/placements/{placement_long}/"),
    Scene("travel advice", "coordinator", "/admin/travel_advice/"),
    Scene("travel advice, new", "coordinator", "/admin/travel_advice/new/"),
    Scene("travel advice, withdraw", "coordinator", "/admin/travel_advice/{advice}/withdraw/"),
    Scene("exchange, plan", "coordinator", "/admin/departures/{exchange}/plan/"),
    Scene("exchange, plan looked at", "coordinator",
          "/admin/departures/{exchange}/plan/?look=1&cancels=on&host={institution_pk}"
          "&start_date=2027-03-01&end_date=2027-06-30&stay_form=online"),
    Scene("placement, plan", "coordinator",
          "/admin/departures/placements/{placement_busy}/plan/"),
    Scene("people to move", "coordinator",
          "/admin/departures/people/move/?person={placement_busy}"),
    Scene("change of plan, take back", "coordinator",
          "/admin/departures/plans/{plan_change}/back/"),
    Scene("waive", "coordinator",
          "/admin/departures/placements/{placement_busy}/declaration:visa/waive/"),
    Scene("waive, refused", "coordinator",
          "/admin/departures/placements/{placement_busy}/declaration:visa/waive/",
          send("main form[method=post]")),
    Scene("verify", "coordinator",
          "/admin/departures/placements/{placement_busy}/declaration:insurance/verify/"),
    Scene("waive together", "coordinator",
          "/admin/departures/{exchange}/waive/?person={placement_busy}&person={placement_long}"),
    Scene("addresses", "coordinator",
          "/admin/departures/addresses/?person={placement_busy}"),
    Scene("invite", "coordinator", "/admin/invitations/{invited}/"),
    Scene("note, write", "coordinator",
          "/admin/departures/placements/{placement_busy}/notes/new/",
          send("main form[method=post]")),
    Scene("note, withdraw", "coordinator", "/admin/departures/notes/{note_pk}/withdraw/"),
    Scene("partner links", "coordinator", "/admin/partner-links/"),
    Scene("partner link", "coordinator", "/admin/partner-links/inspect/{partner_link_pk}/"),
    Scene("partner link, new", "coordinator", "/admin/partner-links/new/"),
    Scene("partner link, made", "coordinator", "/admin/partner-links/new/?exchange={exchange_code}",
          fill({"label": "Dr Lind"}, "main form[method=post]")),
    Scene("partner link, revoke", "coordinator", "/admin/partner-links/revoke/{partner_link_pk}/"),
    Scene("exchange, observed", "observer", "/admin/departures/{exchange}/"),
    Scene("placement, observed", "observer",
          "/admin/departures/placements/{placement_busy}/"),
    Scene("people, observed", "observer", "/admin/departures/people/"),
    Scene("rosters", "coordinator", "/admin/rosters/"),
    Scene("roster, upload", "coordinator", "/admin/rosters/new/"),
    Scene("roster, upload refused", "coordinator", "/admin/rosters/new/",
          send("main form[method=post]")),
    Scene("roster, dry run with errors", "coordinator", "/admin/rosters/{roster}/"),
    Scene("roster, dry run", "coordinator", "/admin/rosters/{imported}/"),
    Scene("roster, done", "coordinator", "/admin/rosters/{roster_done}/"),
    Scene("roster, undo", "coordinator", "/admin/rosters/{roster_done}/undo/"),
    Scene("roster, being undone", "coordinator", "/admin/rosters/{roster_half}/"),
    Scene("people to remind", "coordinator", "/admin/departures/people/"),
    Scene("pause reminders", "coordinator",
          "/admin/departures/placements/{placement_busy}/reminders/pause/"),
    Scene("messages", "coordinator", "/admin/messages/"),
    Scene("message", "coordinator", "/admin/messages/inspect/{letter_pk}/"),
    Scene("remind", "coordinator", "/admin/departures/people/remind/?all=1"),
    Scene("errand, under way", "coordinator", "/admin/departures/people/errands/{errand}/"),
    Scene("errand, done", "coordinator", "/admin/departures/people/errands/{errand_done}/"),
    Scene("reminder rules", "coordinator", "/admin/reminder-rules/"),
    Scene("reminder rules, nothing found", "coordinator", "/admin/reminder-rules/?q=zzzz"),
    Scene("letters", "coordinator", "/admin/letters/"),
    Scene("reminder rule, new", "coordinator", "/admin/reminder-rules/new/"),
    Scene("letter, new", "coordinator", "/admin/letters/new/"),
    Scene("placements", "coordinator", "/admin/placements/"),
    Scene("placement, edit", "coordinator", "/admin/placements/edit/{placement_pk}/"),
    Scene("requirement sets", "coordinator", "/admin/requirement_sets/"),
    Scene("requirement set", "coordinator",
          "/admin/requirement_sets/edit/{requirement_set_pk}/"),
    Scene("teaching", "trainer", "/admin/teaching/"),
    Scene("teaching, module", "trainer", "/admin/teaching/modules/{session_pk}/"),
    Scene("terms", "trainer", "/admin/glossary/"),
    Scene("registers", "trainer", "/admin/teaching/registers/"),
    Scene("register", "trainer", "/admin/teaching/registers/{register}/"),
    Scene("tasks handed in", "trainer", "/admin/teaching/tasks/"),
    Scene("task handed in", "trainer", "/admin/teaching/tasks/{handed_in}/"),
    Scene("task handed in, refused", "trainer", "/admin/teaching/tasks/{handed_in}/",
          send("main form[method=post]")),
    Scene("task handed in, decided", "trainer", "/admin/teaching/tasks/{asked_again}/"),
    Scene("shared reflections", "trainer", "/admin/teaching/reflections/"),
    Scene("shared reflections, answered", "trainer",
          "/admin/teaching/reflections/?show=answered"),
    Scene("shared reflection", "trainer", "/admin/teaching/reflections/{shared}/"),
    Scene("shared reflection, refused", "trainer", "/admin/teaching/reflections/{shared}/",
          send("main form[method=post]")),
    Scene("exchanges without guides", "trainer", "/admin/reports/guideless/"),
    Scene("guides to review", "trainer", "/admin/reports/guides/"),
    Scene("questions", "trainer", "/admin/bank/questions/"),
    Scene("question, edit", "trainer", "/admin/bank/questions/edit/{question_pk}/"),
    Scene("quizzes", "trainer", "/admin/bank/quizzes/"),
    Scene("quiz, edit", "trainer", "/admin/bank/quizzes/edit/{quiz_done_pk}/"),
    Scene("quiz, publish", "trainer", "/admin/bank/quizzes/publish/{quiz_draft_pk}/"),
    Scene("quiz, attempts", "trainer", "/admin/bank/quizzes/attempts/{quiz_done_pk}/"),
    Scene("quiz pair, change", "trainer", "/admin/bank/pairs/change/{pair_pk}/"),
    Scene("quiz, preview", "trainer", "/admin/bank/quizzes/preview/{quiz_open_pk}/"),
    Scene("quiz, analysis", "trainer", "/admin/bank/quizzes/analysis/{quiz_done_pk}/"),
    Scene("quiz, regrades", "trainer", "/admin/bank/quizzes/regrades/{quiz_done_pk}/"),
    Scene("quiz, one attempt", "trainer",
          "/admin/bank/quizzes/attempts/{essay_quiz_pk}/{essay_back}/"),
    Scene("question, preview", "trainer", "/admin/bank/questions/preview/{question_pk}/"),
    Scene("question files, upload", "trainer", "/admin/bank/imports/new/"),
    Scene("module files", "trainer", "/admin/modules/files/"),
    Scene("module files, upload", "trainer", "/admin/modules/files/new/"),
    Scene("module files, refused", "trainer", "/admin/modules/files/new/", send()),
    Scene("module files, dry run", "trainer", "/admin/modules/files/{module_file}/"),
    Scene("module files, export", "trainer", "/admin/modules/files/export/{session_pk}/"),
    Scene("marking", "trainer", "/admin/marking/"),
    Scene("marking, nothing waits", "trainer", "/admin/marking/?stage=decision"),
    Scene("mark", "trainer", "/admin/marking/{essay_busy}/{essay}/"),
    Scene("mark, long answer", "trainer", "/admin/marking/{essay_long}/{essay}/"),
    Scene("mark, refused", "trainer", "/admin/marking/{essay_busy}/{essay}/",
          send("main form[method=post]")),
    Scene("mark, corrected", "trainer", "/admin/marking/{essay_back}/{essay}/"),
    Scene("installation", "administrator", "/admin/"),
]  # fmt: skip


def named(scenes: Iterable[Scene]) -> dict[str, Scene]:
    return {scene.name: scene for scene in scenes}


def go(page: Page, world: World, scene: Scene) -> None:
    """Open the page in its state."""
    answer = page.goto(world.address(scene.address))
    assert answer is not None
    assert answer.status == scene.status, f"{page.url} answers {answer.status}"
    if scene.deed:
        scene.deed(page)
