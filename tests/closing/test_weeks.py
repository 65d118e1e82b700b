"""A quarter lived through: checked in week by week, the months' figures filled as they come.

Each week Python, IronCalc, LibreOffice and the results in the file agree on how far every key
result and objective is, how far it should be, and what that means.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates.editing.edits import Edit, with_edits
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.layout import key_result_key, okr_key
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, OkrScores
from tablero.workbook_templates.okrs.words import symbol, word
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.sheets.page import serial
from tablero.workbook_templates.workbook import make_board
from tests.addin.commands import tablero
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Place, Value
from tests.workbook.comparing import differences, shown, stored

# Beside the template's own objective, which people tell, one that follows the scorecard.
OWN = """
  - id: first_quarter
    name: {en: Sell more and lose less, es: Vender más y perder menos}
    period: 2026-Q1
    perspective: financial
    commitment: committed
    key_results:
      - {id: sales, name: Sales, start: 0, target: 300000, weight: 0.4, input: net_sales}
      - {id: margin, name: Margin, start: 0.05, target: 0.09, weight: 0.3, kpi: net_margin}
      - {id: lost, name: Lost goods, start: 0.03, target: 0.01, weight: 0.2, kpi: shrinkage_rate}
      - {id: stock_days, name: Stock, kind: between, start: 60, target: 30, upper: 40, weight: 0.1}
  - id: whole_year
    name: {en: A trained team, es: Un equipo capacitado}
    period: 2026
    perspective: learning
    key_results:
      - {id: trained, name: Trained, start: 2, target: 12, weight: 1, confidence: 0.5}
"""

FRIDAYS = [date(2026, 1, 2) + timedelta(weeks=week) for week in range(13)]
Said = tuple[str, float | None, float | None, str]
# What is said each week: every kind of key result, weeks without a word, a step back, a late one.
WEEKS: list[list[Said]] = [
    [("shelf_check_weeks", 1, 0.7, "begun")],
    [("shelf_check_weeks", 2, None, ""), ("stock_days", 58, 0.4, "")],
    [("shelf_check_weeks", 3, None, ""), ("best_sellers_kept", 4, 0.5, ""),
     ("trained", 2.5, 0.6, "")],
    [("stock_days", 51.5, None, "returns to suppliers")],
    [("shelf_check_weeks", 4, 0.5, "one week missed"), ("reorder_points", 0, 0.3, "")],
    [("best_sellers_kept", 9, 0.6, ""), ("sales", None, 0.8, "only how sure we are")],
    [],
    [("shelf_check_weeks", 7, 0.8, ""), ("stock_days", 44, 0.6, ""), ("trained", 4, None, "")],
    [("best_sellers_kept", 8, 0.4, "a step back"), ("reorder_points", 0.5, None, "half of them")],
    [("shelf_check_weeks", 9, None, "")],
    [("stock_days", 39, 0.9, ""), ("best_sellers_kept", 15, None, "")],
    [("shelf_check_weeks", 11, None, ""), ("reorder_points", 1, 1, "done"),
     ("trained", 5, None, "")],
    [("best_sellers_kept", 17, 0.9, ""), ("stock_days", 28, 0.7, "too little"),
     ("shelf_check_weeks", 12, 1, "")],
]  # fmt: skip
# Net sales, net profit and shrinkage by month, and the week at whose beginning they are known.
FIGURES = {
    1: (90_000.0, 5_400.0, 2_250.0),
    2: (85_000.0, 5_950.0, 1_700.0),
    3: (110_000.0, 9_900.0, 1_100.0),
}
FILLED = {1: 5, 2: 9, 3: 13}
INPUTS = ("net_sales", "net_profit", "shrinkage")
# Weeks in which somebody chooses the day, and how many days after Friday; else the cell is empty.
CHOSEN = {2: 2, 3: 0, 6: 3, 9: 9, 12: 4}


@dataclass(frozen=True)
class Week:
    """What a workbook was in the evening of a week."""

    path: Path
    check_ins: tuple[CheckIn, ...]
    filled: int
    """The last month with figures."""
    chosen: date | None

    def scores(self) -> OkrScores:
        """How everything stands by what was said and filled, whatever the workbook says of it."""
        reading = read_workbook(self.path)
        assert reading.records.check_ins == self.check_ins
        assert reading.records.as_of == self.chosen
        figures = replace(reading.figures, months=self._months(reading.figures))
        np.testing.assert_array_equal(reading.figures.months, figures.months)
        return OkrScores(reading.definition, figures, self.check_ins, self.chosen)

    def _months(self, figures: Figures) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        months = np.full_like(figures.months, np.nan)
        for month in range(1, self.filled + 1):
            for key, figure in zip(INPUTS, FIGURES[month], strict=True):
                months[figures.ids.index(key), month + 11] = figure
        return months


def run(folder: Path, *arguments: str) -> None:
    """A command that ends well."""
    ended = tablero(*arguments, cwd=folder)
    assert ended.returncode == 0, ended.stderr or ended.stdout


def check_in(folder: Path, week: int) -> tuple[CheckIn, ...]:
    """Say what is said in a week: in Spanish, as a spreadsheet there writes it."""
    day, said = FRIDAYS[week], WEEKS[week]
    lines = ["fecha;resultado clave;valor;confianza;nota"]
    for key, value, confidence, note in said:
        number = "" if value is None else f"{value:g}".replace(".", ",")
        share = "" if confidence is None else f"{100 * confidence:.0f} %"
        lines.append(f"{day};{key};{number};{share};{note}")
    (folder / "week.csv").write_text("\n".join(lines), "utf-8")
    said_so = ("checkin", "shop.xlsx", "--from", "week.csv", "--decimal", "comma", "--yes")
    run(folder, *(said_so if said else ("refresh", "shop.xlsx")))
    return tuple(CheckIn(day, *one) for one in said)


def fill(folder: Path, month: int) -> None:
    """Fill in what is known of a month."""
    figures = zip(INPUTS, FIGURES[month], strict=True)
    lines = [f"{key},2026-{month:02},{figure:g}" for key, figure in figures]
    (folder / "month.csv").write_text("\n".join(["input,period,value", *lines]), "utf-8")
    run(folder, "fill", "shop.xlsx", "--from", "month.csv", "--yes")


def look_at(path: Path, day: date | None) -> None:
    """Type the day to look at, or empty its cell; a command calculates afterwards."""
    reading = read_workbook(path)
    board = make_board(reading.definition, language=reading.language)
    title = board.okr_layout.okr.title
    row, column = board.okr_layout.settings.at("as_of_typed", "value")
    typed = serial(day.year, day.month, day.day) if day else None
    edited = with_edits(
        Package.read(path.read_bytes()), [Edit(title, (row + 1, column + 1), typed)]
    )
    path.write_bytes(edited.to_bytes())


def live_through(folder: Path) -> list[Week]:
    """Check in thirteen weeks; a copy of the workbook is kept of each."""
    definition = files("tablero.workbook_templates").joinpath("definitions", "retail.yaml")
    (folder / "shop.yaml").write_text(definition.read_text("utf-8") + OWN, "utf-8")
    run(folder, "new", "shop.yaml", "-o", "shop.xlsx", "--functions", "plain")
    path, lived = folder / "shop.xlsx", []
    said: tuple[CheckIn, ...] = ()
    for week in range(len(FRIDAYS) + 1):
        chosen = FRIDAYS[week] + timedelta(CHOSEN[week]) if week in CHOSEN else None
        if chosen or week - 1 in CHOSEN:
            look_at(path, chosen)
        months = [month for month, begins in FILLED.items() if begins <= week]
        if FILLED.get(len(months)) == week:
            fill(folder, len(months))
        said += check_in(folder, week) if week < len(FRIDAYS) else ()
        kept = Path(shutil.copy(path, folder / f"week-{week + 1:02}.xlsx"))
        lived.append(Week(kept, said, len(months), chosen))
    return lived


def verdicts(scores: OkrScores, language: str) -> dict[Place, Value]:
    """What the sheet OKR should show, from the scores and not from the sheet's code."""
    board = make_board(scores.definition, language=language)
    table = board.okr_layout.okr
    cells: dict[Place, Value] = {}
    for okr in scores.okrs:
        rows: list[tuple[str, OkrScore | KeyResultScore, float | None]] = []
        rows += [(okr_key(okr.okr), okr, okr.score)]
        rows += [(key_result_key(one.key_result), one, one.progress) for one in okr.key_results]
        for key, one, progress in rows:
            columns = {
                "progress": progress, "expected": one.expected, "confidence": one.confidence,
                "status": word(board, one.status), "symbol": symbol(one.status),
            }  # fmt: skip
            for column, value in columns.items():
                cells[table.title, table.cell(key, column)] = "" if value is None else value
        for row in okr.key_results:
            current = "" if row.current is None else row.current
            cells[table.title, table.cell(key_result_key(row.key_result), "current")] = current
    return cells


def test_a_quarter_is_lived_through(tmp_path: Path, calc: Calc) -> None:
    """Fourteen evenings: thirteen Fridays, and the one on which the last month is filled in."""
    weeks = live_through(tmp_path)
    statuses = set()
    for week in weeks:
        scores = week.scores()
        expected = verdicts(scores, "en")
        kept = stored(week.path)
        assert differences(kept, expected) == [], week.path.name
        assert differences(shown(Workbook.load(week.path)), kept) == [], week.path.name
        with calc.open(week.path, recalculate=True) as document:
            assert differences(shown(document), kept) == [], week.path.name
        statuses |= {one.status for okr in scores.okrs for one in okr.key_results}
    assert statuses == {"", "off_track", "at_risk", "on_track", "outdated"}
    the_last_evening_is_what_one_reckons_by_hand(weeks[-1].scores())


def the_last_evening_is_what_one_reckons_by_hand(scores: OkrScores) -> None:
    """The sheet's three objectives on the quarter's last day."""
    shelf, money, year = scores.okrs
    assert scores.as_of == date(2026, 3, 31)
    assert [one.progress for one in shelf.key_results] == pytest.approx([12 / 12, 17 / 20, 1])
    assert shelf.score == pytest.approx(0.3 + 0.4 * 0.85 + 0.3)
    margin, lost = 21_250 / 285_000, 5_050 / 285_000
    progress = [
        285_000 / 300_000,
        (margin - 0.05) / 0.04,
        (0.03 - lost) / 0.02,
        1 - (30 - 28) / (60 - 40),
    ]
    assert [one.progress for one in money.key_results] == pytest.approx(progress)
    assert money.score == pytest.approx(np.dot(progress, [0.4, 0.3, 0.2, 0.1]))
    assert money.expected == pytest.approx(1)
    assert (year.score, year.expected) == pytest.approx((0.3, 90 / 365))
