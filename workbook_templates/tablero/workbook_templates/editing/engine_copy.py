"""A workbook as the engine understands it, and as it reads it soonest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tablero.workbook_templates.dialects import LITE_PREFIX, Dialect
from tablero.workbook_templates.editing.dependence import Computed
from tablero.workbook_templates.editing.elements import elements, spliced
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.ranges import Told, asked_plainly
from tablero.workbook_templates.editing.sheet import Place, SheetPart, cell_name

_FIRST = 1_000_000_000
"""Beyond the numbers that spreadsheet programs give to formulas which cells share."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCells\b.*?</(?:\w+:)?mergeCells>", re.DOTALL)
"""Cells that are merged: nothing comes of them, and the engine would visit each."""


def understood(
    package: Package, sheets: Mapping[str, SheetPart], computed: Sequence[Computed]
) -> Package:
    """The package with the functions that others serve as LAMBDAs."""
    told: dict[str, dict[Place, Told]] = {title: {} for title in package.sheets}
    for one, words in _told(computed):
        told[one.sheet][one.place] = words
    asked = {
        part: _MERGED.sub(b"", asked_plainly(_without_prefix(sheets[title]), told[title]))
        for title, part in package.sheets.items()
    }
    return package.with_parts({**asked, WORKBOOK: _with_functions(package.parts[WORKBOOK])})


def _told(computed: Sequence[Computed]) -> Iterator[tuple[Computed, Told]]:
    """What the engine is told in place of a formula.

    Copies of a formula are told as such: the engine, which takes its time to read one, reads it
    once.
    """
    numbers: dict[object, int] = {}
    for one in computed:
        if one.asks_as_array:
            text = one.text.replace(LITE_PREFIX, "")
            yield one, Told(f't="array" ref="{cell_name(one.place)}"', text)
        elif copied := one.copied:
            copy = one.sheet, copied
            if copy in numbers:
                yield one, Told(f't="shared" si="{numbers[copy]}"', "")
            else:
                numbers[copy] = _FIRST + len(numbers)
                # The engine knows the first by its area, whatever that is.
                first = f't="shared" ref="{cell_name(one.place)}" si="{numbers[copy]}"'
                yield one, Told(first, one.text.replace(LITE_PREFIX, ""))


def _without_prefix(sheet: SheetPart) -> SheetPart:
    """A sheet without the prefixes of calls; most sheets have none."""
    data = sheet.data.replace(LITE_PREFIX.encode(), b"")
    return sheet if data == sheet.data else SheetPart(data)


def _with_functions(workbook: bytes) -> bytes:
    """The workbook part with a defined name for each function that it does not define itself."""
    found = elements(workbook, ["sheets", "definedNames", "definedName"])
    names = next((one for one in found if one.name == "definedNames"), None)
    present = {one.attributes.get("name", "").upper() for one in (names.children if names else ())}
    tag = found[0].tag(workbook).removesuffix(found[0].name) + "definedName"
    added = "".join(
        f"<{tag} name={quoteattr(function)}>{escape(formula.removeprefix('='))}</{tag}>"
        for function, formula in Dialect("portable").defined_names()
        if function not in present
    )
    if names is not None and not names.is_empty:
        return spliced(workbook, [(names.inner_end, names.inner_end, added.encode())])
    start, end = (names.start, names.end) if names else (found[0].end, found[0].end)
    return spliced(workbook, [(start, end, f"<{tag}s>{added}</{tag}s>".encode())])
