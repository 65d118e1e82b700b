"""Sources written for a test, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.recognition import NO_WISH, Wish, delivered
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.read import Reading

Found = dict[tuple[str, str], float]


def of_text(
    text: str, reading: Reading, folder: Path, wish: Wish = NO_WISH, encoding: str = "utf-8"
) -> Delivery:
    """What a CSV file of that text delivers."""
    path = folder / "source.csv"
    path.write_bytes(text.encode(encoding))
    return delivered(read_source(path), reading, wish)


def of_sheet(
    rows: Sequence[Sequence[Any]], reading: Reading, folder: Path, wish: Wish = NO_WISH
) -> Delivery:
    """What a workbook with those rows delivers."""
    return delivered(
        read_source(workbook(folder / "source.xlsx", {"Figures": rows})), reading, wish
    )


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook of those sheets, as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def figures(delivery: Delivery) -> Found:
    """The figures by input and month."""
    return {(one.input, one.month.code): one.value for one in delivery.figures}


def codes(delivery: Delivery) -> list[str]:
    """What is wrong, by code and place."""
    return [f"{one.code} {one.cell}".strip() for one in delivery.problems]
