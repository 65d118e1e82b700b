"""Where the registers stand, and what else their sheets need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.registers.actions import FLAGS
from tablero.workbook_templates.registers.parts import (
    ACTIONS,
    CATEGORIES,
    CAUSES,
    FISHBONE,
    QUADRANTS,
    STATUSES,
    SWOT,
    Register,
)
from tablero.workbook_templates.tables import (
    FIRST_ROW,
    HEADER_ROW,
    Table,
    absolute,
    column_names,
    keyed,
)

ACTION_COLUMNS = (
    "what", "kpi", "cause", "owner", "status", "start", "plan", "due", "remark", "budget", "spent",
    "note", "agreed_plan", "agreed_due",
)  # fmt: skip
ACTION_WORKINGS = ("said", "kpi_number", "plan_number", "open", *FLAGS)
KPI_COLUMNS = (
    "label", "code", "number", "achievement", "position", "open", "noted", "pinned", "owes", "bare",
    "order", "which",
)  # fmt: skip
END = ":end"
"""An empty row below the KPIs: not every engine finds anything in a range of a single cell."""
PLAN_COLUMNS = ("label", "number", "months", "owes", "red")
CAUSE_COLUMNS = ("kpi", "shown", "category", "gap", "cause", "count", "state")
CAUSE_WORKINGS = ("kpi_number", "category_number", "key")
SLOTS = 5
"""Causes of a group that the fishbone has room for."""
UPPER, LOWER = CATEGORIES[:3], CATEGORIES[3:]
SPINE = HEADER_ROW + 1 + SLOTS + 1
"""The row of the fishbone's spine."""


def _lines(register: Register, records: Records) -> list[str]:
    """The row keys of a register: the numbers of its lines."""
    filled = len(records.registers.get(register.key, ()))
    return list(map(str, range(register.lines(filled))))


@dataclass(frozen=True)
class ActionsPlan:
    """The tables of the sheet Actions."""

    owing: Table
    """By place, the KPIs that owe an action, the worst first."""
    actions: Table
    kpis: Table
    plans: Table
    statuses: Table
    remarks: Table
    moments: Table

    @classmethod
    def of(cls, definition: Definition, titles: Mapping[str, str], records: Records) -> ActionsPlan:
        """The register right of the KPIs that owe an action, and what it works with beyond."""
        kpis = [kpi.id for kpi in definition.kpis()]
        bands = [band.id for band in definition.bands]
        place = _Placing("actions", titles["actions"])
        return cls(
            owing=place(kpis, ("name", "achievement")),
            actions=place(_lines(ACTIONS, records), (*ACTION_COLUMNS, "gap", *ACTION_WORKINGS)),
            kpis=place((*kpis, END), KPI_COLUMNS),
            plans=place(bands, PLAN_COLUMNS),
            statuses=place(STATUSES, ("word", "code", "number", "closed")),
            remarks=place(FLAGS, ("word",)),
            moments=place(("latest", "until", "owing"), ("label", "value")),
        )

    def names(self) -> Iterator[tuple[str, str]]:
        """Defined names: stable, ASCII, the same in every language."""
        computed = ("plan", "due", "remark", *ACTION_WORKINGS)
        yield from column_names("actions", self.actions, (*ACTIONS.keys, *computed))
        yield from column_names("action_kpi", self.kpis, ("label", *KPI_COLUMNS[2:]))
        yield from column_names("action_plan", self.plans, PLAN_COLUMNS[1:])
        yield "list_kpi", absolute(self.kpis, self.kpis.row_keys[:-1], ["label"])
        yield "list_plan", absolute(self.plans, self.plans.row_keys, ["label"])
        yield "list_status", absolute(self.statuses, STATUSES, ["word"])
        yield from column_names("action_status", self.statuses, ("number", "closed"))
        yield "action_remarks", absolute(self.remarks, FLAGS, ["word"])
        for row in self.moments.rows:
            yield f"action_{row}", absolute(self.moments, [row], ["value"])


@dataclass
class _Placing:
    """Places one table after the other, with an empty column between."""

    sheet: str
    title: str
    left: int = 0

    def __call__(self, rows: Iterable[str], columns: Iterable[str]) -> Table:
        table = Table(self.sheet, self.title, keyed(rows, FIRST_ROW), keyed(columns, self.left))
        self.left = max(table.columns.values()) + 2
        return table


@dataclass(frozen=True)
class SwotPlan:
    """The tables of the sheet SWOT, one a quadrant."""

    quadrants: Mapping[str, Table]

    @classmethod
    def of(cls, definition: Definition, titles: Mapping[str, str], records: Records) -> SwotPlan:
        """Strengths beside weaknesses, below them opportunities beside threats."""
        del definition
        rows = _lines(SWOT, records)
        tops = (FIRST_ROW, FIRST_ROW, FIRST_ROW + len(rows) + 2, FIRST_ROW + len(rows) + 2)
        return cls(
            {
                key: Table("swot", titles["swot"], keyed(rows, top), {key: 2 * (number % 2)})
                for number, (key, top) in enumerate(zip(QUADRANTS, tops, strict=True))
            }
        )

    def names(self) -> Iterator[tuple[str, str]]:
        """Defined names: stable, ASCII, the same in every language."""
        for key, table in self.quadrants.items():
            yield from column_names(SWOT.key, table, [key])


@dataclass(frozen=True)
class CausesPlan:
    """The tables of the sheet Causes: the fishbone, and below it the list of causes."""

    chosen: Table
    groups: Mapping[str, Table]
    """By group, the cells in which its causes are shown."""
    causes: Table
    numbers: Table

    @classmethod
    def of(cls, definition: Definition, titles: Mapping[str, str], records: Records) -> CausesPlan:
        """The fishbone on top, then a line a cause."""
        del definition
        title = titles["causes"]
        top = SPINE + SLOTS + 5
        right = len(CAUSE_COLUMNS) + 1
        causes = {**keyed(CAUSE_COLUMNS, 0), **keyed(CAUSE_WORKINGS, right)}
        slots = [*map(str, range(SLOTS)), "more"]
        return cls(
            chosen=Table("causes", title, {"label": SPINE - 4, "kpi": SPINE - 3}, {"value": 6}),
            groups={
                key: Table(
                    "causes",
                    title,
                    {"head": HEADER_ROW, **keyed(slots, HEADER_ROW + 1)}
                    if key in UPPER
                    else {**keyed(slots, SPINE + 1), "head": SPINE + SLOTS + 2},
                    {"value": 2 * (number % len(UPPER))},
                )
                for number, key in enumerate(CATEGORIES)
            },
            causes=Table("causes", title, keyed(_lines(CAUSES, records), top), causes),
            numbers=Table(
                "causes",
                title,
                keyed((*CATEGORIES, "chosen"), FIRST_ROW),
                keyed(("label", "word", "number", "count"), right),
            ),
        )

    def names(self) -> Iterator[tuple[str, str]]:
        """Defined names: stable, ASCII, the same in every language."""
        yield from column_names(CAUSES.key, self.causes, (*CAUSES.keys, "shown", *CAUSE_WORKINGS))
        yield "fishbone_kpi", absolute(self.chosen, ["kpi"], ["value"])
        for key, table in self.groups.items():
            yield f"{FISHBONE.key}_{key}", absolute(table, ["head"], ["value"])
        yield "list_category", absolute(self.numbers, CATEGORIES, ["word"])
        yield "number_category", absolute(self.numbers, CATEGORIES, ["number"])
        yield "fishbone_number", absolute(self.numbers, ["chosen"], ["number"])
