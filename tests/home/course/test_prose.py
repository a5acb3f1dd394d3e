import pytest

from home.course.prose import inline, rich_text


@pytest.mark.parametrize(
    ("prose", "html"),
    [
        ("One line.", "<p>One line.</p>"),
        ("One line\ngoes on.", "<p>One line goes on.</p>"),
        ("First.\n\nSecond.", "<p>First.</p><p>Second.</p>"),
        ("## Heading\n\nText", "<h2>Heading</h2><p>Text</p>"),
        ("### Small", "<h3>Small</h3>"),
        ("- one\n- two\n  goes on", "<ul><li>one</li><li>two goes on</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("> said\n> so", "<blockquote>said so</blockquote>"),
        ("> Dear\n>\n> bye", "<blockquote>Dear<br/><br/>bye</blockquote>"),
        ("**b** and *i*", "<p><b>b</b> and <i>i</i></p>"),
        ("[here](https://a.example/)", '<p><a href="https://a.example/">here</a></p>'),
        ("", ""),
    ],
)
def test_rich_text(prose: str, html: str) -> None:
    assert rich_text(prose) == html


def test_markup_in_the_prose_stays_text() -> None:
    assert rich_text("a < b & <script>x</script>") == (
        "<p>a &lt; b &amp; &lt;script&gt;x&lt;/script&gt;</p>"
    )


def test_a_link_leads_only_to_the_web_or_to_a_mailbox() -> None:
    assert inline("[x](javascript:alert)") == "[x](javascript:alert)"


def test_inline_has_no_paragraph() -> None:
    assert inline("two\n  words") == "two words"
