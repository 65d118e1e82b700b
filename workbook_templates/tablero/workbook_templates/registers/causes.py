"""The analysis of causes: those of the chosen KPI by group, and what is done about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tablero.workbook_templates.registers.actions import Actions
from tablero.workbook_templates.registers.parts import CATEGORIES, Line


@dataclass(frozen=True)
class Placed:
    """A cause, and where the fishbone has it."""

    line: Line
    kpi: int
    """The number of its KPI; 0 where there is none."""
    category: int
    """The number of its group; 0 where there is none, or no cause."""
    rank: int
    """Its place in its group of the chosen KPI, from 1; 0 for causes that are not drawn."""
    actions: int
    """How many actions name it."""
    open: int
    """How many of these are still to be finished."""

    @property
    def key(self) -> str:
        """Group and place, as the sheet finds it; empty for causes that are not drawn."""
        return f"{self.category}|{self.rank}" if self.rank else ""


@dataclass(frozen=True)
class Causes:
    """The causes of a company's figures."""

    lines: Sequence[Line]
    fishbone: Line
    """Which KPI is chosen, and what the groups are called where not as usual."""
    actions: Actions

    @property
    def chosen(self) -> str:
        """The KPI that people chose to explain; empty where they left that open."""
        return str(self.fishbone.get("kpi", ""))

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every cause with its place."""
        ranks: Counter[tuple[int, int]] = Counter()
        return tuple(self._placed(line, ranks) for line in self.lines)

    def drawn(self, category: str) -> Sequence[str]:
        """The causes of a group of the chosen KPI."""
        number = CATEGORIES.index(category) + 1
        return [
            str(one.line["cause"]) for one in self.placed if one.rank and one.category == number
        ]

    @cached_property
    def number(self) -> int:
        """The number of the KPI that is drawn: the chosen one, else the worst one.

        It is 0 where the chosen one is none of the scorecard.
        """
        if self.chosen:
            return self._numbers.get(self.chosen, 0)
        known = [one for one in self.actions.standings if one.position]
        return min(known, key=lambda one: one.achievement, default=self.actions.standings[0]).number

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {one.kpi.id: one.number for one in self.actions.standings}

    @cached_property
    def _named(self) -> Mapping[str, tuple[int, int]]:
        """By cause, how many actions name it, and how many of these are open."""
        named: dict[str, tuple[int, int]] = {}
        for one in self.actions.judged:
            cause = str(one.line.get("cause", "")).casefold()
            count, opened = named.get(cause, (0, 0))
            named[cause] = (count + 1, opened + one.is_open)
        return named

    def _placed(self, line: Line, ranks: Counter[tuple[int, int]]) -> Placed:
        kpi = self._numbers.get(str(line.get("kpi", "")), 0)
        cause, group = str(line.get("cause", "")), line.get("category")
        category = CATEGORIES.index(str(group)) + 1 if cause and group in CATEGORIES else 0
        is_drawn = bool(category and kpi and kpi == self.number)
        if is_drawn:
            ranks[kpi, category] += 1
        count, opened = self._named.get(cause.casefold(), (0, 0)) if cause else (0, 0)
        rank = ranks[kpi, category] if is_drawn else 0
        return Placed(line, kpi, category, rank, count, opened)
