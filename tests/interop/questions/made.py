"""Generated questions: every kind, with texts that try the formats' own characters."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from interop.questions import names
from interop.questions.records import Answer, File, Gap, Kind, Pair, ParsedQuestion, number
from interop.questions.texts import clean, from_plain, image

ALPHABET = st.one_of(
    st.sampled_from("abcXYZ äß漢 0159"),
    st.sampled_from("~=#{}:\\%[]<>&\"'/->*.;,|@+\n"),
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")),
)
RAW = st.text(ALPHABET, min_size=1, max_size=25)
PLAIN = RAW.map(lambda text: " ".join(text.split())).filter(bool)
HTML = st.one_of(
    RAW.map(from_plain),
    RAW.map(lambda text: f"<p>{from_plain(text)}</p>"),
    st.tuples(RAW, RAW).map(lambda two: f"<p>{from_plain(two[0])} <b>{from_plain(two[1])}</b></p>"),
    st.sampled_from(
        ["[html]x", "[plain] y", "//z", "%50%w", "::v", "$CATEGORY: u", "TRUE", "a->b"]
    ),
).map(clean)
WORDY = HTML.filter(lambda text: bool(text.strip()))
FEEDBACK = st.one_of(st.just(""), HTML)
SHARES = st.sampled_from(
    [Decimal(x) for x in ("0", "0.333", "0.5", "0.667", "0.25", "0.9", "-0.333")]
)
NUMBERS = st.decimals(-1000, 1000, places=3, allow_nan=False).map(lambda n: Decimal(number(n)))
WORD = PLAIN.filter(lambda text: text != "*")


@st.composite
def options(draw: Any, shares: st.SearchStrategy[Decimal] = SHARES) -> tuple[Answer, ...]:
    texts = draw(st.lists(WORDY, min_size=2, max_size=5))
    return tuple(Answer(text, draw(shares), draw(FEEDBACK)) for text in texts)


FULL_OR_HALF = st.sampled_from([Decimal(1), Decimal("0.5")])
MADE_NUMBER = st.builds(Answer, NUMBERS.map(str), FULL_OR_HALF, FEEDBACK, NUMBERS.map(abs))
MADE_WORD = st.builds(Answer, WORD, FULL_OR_HALF, FEEDBACK)


@st.composite
def true_or_false(draw: Any) -> dict[str, Any]:
    is_true = draw(st.booleans())
    shares = (Decimal(is_true), Decimal(not is_true))
    words = zip(("true", "false"), shares, strict=True)
    return {"answers": tuple(Answer(word, share, draw(FEEDBACK)) for word, share in words)}


@st.composite
def gaps(draw: Any) -> dict[str, Any]:
    made = st.builds(Answer, WORD, st.sampled_from([Decimal(0), Decimal("0.5")]), FEEDBACK)
    right = Answer(draw(WORD), Decimal(1), draw(FEEDBACK))
    first = Gap((right, *draw(st.lists(made, min_size=1, max_size=3))), draw(st.booleans()))
    return {
        "stem": f"<p>{draw(PLAIN.map(from_plain))} [[1]] and [[2]]</p>",
        "gaps": (first, Gap((right,), is_typed=first.is_typed, mark=Decimal(2))),
    }


CONTENT = {
    Kind.TRUE_FALSE: true_or_false(),
    Kind.GAPS: gaps(),
    Kind.MATCHING: st.fixed_dictionaries(
        {"pairs": st.lists(st.builds(Pair, WORDY, WORD), min_size=2, max_size=5).map(tuple)}
    ),
    Kind.ORDERING: st.fixed_dictionaries(
        {"order": st.lists(WORDY, min_size=2, max_size=5).map(tuple)}
    ),
    Kind.SHORT_TEXT: st.fixed_dictionaries(
        {
            "answers": st.lists(MADE_WORD, min_size=1, max_size=4).map(tuple),
            "is_case_sensitive": st.booleans(),
        }
    ),
    Kind.NUMERIC: st.fixed_dictionaries(
        {"answers": st.lists(MADE_NUMBER, min_size=1, max_size=3).map(tuple)}
    ),
    Kind.OPEN: st.fixed_dictionaries(
        {"marking_guide": FEEDBACK, "most_words": st.none() | st.integers(1, 900)}
    ),
    Kind.SINGLE: options().map(lambda found: {"answers": (Answer("right", Decimal(1)), *found)}),
    Kind.MULTIPLE: options().map(lambda found: {"answers": found}),
    Kind.SITUATIONAL: options().map(lambda found: {"answers": found}),
}


@st.composite
def questions(draw: Any, kinds: frozenset[Kind]) -> ParsedQuestion:
    kind = draw(st.sampled_from(sorted(kinds)))
    made = dict(draw(CONTENT[kind]))
    return ParsedQuestion(
        kind=kind,
        name=names.cut(draw(PLAIN)),
        stem=made.pop("stem", None) or draw(WORDY),
        feedback=draw(FEEDBACK),
        hints=tuple(draw(st.lists(WORDY, max_size=2))),
        tags=tuple(
            dict.fromkeys(draw(st.lists(st.sampled_from(["food", "a b", "x]y", "ü"]), max_size=2)))
        ),
        mark=draw(st.sampled_from([Decimal(1), Decimal(2), Decimal("0.5")])),
        idnumber=draw(st.sampled_from(["", "q-1", "Ab 3]"])),
        extras=draw(st.sampled_from([{}, {"note": 'Ask\n"why" \\ {}', "scoring": "proportional"}])),
        **made,
    )


@st.composite
def with_pictures(draw: Any, made: st.SearchStrategy[ParsedQuestion]) -> ParsedQuestion:
    question = draw(made)
    name = draw(st.sampled_from(["map.png", "old map (1).png", "ä&b.png"]))
    stem = f"{question.stem} {image(name, draw(PLAIN))}"
    return replace(question, stem=stem, files=(File(name, draw(st.binary(max_size=40))),))
