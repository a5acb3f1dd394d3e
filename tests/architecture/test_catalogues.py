"""Every string is translated into every language, whole and with its placeholders."""

import re
from collections import Counter
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from scripts import messages

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLURAL_FORMS = {"es": 2, "ar": 6}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
LETTERS = {"ar": re.compile(r"[\u0620-\u064a]")}
# What is written alike in both languages: codes, and words that are the same in Spanish.
ALIKE = {
    "%(title)s (%(dimension)s)", "(%(kind)s, %(size)s)", "Radar",
    "CSV", "GIFT", "HEI ID", "Moodle XML", "PIC", "Roles", "%(detail)s", "n = %(n)s",
    "%(before)s → %(after)s", "%(number)s %%", "%(day)s, %(by)s",
    "%(day)s, %(start)s–%(end)s (%(zone)s), %(place)s", "%(weekday)s, %(date)s",
    "%(weekday)s, %(day)s", "%(weekday)s, %(date)s, %(start)s–%(end)s", "%(turn)s: %(count)s",
}  # fmt: skip
ENDS = {".": ".", "?": "?؟", ":": ":", "…": "…", ",": ",،:", ";": ";؛"}


@cache
def catalogue(language: str) -> Catalog:
    return messages.read(messages.LOCALE / language / "LC_MESSAGES" / "django.po")


def forms(text: object) -> list[str]:
    return list(text) if isinstance(text, list | tuple) else [str(text or "")]


def translated(language: str) -> list[Message]:
    return [
        message for message in catalogue(language) if message.id and messages.is_translated(message)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_its_forms(language: str) -> None:
    plurals = [message for message in translated(language) if message.pluralizable]

    assert catalogue(language).num_plurals == PLURAL_FORMS[language]
    assert [m.id for m in plurals if len(forms(m.string)) != PLURAL_FORMS[language]] == []


def lost_placeholders(message: Message) -> list[str]:
    """Forms of a translation that say more or less than the message.

    A form for one or two things may leave the number out, as Arabic does: "two days".
    """
    wanted = Counter(PLACEHOLDER.findall(forms(message.id)[-1]))
    lost = []
    for number, form in enumerate(forms(message.string)):
        found = Counter(PLACEHOLDER.findall(form))
        last = number == len(forms(message.string)) - 1
        named_only = all(name.startswith("%(") for name in wanted)
        may_lack = message.pluralizable and not last and named_only
        if found != wanted and not (may_lack and found <= wanted):
            lost.append(form)
    return lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_stay(language: str) -> None:
    assert [lost for message in translated(language) for lost in lost_placeholders(message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_stays(language: str) -> None:
    changed = [
        form
        for message in translated(language)
        for form in forms(message.string)
        if Counter(TAG.findall(form)) != Counter(TAG.findall(forms(message.id)[-1]))
    ]
    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end_as_they_do_in_english(language: str) -> None:
    """A label stays a label and a sentence a sentence; lines and spaces stay at the edges."""
    others = [
        (english, form)
        for message in translated(language)
        for form in forms(message.string)
        for english in forms(message.id)[-1:]
        if form[-1] not in ENDS.get(english[-1], form[-1])
        or (form[-1] == ".") != (english[-1] == ".")
        or form.startswith("\n") != english.startswith("\n")
        or (form != form.strip() and english == english.strip())
    ]
    assert others == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    letters = LETTERS.get(language)
    left = [
        form
        for message in translated(language)
        for english in forms(message.id)[:1]
        if english not in ALIKE
        for form in forms(message.string)
        if form == english or (letters and not letters.search(form))
    ]
    assert left == []
