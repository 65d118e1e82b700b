"""Reading a workbook back: the definition with people's edits, their figures, and every problem."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from pydantic import ValidationError

from tablero.workbook_templates import cells, store
from tablero.workbook_templates.cells import typed_number
from tablero.workbook_templates.definition import SCHEMA_VERSION, Definition
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.finding import Block, Names, columns_by_month, rows_by_key
from tablero.workbook_templates.opening import open_workbook
from tablero.workbook_templates.periods import KINDS, MONTHS_A_YEAR, Calendar, Month, Period
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.texts import LANGUAGES, text
from tablero.workbook_templates.validation import check_definition

_COMPUTED = (
    "inputs_period", "inputs_filled", "inputs_previous", "inputs_to_year",
    "scorecard_achievement", "scorecard_assessment",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What a workbook says: a definition with edits, figures, the period shown, and problems."""

    definition: Definition
    figures: Figures
    period: Period
    language: str
    dialect: str
    problems: tuple[Problem, ...]


def read_workbook(path: Path, *, today: date | None = None) -> Reading:
    """Read a scorecard workbook that people have worked on.

    Parameters
    ----------
    path
        An ``.xlsx`` or ``.xlsm`` file that Tablero made, in whatever state.
    today
        Figures for months that begin after this day are told as problems; by default the real one.

    Returns
    -------
    Reading
        Whatever could be read; cells that could not count as missing and are among the problems.

    Raises
    ------
    ProblemsError
        The file is no workbook, is damaged or encrypted, is not a scorecard, or is too new.
    """
    opened = open_workbook(path)
    reader = _Reader(path, opened.workbook, today or date.today())
    try:
        reading = reader.reading()
    except ProblemsError as refused:
        raise ProblemsError(problem.at(file=path.name) for problem in refused.problems) from None
    problems = (*opened.problems, *reading.problems)
    return Reading(
        **{**reading.__dict__, "problems": tuple(one.at(file=path.name) for one in problems)}
    )


class _Reader:
    """Reads one opened workbook, collecting problems on the way."""

    def __init__(self, path: Path, workbook: Workbook, today: date) -> None:
        self._path = path
        self._workbook = workbook
        self._today = today
        self._names = Names(workbook)
        self._problems: list[Problem] = []
        self._places: dict[str, Cell] = {}

    def reading(self) -> Reading:
        head, body = self._memory()
        original = self._definition(body)
        edited = _Edits(self, body, original).applied()
        definition = self._definition(edited)
        calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
        figures = self._figures(definition, calendar)
        self._overwritten()
        problems = (*self._names.problems, *self._problems, *self._checked(definition, figures))
        return Reading(
            definition,
            figures,
            self._period(calendar),
            str(head["language"]),
            str(head["dialect"]),
            problems,
        )

    def _memory(self) -> tuple[Mapping[str, object], dict[str, Any]]:
        """The hidden sheet's head and definition, whatever the sheet is called by now."""
        block = self._names.block(store.NAME)
        if block is None:
            raise ProblemsError([Problem("not_a_scorecard")])
        try:
            head, body = store.restore([str(cell.value or "") for cell in block.cells()])
        except ValueError:
            raise ProblemsError([Problem("memory_damaged", sheet=block.sheet.title)]) from None
        schema = head.get("schema")
        if not isinstance(schema, int) or head.get("language") not in LANGUAGES:
            raise ProblemsError([Problem("memory_damaged", sheet=block.sheet.title)])
        if schema > SCHEMA_VERSION:
            raise ProblemsError(
                [
                    Problem(
                        "schema_newer_workbook", values={"schema": schema, "known": SCHEMA_VERSION}
                    )
                ]
            )
        return head, body

    @staticmethod
    def _definition(body: Mapping[str, Any]) -> Definition:
        try:
            return Definition.model_validate(body)
        except ValidationError:
            raise ProblemsError([Problem("memory_damaged")]) from None

    def _figures(self, definition: Definition, calendar: Calendar) -> Figures:
        ids = [one.id for one in definition.inputs]
        months = np.full((len(ids), MONTHS_HELD), np.nan)
        last_year = np.full(len(ids), np.nan)
        key_block, year_block = (
            self._names.block("inputs_id"),
            self._names.block("inputs_last_year"),
        )
        if key_block is not None and year_block is not None:
            words = {one.id: one.name.in_language("en") for one in definition.inputs}
            rows = rows_by_key(key_block, words, self._problems)
            columns = self._month_columns(calendar)
            for position, one in enumerate(definition.inputs):
                if one.id not in rows:
                    continue
                last_year[position] = self._number(year_block.in_row(rows[one.id]))
                for number, column in columns.items():
                    cell = key_block.sheet.cell(rows[one.id], column)
                    value = self._number(cell)
                    months[position, number + MONTHS_A_YEAR - 1] = value
                    if value == value:  # noqa: PLR0124 — the quick test for a number that is there
                        self._doubt(
                            one.name.in_language("en"),
                            cell,
                            value,
                            calendar.month(number),
                            allowed=one.negative,
                        )
        return Figures(tuple(ids), months, last_year)

    def _month_columns(self, calendar: Calendar) -> dict[int, int]:
        found: dict[Month, int] = {}
        for name in ("inputs_last_month_header", "inputs_month_header"):
            header = self._names.block(name)
            if header is not None:
                found = columns_by_month(header) | found
        numbers = range(1 - MONTHS_A_YEAR, MONTHS_A_YEAR + 1)
        for number in numbers:
            if calendar.month(number) not in found:
                self._problems.append(
                    Problem("month_lost", values={"month": calendar.month(number).code})
                )
        return {
            number: found[calendar.month(number)]
            for number in numbers
            if calendar.month(number) in found
        }

    def _doubt(self, name: str, cell: Cell, value: float, month: Month, *, allowed: bool) -> None:
        """Figures that count, but that somebody should look at."""
        if value < 0 and not allowed:
            self._tell("cell_negative", cell, "warning", number=f"{value:g}", input=name)
        if (month.year, month.month) > (self._today.year, self._today.month):
            self._tell("cell_future", cell, "warning", input=name, month=month.code)

    def _number(self, cell: Cell) -> float:
        typed = typed_number(cell, self.result)
        if typed.problem is not None:
            self._problems.append(typed.problem)
        return np.nan if typed.number is None else typed.number

    def number(self, cell: Cell, path: str) -> float | None:
        """The number in an edited cell; ``path`` is its place in the definition."""
        self._places[path] = cell
        typed = typed_number(cell, self.result)
        if typed.problem is not None:
            self._problems.append(typed.problem)
        return typed.number

    def result(self, sheet: str, cell: str) -> object:
        """What a formula in an input cell came to; the file is read a second time only for this."""
        return self._results[sheet][cell].value

    @cached_property
    def _results(self) -> Workbook:
        return open_workbook(self._path, results=True).workbook

    def _tell(self, code: str, cell: Cell, severity: Any = "error", **values: object) -> None:
        self._problems.append(Problem(code, severity, values, **cells.place(cell)))

    def tell(self, code: str, cell: Cell, **values: object) -> None:
        """Note a problem of a cell."""
        self._tell(code, cell, **values)

    def block(self, name: str) -> Block | None:
        """The block of a defined name."""
        return self._names.block(name)

    def rows(self, name: str, keys: Mapping[str, str]) -> dict[str, int]:
        """Rows of the keys in the key column of that name."""
        block = self._names.block(name)
        return {} if block is None else rows_by_key(block, keys, self._problems)

    def _checked(self, definition: Definition, figures: Figures) -> Iterator[Problem]:
        """What the definition's own rules find, told with the cell where it can be mended."""
        for problem in check_definition(definition):
            cell = self._places.get(problem.path)
            yield problem.at(path="", **cells.place(cell)) if cell is not None else problem

    def _overwritten(self) -> None:
        """Computed cells in which somebody typed over the formula."""
        for name in _COMPUTED:
            block = self._names.block(name)
            keys = self._names.block(f"{name.partition('_')[0]}_id")
            if block is None or keys is None:
                continue
            for cell in block.cells():
                typed = cell.value is not None and not cells.is_formula(cell)
                if typed and keys.in_row(cell.row).value:
                    self._tell("formula_overwritten", cell, text=cells.cell_text(cell)[:40])

    def _period(self, calendar: Calendar) -> Period:
        """The period chosen on Home; the year when the choice cannot be read."""
        year = calendar.period("year", MONTHS_A_YEAR)
        kind_block, month_block = self._names.block("home_kind"), self._names.block("home_month")
        if kind_block is None or month_block is None:
            return year
        word, month = cells.cell_text(kind_block.first), month_block.first.value
        kind = _code(word, KINDS, "period")
        number = (
            calendar.number(Month(month.year, month.month)) if isinstance(month, datetime) else 0
        )
        if kind is None or not 1 <= number <= MONTHS_A_YEAR:
            wrong = kind_block.first if kind is None else month_block.first
            self._tell("period_unreadable", wrong, text=cells.cell_text(wrong))
            return year
        return calendar.period(kind, number)  # type: ignore[arg-type]


def _code(word: str, codes: Sequence[str], section: str) -> str | None:
    """The code of a word of a list, in whatever language the workbook speaks."""
    for code in codes:
        if word.casefold() in {
            code.casefold(),
            *(text(f"{section}.{code}", one).casefold() for one in LANGUAGES),
        }:
            return code
    return None


class _Edits:
    """Brings what people changed on Matrix and Settings into the definition's data."""

    def __init__(self, reader: _Reader, body: Mapping[str, Any], original: Definition) -> None:
        self._reader = reader
        self._body = copy.deepcopy(dict(body))
        self._original = original

    def applied(self) -> dict[str, Any]:
        """The definition's data with every readable edit."""
        self._matrix()
        self._bands()
        self._policies()
        company = self._reader.block("set_company")
        if company is not None and cells.cell_text(company.first):
            self._body["company"]["name"] = cells.cell_text(company.first)[:120]
        return self._body

    def _matrix(self) -> None:
        names = {}
        for key, _, data in self._nodes():
            names[key] = str(data["id"])
        rows = self._reader.rows("matrix_id", names)
        for key, path, data in self._nodes():
            if key in rows:
                level = key.partition(":")[0]
                self._weight(rows[key], level, path, data)
                if level == "kpi":
                    self._kpi(rows[key], path, data)

    def _nodes(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for perspective in self._body["perspectives"]:
            path = f"perspectives[{perspective['id']}]"
            yield f"perspective:{perspective['id']}", path, perspective
            for objective in perspective["objectives"]:
                below = f"{path}.objectives[{objective['id']}]"
                yield f"objective:{objective['id']}", below, objective
                for kpi in objective["kpis"]:
                    yield f"kpi:{kpi['id']}", f"{below}.kpis[{kpi['id']}]", kpi

    def _weight(self, row: int, level: str, path: str, data: dict[str, Any]) -> None:
        block = self._reader.block(f"matrix_weight_{level}")
        if block is None:
            return
        cell = block.in_row(row)
        group = path.rpartition("[")[0]
        self._reader._places.setdefault(group, cell)
        weight = self._reader.number(cell, f"{path}.weight")
        if weight is None or not 0 <= weight <= 1:
            if weight is not None or cell.value is None:
                self._reader.tell(
                    "cell_weight", cell, number="–" if weight is None else f"{weight:g}"
                )
            return
        data["weight"] = weight

    def _kpi(self, row: int, path: str, data: dict[str, Any]) -> None:
        goal = self._reader.block("matrix_goal")
        if goal is not None:
            data["goal"] = self._reader.number(goal.in_row(row), f"{path}.goal")
        self._monthly_goals(row, path, data)
        owner = self._reader.block("matrix_owner")
        if owner is not None:
            data["owner"] = cells.cell_text(owner.in_row(row))
        self._choice(row, path, data, "desired", ("High", "Low", "Target"), "High")
        self._choice(row, path, data, "frequency", ("monthly", "quarterly", "yearly"), "monthly")
        self._choice(row, path, data, "timing", ("leading", "lagging"), "lagging")

    def _monthly_goals(self, row: int, path: str, data: dict[str, Any]) -> None:
        block = self._reader.block("matrix_monthly_goals")
        if block is None or block.last_column - block.first_column + 1 != MONTHS_A_YEAR:
            return
        columns = range(block.first_column, block.last_column + 1)
        goals = [
            self._reader.number(block.sheet.cell(row, column), f"{path}.monthly_goals")
            for column in columns
        ]
        data["monthly_goals"] = goals if any(goal is not None for goal in goals) else None

    def _choice(
        self,
        row: int,
        path: str,
        data: dict[str, Any],
        field: str,
        codes: Sequence[str],
        default: str,
    ) -> None:
        block = self._reader.block(f"matrix_{field}")
        if block is None:
            return
        cell = block.in_row(row)
        self._reader._places[f"{path}.{field}"] = cell
        word = cells.cell_text(cell)
        code = _code(word, codes, field)
        if code is None:
            choices = ", ".join(text(f"{field}.{one}") for one in codes)
            self._reader.tell(
                "cell_choice", cell, text=word, choices=choices, present=data.get(field, default)
            )
        else:
            data[field] = code

    def _bands(self) -> None:
        """Bands stand in their own order; texts replace the words of the workbook's language."""
        blocks = {
            column: self._reader.block(f"band_{column}")
            for column in ("from", "name", "plan", "term")
        }
        bands = [band.model_dump(mode="json", by_alias=True) for band in self._original.bands]
        for offset, band in enumerate(bands):
            for column, block in blocks.items():
                if block is None or block.first_row + offset > block.last_row:
                    continue
                self._band_cell(band, column, block.in_row(block.first_row + offset))
        self._body["bands"] = bands

    def _band_cell(self, band: dict[str, Any], column: str, cell: Cell) -> None:
        if column == "from":
            bound = self._reader.number(cell, f"bands[{band['id']}].from")
            band["from"] = band["from"] if bound is None else bound
            return
        word, words = cells.cell_text(cell), band[column]
        known = set(words.values()) if isinstance(words, dict) else {words}
        if word and word not in known:
            band[column] = word

    def _policies(self) -> None:
        policies = self._original.policies.model_dump(mode="json")
        for field in ("floor", "cap"):
            block = self._reader.block(f"set_{field}")
            if block is not None:
                policies[field] = self._reader.number(block.first, f"policies.{field}")
        block = self._reader.block("set_annualise")
        if block is not None:
            code = _code(cells.cell_text(block.first), ("yes", "no"), "answer")
            if code is None:
                present = text("answer.yes" if policies["annualise"] else "answer.no")
                choices = f"{text('answer.yes')}, {text('answer.no')}"
                self._reader.tell(
                    "cell_choice",
                    block.first,
                    text=cells.cell_text(block.first),
                    choices=choices,
                    present=present,
                )
            else:
                policies["annualise"] = code == "yes"
        self._body["policies"] = policies
