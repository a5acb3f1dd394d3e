"""Wagtail's own pages work under the policy that we give them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from people.models import User
from tests.factories.modules import LessonPageFactory


def test_the_admin_works_under_its_policy(
    page: Page, sign_in: Callable[[User], Page], administrator: User
) -> None:
    lesson = LessonPageFactory.create()
    sign_in(administrator)

    # The page fixture fails when the policy stops something.
    for path in ("", "pages/", "images/", "users/new/", f"pages/{lesson.pk}/edit/"):
        page.goto(f"/admin/{path}")
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("navigation").first).to_be_visible()
