"""Problems as a colleague tells them: by what to do, those alike together with their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from tablero.workbook_templates.problems import Problem, Severity
from tablero.workbook_templates.texts import text

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "structure": "name_lost sheet_lost month_lost row_lost row_repeated row_unknown rows_sorted"
        " memory_damaged changes_lost",
        "formulas": "formula_overwritten",
        "numbers": "cell_text cell_number_as_text cell_percent_text cell_date cell_logical"
        " cell_infinite",
        "errors": "cell_error",
        "results": "cell_uncalculated",
        "weights": "cell_weight weights_of_perspectives weights_of_objectives weights_of_kpis",
        "goals": "goal_missing goal_zero",
        "choices": "cell_choice period_unreadable",
        "bands": "bands_order cap_below_floor",
        "closed": "closed_changed closed_damaged fill_closed",
        "protection": "live_locked",
        "in_the_way": "edit_formula edit_merged",
        "doubtful": "cell_negative cell_future figures_negative",
        "save": "file_open_elsewhere",
        "python": "host_*",
        "check_ins": "checkin_due",
        "registers": "register_kpi register_status register_plan register_category cause_empty"
        " action_without_what action_due_early action_over_budget register_lost register_day",
        "upgrade": "schema_older_workbook",
        "kpi_formulas": "formula_*",
        "source": "source_*",
    }
)
_TASK_OF = {code: task for task, codes in _CODES.items() for code in codes.split()}
_SHARED = {code.removesuffix("*"): task for code, task in _TASK_OF.items() if code.endswith("*")}
_REST = "rest"
TASKS = (*_CODES, _REST)
"""What there can be to do, in the order in which it is best done."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_MOST_CELLS = 8
_MOST_MESSAGES = 6


@dataclass(frozen=True)
class Errand:
    """One thing to do, and the problems that it solves; all of one severity."""

    task: str
    severity: Severity
    problems: tuple[Problem, ...]

    def heading(self, language: str) -> str:
        """What to do, and how many problems it solves."""
        count = text(f"advice.count.{self.severity}", language, count=len(self.problems))
        return f"{self.what(language)} ({count})"

    def what(self, language: str) -> str:
        """What to do."""
        return text(f"advice.task.{self.task}", language)

    def lines(self, language: str) -> Iterator[str]:
        """Where and what, those alike in one line, and below them how."""
        alike: dict[str, list[Problem]] = {}
        for problem in self.problems:
            alike.setdefault(problem.code, []).append(problem)
        for problems in alike.values():
            yield from _told(problems, language)


def errands(problems: Iterable[Problem]) -> tuple[Errand, ...]:
    """The problems by what to do: errors first, then warnings, then notes.

    >>> found = errands([
    ...     Problem("cell_text", values={"text": "x"}, sheet="Inputs", cell="F7"),
    ...     Problem("cell_text", values={"text": "x"}, sheet="Inputs", cell="G9"),
    ... ])
    >>> found[0].heading("en")
    'Type these figures as numbers (errors: 2)'
    >>> list(found[0].lines("en"))[0]
    '  Inputs › F7, G9: “x” is text where a number belongs.'
    """
    found: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.severity, task_of(problem)), []).append(problem)

    def place(key: tuple[Severity, str]) -> tuple[int, int]:
        return SEVERITIES.index(key[0]), TASKS.index(key[1])

    return tuple(Errand(key[1], key[0], tuple(found[key])) for key in sorted(found, key=place))


def task_of(problem: Problem) -> str:
    """What a problem asks to be done."""
    if problem.code in _TASK_OF:
        return _TASK_OF[problem.code]
    starts = (task for start, task in _SHARED.items() if problem.code.startswith(start))
    return next(starts, _REST)


def _told(problems: Sequence[Problem], language: str) -> Iterator[str]:
    """Problems of one kind: each message once, with its cells; the remedy once if it is one."""
    messages: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        key = (problem.message(language), problem.remedy(language))
        messages.setdefault(key, []).append(problem)
    last = ""
    for message, remedy in list(messages)[:_MOST_MESSAGES]:
        if last and remedy != last:
            yield f"      {last}"
        where = _places(messages[message, remedy], language)
        yield f"  {where}: {message}" if where else f"  {message}"
        last = remedy
    yield f"      {last}"
    rest = [one for found in list(messages.values())[_MOST_MESSAGES:] for one in found]
    if rest:
        where = _places(rest, language)
        yield f"  {text('advice.likewise', language, count=len(rest), places=where)}"


def _places(problems: Sequence[Problem], language: str) -> str:
    """Where problems are, sheet by sheet: ``Inputs › F7, G9; Matrix › C4``."""
    cells: dict[str, list[str]] = {}
    for problem in problems:
        around = " › ".join(part for part in (problem.file, problem.path, problem.sheet) if part)
        cells.setdefault(around, []).append(problem.cell)
    parts = (
        " › ".join(part for part in (around, _listed(names, language)) if part)
        for around, names in list(cells.items())[:_MOST_CELLS]
    )
    shown = "; ".join(part for part in parts if part)
    more = len(cells) - _MOST_CELLS
    return text("advice.more", language, shown=shown, count=more) if more > 0 else shown


def _listed(names: Sequence[str], language: str) -> str:
    """Cells, cut where they would flood the line."""
    known = list(dict.fromkeys(name for name in names if name))
    shown, more = ", ".join(known[:_MOST_CELLS]), len(known) - _MOST_CELLS
    return text("advice.more", language, shown=shown, count=more) if more > 0 else shown
