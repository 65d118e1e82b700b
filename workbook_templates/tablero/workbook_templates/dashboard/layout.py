"""Where the parts of the Dashboard sheet stand: one printed page, and its workings below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tablero.workbook_templates.definition import Definition, Perspective
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.tables import MONTHS, Table, absolute, column_names, keyed

KEY = "dashboard"
PANELS = ("a", "b", "c", "d", "e", "f")
"""The columns of the page, all of one width; charts stand on one or two of them."""
MOST_CHARTS = 12
"""Most KPIs that are drawn at once; a perspective with more of them is picked part by part."""
MOST_OBJECTIVES = 30
RADAR_FROM = 3
"""With fewer perspectives a radar encloses nothing."""

FACTS = (
    "hundred", "position", "first", "count", "others", "perspective", "achievement", "month",
    "now", "before", "matched", "this_year", "last_year", "months_known",
)  # fmt: skip
PERSPECTIVE_COLUMNS = (
    "name", "label", "achievement", "goal", "last_year", "weight", "share", "points",
)  # fmt: skip
STEP_COLUMNS = ("label", "number", "points", "after", "goal", "base", "gain", "cost", "total")
"""A waterfall: what each row adds or costs, where that leads, and the bars that draw it."""
OBJECTIVE_COLUMNS = ("name", "achievement", "weight", "known", "share", "rank_by", "place")
RANKED_COLUMNS = ("label", "number", "row", "achievement", "goal")
PICK_COLUMNS = ("label", "first", "count", "others", "perspective")
PLAN_COLUMNS = ("label", "plan", "count")
LAST = tuple(f"last_{month}" for month in MONTHS)
KPI_COLUMNS = (
    "name", "label", "unit", "scale", "digits", "row", "achievement", "plan", "weight", "flat",
    "share", "points", "goal", "direction", "last_value", "last_achievement", "matched", *LAST,
)  # fmt: skip
SERIES = ("month", "actual", "last", "goal", "newest")
"""What a small chart draws: labels, this year, last year, goals, and the newest month again."""
SLOT_COLUMNS = (
    "name", "number", "kpi", "row", "scale", "newest_month", "note",
    *(f"{series}_{month}" for series in SERIES for month in MONTHS),
)  # fmt: skip


@dataclass(frozen=True)
class Pick:
    """An entry of the list: a perspective, or as many of its KPIs as are drawn at once.

    ``first`` and ``count`` say which KPIs of the scorecard, ``perspective`` which perspective,
    all counted from 1; ``part`` holds the first and last of the KPIs where they are not all.
    """

    perspective: int
    first: int
    count: int
    part: tuple[int, int] | None


def picks_of(definition: Definition) -> tuple[Pick, ...]:
    """What can be picked, in the order of the scorecard."""
    return tuple(_picks(definition.perspectives))


def _picks(perspectives: Sequence[Perspective]) -> Iterator[Pick]:
    first = 1
    for number, perspective in enumerate(perspectives, start=1):
        kpis = sum(len(objective.kpis) for objective in perspective.objectives)
        for start in range(0, kpis, MOST_CHARTS):
            drawn = min(MOST_CHARTS, kpis - start)
            part = None if kpis <= MOST_CHARTS else (start + 1, start + drawn)
            yield Pick(number, first + start, drawn, part)
        first += kpis


@dataclass(frozen=True)
class DashboardLayout:
    """The tables of the Dashboard sheet: the page itself, then what it is worked out from."""

    page: Table
    facts: Table
    picks: Table
    perspectives: Table
    steps: Table
    """From the goal to the strategy by perspective."""
    objectives: Table
    ranked: Table
    plans: Table
    kpis: Table
    slots: Table
    """The KPIs drawn, one a row."""
    kpi_steps: Table
    """From the goal to the perspective by KPI."""

    @classmethod
    def of(
        cls,
        definition: Definition,
        titles: Mapping[str, str],
        records: Records,  # noqa: ARG003 - what every planner is given
    ) -> DashboardLayout:
        """The layout for a definition."""
        return _Planner(definition, titles[KEY]).layout()

    def names(self) -> Iterator[tuple[str, str]]:
        """Defined names: stable, ASCII, the same in every language."""
        yield "dashboard_pick", absolute(self.page, ["pick"], ["f"])
        yield "list_dashboard", absolute(self.picks, self.picks.row_keys, ["label"])
        for row in self.facts.rows:
            yield f"dashboard_{row}", absolute(self.facts, [row], ["value"])
        yield "told_change", absolute(self.page, ["note"], ["c", "d"])
        yield "told_kpis", absolute(self.slots, self.slots.row_keys, ["note"])
        yield from column_names("dashboard_kpi", self.kpis, ("achievement", "points", "plan"))
        yield from column_names("dashboard_perspective", self.perspectives, ("points",))

    @property
    def slot_rows(self) -> int:
        """Rows of small charts on the page: one, or two."""
        return -(-len(self.slots.rows) // len(PANELS))


@dataclass(frozen=True)
class _Planner:
    definition: Definition
    title: str

    def layout(self) -> DashboardLayout:
        page = self._page()
        place = max(page.rows.values()) + 4

        def table(keys: Sequence[str], columns: Sequence[str]) -> Table:
            """The next table below, with room for its title and its head."""
            nonlocal place
            made = Table(KEY, self.title, keyed(keys, place + 2), keyed(columns, 0))
            place += len(keys) + 3
            return made

        perspectives = [str(one) for one, _ in enumerate(self.definition.perspectives, start=1)]
        objectives = [str(one) for one, _ in enumerate(self.definition.objectives(), start=1)]
        kpis = [str(one) for one, _ in enumerate(self.definition.kpis(), start=1)]
        return DashboardLayout(
            page=page,
            facts=table(FACTS, ("label", "value")),
            picks=table(
                [str(one) for one, _ in enumerate(picks_of(self.definition), start=1)],
                PICK_COLUMNS,
            ),
            perspectives=table(perspectives, PERSPECTIVE_COLUMNS),
            steps=table(("goal", *perspectives, "total"), STEP_COLUMNS),
            objectives=table(objectives, OBJECTIVE_COLUMNS),
            ranked=table(objectives[:MOST_OBJECTIVES], RANKED_COLUMNS),
            plans=table([band.id for band in self.definition.bands][::-1], PLAN_COLUMNS),
            kpis=table(kpis, KPI_COLUMNS),
            slots=table(self._slots(), SLOT_COLUMNS),
            kpi_steps=table(("goal", *self._steps()), STEP_COLUMNS),
        )

    def _slots(self) -> list[str]:
        most = max(pick.count for pick in picks_of(self.definition))
        return [str(number) for number in range(1, most + 1)]

    def _steps(self) -> list[str]:
        """The KPIs drawn, then the others of the perspective where there are, then the total."""
        has_others = any(pick.part for pick in picks_of(self.definition))
        return [str(number) for number in range(1, len(self._slots()) + 2 + has_others)]

    def _page(self) -> Table:
        slot_rows = -(-len(self._slots()) // len(PANELS))
        rows = {
            "pick": 1,
            **keyed(("head", "headline", "note", "note2"), 3),
            **keyed(("top", "top_charts", "middle", "middle_charts", "bottom"), 8),
        }
        below = 13
        for number in range(slot_rows):
            keys = (f"name{number}", f"note{number}", f"charts{number}")
            rows |= keyed(keys, below)
            below += len(keys)
        return Table(KEY, self.title, rows, keyed(PANELS, 0))
