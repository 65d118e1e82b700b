"""Plausible figures of a made-up company: seasons, a trend, shares that stay below the whole."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np

from tablero.workbook_templates.definition import Definition, Input, Scale
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.vectorised import Floats


class Chance(Protocol):
    """What is asked of a generator of random numbers."""

    def normal(self, loc: float = ..., scale: float = ..., size: Any = ...) -> Any:
        """As numpy's."""
        ...

    def uniform(self, low: float = ..., high: float = ..., size: Any = ...) -> Any:
        """As numpy's."""
        ...

    def poisson(self, lam: Any = ..., size: Any = ...) -> Any:
        """As numpy's."""
        ...


class Usual:
    """Chance that never moves: the middle of everything."""

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Any = None) -> Any:
        """The mean."""
        del scale
        return loc if size is None else np.full(size, loc)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> Any:
        """The middle."""
        return self.normal((low + high) / 2, 0.0, size)

    def poisson(self, lam: Any = 1.0, size: Any = None) -> Any:
        """The rate itself."""
        del size
        return lam


UNITS_OF: Mapping[Scale, float] = {"units": 1.0, "thousands": 1e3, "millions": 1e6}
DOLLAR_IN: Mapping[str, float] = {"USD": 1, "PEN": 3.7, "COP": 4000, "MXN": 18, "BRL": 5.4}
"""Roughly what a dollar is worth, so that amounts look like those of the country."""

_LARGE = 1e5
_SEASON, _NOISE, _SHARE_NOISE, _SPREAD = 0.12, 0.05, 0.10, 0.32
_MARGIN_SPREAD = 0.035
_FEW = 8.0
_LOWEST = 0.001
"""What a usual company changes by less than this, such as a steady margin, gives no goal."""
_HIGHEST = 0.99
"""The highest goal for a share that is usually below one."""


@dataclass(frozen=True)
class Make:
    """What a company is like before chance has its say.

    ``size`` multiplies what a company of a million dollars of sales has, ``skill`` (about −2 to
    2) says how well it is led, ``money`` turns dollars into the workbook's unit of money.
    """

    size: float
    skill: float
    growth: float
    money: float


@dataclass(frozen=True)
class Level:
    """What an input comes to in a year: so much, or so much of another input."""

    of: str
    share: float


@cache
def _levels() -> Mapping[str, tuple[Level, ...]]:
    table = files(__package__).joinpath("population_levels.csv").read_text("utf-8")
    found: dict[str, tuple[Level, ...]] = {}
    for row in csv.DictReader(table.splitlines()):
        level = Level(row["of"], float(row["share"]))
        found[row["input"]] = (*found.get(row["input"], ()), level)
    return found


def level_of(name: str, known: frozenset[str]) -> Level:
    """The level of an input in a company that has the inputs ``known``.

    >>> level_of("net_profit", frozenset({"net_sales"}))
    Level(of='net_sales', share=0.08)
    >>> level_of("anything", frozenset())
    Level(of='', share=100.0)
    """
    usual = Level("", 100.0)
    return next((one for one in _levels().get(name, ()) if not one.of or one.of in known), usual)


def drawn(definition: Definition, make: Make, chance: Chance) -> Figures:
    """Two years of figures, the same for the same chance; whole numbers where things are counted.

    Inputs that are part of another, such as orders on time, stay below it in every month.
    """
    ids = tuple(one.id for one in definition.inputs)
    maker = _Maker(definition, make, chance)
    months = np.stack([maker.months(one) for one in ids])
    totals = np.array([one.aggregation == "T" for one in definition.inputs])
    former = months[:, :MONTHS_A_YEAR]
    last_year = np.where(totals, former.sum(axis=1), former[:, -1])
    return Figures(ids, months, last_year.round(4))


class _Maker:
    """Makes the months of one input after the other, those of the whole before its parts."""

    def __init__(self, definition: Definition, make: Make, chance: Chance) -> None:
        self._inputs = {one.id: one for one in definition.inputs}
        self._known = frozenset(self._inputs)
        self._make = make
        self._chance = chance
        self._good = _directions(definition)
        self._made: dict[str, Floats] = {}
        first = definition.company.fiscal_start_month
        self._pace = _pace(make.growth, first, chance)

    def months(self, name: str) -> Floats:
        if name not in self._made:
            level = level_of(name, self._known)
            exact = self._part(name, level) if level.of else self._root(name, level)
            self._made[name] = self._rounded(self._inputs[name], exact)
        return self._made[name]

    def _root(self, name: str, level: Level) -> Floats:
        one, make = self._inputs[name], self._make
        amount = level.share * self._unit(one) * self._luck(name)
        if one.aggregation == "T":
            return amount * make.size / MONTHS_A_YEAR * self._pace * self._noise()
        grows = make.size if one.perspective and _is_counted(one) else 1.0
        return amount * grows * self._noise(0.3)

    def _part(self, name: str, level: Level) -> Floats:
        whole, one = self.months(level.of), self._inputs[name]
        flow, whole_flow = (self._inputs[each].aggregation == "T" for each in (name, level.of))
        if flow != whole_flow:
            steady = np.full(MONTHS_HELD, whole.mean())
            whole = steady / MONTHS_A_YEAR if flow else steady * MONTHS_A_YEAR
        if one.negative and level.share < 1:
            margins: Floats = self._chance.normal(0, _MARGIN_SPREAD / 2, MONTHS_HELD)
            lead = float(self._chance.normal(self._make.skill * _MARGIN_SPREAD, _MARGIN_SPREAD))
            return whole * (margins + level.share + lead)
        return whole * self._shares(name, level.share)

    def _shares(self, name: str, share: float) -> Floats:
        """Shares of a whole move where there is room; those beyond it by a factor."""
        odds = share / (1 - share) if share < 1 else share
        moved = odds * self._luck(name, part=True) * self._noise(_SHARE_NOISE / _NOISE)
        return moved / (1 + moved) if share < 1 else moved

    def _luck(self, name: str, *, part: bool = False) -> float:
        """What chance and skill make of a level for both years."""
        spread = _SPREAD if part else _SPREAD / 2
        lead = 0.25 * self._make.skill * self._good.get(name, 0)
        return float(np.exp(self._chance.normal(0, spread) + lead * (1 if part else 0.3)))

    def _noise(self, times: float = 1.0) -> Floats:
        return np.asarray(np.exp(self._chance.normal(0, _NOISE * times, MONTHS_HELD)))

    def _unit(self, one: Input) -> float:
        return self._make.money if one.unit.in_language("en") == "currency" else 1.0

    def _rounded(self, one: Input, exact: Floats) -> Floats:
        """Counts are whole numbers; what happens seldom comes by chance, not evenly."""
        if not _is_counted(one):
            return exact.round(max(0, 3 - int(np.log10(max(abs(exact).mean(), 1e-3)))))
        if one.aggregation != "T" or abs(exact).mean() >= _FEW:
            return np.maximum(exact.round(), 0) if not one.negative else exact.round()
        seldom = np.asarray(self._chance.poisson(np.clip(exact, 0, _LARGE)), dtype=float)
        of = level_of(one.id, self._known).of
        return np.minimum(seldom, self.months(of)) if of else seldom


def _is_counted(one: Input) -> bool:
    return one.unit.in_language("en") not in {"currency", "points", "%", "time", ""}


def _pace(growth: float, first_month: int, chance: Chance) -> Floats:
    """How the months of two years compare: growth, and a season that comes again each year."""
    numbers = np.arange(MONTHS_HELD)
    trend = (1 + growth) ** ((numbers - MONTHS_HELD * 0.75) / MONTHS_A_YEAR)
    month = 2 * np.pi * (numbers + first_month - 1) / MONTHS_A_YEAR
    height = chance.uniform(0, _SEASON)
    season = 1 + height * np.sin(month - chance.uniform(0, 2 * np.pi))
    christmas = np.where((numbers + first_month - 1) % MONTHS_A_YEAR == MONTHS_A_YEAR - 1, 1.1, 1.0)
    return np.asarray(trend * season * christmas)


def _directions(definition: Definition) -> Mapping[str, int]:
    """Whether more of an input is better (1) or worse (−1) in the KPIs that begin with it."""
    better: dict[str, int] = {}
    for kpi in definition.kpis():
        name = kpi.formula.lstrip("( ").split(" ", 1)[0].rstrip(")")
        better.setdefault(name, {"High": 1, "Low": -1}.get(kpi.desired, 0))
    return better


def goals(definition: Definition, make: Make, chance: Chance) -> dict[str, float]:
    """A goal for each KPI: what a usual company of this make reaches, and a little more.

    The goal is set from the levels alone, not from the figures that chance drew, so achievements
    spread over all bands.
    """
    calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
    usual = drawn(definition, Make(make.size, 0.0, 0.05, make.money), Usual())
    year = calendar.period("year", MONTHS_A_YEAR)
    values = score(definition, usual, [year]).values[:, 0]
    found = {}
    for kpi, value in zip(definition.kpis(), values, strict=True):
        ambition = {"High": 1.05, "Low": 0.97}.get(kpi.desired, 1.0)
        goal = _two_figures(value * ambition * float(np.exp(chance.normal(0, 0.1))))
        if np.isfinite(goal) and goal >= _LOWEST:
            found[kpi.id] = min(goal, _HIGHEST) if value < 1 else goal
    return found


def _two_figures(value: float) -> float:
    """A goal as people set it: 0.27 rather than 0.26841."""
    if not np.isfinite(value) or value == 0:
        return float("nan")
    digits = 1 - int(np.floor(np.log10(abs(value))))
    return float(round(value, digits))
