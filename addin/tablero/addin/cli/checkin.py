"""Checking in: what is due is asked, or taken from a file, and appended to the workbook."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from tablero.addin.check_in_words import owner_of
from tablero.addin.cli.asking import agreed
from tablero.addin.cli.checkin_asking import Interview
from tablero.addin.cli.fitting import fitted, show_data
from tablero.addin.cli.running import FINE, PROBLEMS, WrongUseError, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, show_saved, terminal
from tablero.workbook_templates.definition import KeyResult
from tablero.workbook_templates.export import problem_json
from tablero.workbook_templates.filling.amounts import Mark
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.okrs.answers import day_of, said
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.checking_in import (
    Due,
    Plan,
    applied,
    due,
    edits_of,
    place,
    planned,
    refuse_without_okrs,
)
from tablero.workbook_templates.okrs.delivery import delivered
from tablero.workbook_templates.problems import Problem, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.saving import Saved, check_target

_ROWS_SHOWN = 200
_MARKS: dict[str, Mark] = {"comma": ",", "point": "."}


@dataclass(frozen=True)
class Manner:
    """How to go about it."""

    day: str = ""
    """That of check-ins which do not say theirs; today where it is empty."""
    decimal: str | None = None
    is_agreed: bool = False
    is_trial: bool = False
    as_json: bool = False

    @property
    def mark(self) -> Mark | None:
        """The decimal mark of amounts."""
        return _MARKS[self.decimal] if self.decimal else None


def check_in(path: Path, source: Path | None, manner: Manner, lang: str | None) -> int:
    """Check in what is due, or what a file says; the exit code."""
    language = users_language(lang)
    with wrong_use():
        if not path.is_file():
            read_workbook(path)  # which says why it cannot be read
        version, reading = Version.of(path), read_workbook(path)
        refuse_without_okrs(reading)
        day = _day(manner.day)
        if not manner.is_trial:
            check_target(path, force=True, ending=path.suffix.lower())
    command = _CheckIn(version, reading, manner, day, language)
    return command.asked() if source is None else command.of_file(source)


def _day(text: str) -> date:
    """The day that was asked for, else the user's own."""
    day = day_of(text) if text else _today()
    if day is None:
        raise WrongUseError([Problem("checkin_no_date", values={"text": text})])
    return day


def _today() -> date:
    return datetime.now().astimezone().date()


@dataclass(frozen=True)
class _CheckIn:
    """A workbook into which somebody checks in."""

    version: Version
    reading: Reading
    manner: Manner
    day: date
    language: str

    def asked(self) -> int:
        """Ask for what is due, or list it where nobody is to be asked."""
        ones = due(self.reading, self.day)
        console = terminal()
        if self.manner.as_json:
            _show_json({"day": self.day.isoformat(), "due": list(map(self._due_data, ones))})
        elif not ones:
            self._say(console, "nothing_due", day=self.day.isoformat())
        elif self.manner.is_trial:
            self._list(console, ones)
        else:
            return self._interview(console, ones)
        return FINE

    def of_file(self, file: Path) -> int:
        """Take the check-ins of a file."""
        with wrong_use():
            source = read_source(file)
            day = self.day if self.manner.day else None
            lines, wrong = delivered(
                source,
                self.reading.definition,
                language=self.reading.language,
                day=day,
                decimal=self.manner.mark,
            )
        plan = planned(self.reading, lines, _today())
        found = (*wrong, *(one.at(file=source.name) for one in plan.problems))
        plan = Plan(plan.told, plan.unchanged, found, source.name, source.digest)
        return self._answer(plan) if self.manner.as_json else self._talk(terminal(), plan)

    def _interview(self, console: Console, ones: Sequence[Due]) -> int:
        if sys.stdin is None or not sys.stdin.isatty():
            raise WrongUseError([Problem("checkin_unasked")])
        interview = Interview(console, self.reading, self.day, self.manner.mark, self.language)
        return self._talk(console, planned(self.reading, interview.ask(ones), _today()))

    def _talk(self, console: Console, plan: Plan) -> int:
        """Show, ask, do; the exit code."""
        report(sorted(plan.problems, key=lambda one: one.severity != "error"), self.language)
        if has_errors(plan.problems):
            self._say(console, "left")
            return PROBLEMS
        counts = {"new": len(plan.told), "unchanged": plan.unchanged}
        if not plan.told:
            self._say(console, "nothing", **counts)
            return FINE
        edits_of(self.reading, plan)  # what cannot be written is told before anybody is asked
        self._show(console, plan)
        self._say(console, "count", **counts)
        self._do(console, plan)
        return FINE

    def _do(self, console: Console, plan: Plan) -> None:
        if self.manner.is_trial:
            self._say(console, "dry")
        elif not (self.manner.is_agreed or self._is_agreed()):
            self._say(console, "left")
        else:
            saved, problems = self._save(plan)
            if saved:
                show_saved(console, saved, self.language)
            report(problems, self.language)

    def _is_agreed(self) -> bool:
        if sys.stdin is None or not sys.stdin.isatty():
            raise WrongUseError([Problem("fill_unasked")])
        return agreed(told("checkin.ask", self.language, file=self.version.path.name))

    def _answer(self, plan: Plan) -> int:
        """Do it and answer with data; the exit code."""
        is_wrong = has_errors(plan.problems)
        saved, problems = None, plan.problems
        if plan.told and not is_wrong and not self.manner.is_trial:
            if not self.manner.is_agreed:
                raise WrongUseError([Problem("fill_unasked")])
            saved, left = self._save(plan)
            problems += left
        _show_json(
            {
                "source": {"name": plan.source, "digest": plan.digest},
                "check_ins": [self._data(plan, number) for number in range(len(plan.told))],
                "unchanged": plan.unchanged,
                "saved": saved is not None,
                "backup": saved.backup.name if saved and saved.backup else None,
                "problems": [problem_json(one, self.language) for one in problems],
            }
        )
        return PROBLEMS if is_wrong else FINE

    def _save(self, plan: Plan) -> tuple[Saved | None, tuple[Problem, ...]]:
        revision = applied(self.version, self.reading, plan)
        return revision.save(), revision.problems

    def _say(self, console: Console, key: str, **values: object) -> None:
        show(console, told(f"checkin.{key}", self.language, **values))

    def _list(self, console: Console, ones: Sequence[Due]) -> None:
        """What is due, by who owes it."""
        self._say(console, "due", day=self.day.isoformat())
        none = told("checkin.none", self.language)
        for one in sorted(ones, key=lambda one: owner_of(one, self.language)):
            last = one.newest.day.isoformat() if one.newest else none
            name = one.key_result.name.in_language(self.language)
            owner = owner_of(one, self.language)
            words = {"owner": owner, "name": name, "period": one.okr.period, "last": last}
            show(console, f"  {told('checkin.due_line', self.language, **words)}")

    def _show(self, console: Console, plan: Plan) -> None:
        """One line a check-in."""
        table = new_table(console)
        for key in ("day", "key_result", "former", "value", "confidence", "note"):
            label = Text(fitted(told(f"checkin.column.{key}", self.language), console.encoding))
            is_number = key in ("former", "value", "confidence")
            table.add_column(
                label, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold"
            )
        for one in plan.told[:_ROWS_SHOWN]:
            cells = self._cells(one.check_in)
            table.add_row(*(Text(fitted(cell, console.encoding)) for cell in cells))
        console.print(table)
        if len(plan.told) > _ROWS_SHOWN:
            self._say(console, "more", count=len(plan.told) - _ROWS_SHOWN)

    def _cells(self, line: CheckIn) -> tuple[str, ...]:
        key_result = self._key_results[line.key_result]
        share = "" if line.confidence is None else f"{100 * line.confidence:.6g} %"
        return (
            line.day.isoformat(),
            key_result.name.in_language(self.language),
            *(_said(value, key_result) for value in (self._former(line.key_result), line.value)),
            share,
            line.note,
        )

    @property
    def _key_results(self) -> Mapping[str, KeyResult]:
        return {one.id: one for one in self.reading.definition.key_results()}

    def _former(self, key: str) -> float | None:
        """The newest value that the workbook has of a key result."""
        lines = [one for one in self.reading.records.check_ins if one.key_result == key]
        lines = [one for one in sorted(lines, key=lambda one: one.day) if one.value is not None]
        return lines[-1].value if lines else None

    def _data(self, plan: Plan, number: int) -> dict[str, Any]:
        line, origin = plan.told[number].check_in, plan.told[number].origin
        return {
            "day": line.day.isoformat(),
            "key_result": line.key_result,
            "name": self._key_results[line.key_result].name.in_language(self.language),
            "former": self._former(line.key_result),
            "value": line.value,
            "confidence": line.confidence,
            "note": line.note,
            "from": origin,
            "cell": place(self.reading, number),
        }

    def _due_data(self, one: Due) -> dict[str, Any]:
        return {
            "key_result": one.key_result.id,
            "name": one.key_result.name.in_language(self.language),
            "period": one.okr.period,
            "owner": one.owner.in_language(self.language),
            "last_check_in": one.newest.day.isoformat() if one.newest else None,
            "value": one.value,
            "days": one.days,
        }


def _show_json(data: dict[str, Any]) -> None:
    show_data(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")


def _said(value: float | None, one: KeyResult) -> str:
    return "" if value is None else said(value, one)
