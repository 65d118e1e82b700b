"""What is told of many companies, line by line: one kind of row for each question."""

from __future__ import annotations

from typing import NamedTuple


class Totals(NamedTuple):
    """How many there are of everything, and the middle of the strategies."""

    files: int
    scored: int
    other_period: int
    refused: int
    companies: int
    set_aside: int
    """Files of a company of which a newer one counts: earlier years and duplicates."""
    with_figures: int
    """Companies whose strategy has an achievement."""
    least: float | None
    low: float | None
    median: float | None
    high: float | None
    most: float | None
    coverage: float | None
    """The middle one."""
    owing: int
    """Companies that owe figures."""
    owed: int
    with_problems: int
    """Files with errors or warnings."""
    errors: int
    warnings: int


class Ranked(NamedTuple):
    """A company by what its strategy achieved; ``place`` is None where that is not known."""

    place: int | None
    company: str
    sector: str
    size: str
    period: str
    achievement: float | None
    coverage: float | None
    tone: int | None
    band: str | None
    owed: int
    problems: int
    file: str


class Step(NamedTuple):
    """Companies whose strategy achieved from ``start`` up to one step more."""

    start: float
    companies: int


class Distributed(NamedTuple):
    """What companies achieved of one KPI."""

    kpi_id: str
    kpi: str
    unit: str
    companies: int
    missing: int
    least: float | None
    low: float | None
    median: float | None
    high: float | None
    most: float | None
    worst: float | None
    """Share of the companies in the worst tone; then the next ones."""
    poor: float | None
    good: float | None
    best: float | None

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Share of the companies in each tone, from the worst."""
        return self.worst, self.poor, self.good, self.best


class Benchmark(NamedTuple):
    """The values of a KPI in a group; None for sector or size stands for all.

    Quartiles are None where fewer than :data:`.statistics.LEAST` companies have a value.
    """

    kpi_id: str
    kpi: str
    unit: str
    desired: str
    money: str
    """Currency and scale of amounts, such as ``PEN thousands``: they are never mixed."""
    sector: str | None
    size: str | None
    companies: int
    low: float | None
    median: float | None
    high: float | None


class InBand(NamedTuple):
    """How many stand in a band at a level; ``tone`` is None for those without figures."""

    level: str
    tone: int | None
    band: str | None
    number: int
    share: float


class Owes(NamedTuple):
    """A figure that somebody owes."""

    company: str
    owner: str
    figure: str
    months: int
    missing: str
    file: str


class Debtor(NamedTuple):
    """A company that owes figures."""

    company: str
    figures: int
    months: int
    owners: str
    file: str


class Outlier(NamedTuple):
    """A figure far from those of the other companies."""

    company: str
    kpi: str
    measure: str
    """``achievement`` or ``value``."""
    unit: str
    """Of the figure; achievements are in %."""
    kpi_unit: str
    figure: float
    usual: float
    """The median."""
    score: float
    """The modified z-score."""
    value: float | None
    goal: float | None
    file: str


class Found(NamedTuple):
    """A problem of a file."""

    file: str
    company: str
    severity: str
    code: str
    sheet: str
    cell: str
    message: str
    remedy: str


class FileFound(NamedTuple):
    """How many problems a file has, and the gravest."""

    file: str
    company: str
    status: str
    errors: int
    warnings: int
    notes: int
    message: str
    remedy: str
