"""Words that the shipped scorecards say in every language, so that companies of several compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tablero.workbook_templates.definition import DEFAULT_BANDS, Definition, LocalText
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.texts import LANGUAGES, SOURCE


class Word(NamedTuple):
    """A word as a workbook says it, the same in English, and as it is said to the reader."""

    said: str
    shared: str
    shown: str


def vocabulary(language: str) -> tuple[Word, ...]:
    """Names of KPIs, units, sectors and bands of the library in each of its languages, each once.

    Parameters
    ----------
    language
        In which they are shown: en, es or pt.

    Examples
    --------
    >>> {word.said: (word.shared, word.shown) for word in vocabulary("pt")}["Comercio al por menor"]
    ('Retail trade', 'Comércio varejista')
    """
    found: dict[str, Word] = {}
    for text in _texts():
        shared, shown = text.in_language(SOURCE), text.in_language(language)
        for one in LANGUAGES:
            said = text.in_language(one)
            found.setdefault(said, Word(said, shared, shown))
    found.pop("", None)
    return tuple(found.values())


def _texts() -> Iterator[LocalText]:
    for template in available():
        yield from _of(load_template(template.id))
    for band in DEFAULT_BANDS:
        yield band.name


def _of(definition: Definition) -> Iterator[LocalText]:
    yield definition.company.sector
    for kpi in definition.kpis():
        yield kpi.unit
        yield kpi.name
