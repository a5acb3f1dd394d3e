"""Several guides as one: to each question the nearest layer's answer, and those behind it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from modules.blocks.answering import OWN
from modules.enums import GuideLayer
from modules.guides.questions import TOPIC_OF, Question, Topic
from modules.models import GuidePage

ORDER = {layer: place for place, layer in enumerate(GuideLayer)}


@dataclass(frozen=True, slots=True)
class Answer:
    """One guide's words on one question; `block` draws itself."""

    block: Any
    guide: GuidePage


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the nearest answer; `further` are those of the layers behind it."""

    key: str
    question: str
    nearest: Answer
    further: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Section:
    topic: Topic
    answered: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What some guides say together, in the order of the questions.

    Attributes:
        guides: the guides themselves, the nearest first.
        sections: the topics on which there is an answer.
        open: the questions that none of them answers.
    """

    guides: tuple[GuidePage, ...]
    sections: tuple[Section, ...]
    open: tuple[str, ...]

    @property
    def layers(self) -> frozenset[str]:
        return frozenset(guide.layer for guide in self.guides)


def merge(guides: Iterable[GuidePage]) -> Merged:
    """Fall back question by question from the nearest guide to the next."""
    nearest_first = sorted(guides, key=lambda guide: ORDER[GuideLayer(guide.layer)])
    known: dict[str, list[Answer]] = defaultdict(list)
    own: dict[str, list[Answered]] = defaultdict(list)
    for guide in nearest_first:
        for block in guide.answers:
            answer = Answer(block, guide)
            if block.block_type == OWN:
                key = f"own-{guide.pk}-{len(own[block.value['topic']])}"
                words = block.value["question"]
                own[block.value["topic"]].append(Answered(key, words, answer, ()))
            else:
                known[block.value["question"]].append(answer)
    sections = (Section(topic, (*_known(topic, known), *own[topic])) for topic in Topic)
    return Merged(
        guides=tuple(nearest_first),
        sections=tuple(section for section in sections if section.answered),
        open=tuple(str(question.label) for question in Question if question not in known),
    )


def _known(topic: Topic, known: dict[str, list[Answer]]) -> Sequence[Answered]:
    return [
        Answered(question.value, str(question.label), answers[0], tuple(answers[1:]))
        for question in Question
        if TOPIC_OF[question.value] == topic and (answers := known.get(question.value))
    ]
