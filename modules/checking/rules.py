"""The checks: each a function of a page, what is known around it, and a day."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from modules.blocks.files import CaptionsBlock
from modules.checking.examined import Examined
from modules.checking.findings import Finding
from modules.checking.known import Known, NamedQuiz
from modules.checking.readability import HARD, is_measured
from modules.checking.streams import Leaf
from modules.circles import reached
from modules.enums import Problem, Severity, StepRule
from modules.measuring import WORDS_PER_MINUTE
from modules.models import GlossaryTerm
from modules.models.modules import REVIEWS
from modules.review_days import REVIEW_DAYS
from quizzes.models import Quiz

Rule = Callable[[Examined, Known, dt.date], Iterator[Finding]]


def field_anchor(name: str) -> str:
    """The anchor of a field in the page editor."""
    return f"id_{name}"


def list_anchor(name: str) -> str:
    """The anchor of a list of forms in the page editor."""
    return f"id_{name}-FORMS"


def block_anchor(block_id: str) -> str:
    """The anchor of a block in the page editor; the content's own if it has no id yet."""
    return f"block-{block_id}-section" if block_id else "body-root"


def has_steps(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    lessons = known.lessons.get(page.path, [])
    if page.is_lesson or page.is_workshop or not all(lessons):
        return
    takeable = {key for key in page.quiz_ids if known.quizzes.get(key, NamedQuiz()).is_published}
    if takeable & set(page.counted_quiz_ids):
        return
    words = _(
        "The module has no published lesson and no published quiz: nobody can complete it. "
        "Publish a lesson below it."
    )
    if lessons or takeable:
        words = _(
            "Every published lesson and quiz of the module is an extra: nothing counts, so nobody "
            "can complete it. Take the mark “extra” off one of them."
        )
    url = reverse("wagtailadmin_explore", args=[page.page_id])
    yield Finding(page.page_id, Problem.NO_STEPS, Severity.ERROR, words, url=url)


def has_dates(page: Examined, known: Known, on: dt.date) -> Iterator[Finding]:
    if not page.is_workshop:
        return
    last = known.last_sessions.get(page.page_id)
    if page.session_ends is not None:
        last = max(page.session_ends, default=None)
    anchor = list_anchor("sessions")
    if last is None:
        words = _("The workshop has no date: nobody can take part in it. Add a session.")
        yield Finding(page.page_id, Problem.UNREACHABLE, Severity.ERROR, words, anchor=anchor)
    elif last.date() < on:
        words = _("Every date of the workshop is past. Add a session for those who still need it.")
        yield Finding(page.page_id, Problem.UNREACHABLE, Severity.WARNING, words, anchor=anchor)


def stands_below_published(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    if not page.is_lesson:
        return
    title, is_live = known.modules.get(page.module_path, ("", True))
    if page.is_live and not is_live:
        words = _(
            "The lesson is published, but its module “%(module)s” is not: nobody reaches it. "
            "Publish the module."
        ) % {"module": title}
        url = reverse("wagtailadmin_explore", args=[page.page_id])
        yield Finding(page.page_id, Problem.UNREACHABLE, Severity.ERROR, words, url=url)
    elif is_live and not page.is_live:
        words = _(
            "The lesson is not published, so it is no step of “%(module)s”. Publish it, or delete "
            "it if it is not wanted."
        ) % {"module": title}
        yield Finding(page.page_id, Problem.UNREACHABLE, Severity.WARNING, words)


def has_content(page: Examined, _known: Known, _on: dt.date) -> Iterator[Finding]:
    if page.is_lesson and not page.body:
        yield Finding(
            page.page_id,
            Problem.NO_CONTENT,
            Severity.ERROR,
            _("The lesson has no content. Add a text, an incident or something to do."),
            anchor="body-root",
        )


def quizzes_can_be_taken(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    for key in page.quiz_ids:
        quiz = known.quizzes.get(key, NamedQuiz())
        if not quiz.title:
            words = _("A quiz of this module has been deleted. Choose another one, or take it out.")
        elif not quiz.is_published:
            words = _(
                "The quiz “%(quiz)s” is not published, so it is no step of the module. Publish "
                "it, or take it out."
            ) % {"quiz": quiz.title}
        else:
            continue
        anchor = list_anchor("module_quizzes")
        yield Finding(page.page_id, Problem.QUIZ, Severity.ERROR, words, anchor=anchor)


def review_can_be_taken(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    if page.review_quiz_id is None:
        return
    quiz = known.quizzes.get(page.review_quiz_id, NamedQuiz())
    if not quiz.title:
        words = _("The quiz for short reviews has been deleted. Choose another one, or none.")
    elif not quiz.is_published:
        words = _(
            "The quiz for short reviews, “%(quiz)s”, is not published, so that nobody is asked "
            "again. Publish it, or choose another one. If it draws from a category that has too "
            "few questions, it cannot be published before you write them."
        )
    elif quiz.purpose not in REVIEWS:
        words = _(
            "The quiz for short reviews, “%(quiz)s”, has no right answers. Choose a practice quiz."
        )
    elif quiz.max_attempts is not None and quiz.max_attempts < len(REVIEW_DAYS):
        words = _(
            "The quiz for short reviews, “%(quiz)s”, can be taken fewer than three times, so that "
            "the later reviews are offered in vain. Allow as many attempts as people want."
        )
    else:
        return
    anchor = field_anchor("review_quiz")
    words %= {"quiz": quiz.title}
    yield Finding(page.page_id, Problem.REVIEW_QUIZ, Severity.WARNING, words, anchor=anchor)


def needed_modules_can_be_done(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    anchor = list_anchor("prerequisites")
    for pk in page.needed_ids:
        if pk not in known.needed:
            continue
        key, title, is_live = known.needed[pk]
        if not is_live:
            severity = Severity.WARNING
            words = _(
                "“%(module)s” is needed first and is not published, so that nobody is asked for "
                "it. Publish it, or take it out."
            )
        elif page.key in {key, *reached(key, known.needs)}:
            severity = Severity.ERROR
            words = _(
                "“%(module)s” is needed first and waits for this module itself. Nobody is asked "
                "for either until one of them is taken out."
            )
        else:
            continue
        yield Finding(
            page.page_id, Problem.NEEDED_FIRST, severity, words % {"module": title}, anchor=anchor
        )


ASKED_FOR = {
    StepRule.ANSWERED: "knowledge_check",
    StepRule.PASSED: "knowledge_check",
    StepRule.TICKED: "checklist",
    StepRule.REFLECTED: "reflection",
}


def rule_asks_for_something(page: Examined, _known: Known, _on: dt.date) -> Iterator[Finding]:
    if not page.rule or page.rule == StepRule.READ:
        return
    if ASKED_FOR[StepRule(page.rule)] in page.block_types:
        return
    words = _(
        "The lesson is done when “%(rule)s”, and has nothing of that kind: reading it is enough. "
        "Add what is missing, or choose another rule."
    ) % {"rule": StepRule(page.rule).label}
    anchor = field_anchor("rule")
    yield Finding(page.page_id, Problem.RULE, Severity.WARNING, words, anchor=anchor)


def dimensions_are_in_use(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    for key in page.dimension_ids:
        name, is_in_use = known.dimensions.get(key, ("", False))
        if not name:
            words = _("A dimension of this module has been deleted. Choose those that it trains.")
        elif not is_in_use:
            words = _retired(name)
        else:
            continue
        anchor = field_anchor("dimensions")
        yield Finding(page.page_id, Problem.DIMENSION, Severity.WARNING, words, anchor=anchor)


def rubrics_name_dimensions_in_use(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    for key, row_id in page.rubric_dimensions:
        found = known.named_dimensions.get(key)
        if found is None:
            words = _(
                "The dimension of a row of the rubric has been deleted, so that its level counts "
                "nowhere. Choose another one, or none."
            )
        elif not found.is_in_use:
            words = _retired(found.name)
        else:
            continue
        anchor = block_anchor(row_id) if row_id else field_anchor("rubric")
        yield Finding(page.page_id, Problem.DIMENSION, Severity.WARNING, words, anchor=anchor)


def _retired(name: str) -> str:
    return _(
        "“%(dimension)s” is a dimension of a framework that is not in use, so that no "
        "result is shown beside it. Choose one of the framework in use."
    ) % {"dimension": name}


def links_lead_somewhere(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    for reference in page.references:
        if reference.key in known.there.get(reference.model, ()):
            continue
        if issubclass(reference.model, Page):
            problem = Problem.DEAD_LINK
            words = _(
                "A link leads to a page that is not published or has been deleted. Choose "
                "another page, or take the link out."
            )
        elif issubclass(reference.model, Quiz):
            problem = Problem.QUIZ
            words = _(
                "The quiz of a knowledge check is not published or has been deleted. Publish "
                "it, or choose another one."
            )
        elif issubclass(reference.model, GlossaryTerm):
            problem = Problem.TERM
            words = _(
                "A glossary term is not published or has been deleted, so that nothing stands "
                "in its place. Publish it, or choose another one."
            )
        else:
            problem = Problem.LOST_FILE
            words = _("An image or a file has been deleted. Choose another one.")
        yield Finding(
            page.page_id,
            problem,
            Severity.ERROR,
            words,
            anchor=block_anchor(reference.block_id),
        )


def images_have_words(page: Examined, _known: Known, _on: dt.date) -> Iterator[Finding]:
    for leaf in page.body:
        if _is_silent_image(leaf):
            yield Finding(
                page.page_id,
                Problem.ALT_TEXT,
                Severity.ERROR,
                _(
                    "An image has no alternative text. Say in a sentence what it shows, or mark "
                    "it as decorative."
                ),
                anchor=block_anchor(leaf.block_id),
            )


def _is_silent_image(leaf: Leaf) -> bool:
    if not isinstance(leaf.block, ImageChooserBlock) or not leaf.value:
        return False
    return not (leaf.holder.get("decorative") or (leaf.holder.get("alt_text") or "").strip())


def recordings_have_captions(page: Examined, _known: Known, _on: dt.date) -> Iterator[Finding]:
    for leaf in page.body:
        if isinstance(leaf.block, CaptionsBlock) and leaf.block.required and not leaf.value:
            yield Finding(
                page.page_id,
                Problem.CAPTIONS,
                Severity.ERROR,
                _("A recording has no captions: who cannot hear it is left out. Add a .vtt file."),
                anchor=block_anchor(leaf.block_id),
            )


def minutes_are_fair(page: Examined, _known: Known, _on: dt.date) -> Iterator[Finding]:
    if not page.is_lesson:
        return
    anchor = field_anchor("minutes")
    if page.minutes is None:
        return
    needed = -(-page.readability.words // WORDS_PER_MINUTE)
    if page.minutes < needed:
        words = ngettext(
            "Reading alone takes about %(needed)d minute. Give more time, or shorten the text.",
            "Reading alone takes about %(needed)d minutes. Give more time, or shorten the text.",
            needed,
        ) % {"needed": needed}
        yield Finding(page.page_id, Problem.MINUTES, Severity.WARNING, words, anchor=anchor)


def reads_easily(page: Examined, _known: Known, _on: dt.date) -> Iterator[Finding]:
    if not page.is_lesson or not is_measured(page.language):
        return
    if page.readability.is_hard:
        words = _(
            "The text is hard to read: LIX %(lix)d, where %(limit)d is the most. Make sentences "
            "shorter, and take short words where they say the same."
        ) % {"lix": page.readability.lix, "limit": HARD}
        anchor = "body-root"
        yield Finding(page.page_id, Problem.READING_LEVEL, Severity.WARNING, words, anchor=anchor)


def is_reviewed(page: Examined, _known: Known, on: dt.date) -> Iterator[Finding]:
    if page.review_on and page.review_on < on:
        words = _(
            "The review was due on %(day)s. Read the page again, mend what is no longer true, "
            "and set the next day."
        ) % {"day": date_format(page.review_on)}
        anchor = field_anchor("review_on")
        yield Finding(page.page_id, Problem.REVIEW, Severity.WARNING, words, anchor=anchor)


def translations_keep_up(page: Examined, known: Known, _on: dt.date) -> Iterator[Finding]:
    told = known.told.get((page.key, page.language))
    if not told or not page.published_at or page.published_at <= told.since:
        return
    names = [str(get_language_info(code)["name_translated"]) for code in told.languages]
    words = _(
        "This was published again after its words were last given to translators (%(languages)s). "
        "Sync the translated pages: what is the same stays translated, what is new waits."
    ) % {"languages": ", ".join(names)}
    url = reverse("wagtail_localize:update_translations", args=[told.source_id])
    yield Finding(page.page_id, Problem.TRANSLATION, Severity.WARNING, words, url=url)


RULES: tuple[Rule, ...] = (
    has_steps,
    has_dates,
    stands_below_published,
    has_content,
    quizzes_can_be_taken,
    review_can_be_taken,
    needed_modules_can_be_done,
    rule_asks_for_something,
    dimensions_are_in_use,
    rubrics_name_dimensions_in_use,
    links_lead_somewhere,
    images_have_words,
    recordings_have_captions,
    minutes_are_fair,
    reads_easily,
    translations_keep_up,
    is_reviewed,
)
