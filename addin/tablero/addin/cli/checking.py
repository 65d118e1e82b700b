"""Checking a workbook or a definition: problems by what to do, and who owes which figures."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console

from tablero.addin.cli.acting import actions_in, owing_lines
from tablero.addin.cli.fitting import as_typed, show_data
from tablero.addin.cli.running import FINE, PROBLEMS, can_be_scored, is_unread, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, terminal
from tablero.workbook_templates.advice import SEVERITIES, Errand, errands
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.export import owed_json, problem_json
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.okrs.checking_in import outdated
from tablero.workbook_templates.owing import owed
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Kind, Period
from tablero.workbook_templates.problems import Problem, ProblemsError, Severity, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.registers.actions import Actions
from tablero.workbook_templates.registers.export import owing_json
from tablero.workbook_templates.scorecard import Owed
from tablero.workbook_templates.store import WORKBOOK_SCHEMA
from tablero.workbook_templates.validation import load

DEFINITIONS = (".yaml", ".yml")
# Of what keeps Excel from Python, this is not mended by a repair.
_BEYOND_REPAIR = {"host_blocked", "host_project_unreadable", "host_settings_missing"}


@dataclass(frozen=True)
class Findings:
    """What a check found: problems, and owed figures with the calendar that names their months."""

    file: Path
    problems: tuple[Problem, ...]
    owed: tuple[Owed, ...]
    calendar: Calendar
    actions: Actions | None = None
    """The action plans of a workbook that has the sheet for them."""

    def count(self, severity: Severity) -> int:
        """How many problems there are of a severity."""
        return sum(problem.severity == severity for problem in self.problems)

    @property
    def is_definition(self) -> bool:
        """Whether it was no workbook that was checked."""
        return self.file.suffix.lower() in DEFINITIONS


def check(path: Path, lang: str | None, *, as_json: bool) -> int:
    """Show what is wrong in a workbook or a definition; the exit code."""
    language = users_language(lang)
    is_definition = path.suffix.lower() in DEFINITIONS
    findings = _of_definition(path) if is_definition else _of_workbook(path)
    if as_json:
        data = _data(findings, language)
        show_data(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")
    else:
        _Report(terminal(), language).show(findings)
    return PROBLEMS if has_errors(findings.problems) else FINE


def _of_workbook(path: Path) -> Findings:
    with wrong_use():
        reading = read_workbook(path)
        problems = (*reading.problems, *_of_host(path, reading), *_of_age(path, reading))
    if not can_be_scored(reading.problems):
        return Findings(path, problems, (), Calendar(1))
    problems += tuple(one.at(file=path.name) for one in outdated(reading, _today()))
    found = _findings(path, problems, reading.definition, reading.figures)
    return replace(found, actions=actions_in(path, reading))


def _today() -> date:
    return datetime.now().astimezone().date()


def _of_host(path: Path, reading: Reading) -> tuple[Problem, ...]:
    """What keeps Excel from calling Python, where a workbook needs that."""
    if reading.dialect != "xlwings":
        return ()
    from tablero.addin.excel.host_check import host_problems  # noqa: PLC0415 - for these alone

    return host_problems(path, reading.language)


def _of_age(path: Path, reading: Reading) -> tuple[Problem, ...]:
    """That a workbook of an older schema can be brought to the present one."""
    if reading.schema >= WORKBOOK_SCHEMA:
        return ()
    told = {"schema": reading.schema, "present": WORKBOOK_SCHEMA, "file": as_typed(path)}
    return (Problem("schema_older_workbook", "note", told, file=path.name),)


def _of_definition(path: Path) -> Findings:
    try:
        definition, problems = load(path)
    except ProblemsError as refused:
        if is_unread(refused):
            raise
        return Findings(path, refused.problems, (), Calendar(1))
    return _findings(path, problems, definition, Figures.of(definition))


def _findings(
    path: Path, problems: tuple[Problem, ...], definition: Definition, figures: Figures
) -> Findings:
    """Owed is what is missing in the whole year, up to the latest month with any figure."""
    company = definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    debts = owed(definition, figures, calendar.period("year", MONTHS_A_YEAR))
    return Findings(path, problems, debts, calendar)


def _data(findings: Findings, language: str) -> dict[str, Any]:
    return {
        "file": str(findings.file),
        "language": language,
        "errors": findings.count("error"),
        "warnings": findings.count("warning"),
        "notes": findings.count("note"),
        "problems": [problem_json(problem, language) for problem in findings.problems],
        "owed": [owed_json(debt, findings.calendar, language) for debt in findings.owed],
        "actions_owed": owing_json(findings.actions, language),
        "tasks": [_task_json(errand, language) for errand in errands(findings.problems)],
        "next": _next_step(findings, language),
    }


def _task_json(errand: Errand, language: str) -> dict[str, Any]:
    return {
        "task": errand.task,
        "severity": errand.severity,
        "what": errand.what(language),
        "count": len(errand.problems),
    }


def _next_step(findings: Findings, language: str) -> str | None:
    """What to do first, with the command for it where there is one."""
    steps = [(one, step) for one in errands(findings.problems) if (step := _step(one))]
    file = as_typed(findings.file)
    for errand, (key, values) in steps:
        what = errand.what(language)
        return told(f"check.next.{key}", language, file=file, what=what, **values)
    if findings.owed and not findings.is_definition:
        return told("check.next.owed", language, file=file)
    return None


def _step(errand: Errand) -> tuple[str, dict[str, str]] | None:
    """The text that says how to go about an errand, and what it is filled with."""
    match errand.task:
        case "closed" if months := [one.values.get("month") for one in errand.problems]:
            return ("closed", {"month": str(months[0])}) if months[0] else ("begin", {})
        case "results" | "upgrade" | "check_ins":
            return errand.task, {}
        case "python" if any(one.code not in _BEYOND_REPAIR for one in errand.problems):
            return "python", {}
        case _:
            return ("begin", {}) if errand.severity == "error" else None


class _Report:
    """Shows findings on a terminal."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._language = language

    def show(self, findings: Findings) -> None:
        """Show the problems by what to do, the owed figures, how many there are, what is first."""
        show(self._console, str(findings.file), "bold")
        for errand in errands(one.at(file="") for one in findings.problems):
            show(self._console, errand.heading(self._language), "bold")
            for line in errand.lines(self._language):
                show(self._console, line)
        self._owed(findings)
        self._actions(findings)
        self._summary(findings)
        step = _next_step(findings, self._language)
        if step:
            show(self._console, step)

    def _owed(self, findings: Findings) -> None:
        if findings.owed:
            show(self._console, told("check.owed", self._language), "bold")
        for owner, debts in groupby(sorted(findings.owed, key=self._owner), key=self._owner):
            show(self._console, f"  {owner or told('check.nobody', self._language)}")
            for debt in debts:
                name = debt.input.name.in_language(self._language)
                show(self._console, f"      {name}: {self._months(debt, findings.calendar)}")

    def _actions(self, findings: Findings) -> None:
        """The KPIs that owe an action, and the red ones about which nobody says why."""
        for heading, lines in owing_lines(findings.actions, self._language):
            show(self._console, heading, "bold")
            for line in lines:
                show(self._console, f"  {line}")

    def _owner(self, debt: Owed) -> str:
        return debt.owner.in_language(self._language)

    def _months(self, debt: Owed, calendar: Calendar) -> str:
        """The months, runs of neighbours as one span: ``Feb 2026, May–Dec 2026``."""
        spans = []
        for _, run in groupby(enumerate(debt.months), key=lambda pair: pair[1] - pair[0]):
            months = [month for _, month in run]
            kind: Kind = "month" if len(months) == 1 else "ytd"
            spans.append(calendar.period_label(Period(kind, months[0], months[-1]), self._language))
        return ", ".join(spans)

    def _summary(self, findings: Findings) -> None:
        counts = {f"{severity}s": findings.count(severity) for severity in SEVERITIES}
        count = sum(len(debt.months) for debt in findings.owed)
        if findings.problems:
            show(self._console, told("check.summary", self._language, **counts))
        elif count:
            show(self._console, told("check.owing", self._language, count=count))
        else:
            show(self._console, told("check.fine", self._language))
