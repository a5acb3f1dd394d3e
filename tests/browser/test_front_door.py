from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from people.models import User


@pytest.mark.parametrize("again", [1, 2])
def test_whoever_has_an_account_comes_in(
    page: Page, sign_in: Callable[[User], Page], participant: User, again: int
) -> None:
    sign_in(participant)

    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_is_said_without_blame(page: Page, participant: User) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", participant.email)
    page.fill("input[name=password]", "not-the-password")
    page.locator("form:has(input[name=password]) [type=submit]").click()

    expect(page.get_by_role("alert")).to_contain_text("We know no account")
