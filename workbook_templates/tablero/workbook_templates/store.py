"""The workbook's memory of its own definition: a hidden sheet that the reader finds by name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.layout import STORE_SHEET
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.records import Records, as_text, sample_styles
from tablero.workbook_templates.sheets.page import Page

WORKBOOK_SCHEMA = 4
"""What a workbook holds and where: since 2 closed months and a log of changes, too; since 3
action plans, causes and the SWOT; since 4 the tables of the Data sheet."""
NAME = "tablero_definition"
MARK = "tablero"

# Figures and check-ins are typed cells; where the logo came from is nobody's business.
_NOT_STORED: Mapping[str, Any] = {"figures": True, "check_ins": True, "company": {"logo"}}

# Excel holds 32,767 UTF-16 units in a cell, and a character such as an emoji takes two of them.
_CHUNK = 15_000


def build(definition: Definition, language: str, dialect: str, records: Records) -> Page:
    """A very hidden sheet with the definition as JSON, and the closed months beside it.

    The figures are typed cells. A cell of each style that closing a month gives and takes is kept,
    because a workbook forgets the styles that no cell has.
    """
    page = Page("store", STORE_SHEET, "", visible=False)
    head = {"mark": MARK, "schema": WORKBOOK_SCHEMA, "language": language, "dialect": dialect}
    body = definition.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude=dict(_NOT_STORED)
    )
    for row, part in enumerate((json.dumps(head), *_chunks(json.dumps(body, ensure_ascii=False)))):
        page.put(row, 0, part, "string")
    for row, (month, figures) in enumerate(sorted(records.closed.items())[-2 * MONTHS_A_YEAR :]):
        page.put(row, 1, as_text(month, figures), "string")
    for row, style in enumerate(sample_styles()):
        page.put(row, 2, None, style)
    return page


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, len(text), _CHUNK):
        yield text[start : start + _CHUNK]


def restore(cells: Sequence[str]) -> tuple[dict[str, object], dict[str, object]]:
    """Head and definition from the hidden sheet's cells; ValueError when they are damaged."""
    head, body = (_object(text) for text in (cells[0], "".join(cells[1:])))
    if head.get("mark") != MARK:
        raise ValueError("no mark")
    return head, body


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except RecursionError as defect:
        raise ValueError("brackets without end") from defect
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004 - what is wrong is the text, not a type
    return found
