"""The demonstration: the paper's company built, read back, scored, and set beside the paper."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from rich.console import Console
from rich.text import Text

from tablero.addin.cli.fitting import as_typed
from tablero.addin.cli.paper import PRINTED, differs
from tablero.addin.cli.running import wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.tables import Column, ScorecardTable
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.export import Row, rows
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.saving import Saved, make_folder, save
from tablero.workbook_templates.scorecard import Scorecard
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import text
from tablero.workbook_templates.workbook import new_workbook

_TEMPLATE = "cano"


def demonstrate(folder: Path, functions: str, lang: str | None) -> None:
    """Build the paper's company in a folder and show its scores beside the paper's."""
    language = users_language(lang)
    saved = _build(folder, cast("DialectName", functions), language)
    reading = read_workbook(saved.path)
    scorecard = score(reading.definition, reading.figures, [reading.period]).at(reading.period)
    console = terminal()
    show_saved(console, saved, language)
    show(console)
    _show_scores(console, scorecard, language)
    show(console)
    _show_next(console, saved.path, functions, language)


def _build(folder: Path, functions: DialectName, language: str) -> Saved:
    definition = load_template(_TEMPLATE)
    with wrong_use():
        make_folder(folder)
        return save(
            folder / f"{_TEMPLATE}.xlsx",
            lambda path: new_workbook(definition, path, language=language, dialect=functions),
            force=True,
        )


def _show_scores(console: Console, scorecard: Scorecard, language: str) -> None:
    column = Column(told("demo.paper", language), _printed, rank=1)
    ScorecardTable(scorecard, language, (column,)).show(console)
    names = [row.name.in_language(language) for row in rows(scorecard) if row.kpi and _differs(row)]
    show(console, told("demo.rounding", language, names=", ".join(names)))


def _printed(row: Row) -> Text:
    mark = "≠ " if _differs(row) else ""
    return Text(f"{mark}{PRINTED[row.id]}%")


def _differs(row: Row) -> bool:
    return row.score.achievement is None or differs(row.id, row.score.achievement)


def _show_next(console: Console, path: Path, functions: str, language: str) -> None:
    sheet = text("sheet.home", language)
    show(console, told(f"demo.open.{functions}", language, file=as_typed(path), sheet=sheet))
    show(console, told("demo.next", language))
