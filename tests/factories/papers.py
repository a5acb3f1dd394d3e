"""Papers for the tests of plain rules: named options, weights as text."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID, uuid5

from quizzes.papers import SINGLE, Item, Paper, PaperOption

NAMESPACE = UUID("6d0c1f4e-98f8-4a5c-8a84-0c4b9c1f3a11")


def uid(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def item(
    name: str,
    weights: Mapping[str, str],
    *,
    kind: str = SINGLE,
    mark: str = "1",
    scoring: str = "all_or_nothing",
    dimensions: Mapping[str, str] | None = None,
) -> Item:
    """A question whose options are named `<question>.<option>` and read `<option>`."""
    return Item(
        id=uid(name),
        kind=kind,
        stem=f"<p>{name}</p>",
        mark=Decimal(mark),
        scoring=scoring,
        dimensions={key: Decimal(weight) for key, weight in (dimensions or {}).items()},
        options=tuple(
            PaperOption(
                id=uid(f"{name}.{text}"),
                text=f"<p>{text}</p>",
                weight=Decimal(weight),
                feedback=f"<p>About {text}</p>",
            )
            for text, weight in weights.items()
        ),
    )


def paper(*items: Item, pass_mark: float | str = 80, purpose: str = "graded") -> Paper:
    return Paper(
        title="Safety",
        introduction="",
        purpose=purpose,
        pass_mark=Decimal(pass_mark),
        grading_method="highest",
        max_attempts=None,
        items=items,
    )
