"""Where the tables of the Data sheet stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.row_keys import (
    STRATEGY,
    kpi_key,
    objective_key,
    perspective_key,
)
from tablero.workbook_templates.tables import HEADER_ROW, Table, absolute, keyed

KEY = "data"
SHOWN = "shown"
"""The period that the workbook shows, beside the twelve months, whichever it is."""

_ACHIEVED = ("achievement", "coverage", "band_id")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dim_period": (
            "period_id", "kind", "label", "first_month", "last_month", "months", "sort",
        ),
        "dim_band": ("band_id", "band", "plan", "term", "from_achievement", "symbol", "sort"),
        "dim_perspective": ("perspective_id", "perspective", "weight", "sort"),
        "dim_objective": ("objective_id", "perspective_id", "objective", "weight", "sort"),
        "dim_kpi": (
            "kpi_id", "objective_id", "kpi", "unit", "desired", "weight", "owner", "sort",
        ),
        "fact_strategy": ("period_id", *_ACHIEVED),
        "fact_perspective": ("period_id", "perspective_id", *_ACHIEVED),
        "fact_objective": ("period_id", "objective_id", *_ACHIEVED),
        "fact_kpi": ("period_id", "kpi_id", "value", "goal", *_ACHIEVED),
    }
)  # fmt: skip
"""The tables from left to right, with those of their columns that a sheet can keep up to date."""
GUIDE_COLUMNS = ("table", "about")
_GAP = 1
_FIRST = len(GUIDE_COLUMNS) + _GAP


@dataclass(frozen=True)
class DataPlan:
    """The tables side by side, right of a list that says what they hold."""

    guide: Table
    tables: Mapping[str, Table]
    periods: tuple[str, ...]
    """The codes of the twelve months, and the period shown."""

    @classmethod
    def of(cls, definition: Definition, titles: Mapping[str, str], records: Records) -> DataPlan:
        """The plan of a definition's sheet."""
        del records
        return _Planner(definition, titles[KEY]).plan()

    def names(self) -> Iterator[tuple[str, str]]:
        """Its defined names: stable, ASCII, the same in every language."""
        for name, table in self.tables.items():
            yield f"data_{name}", absolute(table, table.row_keys, list(table.columns))
        bands = self.tables["dim_band"]
        yield "data_band_id", absolute(bands, bands.row_keys, ["band_id"])


def fact_row(period: str, node: str) -> str:
    """The key of what a node of the scorecard achieved in a period."""
    return f"{period}|{node}"


def plan_of(plans: Mapping[str, object]) -> DataPlan:
    """The plan of the sheet among those of all sheets."""
    plan = plans[KEY]
    if not isinstance(plan, DataPlan):
        raise TypeError(KEY)
    return plan


@dataclass(frozen=True)
class _Planner:
    definition: Definition
    title: str

    def plan(self) -> DataPlan:
        tables, left = {}, _FIRST
        for name, columns in COLUMNS.items():
            tables[name] = self._table(self._rows(name), columns, left)
            left += len(columns) + _GAP
        guide = self._table(COLUMNS, GUIDE_COLUMNS, 0)
        return DataPlan(guide, tables, tuple(self._periods))

    def _table(self, rows: Iterable[str], columns: Sequence[str], left: int) -> Table:
        return Table(KEY, self.title, keyed(rows, HEADER_ROW + 1), keyed(columns, left))

    @property
    def _periods(self) -> Iterator[str]:
        company = self.definition.company
        calendar = Calendar(company.year, company.fiscal_start_month)
        yield from (calendar.month(month).code for month in range(1, MONTHS_A_YEAR + 1))
        yield SHOWN

    def _rows(self, name: str) -> list[str]:
        kind, _, level = name.partition("_")
        if name == "dim_period":
            return list(self._periods)
        if name == "dim_band":
            return [band.id for band in self.definition.bands]
        nodes = list(self._nodes(level))
        if kind == "dim":
            return nodes
        return [fact_row(period, node) for period in self._periods for node in nodes]

    def _nodes(self, level: str) -> Iterable[str]:
        definition = self.definition
        match level:
            case "perspective":
                return map(perspective_key, definition.perspectives)
            case "objective":
                return map(objective_key, definition.objectives())
            case "kpi":
                return map(kpi_key, definition.kpis())
            case _:
                return [STRATEGY]
