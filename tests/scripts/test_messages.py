"""What is marked for translation is found, kept and compiled."""

import gettext
import os
from pathlib import Path

import pytest

from scripts import messages

HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one room, one template and one language."""
    for folder in ("home", "templates", "tests", "locale/es/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "locale/es/LC_MESSAGES/django.po").write_text(HEAD)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    return tmp_path


def catalogue(checkout: Path) -> Path:
    return checkout / "locale/es/LC_MESSAGES/django.po"


def translations(checkout: Path) -> gettext.GNUTranslations:
    with catalogue(checkout).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_strings_of_python_and_of_templates_are_found(checkout: Path) -> None:
    (checkout / "home" / "views.py").write_text(
        "def words(n):\n"
        "    label = _('Leave')\n"
        "    return ngettext('%(n)s day', '%(n)s days', n), pgettext('verb', 'Leave')\n"
    )
    (checkout / "templates" / "page.html").write_text(
        "<h1>Not marked</h1>\n"
        "      {% translate '80 % needed' %}\n"
        "  {{ title|default:_('No title') }}\n"
        "{% blocktranslate trimmed count n=days %}\n  One day,\n  {{ n }}\n"
        "{% plural %}\n  {{ n }} days\n{% endblocktranslate %}\n"
    )
    (checkout / "tests" / "test_views.py").write_text("_('Of a test')\n")

    messages.renew()

    found = {
        (message.context, message.id)
        for message in messages.read(catalogue(checkout))
        if message.id
    }
    assert found == {
        (None, "Leave"),
        ("verb", "Leave"),
        (None, ("%(n)s day", "%(n)s days")),
        (None, "80 %% needed"),
        (None, "No title"),
        (None, ("One day, %(n)s", "%(n)s days")),
    }


def test_what_is_translated_stays_and_what_is_gone_goes(checkout: Path) -> None:
    catalogue(checkout).write_text(
        HEAD + '\nmsgid "Gone"\nmsgstr "Ya no"\n\nmsgid "Leave"\nmsgstr "Salir"\n'
    )
    (checkout / "home" / "views.py").write_text("_('Leave'), _('Leave now')\n")

    messages.renew()

    found = {message.id: message.string for message in messages.read(catalogue(checkout))}
    assert found == {"": found[""], "Leave": "Salir", "Leave now": ""}


def test_renewing_again_changes_nothing(checkout: Path) -> None:
    (checkout / "home" / "views.py").write_text("_('Leave'), ngettext('a day', 'days', 2)\n")
    messages.renew()
    before = catalogue(checkout).read_bytes()

    messages.renew()

    assert catalogue(checkout).read_bytes() == before
    assert b"Date" not in before


def test_what_is_not_translated_reads_in_english(checkout: Path) -> None:
    catalogue(checkout).write_text(
        HEAD
        + '\nmsgid "Leave"\nmsgstr "Salir"\n\nmsgid "Stay"\nmsgstr ""\n'
        + '\n#, fuzzy\nmsgid "Return"\nmsgstr "Volver?"\n'
        + '\nmsgid "day"\nmsgid_plural "days"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )

    messages.compile_all()

    spanish = translations(checkout)
    assert [spanish.gettext(word) for word in ("Leave", "Stay", "Return")] == [
        "Salir",
        "Stay",
        "Return",
    ]
    assert spanish.ngettext("day", "days", 2) == "days"


def test_only_what_changed_is_compiled(checkout: Path) -> None:
    catalogue(checkout).write_text(HEAD + '\nmsgid "Leave"\nmsgstr "Salir"\n')
    messages.compile_all()
    compiled = catalogue(checkout).with_suffix(".mo")
    os.utime(compiled, ns=(10**18 * 4, 10**18 * 4))

    messages.compile_all()
    assert compiled.stat().st_mtime_ns == 10**18 * 4

    catalogue(checkout).write_text(HEAD + '\nmsgid "Leave"\nmsgstr "Marcharse"\n')
    os.utime(catalogue(checkout), ns=(10**18 * 5, 10**18 * 5))
    messages.compile_all()
    assert translations(checkout).gettext("Leave") == "Marcharse"
    assert [
        path.name for path in compiled.parent.iterdir() if path.suffix not in {".po", ".mo"}
    ] == []
