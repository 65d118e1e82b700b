"""Showing the answer of a data set to a query: as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from tablero.addin.cli.fitting import fitted, show_data
from tablero.addin.cli.running import FINE, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, terminal
from tablero.addin.portfolio.querying import Answer, answered
from tablero.workbook_templates.formats import number_text

_MOST = 200
"""Lines of a table that somebody looks at."""
_AT_ONCE = 2000
_FORMULA_SIGNS = tuple("=+-@\t\r\n")


def show_answer(query: str, folder: Path, shape: str, lang: str | None) -> int:
    """Show what a data set answers; the exit code."""
    with wrong_use(), answered(folder, query) as answer:
        if shape == "table":
            _show_table(answer, users_language(lang))
        else:
            for piece in (_csv if shape == "csv" else _json)(answer):
                show_data(piece)
    return FINE


def _show_table(answer: Answer, language: str) -> None:
    console = terminal()
    table = new_table(console)
    lines = list(islice(answer.lines, _MOST))
    for place, name in enumerate(answer.columns):
        is_number = any(_is_number(line[place]) for line in lines)
        table.add_column(fitted(name, console.encoding), justify="right" if is_number else "left")
    for line in lines:
        table.add_row(*(fitted(_told(cell, language), console.encoding) for cell in line))
    console.print(table)
    more = sum(1 for _ in answer.lines)
    if more:
        show(console, told("portfolio.more", language, count=more))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _told(cell: Any, language: str) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    is_fraction = isinstance(cell, float | Decimal)
    return number_text(float(cell), language) if is_fraction else str(cell)


def _csv(answer: Answer) -> Iterator[str]:
    """Comma-separated, in which no spreadsheet takes a text for a formula."""
    yield _csv_lines([tuple(answer.columns)])
    while lines := list(islice(answer.lines, _AT_ONCE)):
        yield _csv_lines([tuple(map(_inert, line)) for line in lines])


def _csv_lines(lines: list[tuple[Any, ...]]) -> str:
    document = io.StringIO()
    csv.writer(document, lineterminator="\n").writerows(lines)
    return document.getvalue()


def _inert(cell: Any) -> Any:
    is_risky = isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS)
    return f"'{cell}" if is_risky else cell


def _json(answer: Answer) -> Iterator[str]:
    """A list with an object a line."""
    before = "[\n"
    while lines := list(islice(answer.lines, _AT_ONCE)):
        records = (dict(zip(answer.columns, map(_plain, line), strict=True)) for line in lines)
        told_of = ",\n".join(json.dumps(one, ensure_ascii=False, default=str) for one in records)
        yield f"{before}{told_of}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _plain(cell: Any) -> Any:
    """A value that JSON has."""
    if isinstance(cell, float) and cell != cell:  # noqa: PLR0124 - not a number
        return None
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
