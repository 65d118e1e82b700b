"""Showing the scores of a workbook as a table, as JSON or as CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tablero.addin.cli.fitting import as_typed, show_data
from tablero.addin.cli.running import FINE, PROBLEMS, can_be_scored, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, terminal
from tablero.workbook_templates.export import as_json, frame
from tablero.workbook_templates.okrs.export import okrs_json
from tablero.workbook_templates.okrs.scoring import OkrScores
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.problems import ProblemsError, has_errors
from tablero.workbook_templates.read import REGISTERS_SINCE, Reading, read_workbook
from tablero.workbook_templates.registers.export import registers_json
from tablero.workbook_templates.registers.standing import actions_of
from tablero.workbook_templates.scorecard import Scorecard
from tablero.workbook_templates.scoring import Scores, score


def show_scores(path: Path, code: str | None, shape: str, lang: str | None) -> int:
    """Show the scores of a workbook in the period of that code; the exit code."""
    with wrong_use():
        reading = read_workbook(path)
        period = _period(reading, code)
    if not can_be_scored(reading.problems):
        raise ProblemsError(reading.problems)
    language = lang or reading.language
    if shape != "json":
        report(reading.problems, users_language(lang))
    if shape == "csv":
        _show_csv(_scores(reading, None if code is None else [period]), language)
    else:
        scores = _scores(reading, [period])
        if shape == "json":
            _show_json(scores, period, reading, language)
        else:
            _show_table(scores.at(period), path, language)
    return PROBLEMS if has_errors(reading.problems) else FINE


def _period(reading: Reading, code: str | None) -> Period:
    company = reading.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    return reading.period if code is None else calendar.parse(code)


def _scores(reading: Reading, periods: Sequence[Period] | None) -> Scores:
    return score(reading.definition, reading.figures, periods)


def _show_csv(scores: Scores, language: str) -> None:
    show_data(frame(scores, language).to_csv(index=False, lineterminator="\n"))


def _okrs(reading: Reading, language: str) -> dict[str, Any]:
    """The objectives and key results of a workbook that has some, on its as-of date."""
    if not reading.definition.okrs:
        return {}
    past = reading.records
    scores = OkrScores(reading.definition, reading.figures, past.check_ins, past.as_of)
    return {"okrs": okrs_json(scores, language)}


def _registers(reading: Reading, scores: Scores, period: Period) -> dict[str, Any]:
    """The action plans, causes and the SWOT of a workbook that has the sheets for them."""
    if reading.schema < REGISTERS_SINCE:
        return {}
    registers = reading.records.registers
    return {"registers": registers_json(registers, actions_of(scores, period, reading.records))}


def _show_json(scores: Scores, period: Period, reading: Reading, language: str) -> None:
    data = as_json(scores.at(period), reading.problems, language)
    data |= _okrs(reading, language) | _registers(reading, scores, period)
    show_data(f"{json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)}\n")


def _show_table(scorecard: Scorecard, path: Path, language: str) -> None:
    from tablero.addin.cli.tables import ScorecardTable  # noqa: PLC0415 - data needs no drawing

    console = terminal()
    ScorecardTable(scorecard, language).show(console)
    missing = sum(len(debt.months) for debt in scorecard.owed)
    if missing:
        show(console, told("score.owed", language, count=missing, file=as_typed(path)))
