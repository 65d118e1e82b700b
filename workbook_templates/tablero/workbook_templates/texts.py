"""Every text that a person reads, looked up by key in the catalogue of their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from tablero.workbook_templates.catalogues import Entry, entries
from tablero.workbook_templates.formats import date_text, number_text

Language = Literal["en", "es", "pt"]
LANGUAGES: tuple[str, ...] = get_args(Language)
SOURCE = "en"
"""The language in which texts are written first, and into which none has to be translated."""


@runtime_checkable
class Spoken(Protocol):
    """What is said differently in each language, as the names of a definition are."""

    def in_language(self, language: str) -> str:
        """As it is said in that language."""


class MissingTextError(KeyError):
    """A key that the catalogue does not hold: a defect of ours, never of the user's file."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language by key; what its translators have not done yet is English.

    The English texts stand in ``locale/<concern>.pot``, their translations in
    ``locale/<language>/<concern>.po``: the key is the context (``msgctxt``) of an entry.
    """
    locale = files(__package__).joinpath("locale")
    if language == SOURCE:
        return {entry.context: entry.english for entry in _entries(locale, ".pot")}
    translated = _entries(locale.joinpath(language), ".po")
    said = {entry.context: entry.translation for entry in translated if entry.translation}
    return {**catalogue(SOURCE), **said}


def text(key: str, language: str = SOURCE, **values: Any) -> str:
    """The text of ``key`` in ``language`` with its placeholders filled.

    Names, numbers with decimals and days are written as the language does.

    >>> text("term.strategy", "es")
    'Estrategia'
    """
    try:
        pattern = catalogue(language)[key]
    except KeyError:
        raise MissingTextError(f"{language}: {key}") from None
    if not values:
        return pattern
    return pattern.format(**{name: _said(value, language) for name, value in values.items()})


def _said(value: Any, language: str) -> Any:
    match value:
        case str() | int():
            return value
        case float():
            return number_text(value, language)
        case date():
            return date_text(value, language)
        case Spoken():
            return value.in_language(language)
        case _:
            return value


def _entries(folder: Traversable, ending: str) -> Iterator[Entry]:
    for page in sorted(folder.iterdir(), key=lambda item: item.name):
        if page.name.endswith(ending):
            yield from entries(page.read_text("utf-8"))
