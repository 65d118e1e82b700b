"""The kinds of fields that a definition is made of: texts, names, ids, weights, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MAX_NAME = 200

# Control characters, those that turn the reading direction (they can disguise a name), and
# those that XML, and so a workbook, cannot hold.
_UNPRINTABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class LocalText(dict[str, str]):
    """A text in one or more languages; a plain string stands for all of them."""

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in any language it has.

        >>> LocalText({"en": "Sales", "es": "Ventas"}).in_language("es")
        'Ventas'
        """
        return self.get(language) or self.get("") or next(iter(self.values()), "")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read from a string or a mapping by language; write as plainly as it was read."""
        texts = handler.generate_schema(dict[Language, Prose])
        made = core_schema.no_info_after_validator_function(cls, texts)
        return core_schema.no_info_before_validator_function(
            _by_language,
            made,
            serialization=core_schema.plain_serializer_function_ser_schema(_plainly),
        )


def _by_language(raw: object) -> object:
    if isinstance(raw, str):
        return {"": raw}
    if isinstance(raw, Mapping):
        return raw
    raise PydanticCustomError("text_wanted", "a text, or texts by language")


def _plainly(local: LocalText) -> str | dict[str, str]:
    return local[""] if set(local) == {""} else dict(local)


def _printable(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise PydanticCustomError("control_character", "control character")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise PydanticCustomError("line_break", "line break")
    return text


def _lines(local: LocalText) -> LocalText:
    for text in local.values():
        _one_line(text)
        if len(text) > MAX_NAME:
            raise PydanticCustomError("text_too_long", "too long", {"limit": MAX_NAME})
    return local


def _not_blank(local: LocalText) -> LocalText:
    if not any(local.values()):
        raise PydanticCustomError("text_blank", "blank")
    return local


Language = Annotated[str, Field(pattern=r"^([a-z]{2})?$")]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_printable)
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=120),
    AfterValidator(_printable),
    AfterValidator(_one_line),
]
Name = Annotated[LocalText, AfterValidator(_lines)]
Label = Annotated[Name, AfterValidator(_not_blank)]
Told = Annotated[LocalText, AfterValidator(_not_blank)]
Weight = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Figure = Annotated[float, Field(allow_inf_nan=False)]
InputId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
NodeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]


class Part(BaseModel):
    """Base of all parts of a definition: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
