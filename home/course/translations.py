"""Translations of the course: through wagtail-localize, as an editor's own would be."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.course.bodies import IDENTITY, comparable
from home.course.glossary import translated_terms
from home.course.ledger import Ledger
from home.course.placing import stored
from home.course.prose import inline, rich_text
from home.course.reading import ContentError, Entry, key, site, translations
from home.models import HomePage
from modules.blocks import LessonBlock
from modules.models import CataloguePage, GlossaryTerm, LessonPage, ModulePage
from people.models import User

Words = dict[str, Any]
Translatable: TypeAlias = Page | GlossaryTerm


def load_translations(ledger: Ledger, *, author: User | None, at: dt.datetime) -> None:
    """Translate what the files translate and nobody has yet; name what was changed since.

    Each string goes into the translation memory, so that the CMS shows the page as
    translated, and later what a change of the original leaves to do.
    An original that has other parts by now is named, and not translated.
    """
    for language, files in translations():
        locale, _is_new = Locale.objects.get_or_create(language_code=language)
        for page, words in chain(translated_terms(language), _front(language), _modules(files)):
            _translate(ledger, page, words, locale, author=author, at=at)


def _front(language: str) -> Iterator[tuple[Page, Words]]:
    """Yield the home page and the catalogue with their words."""
    data = site(language)
    home = HomePage.objects.order_by("path").first()
    catalogue = CataloguePage.objects.filter(translation_key=key("page", "catalogue"))
    if home:
        words = {"title": data["home"]["title"], "lead": data["home"]["lead"]}
        yield home, words | {"body": rich_text(data["home"]["body"])}
    for page in catalogue.order_by("path")[:1]:
        introduction = rich_text(data["catalogue"]["introduction"])
        yield page, {"title": data["catalogue"]["title"], "introduction": introduction}


def _modules(files: Iterator[tuple[Entry, list[Entry]]]) -> Iterator[tuple[Page, Words]]:
    for entry, lessons in files:
        identity = key("page", entry.name)
        objectives = "".join(f"<li>{inline(line)}</li>" for line in entry.data["objectives"])
        words = {name: entry.data[name] for name in ("title", "summary")}
        for module in ModulePage.objects.filter(translation_key=identity).order_by("path")[:1]:
            yield module.specific, words | {"objectives": f"<ul>{objectives}</ul>"}
        for lesson in lessons:
            identity = key("page", entry.name, lesson.name)
            words = {name: lesson.data[name] for name in ("title", "summary")}
            where = f"{entry.name}/{lesson.name}"
            body = stored(LessonPage, "body", LessonBlock(), lesson.data["body"], where=where)
            for page in LessonPage.objects.filter(translation_key=identity).order_by("path")[:1]:
                yield page, words | {"body": body}


def _translate(
    ledger: Ledger,
    page: Translatable,
    words: Words,
    locale: Locale,
    *,
    author: User | None,
    at: dt.datetime,
) -> None:
    kind = "page" if isinstance(page, Page) else "term"
    there = _translated(page, locale)
    if there is not None:
        if _told(there, words) != _comparable(words) or there.has_unpublished_changes:
            ledger.left_alone.append(f"{kind} “{there}” ({locale.language_code})")
        return
    try:
        strings = _strings(page, words)
    except ContentError:
        ledger.left_alone.append(f"{kind} “{page}”, not translated ({locale.language_code})")
        return
    _publish(page, strings, locale, author=author, at=at)
    name = words["title"] if kind == "page" else words["term"]
    ledger.made.append(f"{kind} “{name}” ({locale.language_code})")


def _translated(page: Translatable, locale: Locale) -> Any:
    """Return what translates it, made by somebody; an alias of a page is no translation yet."""
    there = page.get_translation_or_none(locale)
    if isinstance(there, Page):
        return None if there.alias_of_id else there.specific
    return there


def _publish(
    page: Translatable,
    strings: dict[tuple[str, int], str],
    locale: Locale,
    *,
    author: User | None,
    at: dt.datetime,
) -> None:
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                data=strings[segment.context.path, segment.order],
                last_translated_by=author,
                created_at=at,
                updated_at=at,
            )
            for segment in segments
        ],
        ignore_conflicts=True,
    )
    translation.save_target(user=author, publish=False)
    target = translation.get_target_instance()
    target.get_latest_revision().publish(user=author, skip_permission_checks=True)


def _strings(page: Translatable, words: Words) -> dict[tuple[str, int], str]:
    """Return what each string of the page is in the other language, by path and order."""
    told: Any = type(page)(slug=page.slug) if isinstance(page, Page) else type(page)()
    for name, value in words.items():
        if name == "body" and isinstance(page, LessonPage):
            value = _with_ids(page.body.get_prep_value(), value)  # noqa: PLW2901
        setattr(told, name, value)
    originals, wanted = _segments(page), _segments(told)
    if [path for path, _order, _text in originals] != [path for path, _order, _text in wanted]:
        raise ContentError(f"The translation of “{page}” has other parts than the original.")
    return {
        (path, order): text
        for (path, order, _own), (_path, _order, text) in zip(originals, wanted, strict=True)
    }


def _segments(page: Translatable) -> list[tuple[str, int, str]]:
    return [
        (segment.path, segment.order, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]


def _with_ids(original: Any, translated: Any) -> Any:
    """Give the parts of a translated stream the ids of the original's parts, place by place."""
    if isinstance(translated, dict) and isinstance(original, dict):
        return {
            name: original.get(IDENTITY, part)
            if name == IDENTITY
            else _with_ids(original.get(name), part)
            for name, part in translated.items()
        }
    if isinstance(translated, list) and isinstance(original, list):
        if len(original) != len(translated):
            raise ContentError("A translation has more or fewer parts than its original.")
        return [_with_ids(own, part) for own, part in zip(original, translated, strict=True)]
    return translated


def _told(page: Translatable, words: Words) -> Words:
    now = {name: getattr(page, name) for name in words}
    if isinstance(page, LessonPage):
        now["body"] = page.body.get_prep_value()
    return _comparable(now)


def _comparable(words: Words) -> Words:
    return {name: comparable(value) for name, value in words.items()}
