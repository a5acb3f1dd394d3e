import pytest

from library.cells import disarmed, neutralise, restore


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+34 600",
        "-5",
        "@SUM(A1)",
        "|x",
        "%x",
        "\tx",
        "\rx",
        "\n=x",
        "  =1",
        "\uff1d1+1",
        "\uff20SUM(A1)",
        "'=1+1",
        "''=1+1",
    ],
)
def test_risky_text_becomes_plain_text_and_comes_back(text: str) -> None:
    safe = neutralise(text)

    assert safe == f"'{text}"
    assert restore(safe) == text


@pytest.mark.parametrize(
    "text", ["", "Ana", "O'Brien", "'s-Hertogenbosch", "a=b", "2027-01-18", "'"]
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert neutralise(text) == text
    assert restore(text) == text


def test_what_no_workbook_can_hold_becomes_a_space() -> None:
    broken = "First\vsecond\x01\x1f\ufffe\tthird\nfourth"

    assert disarmed(broken) == "First second   \tthird\nfourth"
    assert disarmed("\v=1+1") == "' =1+1"
    assert disarmed(7) == 7
