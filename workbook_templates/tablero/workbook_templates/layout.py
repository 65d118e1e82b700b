"""Where everything stands: the only place in which cell addresses are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from tablero.workbook_templates.analysis.layout import AnalysisPlan
from tablero.workbook_templates.dashboard.layout import DashboardLayout
from tablero.workbook_templates.data_sheet.layout import DataPlan
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.expressions import parse, previous_inputs_of
from tablero.workbook_templates.okrs.layout import OkrLayout
from tablero.workbook_templates.periods import KINDS, MONTHS_A_YEAR
from tablero.workbook_templates.records import CLOSED, COLUMNS, SAMPLES, STYLES, Records
from tablero.workbook_templates.registers.layout import ActionsPlan, CausesPlan, SwotPlan
from tablero.workbook_templates.row_keys import (
    STRATEGY,
    kpi_key,
    objective_key,
    perspective_key,
)
from tablero.workbook_templates.strategy_map.plan import MapPlan
from tablero.workbook_templates.tables import (
    FIRST_ROW,
    HEADER_ROW,
    LAST_MONTHS,
    MONTHS,
    Table,
    absolute,
    column_names,
    keyed,
)
from tablero.workbook_templates.texts import text

__all__ = [
    "BAND_COLUMNS", "FIRST_ROW", "GOALS", "HEADER_ROW", "HOME_PERSPECTIVES", "INPUT_COLUMNS",
    "LAST_MONTHS", "MATRIX_COLUMNS", "MONTHS", "MONTH_NUMBERS", "SCORECARD_COLUMNS", "SHEETS",
    "STORE_ROWS", "STORE_SHEET", "STRATEGY", "VALUES", "WORD_LISTS", "Layout", "Table", "absolute",
    "kpi_key", "objective_key", "perspective_key", "sheets_of",
]  # fmt: skip

SHEETS = (
    "home", "dashboard", "map", "inputs", "matrix", "scorecard", "trend", "actions", "swot",
    "causes", "analysis", "data", "settings", "checks", "changes",
)  # fmt: skip
OKR_SHEETS = ("okr", "check_ins")
"""Only workbooks with objectives and key results have these, before the data."""
NOTES_SHEET = "notes"
"""Only workbooks whose definition has notes on its source have this, after those."""
STORE_SHEET = "_tablero"
STORE_ROWS = 200
"""More rows than any definition fills; the empty ones say nothing."""


def sheets_of(definition: Definition) -> tuple[str, ...]:
    """The keys of the sheets that the workbook of a definition has, in their order."""
    before = SHEETS.index("data")
    okrs = OKR_SHEETS if definition.okrs else ()
    remarks = (NOTES_SHEET,) if definition.notes else ()
    return (*SHEETS[:before], *okrs, *remarks, *SHEETS[before:])


class Plan(Protocol):
    """Where the tables of a sheet stand that lays itself out."""

    def names(self) -> Iterator[tuple[str, str]]:
        """Its defined names: stable, ASCII, the same in every language."""


class Planner(Protocol):
    """Lays out a sheet of the workbook of a definition."""

    def __call__(self, definition: Definition, titles: Mapping[str, str], records: Records) -> Plan:
        """The plan of the sheet; ``titles`` holds the titles of all sheets by key."""


PLANNERS: Mapping[str, Planner] = {
    "dashboard": DashboardLayout.of,
    "map": MapPlan.of,
    "actions": ActionsPlan.of,
    "swot": SwotPlan.of,
    "causes": CausesPlan.of,
    "analysis": AnalysisPlan.of,
    "data": DataPlan.of,
}
"""Sheets that lay themselves out, by key; :attr:`Layout.plans` holds what they plan."""


@dataclass(frozen=True)
class Layout:
    """All tables of one workbook."""

    titles: Mapping[str, str]
    inputs: Table
    matrix: Table
    scorecard: Table
    trend: Table
    previous: Table
    """Block of the Trend sheet: last year's figures by month that growth is measured against."""
    settings: Table
    bands: Table
    kinds: Table
    months: Table
    words: Mapping[str, Table]
    """Lists of words with their codes: desired, answer, frequency, timing."""
    workings: Table
    home: Table
    checks: Table
    changes: Table
    """The first entry of the change log."""
    names: Mapping[str, str]
    okrs: OkrLayout | None = None
    plans: Mapping[str, Plan] = field(default_factory=dict)

    @classmethod
    def of(
        cls, definition: Definition, language: str, checks: Sequence[str], records: Records
    ) -> Layout:
        """The layout of a definition's workbook in one language, with room for its records."""
        return _Planner(definition, language).layout(checks, records)

    def rows_of(self, sheet: str) -> Table | None:
        """The table on whose rows people can pin notes; None where the workbook has it not."""
        if sheet in {"okr", "check_ins"}:
            return getattr(self.okrs, sheet) if self.okrs else None
        found = getattr(self.plans.get(sheet, self), sheet, None)
        return found if isinstance(found, Table) else None


INPUT_COLUMNS = (
    "name", "unit", "aggregation", "last_year", *LAST_MONTHS, *MONTHS,
    "period", "filled", "previous", "to_year", "method", "signed", "intact", "id",
)  # fmt: skip
MATRIX_COLUMNS = (
    "name", "formula", "unit", "desired", "goal",
    "weight_perspective", "weight_objective", "weight_kpi", "weight_sum",
    "owner", "frequency", "timing", "description",
    *MONTHS, "direction", "share", "id",
)  # fmt: skip
SCORECARD_COLUMNS = (
    "name", "value", "unit", "goal", "desired",
    "weight_perspective", "weight_objective", "weight_kpi",
    "achievement", "symbol", "assessment", "plan", "term", "coverage", "bar", "intact", "id",
    "all_assessment", "all_plan", "all_term",
)  # fmt: skip
VALUES = tuple(f"value_{month}" for month in MONTHS)
GOALS = tuple(f"goal_{month}" for month in MONTHS)
TREND_COLUMNS = ("name", *MONTHS, "line", "gap", *VALUES, "gap2", *GOALS, "intact")
SETTING_ROWS = (
    "company", "currency", "scale", "first_month", "year", "floor", "cap", "annualise",
)  # fmt: skip
WORKING_ROWS = (
    "kind", "month", "first", "last", "from", "to", "label", "annual", "month_factor",
)  # fmt: skip
HOME_PERSPECTIVES = HEADER_ROW + 6
_HOME_BLOCK = 3
"""Rows of a small block on Home: its title, its line and an empty one."""
HOME_COLUMNS = (
    "name", "weight", "achievement", "symbol", "assessment", "coverage", "bar", "gap",
    "link", "about",
)  # fmt: skip
BAND_COLUMNS = ("from", "name", "plan", "term", "months", "symbol")
WORD_LISTS = {
    "desired": ("High", "Low", "Target"),
    "answer": ("yes", "no"),
    "frequency": ("monthly", "quarterly", "yearly"),
    "timing": ("leading", "lagging"),
}
MONTH_NUMBERS = tuple(str(number) for number in range(1 - MONTHS_A_YEAR, MONTHS_A_YEAR + 1))


class _Planner:
    """Places one block after the other."""

    def __init__(self, definition: Definition, language: str) -> None:
        self._definition = definition
        self._titles = {key: text(f"sheet.{key}", language) for key in sheets_of(definition)}

    def layout(self, checks: Sequence[str], records: Records) -> Layout:
        inputs = self._table("inputs", self._input_rows(), INPUT_COLUMNS)
        matrix = self._table("matrix", self._node_rows(strategy=False), MATRIX_COLUMNS)
        scorecard = self._table("scorecard", self._node_rows(strategy=True), SCORECARD_COLUMNS)
        trend = self._table("trend", self._node_rows(strategy=True), TREND_COLUMNS)
        settings = self._settings()
        tables = {
            "inputs": inputs,
            "matrix": matrix,
            "scorecard": scorecard,
            "trend": trend,
            "previous": self._previous(trend),
            **settings,
            "home": self._home(),
            "checks": self._table(
                "checks", checks, ("check", "result", "status", "weight", "where")
            ),
            "changes": self._table("changes", ["first"], COLUMNS),
        }
        okrs = OkrLayout.of(self._definition, self._titles, len(records.check_ins))
        plans = {
            key: planner(self._definition, self._titles, records)
            for key, planner in PLANNERS.items()
            if key in self._titles
        }
        plan = Layout(titles=self._titles, names={}, okrs=okrs, plans=plans, **tables)  # type: ignore[arg-type]
        planned = (one.names() for one in (okrs, *plans.values()) if one is not None)
        return replace(plan, names=dict((*_names(plan), *chain.from_iterable(planned))))

    def _table(
        self,
        sheet: str,
        rows: Iterable[str],
        columns: Iterable[str],
        *,
        top: int = FIRST_ROW,
        left: int = 0,
    ) -> Table:
        return Table(sheet, self._titles[sheet], keyed(rows, top), keyed(columns, left))

    def _input_rows(self) -> Iterator[str]:
        for perspective in self._definition.perspectives:
            inputs = [
                one.id for one in self._definition.inputs if one.perspective == perspective.id
            ]
            if inputs:
                yield perspective_key(perspective)
                yield from inputs

    def _node_rows(self, *, strategy: bool) -> Iterator[str]:
        if strategy:
            yield STRATEGY
        for perspective in self._definition.perspectives:
            yield perspective_key(perspective)
            for objective in perspective.objectives:
                yield objective_key(objective)
                yield from (kpi_key(kpi) for kpi in objective.kpis)

    def _previous(self, trend: Table) -> Table:
        needed = {
            name
            for kpi in self._definition.kpis()
            for name in previous_inputs_of(parse(kpi.formula))
        }
        rows = [one.id for one in self._definition.inputs if one.id in needed]
        top = max(trend.rows.values()) + 3
        columns = {
            "name": trend.columns["gap"],
            **{month: trend.columns[value] for month, value in zip(MONTHS, VALUES, strict=True)},
        }
        return Table("trend", self._titles["trend"], keyed(rows, top), columns)

    def _settings(self) -> dict[str, Table | Mapping[str, Table]]:
        """Company and policies, then bands, then lists side by side, then the workings."""
        bands_top = FIRST_ROW + len(SETTING_ROWS) + 6
        lists_top = bands_top + len(self._definition.bands) + 4
        left = 0
        words: dict[str, Table] = {}
        for name, codes in WORD_LISTS.items():
            words[name] = self._table("settings", codes, ("word", "code"), top=lists_top, left=left)
            left += 2
        months_top = lists_top + len(KINDS) + 3
        return {
            "settings": Table(
                "settings",
                self._titles["settings"],
                {**keyed(SETTING_ROWS[:5], FIRST_ROW), **keyed(SETTING_ROWS[5:], FIRST_ROW + 7)},
                {"label": 0, "value": 1, "note": 2},
            ),
            "bands": self._table(
                "settings",
                [band.id for band in self._definition.bands],
                BAND_COLUMNS,
                top=bands_top,
            ),
            "words": words,
            "kinds": self._table("settings", KINDS, ("word", "code"), top=lists_top, left=left),
            "months": self._table(
                "settings", MONTH_NUMBERS, ("number", "month", "word"), top=months_top
            ),
            "workings": self._table(
                "settings", WORKING_ROWS, ("label", "value"), top=months_top, left=4
            ),
        }

    def _home(self) -> Table:
        """Left: period, headline, perspectives, checks, legend; right: how to and sheets."""
        perspectives = [perspective_key(one) for one in self._definition.perspectives]
        below = HOME_PERSPECTIVES + len(perspectives) + 1
        okrs = ("okrs_title", "okrs") if self._definition.okrs else ()
        rows = {
            **keyed(("top", "kind", "month", "shown"), HEADER_ROW),
            "header": HOME_PERSPECTIVES - 1,
            **keyed(perspectives, HOME_PERSPECTIVES),
            **keyed(okrs, below),
            **keyed(("checks_title", "checks"), below + _HOME_BLOCK * bool(okrs)),
            **keyed(
                ("legend", *(band.id for band in reversed(self._definition.bands))),
                below + _HOME_BLOCK * (1 + bool(okrs)),
            ),
        }
        return Table("home", self._titles["home"], rows, keyed(HOME_COLUMNS, 0))


def _names(plan: Layout) -> Iterator[tuple[str, str]]:
    """The workbook's defined names: stable, ASCII, the same in every language."""
    yield from column_names(
        "inputs",
        plan.inputs,
        (
            "id",
            "last_year",
            "period",
            "filled",
            "previous",
            "to_year",
            "signed",
            "intact",
            "method",
        ),
    )
    yield "inputs_months", absolute(plan.inputs, plan.inputs.row_keys, MONTHS)
    yield "inputs_last_months", absolute(plan.inputs, plan.inputs.row_keys, LAST_MONTHS)
    yield "inputs_month_header", _header(plan.inputs, MONTHS)
    yield "inputs_last_month_header", _header(plan.inputs, LAST_MONTHS)
    yield from column_names(
        "matrix",
        plan.matrix,
        (*MATRIX_COLUMNS[3:8], "owner", "frequency", "timing", "direction", "weight_sum", "id"),
    )
    yield "matrix_monthly_goals", absolute(plan.matrix, plan.matrix.row_keys, MONTHS)
    yield from column_names(
        "scorecard",
        plan.scorecard,
        ("value", "goal", "achievement", "assessment", "coverage", "intact", "id"),
    )
    yield "trend_achievement", absolute(plan.trend, plan.trend.row_keys, MONTHS)
    yield from column_names("trend", plan.trend, ("intact",))
    for row in plan.settings.rows:
        yield f"set_{row}", absolute(plan.settings, [row], ["value"])
    for row in plan.workings.rows:
        yield f"period_{row}", absolute(plan.workings, [row], ["value"])
    yield "tablero_definition", f"={STORE_SHEET}!$A$1:$A${STORE_ROWS}"
    yield CLOSED, f"={STORE_SHEET}!$B$1:$B${2 * MONTHS_A_YEAR}"
    yield STYLES, f"={STORE_SHEET}!$C$1:$C${2 * len(SAMPLES)}"
    yield from column_names("changes", plan.changes, COLUMNS)
    yield "home_kind", absolute(plan.home, ["kind"], ["weight"])
    yield "home_month", absolute(plan.home, ["month"], ["weight"])
    yield "band_table", absolute(plan.bands, plan.bands.row_keys, BAND_COLUMNS)
    yield from column_names("band", plan.bands, BAND_COLUMNS)
    for name, table in (*plan.words.items(), ("kind", plan.kinds)):
        yield from (
            (f"list_{name}", absolute(table, table.row_keys, ["word"])),
            (f"code_{name}", absolute(table, table.row_keys, ["code"])),
        )
    year = MONTH_NUMBERS[MONTHS_A_YEAR:]
    yield "list_month", absolute(plan.months, year, ["month"])
    yield "month_words", absolute(plan.months, plan.months.row_keys, ["word"])
    yield "month_dates", absolute(plan.months, plan.months.row_keys, ["month"])


def _header(table: Table, columns: Sequence[str]) -> str:
    first, last = (
        xl_col_to_name(table.columns[key], col_abs=True) for key in (columns[0], columns[-1])
    )
    row = HEADER_ROW + 1
    return f"={quote_sheetname(table.title)}!{first}${row}:{last}${row}"
