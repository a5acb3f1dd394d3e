"""What module.json says of a quiz and its questions, with types and bounds. No Django."""

from typing import Annotated

from pydantic import Field

from interop.modules.forms_of_text import Entry, Key, Line, LocalId, Text

Number = Annotated[str, Field(pattern=r"^-?\d{1,9}(?:\.\d{1,9})?$")]


class OptionEntry(Entry):
    text: Text
    weight: Number
    feedback: Text = ""


class PairEntry(Entry):
    prompt: Text
    match: Line
    feedback: Text = ""


class AcceptedEntry(Entry):
    text: Line
    fraction: Number
    feedback: Text = ""
    gap: Annotated[int, Field(ge=1, le=1000)] = 1
    tolerance: Number = "0"


class StatementEntry(Entry):
    text: Line
    is_reversed: bool = False
    dimension: Line = ""


class RubricEntry(Entry):
    title: Line
    levels: Annotated[list[Line], Field(max_length=20)]
    weight: Number = "1"
    dimension: Line = ""


class QuestionEntry(Entry):
    """A question that a question file does not hold as it is, by the words of a paper."""

    key: Key
    name: Line
    category: Line = ""
    tags: Annotated[list[Line], Field(max_length=50)] = []
    kind: Line
    stem: Text
    scoring: Line
    mark: Number
    feedback: Text = ""
    dimensions: Annotated[dict[Line, Number], Field(max_length=50)] = {}
    hints: Annotated[list[Text], Field(max_length=20)] = []
    form: Line = ""
    case_matters: bool = False
    accents_matter: bool = False
    unit: Line = ""
    min_words: Annotated[int, Field(ge=0, le=100_000)] | None = None
    max_words: Annotated[int, Field(ge=0, le=100_000)] | None = None
    options: Annotated[list[OptionEntry], Field(max_length=100)] = []
    pairs: Annotated[list[PairEntry], Field(max_length=100)] = []
    accepted: Annotated[list[AcceptedEntry], Field(max_length=500)] = []
    statements: Annotated[list[StatementEntry], Field(max_length=100)] = []
    rubric: Annotated[list[RubricEntry], Field(max_length=50)] = []
    recording: LocalId | None = None
    captions: LocalId | None = None
    transcript: Text = ""


class DrawEntry(Entry):
    count: Annotated[int, Field(ge=1, le=1000)]
    category: Line = ""
    tag: Line = ""


class SectionEntry(Entry):
    heading: Line = ""
    introduction: Text = ""
    questions: Annotated[list[Key], Field(max_length=500)]
    draws: Annotated[list[DrawEntry], Field(max_length=50)] = []


class BandEntry(Entry):
    from_percent: Number
    text: Text


class QuizEntry(Entry):
    """A quiz's own settings by the names of its fields, and what it asks.

    `pool` are the questions that its draws choose from.
    """

    key: Key
    settings: Annotated[
        dict[Line, Line | Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | bool | None],
        Field(max_length=50),
    ]
    introduction: Text = ""
    sections: Annotated[list[SectionEntry], Field(max_length=50)]
    pool: Annotated[list[Key], Field(max_length=2000)] = []
    bands: Annotated[list[BandEntry], Field(max_length=50)] = []
