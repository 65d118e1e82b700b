"""Rules for sheets and cells that the Open XML SDK does not know: each yields what breaks it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from tests.engines.formula_text import A_SHEET
from tests.engines.package import MAIN, RELATION, Cell, Package

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_SHEET_NAME = 31
LONGEST_LIST = 255
LONGEST_TEXT = 32_767
VALIDATION_TEXTS = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}


def sheet_name_findings(package: Package) -> Iterator[str]:
    """Sheet names are short, unique and without forbidden characters."""
    counts = Counter(sheet.name.lower() for sheet in package.sheets)
    for sheet in package.sheets:
        name = sheet.name
        if not 1 <= len(name) <= LONGEST_SHEET_NAME:
            yield f"{name}: a sheet's name has 1 to {LONGEST_SHEET_NAME} characters"
        if re.search(r"[\[\]:*?/\\]", name) or name.strip("'") != name:
            yield f"{name}: a sheet's name has none of []:*?/\\ and no ' at its ends"
        if counts[name.lower()] > 1 or name.lower() == "history":
            yield f"{name}: the sheet's name is taken"


def cell_findings(package: Package) -> Iterator[str]:
    """Cells stand once and in order, and hold a value of their kind."""
    for sheet in package.sheets:
        before = (0, 0)
        for cell in sheet.cells:
            place = coordinate_to_tuple(cell.address)
            for finding in (*_order_findings(before, place), *_value_findings(cell)):
                yield f"{sheet.name}!{cell.address}: {finding}"
            before = place


def _order_findings(before: tuple[int, int], place: tuple[int, int]) -> Iterator[str]:
    if place == before:
        yield "the cell stands twice in the file"
    elif place < before:
        yield "the cell stands after one that follows it, or twice"
    if place[0] > LAST_ROW or place[1] > LAST_COLUMN:
        yield "the cell lies outside the sheet"


def _value_findings(cell: Cell) -> Iterator[str]:
    if cell.formula is not None and cell.value is None:
        yield "the formula has no stored result"
    elif cell.value is not None and not _is_of_kind(cell):
        yield f"{cell.value!r} is not a value of kind {cell.kind!r}"
    if cell.value is not None and len(cell.value) > LONGEST_TEXT:
        yield f"the text is longer than {LONGEST_TEXT} characters"


def _is_of_kind(cell: Cell) -> bool:
    value, has_formula = cell.value or "", cell.formula is not None
    match cell.kind:
        case "n":
            # XlsxWriter stores an empty text as an empty number; readers take it for a blank.
            return _is_finite(value) or (has_formula and value == "")
        case "b":
            return value in ("0", "1")
        case "e":
            return value in ERRORS
        case "s":
            return not has_formula and value.isdigit()
        case kind:
            # A text result, of the cell's own formula or of one that spills into it.
            return kind == "str"


def _is_finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def validation_findings(package: Package) -> Iterator[str]:
    """Validations have valid ranges, and lists and messages that Excel can hold."""
    for sheet in package.sheets:
        for rule in sheet.root.iter(f"{MAIN}dataValidation"):
            for finding in _validation_findings(rule):
                yield f"{sheet.name}, validation of {rule.get('sqref')}: {finding}"


def _validation_findings(rule: Element) -> Iterator[str]:
    yield from _range_findings(rule.get("sqref", ""))
    formula = rule.findtext(f"{MAIN}formula1")
    if not formula and rule.get("type", "none") != "none":
        yield "it has no rule"
    if formula and formula.startswith('"') and len(formula) - 2 > LONGEST_LIST:
        yield f"its list has {len(formula) - 2} characters, more than {LONGEST_LIST}"
    for attribute, longest in VALIDATION_TEXTS.items():
        if len(rule.get(attribute, "")) > longest:
            yield f"its {attribute} is longer than {longest} characters"


def _range_findings(ranges: str) -> Iterator[str]:
    if not ranges.split():
        yield "it has no range"
    for area in ranges.split():
        if not re.fullmatch(r"[A-Z]+\d+(:[A-Z]+\d+)?", area):
            yield f"{area!r} is not a range"
            continue
        left, top, right, bottom = _boundaries(area)
        if not (1 <= left <= right <= LAST_COLUMN and 1 <= top <= bottom <= LAST_ROW):
            yield f"{area!r} is not a range of this sheet"


def _boundaries(area: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(area)
    assert left
    assert top
    assert right
    assert bottom
    return left, top, right, bottom


def conditional_format_findings(package: Package) -> Iterator[str]:
    """Conditional formats have ranges, and a formula where their kind wants one."""
    for sheet in package.sheets:
        for block in sheet.root.iter(f"{MAIN}conditionalFormatting"):
            place = f"{sheet.name}, conditional format of {block.get('sqref')}"
            for finding in _range_findings(block.get("sqref", "")):
                yield f"{place}: {finding}"
            for rule in block.iter(f"{MAIN}cfRule"):
                wants_formula = rule.get("type") in ("expression", "cellIs")
                if wants_formula and not rule.findtext(f"{MAIN}formula"):
                    yield f"{place}: it has no formula"


def merge_findings(package: Package) -> Iterator[str]:
    """Merged cells never overlap."""
    for sheet in package.sheets:
        taken: Counter[tuple[int, int]] = Counter()
        for merge in sheet.root.iter(f"{MAIN}mergeCell"):
            left, top, right, bottom = _boundaries(merge.get("ref", ""))
            taken.update((y, x) for y in range(top, bottom + 1) for x in range(left, right + 1))
        for (row, column), count in taken.items():
            if count > 1:
                yield f"{sheet.name}!{get_column_letter(column)}{row}: merged {count} times"


def table_findings(package: Package) -> Iterator[str]:
    """Tables have unique names, and cells in their head that say what their columns are called."""
    texts = shared_texts(package)
    taken = {name.name.lower() for name in package.names if name.sheet is None}
    for sheet in package.sheets:
        shown = {cell.address: cell for cell in sheet.cells}
        for part in package.related(sheet.part, "table"):
            table = package.xml(part)
            name = table.get("name", "")
            if name.lower() in taken:
                yield f"table {name}: its name is taken"
            taken.add(name.lower())
            yield from _head_findings(table, shown, texts)


def _head_findings(table: Element, shown: dict[str, Cell], texts: list[str]) -> Iterator[str]:
    if table.get("headerRowCount") == "0":
        return
    left, top, _, _ = _boundaries(table.get("ref", ""))
    for offset, column in enumerate(table.iter(f"{MAIN}tableColumn")):
        cell = shown.get(f"{get_column_letter(left + offset)}{top}")
        text = texts[int(cell.value)] if cell and cell.kind == "s" and cell.value else None
        if text != column.get("name"):
            yield f"table {table.get('name')}: the head of {column.get('name')!r} shows {text!r}"


def shared_texts(package: Package) -> list[str]:
    """The texts to which cells point by number."""
    if "xl/sharedStrings.xml" not in package.parts:
        return []
    items = package.xml("xl/sharedStrings.xml").iter(f"{MAIN}si")
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]


def hyperlink_findings(package: Package) -> Iterator[str]:
    """Links inside the workbook lead to sheets and names that are there."""
    sheets = {sheet.name.lower() for sheet in package.sheets}
    names = {name.name.lower() for name in package.names}
    for sheet in package.sheets:
        for link in sheet.root.iter(f"{MAIN}hyperlink"):
            location = link.get("location", "")
            match = A_SHEET.fullmatch(location)
            goal = (match[1] or match[2]).replace("''", "'") if match else location
            inside = link.get(f"{RELATION}id") is None
            if inside and goal.lower() not in (sheets if match else names):
                yield f"{sheet.name}!{link.get('ref')}: the link leads nowhere, {location!r}"


SHEET_RULES = (
    sheet_name_findings,
    cell_findings,
    validation_findings,
    conditional_format_findings,
    merge_findings,
    table_findings,
    hyperlink_findings,
)
