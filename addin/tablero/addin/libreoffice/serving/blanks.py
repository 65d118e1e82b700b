"""Which zeros are empty cells: LibreOffice hands an extension 0 for a single cell without content.

The extension is told the document but not the cell that calls. So the calls that stand in the
document are looked through for those that can have come to the values given. Where they agree on
which of the zeros are empty cells, that is the answer. Where they do not, the calling cell is the
one that is being calculated just now: asked for its error, it answers that it goes in a circle.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tablero.addin.libreoffice.serving.contents import EMPTY, Contents, Kind, Site, can_be
from tablero.addin.libreoffice.serving.formulas import Place

MISSING = ""
Positions = tuple[int, ...]
Watch = Callable[[Any, Callable[[], None]], None]
"""Calls the given function whenever the document changes, and when it is closed."""

_GOES_IN_A_CIRCLE = 522
# Contents may also change unnoticed: they are read again after a second, or seldom if it is slow.
_SECONDS = 1.0
_SHARE_OF_TIME = 0.05


class _Known:
    """The contents of a document, until when they are taken for true."""

    def __init__(self, contents: Contents, until: float) -> None:
        self.contents = contents
        self.until = until


class EmptyCells:
    """Finds the empty cells among the arguments of calls, for all documents that are open."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._known: dict[str, _Known] = {}
        self._watched: set[str] = set()
        self._asked: list[Place] = []

    def restored(self, document: Any, function: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values with "" in the place of each zero that is an empty cell."""
        if not any(map(_is_zero, values)) or not hasattr(document, "RuntimeUID"):
            return values
        contents = self._contents(document)
        known = contents.sites.get(function, {})
        possible = {kind: sites for kind, sites in known.items() if _is_possible(kind, values)}
        empty = self._empty(document, contents, possible, values)
        return tuple(MISSING if place in empty else one for place, one in enumerate(values))

    def _empty(
        self,
        document: Any,
        contents: Contents,
        possible: Mapping[Kind, list[Site]],
        values: tuple[Any, ...],
    ) -> Positions:
        of_kinds = {kind: _empty_positions(kind, values) for kind in possible}
        if len(set(of_kinds.values())) < 2:  # noqa: PLR2004 - they agree
            return next(iter(of_kinds.values()), ())
        answers = {site: of_kinds[kind] for kind, sites in possible.items() for site in sites}
        # Cells on which others depend come first: one that needs the cell at work must not be
        # asked, for it would go in a circle indeed.
        order = sorted(answers, key=lambda site: contents.ranks.of(site.cell))
        order.sort(key=lambda site: site.cell not in self._asked)
        caller = next((site for site in order if self._is_calling(document, site, values)), None)
        return answers[caller] if caller else ()

    def _is_calling(self, document: Any, site: Site, values: tuple[Any, ...]) -> bool:
        """Whether the call is the one being answered: its cell is at work, its arguments are not.

        Asking a cell that has still to be calculated calculates it, which may call a function in
        turn; that call then begins its search with this cell.
        """
        with self._asking(site.cell):
            if _cells(document, site.cell).getCellByPosition(0, 0).getError() != _GOES_IN_A_CIRCLE:
                return False
        named = zip(site.arguments, values, strict=False)
        return all(
            _holds(_cells(document, argument), value)
            for argument, value in named
            if isinstance(argument, Place)
        )

    @contextmanager
    def _asking(self, cell: Place) -> Iterator[None]:
        self._asked.append(cell)
        try:
            yield
        finally:
            self._asked.pop()

    def _contents(self, document: Any) -> Contents:
        name = document.RuntimeUID
        known = self._known.get(name)
        if known and time.monotonic() < known.until:
            return known.contents
        self._start_watching(document, name)
        start = time.monotonic()
        contents = read(document)
        end = time.monotonic()
        until = end + max(_SECONDS, (end - start) / _SHARE_OF_TIME)
        self._known[name] = _Known(contents, until)
        return contents

    def _start_watching(self, document: Any, name: str) -> None:
        if name not in self._watched:
            self._watched.add(name)
            self._watch(document, lambda: self._forget(name))

    def _forget(self, name: str) -> None:
        self._known.pop(name, None)


def read(document: Any) -> Contents:
    """The contents of a document of LibreOffice."""
    sheets = {sheet.Name: _texts(sheet) for sheet in document.Sheets}
    names = {name.Name.upper(): name.Content for name in document.NamedRanges}
    contents = Contents(sheets, names)
    contents.sites  # noqa: B018 - found now, so that their time counts
    return contents


def _texts(sheet: Any) -> Any:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - it takes its argument by position only
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()


def _cells(document: Any, place: Place) -> Any:
    """A cell as a range of its own."""
    sheet = document.Sheets.getByName(place.sheet)
    return sheet.getCellRangeByPosition(place.column, place.row, place.column, place.row)


def _is_zero(value: Any) -> bool:
    return isinstance(value, float) and value == 0.0


def _is_possible(kind: Kind, values: tuple[Any, ...]) -> bool:
    """Whether a call of a kind can have come to the values."""
    left_out = ("",) * (len(values) - len(kind))
    return len(kind) <= len(values) and all(map(can_be, (*kind, *left_out), values))


def _empty_positions(kind: Kind, values: tuple[Any, ...]) -> Positions:
    return tuple(
        position
        for position, operand in enumerate(kind)
        if operand == EMPTY and _is_zero(values[position])
    )


def _holds(cells: Any, value: Any) -> bool:
    """Whether a cell has come to a value; one that is at work has not come to anything."""
    ((content,),) = cells.getDataArray()  # what it shows is not to be had during a calculation
    return bool(content == value) or (content == "" and value == 0.0)
