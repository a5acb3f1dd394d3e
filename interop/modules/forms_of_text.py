"""The kinds of text that module.json is made of, and their bounds. No Django."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _storable(text: str) -> str:
    """Return the text, which a database has to hold: no zero byte."""
    if "\0" in text:
        raise ValueError("a zero byte")
    return text


Text = Annotated[str, Field(max_length=100_000), AfterValidator(_storable)]
Line = Annotated[str, Field(max_length=500), AfterValidator(_storable)]
LocalId = Annotated[
    str, Field(pattern=r"^(?:(?:image|document)-[0-9a-f]{40}|(?:page|quiz|term)-[0-9a-f-]{36})$")
]
MediaName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$")]
Key = Annotated[UUID, Field(strict=False)]
Day = Annotated[dt.date, Field(strict=False)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
