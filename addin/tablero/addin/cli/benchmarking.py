"""Putting the benchmarks of a portfolio on the Matrix of a company's workbook."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from tablero.addin.cli.filling import AGREED, Manner
from tablero.addin.cli.fitting import fitted, show_data
from tablero.addin.cli.running import FINE, WrongUseError, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, show_saved, terminal
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.portfolio.benchmarks import Compared, Comparison, compared
from tablero.workbook_templates.portfolio.benchmarks_column import place_of, with_benchmarks
from tablero.workbook_templates.portfolio.dataset import DataSet
from tablero.workbook_templates.portfolio.dataset_snapshot import snapshot
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version

_HEADS = ("kpi", "low", "median", "high", "companies", "group")


def benchmark(path: Path, folder: Path, manner: Manner, lang: str | None, *, alone: bool) -> int:
    """Put benchmarks on a workbook's Matrix; the exit code.

    ``alone`` says that no figures were asked for at the same time.
    """
    language = users_language(lang)
    with wrong_use():
        if not alone:
            raise WrongUseError([Problem("benchmarks_alone")])
        version, reading = Version.of(path), read_workbook(path)
        _refuse_damaged(folder)
        comparison = compared(reading, folder)
        revision = with_benchmarks(version, comparison, reading.language, reading.dialect)
    if not manner.as_json:
        _show(terminal(), comparison, reading, language)
    is_written = revision.is_change and not manner.is_trial and _is_agreed(path, manner, language)
    saved = revision.save() if is_written else None
    if manner.as_json:
        show_data(f"{json.dumps(_data(comparison, saved=saved is not None), indent=2)}\n")
    elif saved:
        _show_place(terminal(), path, language)
        show_saved(terminal(), saved, language)
    else:
        key = "fill.dry" if manner.is_trial else "benchmarks.unchanged"
        show(terminal(), told(key, language))
    report(revision.problems, language)
    return FINE


def _show_place(console: Console, path: Path, language: str) -> None:
    place = place_of(path)
    if place is not None:
        sheet, cell = place
        show(console, told("benchmarks.place", language, sheet=sheet, cell=cell))


def _refuse_damaged(folder: Path) -> None:
    """Tables that cannot be read, or are of different runs, say nothing of anybody."""
    tables = {name: DataSet(folder).table(name) for name in SCHEMAS}
    snapshot({name: path for name, path in tables.items() if path.exists()})


def _is_agreed(path: Path, manner: Manner, language: str) -> bool:
    if manner.is_agreed:
        return True
    if manner.as_json or sys.stdin is None or not sys.stdin.isatty():
        raise WrongUseError([Problem("fill_unasked")])
    question = told("fill.ask", language, file=path.name)
    given = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
    return str(given).strip().casefold() in AGREED


def _show(console: Console, comparison: Comparison, reading: Reading, language: str) -> None:
    """One line a KPI: the quartiles of the companies like this one, how many, and which."""
    show(console, comparison.source)
    if not comparison.lines:
        return
    table = new_table(console)
    for head in _HEADS:
        label = Text(fitted(told(f"benchmarks.column.{head}", language), console.encoding))
        is_number = head not in ("kpi", "group")
        table.add_column(label, justify="right" if is_number else "left", no_wrap=is_number)
    kpis = {one.id: one for one in reading.definition.kpis()}
    for one in comparison.lines:
        kpi = kpis[one.kpi]
        cells = (
            kpi.name.in_language(language),
            *_figures(one, kpi.unit.in_language(language), language),
        )
        said = (*cells, decimal_text(one.companies, language, 0), one.group)
        table.add_row(*(Text(fitted(cell, console.encoding)) for cell in said))
    console.print(table)


def _figures(one: Compared, unit: str, language: str) -> tuple[str, ...]:
    quartiles = (one.low, one.median, one.high)
    if unit == "%":
        return tuple(percent_text(value, language) for value in quartiles)
    return tuple(decimal_text(value, language) for value in quartiles)


def _data(comparison: Comparison, *, saved: bool) -> dict[str, object]:
    lines = [
        {
            "kpi": one.kpi, "low": one.low, "median": one.median, "high": one.high,
            "companies": one.companies, "group": one.group,
        }
        for one in comparison.lines
    ]  # fmt: skip
    return {"source": comparison.source, "benchmarks": lines, "saved": saved}
