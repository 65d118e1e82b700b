"""Filling a workbook with the figures of a source: what changes is shown, asked about, done."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from tablero.addin.cli.fitting import as_typed, complain, fitted, show_data
from tablero.addin.cli.running import FINE, PROBLEMS, WrongUseError, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, show_saved, terminal
from tablero.workbook_templates.export import problem_json
from tablero.workbook_templates.filling.amounts import Mark
from tablero.workbook_templates.filling.applying import applied, edits_of
from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.plan import Content, Plan, PlannedChange, planned
from tablero.workbook_templates.filling.recognition import Wish, delivered
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.problems import Problem, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.saving import Saved, check_target

Deliver = Callable[[Reading], Delivery]

_ROWS_SHOWN = 200
_PROBLEMS_SHOWN = 50
AGREED = frozenset({"y", "yes", "s", "si", "sí", "sim"})


@dataclass(frozen=True)
class Manner:
    """How to go about it."""

    is_agreed: bool = False
    is_trial: bool = False
    reopen: bool = False
    as_json: bool = False


def wish(month: str, decimal: str | None, sheet: str) -> Wish:
    """What somebody says of a source, as it is typed."""
    marks: dict[str, Mark] = {"comma": ",", "point": "."}
    return Wish(month, marks[decimal] if decimal else None, sheet)


def deliverer(file: Path | None, address: str | None, query: str | None, said: Wish) -> Deliver:
    """What brings the figures of a file, or those that a query of a database answers with."""
    if file is None and not (address and query):
        raise WrongUseError([Problem("fill_no_source")])
    if file is not None and query:
        raise WrongUseError([Problem("fill_two_sources")])

    def deliver(reading: Reading) -> Delivery:
        if file is not None:
            return delivered(read_source(file), reading, said)
        from tablero.workbook_templates.filling.queries import read_query  # noqa: PLC0415 - rare

        return delivered(read_query(address or "", query or ""), reading, said)

    return deliver


def fill(path: Path, deliver: Deliver, manner: Manner, lang: str | None) -> int:
    """Fill a workbook with what ``deliver`` brings; the exit code."""
    language = users_language(lang)
    with wrong_use():
        version, reading = _read(path)
        if not manner.is_trial:
            check_target(path, force=True, ending=path.suffix.lower())
        plan = planned(reading, deliver(reading), reopen=manner.reopen)
    if not has_errors(plan.problems):
        edits_of(reading, plan)  # what cannot be written is told before anybody is asked
    filling = _Filling(version, reading, plan, manner, language)
    return filling.answer() if manner.as_json else filling.talk(terminal())


def _read(path: Path) -> tuple[Version, Reading]:
    """The file as it was before it was read, and what was read: later changes are noticed."""
    if not path.is_file():
        read_workbook(path)  # which says why it cannot be read
    return Version.of(path), read_workbook(path)


@dataclass(frozen=True)
class _Filling:
    """A plan on its way into a workbook."""

    version: Version
    reading: Reading
    plan: Plan
    manner: Manner
    language: str

    def talk(self, console: Console) -> int:
        """Show, ask, do; the exit code."""
        self._report(self.plan.problems)
        if has_errors(self.plan.problems):
            self._say(console, "left")
            return PROBLEMS
        counts = {"changes": len(self.plan.changes), "unchanged": self.plan.unchanged}
        if not self.plan.changes:
            self._say(console, "nothing", **counts)
            return FINE
        self._show_changes(console)
        self._say(console, "count", **counts)
        if self.manner.is_trial:
            self._say(console, "dry")
            return FINE
        if not self._is_agreed():
            self._say(console, "left")
            return FINE
        self._done(console)
        return FINE

    def answer(self) -> int:
        """Do it and answer with data; the exit code."""
        is_wrong = has_errors(self.plan.problems)
        saved, problems = None, self.plan.problems
        if self.plan.changes and not is_wrong and not self.manner.is_trial:
            self._refuse_unasked()
            saved, left = self._save()
            problems += left
        data = {**_data(self.plan, self.language), **_saved_data(saved)}
        data["problems"] = [problem_json(problem, self.language) for problem in problems]
        show_data(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")
        return PROBLEMS if is_wrong else FINE

    def _say(self, console: Console, key: str, **values: object) -> None:
        show(console, told(f"fill.{key}", self.language, **values))

    def _report(self, problems: Sequence[Problem]) -> None:
        """Errors first, so that they are among those that are shown."""
        ordered = sorted(problems, key=lambda problem: problem.severity != "error")
        report(ordered[:_PROBLEMS_SHOWN], self.language)
        if len(ordered) > _PROBLEMS_SHOWN:
            count = len(ordered) - _PROBLEMS_SHOWN
            complain(told("fill.more_problems", self.language, count=count))

    def _show_changes(self, console: Console) -> None:
        changes = self.plan.changes
        _show_table(console, changes[:_ROWS_SHOWN], self.language)
        if len(changes) > _ROWS_SHOWN:
            self._say(console, "more", count=len(changes) - _ROWS_SHOWN)

    def _is_agreed(self) -> bool:
        if self.manner.is_agreed:
            return True
        self._refuse_unasked()
        question = told("fill.ask", self.language, file=self.version.path.name)
        given = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return str(given).strip().casefold() in AGREED

    def _refuse_unasked(self) -> None:
        """Where nobody can be asked, somebody must have agreed beforehand."""
        is_asked = not self.manner.as_json and sys.stdin is not None and sys.stdin.isatty()
        if not self.manner.is_agreed and not is_asked:
            raise WrongUseError([Problem("fill_unasked")])

    def _done(self, console: Console) -> None:
        saved, problems = self._save()
        if saved:
            show_saved(console, saved, self.language)
        if self.plan.reopened:
            months = [month.code for month in self.plan.reopened]
            file = as_typed(self.version.path)
            self._say(console, "reopened", months=", ".join(months), file=file, month=months[0])
        self._report(problems)

    def _save(self) -> tuple[Saved | None, tuple[Problem, ...]]:
        revision = applied(self.version, self.reading, self.plan)
        return revision.save(), revision.problems


def _show_table(console: Console, changes: Sequence[PlannedChange], language: str) -> None:
    """One line a change: what, when, where, from what, to what, and where that comes from."""
    table = new_table(console)
    heads = ("input", "month", "cell", "former", "new", "from")
    for head in heads:
        label = Text(fitted(told(f"fill.{head}", language), console.encoding))
        is_number = head in ("former", "new")
        table.add_column(
            label,
            justify="right" if is_number else "left",
            no_wrap=is_number or head == "month",
            overflow="fold",
        )
    for one in changes:
        cells = (
            one.input.name.in_language(language),
            one.figure.month.code,
            f"{one.cell.sheet}!{one.cell.coordinate}",
            Content(one.former).in_language(language),
            Content(one.figure.value).in_language(language),
            one.figure.origin,
        )
        table.add_row(*(Text(fitted(cell, console.encoding)) for cell in cells))
    console.print(table)


def _data(plan: Plan, language: str) -> dict[str, Any]:
    return {
        "source": {"name": plan.delivery.name, "digest": plan.delivery.digest},
        "changes": [
            {
                "input": one.input.id,
                "name": one.input.name.in_language(language),
                "month": one.figure.month.code,
                "sheet": one.cell.sheet,
                "cell": one.cell.coordinate,
                "former": one.former if isinstance(one.former, float | str) else None,
                "new": one.figure.value,
                "from": one.figure.origin,
            }
            for one in plan.changes
        ],
        "unchanged": plan.unchanged,
        "reopened": [month.code for month in plan.reopened],
        **plan.delivery.details,
    }


def _saved_data(saved: Saved | None) -> dict[str, Any]:
    backup = saved.backup.name if saved and saved.backup else None
    return {"saved": saved is not None, "backup": backup}
