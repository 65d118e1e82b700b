"""Telling what stands behind the scores of a workbook, as tables or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from tablero.addin.cli.fitting import fitted, show_data
from tablero.addin.cli.running import FINE, PROBLEMS, can_be_scored, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, terminal
from tablero.workbook_templates.analysis.export import Analysis
from tablero.workbook_templates.export import problem_json
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.problems import ProblemsError, has_errors
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import text

_MISSING = "–"
_DIGITS = 2


def analyse(path: Path, code: str | None, lang: str | None, *, as_json: bool) -> int:
    """Tell the analysis of a workbook in the period of that code; the exit code.

    Nothing is written.
    """
    with wrong_use():
        reading = read_workbook(path)
        company = reading.definition.company
        calendar = Calendar(company.year, company.fiscal_start_month)
        period = reading.period if code is None else calendar.parse(code)
    if not can_be_scored(reading.problems):
        raise ProblemsError(reading.problems)
    scores = score(reading.definition, reading.figures, [period])
    language = lang or reading.language
    analysis = Analysis(scores, period, language)
    if as_json:
        problems = {"problems": [problem_json(one, language) for one in reading.problems]}
        data = analysis.as_json() | problems
        show_data(f"{json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)}\n")
    else:
        report(reading.problems, users_language(lang))
        _Telling(analysis.as_json(), language, terminal()).show()
    return PROBLEMS if has_errors(reading.problems) else FINE


@dataclass(frozen=True)
class _Telling:
    """Shows an analysis on a terminal."""

    data: dict[str, Any]
    language: str
    console: Console

    def show(self) -> None:
        """Three tables, each under its title."""
        company, period = self.data["company"], self.data["period"]["label"]
        show(self.console, f"{company} · {period}", "bold")
        self._contributions()
        self._year_end()
        self._pairs()

    def _contributions(self) -> None:
        heads = ("name", "part", "achievement", "contribution", "points")
        found = self.data["contributions"]
        self._table("contribution", [self._column(one) for one in heads], (
            [
                one["name"],
                *(self._share(one[key]) for key in ("weight_in_strategy", "achievement")),
                *(self._share(one[key]) for key in ("contribution", "points")),
            ]
            for one in found
        ))  # fmt: skip
        strategy = self.data["strategy"]
        values = {key: self._share(strategy[key]) for key in ("achievement", "points")}
        show(self.console, told("analyse.strategy", self.language, **values))

    def _year_end(self) -> None:
        heads = ("name", "unit", "goal", "needed", "end", "achievement", "method")
        found = self.data["year_end"]
        self._table("year_end", [self._year(one) for one in heads], (
            [
                one["name"],
                one["unit"],
                self._number(one, "goal"),
                self._number(one, "needed_per_month"),
                self._number(one, "value"),
                self._share(one["achievement"]),
                self._method(one["method"]),
            ]
            for one in found["kpis"]
        ))  # fmt: skip
        key = "year_end" if found["is_forecast"] else "nothing_open"
        shown = self._share(found["achievement"])
        show(self.console, told(f"analyse.{key}", self.language, achievement=shown))

    def _pairs(self) -> None:
        found = self.data["correlations"]
        if not found:
            show(self.console)
            show(self.console, text("analysis.no_links", self.language))
            return
        lags = [each["months_later"] for each in found[0]["lags"]]
        heads = [text("analysis.lag.r", self.language, lag=lag) for lag in lags]
        self._table("pairs", [text("analysis.pair", self.language), *heads], (
            [
                f"{one['cause']['name']} → {one['effect']['name']}",
                *(self._correlation(each) for each in one["lags"]),
            ]
            for one in found
        ))  # fmt: skip
        show(self.console, told("analyse.cause", self.language))

    def _table(self, title: str, heads: Sequence[str], rows: Iterator[list[str]]) -> None:
        show(self.console)
        show(self.console, text(f"analysis.{title}", self.language), "bold")
        table = new_table(self.console)
        for place, head in enumerate(heads):
            name = Text(fitted(head, self.console.encoding))
            table.add_column(name, justify="right" if place else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(fitted(cell, self.console.encoding)) for cell in row))
        self.console.print(table)

    def _column(self, key: str) -> str:
        return text(f"analysis.column.{key}", self.language)

    def _year(self, key: str) -> str:
        return text(f"analysis.year.{key}", self.language)

    def _method(self, method: str | None) -> str:
        return text(f"analysis.method.{method or 'none'}", self.language)

    def _share(self, value: float | None) -> str:
        return _MISSING if value is None else percent_text(value, self.language)

    def _number(self, one: dict[str, Any], key: str) -> str:
        if one[key] is None:
            return _MISSING
        shown = percent_text if one["unit"] == "%" else decimal_text
        return shown(one[key], self.language)

    def _correlation(self, each: dict[str, Any]) -> str:
        """Pearson's r with how many months it rests on: ``0.42 (11)``."""
        r = each["r"]
        number = _MISSING if r is None else decimal_text(r, self.language, _DIGITS)
        return f"{number} ({each['n']})"
