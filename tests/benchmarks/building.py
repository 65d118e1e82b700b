"""Building workbooks: against bare XlsxWriter, against openpyxl, and on all cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from openpyxl import Workbook

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.sheets.page import Cell, Date, Formula, Link, Spilled, serial
from tablero.workbook_templates.workbook import make_board, make_pages, new_workbook
from tests.benchmarks.bare_script import load_bare_script
from tests.benchmarks.companies import company, paper
from tests.benchmarks.rows import Fact, Ratio, Row
from tests.benchmarks.timing import compare, seconds

AT_MOST = 1.3
LARGE = 120
MANY = 24


def rows(folder: Path) -> Iterator[Row]:
    yield _row("building the paper's workbook, 15 KPIs", paper(), folder, runs=25)
    yield _row(f"building a workbook of {LARGE} KPIs", company(LARGE), folder, runs=5)
    yield _against_openpyxl(folder)
    yield _on_all_cores(folder)


def _row(what: str, definition: Definition, folder: Path, runs: int) -> Ratio:
    write = load_bare_script(definition, folder)
    pair = compare(
        lambda: new_workbook(definition, folder / "ours.xlsx"),
        lambda: write(folder / "peer.xlsx"),
        runs,
    )
    return Ratio(what, "bare XlsxWriter script", pair, AT_MOST)


def _against_openpyxl(folder: Path) -> Ratio:
    """The peer has all contents in hand and leaves styles, rules, charts and drawings out."""
    definition = paper()
    sheets = [
        (page.title, list(_contents(page.cells))) for page in make_pages(make_board(definition))
    ]

    def write() -> None:
        book = Workbook()
        for title, cells in sheets:
            sheet = book.create_sheet(title)
            for row, column, content in cells:
                sheet.cell(row + 1, column + 1).value = content
        book.save(folder / "openpyxl.xlsx")

    pair = compare(lambda: new_workbook(definition, folder / "ours.xlsx"), write, runs=15)
    what = "building the paper's workbook, styles and charts included"
    return Ratio(what, "openpyxl, contents alone", pair)


def _contents(cells: Sequence[Cell]) -> Iterator[tuple[int, int, object]]:
    for row, column, content, _ in cells:
        match content:
            case Formula():
                yield row, column, f"={content.text}"
            case Spilled():
                yield row, column, content.result
            case Date():
                yield row, column, serial(*content)
            case Link():
                yield row, column, content.label
            case _:
                yield row, column, content


def _on_all_cores(folder: Path) -> Fact:
    """One process a core, each already started, against a loop in this one."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        list(pool.map(_build, [folder / f"warm-{number}.xlsx" for number in range(2 * cores)]))
        paths = [folder / f"many-{number}.xlsx" for number in range(MANY)]
        alone = seconds(lambda: list(map(_build, paths)))
        together = seconds(lambda: list(pool.map(_build, paths)))
    rate, efficiency = MANY / together, alone / together / cores
    what = f"building {MANY} workbooks on {cores} cores"
    return Fact(what, "a loop on one", f"{rate:.1f}/s, {efficiency:.0%} of {cores} ×")


def _build(path: Path) -> None:
    new_workbook(paper(), path)
