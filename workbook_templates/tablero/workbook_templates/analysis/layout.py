"""Where everything stands on the Analysis sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tablero.workbook_templates.analysis.correlation import LAGS, Pair, first_pairs
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.tables import HEADER_ROW, Table, absolute, column_names, keyed

KEY = "analysis"
MOST_PAIRS = 60
"""Pairs of KPIs on the sheet; the command line shows all of them."""
MOST_BARS = 20
"""KPIs in the chart of contributions."""
TOTAL = "total"
STRATEGY = "strategy"

RANKED_COLUMNS = ("name", "place", "part", "achievement", "contribution", "points", "remark")
WHAT_IF_COLUMNS = (
    "name", "weight", "weight_then", "goal", "goal_then", "value", "value_then",
    "achievement", "achievement_then", "change", "rank",
)  # fmt: skip
TYPED = ("weight_then", "goal_then", "value_then")
USED_WEIGHTS = ("used_perspective", "used_objective", "used_kpi")
WORKING_COLUMNS = (
    "level", "kept", "spread", "scaling", *USED_WEIGHTS, "used_goal", "used_value",
    "present", "present_then", "part", "part_then", "points", "points_then", "key", "order", "size",
    "intact",
)  # fmt: skip
YEAR_END_COLUMNS = (
    "name", "unit", "goal", "so_far", "needed", "run_rate", "season", "end", "achievement",
    "symbol", "method", "remark",
)  # fmt: skip
YEAR_END_WORKINGS = ("months", "least", "most", "case", "open", "below")
INPUT_COLUMNS = (
    "name", "months", "latest", "known", "same", "last_months", "whole", "previous", "run_rate",
    "season",
)  # fmt: skip
LAG_COLUMNS = tuple(f"{part}{lag}" for lag in LAGS for part in ("r", "n"))
CHART_COLUMNS = ("name", "now", "then", "end", "goal")
TITLES = ("contribution", "what_if", "year_end")

_WIDTH = len(YEAR_END_COLUMNS)
_WORKINGS = _WIDTH + 1
"""First column of what formulas work with, beyond what is printed."""
CHART_ROWS = 9
"""Rows that a chart above its table takes."""
_HEAD = 3
"""A section's title, its note and the header of its table."""
_BESIDE = 16
"""Rows of the chart beside the ranking."""


@dataclass(frozen=True)
class AnalysisPlan:
    """The tables of the sheet, one section below the other, and what they work with."""

    ranked: Table
    """The KPIs from what costs most to what adds most, above them the strategy."""
    what_if: Table
    """Every row of the scorecard; its workings stand in the same rows."""
    year_end: Table
    pairs: Table
    linked: tuple[Pair, ...]
    settings: Table
    inputs: Table
    """What each input comes to by the end of the year."""
    charted: Table
    """The strategy and its perspectives, now, then and at the end of the year."""
    titles: Table
    """Of the charts."""

    @classmethod
    def of(
        cls, definition: Definition, titles: Mapping[str, str], records: Records
    ) -> AnalysisPlan:
        """The plan of a definition's sheet."""
        del records
        return _Planner(definition, titles[KEY]).plan()

    def names(self) -> Iterator[tuple[str, str]]:
        """Its defined names: stable, ASCII, the same in every language."""
        shown = ("name", "achievement", "achievement_then", "change", *TYPED)
        yield from column_names("what_if", self.what_if, shown)
        yield from column_names("analysis", self.what_if, ("part", "points", "order", "intact"))
        ends = ("goal", "so_far", "needed", "run_rate", "season", "end", "achievement")
        yield from column_names("year_end", self.year_end, ends)
        yield "analysis_least_months", absolute(self.settings, ["least_months"], ["value"])

    @property
    def bottom(self) -> int:
        """The last row that is printed."""
        tables = (self.year_end, self.pairs, self.settings)
        return max(row for table in tables for row in table.rows.values())


def plan_of(plans: Mapping[str, object]) -> AnalysisPlan:
    """The plan of the sheet among those of all sheets."""
    plan = plans[KEY]
    if not isinstance(plan, AnalysisPlan):
        raise TypeError(KEY)
    return plan


@dataclass(frozen=True)
class _Planner:
    definition: Definition
    title: str

    def plan(self) -> AnalysisPlan:
        kpis = [str(number + 1) for number, _ in enumerate(self.definition.kpis())]
        ranked = keyed((TOTAL, *kpis), HEADER_ROW + _HEAD)
        beside = HEADER_ROW + _HEAD + max(len(ranked), _BESIDE)
        what_if = keyed(self._nodes(), beside + 1 + _HEAD + CHART_ROWS)
        year_end = keyed(self._nodes(), max(what_if.values()) + 2 + _HEAD + CHART_ROWS)
        setting = max(year_end.values()) + 4
        linked = first_pairs(self.definition, MOST_PAIRS)
        inputs = keyed((one.id for one in self.definition.inputs), min(year_end.values()))
        right = _WORKINGS + len(YEAR_END_WORKINGS) + 1
        perspectives = [f"perspective:{one.id}" for one in self.definition.perspectives]
        charted = keyed((STRATEGY, *perspectives), HEADER_ROW + _HEAD)
        return AnalysisPlan(
            ranked=self._table(ranked, (*RANKED_COLUMNS,), {"row": 0, "cost": 1, "gain": 2}),
            what_if=self._table(what_if, WHAT_IF_COLUMNS, keyed(WORKING_COLUMNS, 0)),
            year_end=self._table(year_end, YEAR_END_COLUMNS, keyed(YEAR_END_WORKINGS, 0)),
            pairs=self._table(
                keyed((one.key for one in linked), setting + 2), ("name", *LAG_COLUMNS)
            ),
            linked=linked,
            settings=self._table({"least_months": setting}, ("label", "value")),
            inputs=self._table(inputs, (), keyed(INPUT_COLUMNS, right - _WORKINGS)),
            charted=self._table(charted, (), keyed(CHART_COLUMNS, 4)),
            titles=self._table(keyed(TITLES, HEADER_ROW + _HEAD), (), {"title": 10}),
        )

    def _table(
        self,
        rows: Mapping[str, int],
        columns: Sequence[str],
        beyond: Mapping[str, int] | None = None,
    ) -> Table:
        """A table of printed columns, and of others that stand beyond them."""
        far = {key: _WORKINGS + place for key, place in (beyond or {}).items()}
        return Table(KEY, self.title, rows, {**keyed(columns, 0), **far})

    def _nodes(self) -> Iterator[str]:
        yield STRATEGY
        for perspective in self.definition.perspectives:
            yield f"perspective:{perspective.id}"
            for objective in perspective.objectives:
                yield f"objective:{objective.id}"
                yield from (f"kpi:{kpi.id}" for kpi in objective.kpis)
