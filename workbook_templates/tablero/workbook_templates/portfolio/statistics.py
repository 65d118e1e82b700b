"""What many companies come to: ranking, distributions, benchmarks, outliers, debts and problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tablero.workbook_templates.portfolio import queries
from tablero.workbook_templates.portfolio.database import asked, opened
from tablero.workbook_templates.portfolio.rows import (
    Benchmark,
    Debtor,
    Distributed,
    FileFound,
    Found,
    InBand,
    Outlier,
    Owes,
    Ranked,
    Step,
    Totals,
)

if TYPE_CHECKING:
    import duckdb

LEAST: Final = 5
"""Companies below which a group has no quartiles: they would tell of one company, not of many."""
LEAST_FOR_OUTLIERS: Final = 10
"""Companies below which nobody can say what is usual."""
CUT_OFF: Final = 3.5
"""The modified z-score beyond which a figure is called an outlier (Iglewicz & Hoaglin 1993)."""
STEP: Final = 0.1
"""How wide the steps of the histogram are."""


_Row = TypeVar("_Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Statistics:
    """Everything that a data set says, asked when it is wanted; lists come line by line.

    Quartiles interpolate between neighbours (type 7 of Hyndman & Fan 1996, as in Excel's
    QUARTILE.INC). Every company counts once.
    """

    connection: duckdb.DuckDBPyConnection

    def totals(self) -> Totals:
        """How many there are of everything."""
        return self._totals

    @cached_property
    def _totals(self) -> Totals:
        return next(self._rows(Totals, queries.TOTALS))

    def periods(self) -> tuple[tuple[str, int], ...]:
        """The periods and how many companies have each, the most frequent first."""
        return tuple(asked(self.connection, queries.PERIODS))

    def currencies(self) -> tuple[tuple[str, int], ...]:
        """The currencies and how many companies have each, the most frequent first."""
        return tuple(asked(self.connection, queries.CURRENCIES))

    def bands(self) -> tuple[str, ...]:
        """The most frequent name of each tone, from the worst; empty where none has it."""
        names = dict(asked(self.connection, queries.BAND_NAMES))
        return tuple(names.get(tone, "") for tone in range(4))

    def ranking(self, most: int | None = None) -> Iterator[Ranked]:
        """Companies by their strategy, the best first; those without figures last."""
        return self._rows(Ranked, queries.RANKING, most=most)

    def last(self, most: int) -> Iterator[Ranked]:
        """The companies at the end of the ranking, those without figures left out."""
        return self._rows(Ranked, queries.LAST, most=most)

    def histogram(self) -> tuple[Step, ...]:
        """Companies by steps of :data:`STEP` of achievement; from 200 % on they share one."""
        return tuple(self._rows(Step, queries.HISTOGRAM, step=STEP))

    def distributions(self) -> tuple[Distributed, ...]:
        """What companies achieved of each KPI, those that most measure first."""
        return self._distributions

    @cached_property
    def _distributions(self) -> tuple[Distributed, ...]:
        return tuple(self._rows(Distributed, queries.DISTRIBUTIONS))

    def benchmarks(self) -> tuple[Benchmark, ...]:
        """Quartiles of each KPI's values: of all, by sector, by size, by both where enough are."""
        return self._benchmarks

    @cached_property
    def _benchmarks(self) -> tuple[Benchmark, ...]:
        return tuple(self._rows(Benchmark, queries.BENCHMARKS, least=LEAST))

    def in_bands(self) -> tuple[InBand, ...]:
        """How many strategies, perspectives, objectives and KPIs stand in which band."""
        return self._in_bands

    @cached_property
    def _in_bands(self) -> tuple[InBand, ...]:
        return tuple(self._rows(InBand, queries.IN_BANDS))

    def owed(self, most: int | None = None) -> Iterator[Owes]:
        """Who owes which figures, company by company, those that owe most first."""
        return self._rows(Owes, queries.OWED, most=most)

    def debtors(self, most: int | None = None) -> Iterator[Debtor]:
        """Companies that owe figures, those that owe most first."""
        return self._rows(Debtor, queries.DEBTORS, most=most)

    def outliers(self, most: int | None = None) -> Iterator[Outlier]:
        """Figures far from the others', the farthest first.

        The modified z-score is 0.6745 (x - median) / MAD, MAD being the median of the absolute
        deviations from the median; where that is zero, (x - median) / (1.253314 mean absolute
        deviation). Half of the figures may be wrong before it is misled, while the usual z-score is
        by a single one. Looked at are achievements, and values except amounts of money, in groups
        of :data:`LEAST_FOR_OUTLIERS` companies or more; beyond :data:`CUT_OFF` it is told.

        References
        ----------
        B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 1993, p. 11.
        """
        self._look_for_outliers()
        return self._rows(Outlier, queries.OUTLIERS, most=most)

    def _look_for_outliers(self) -> None:
        """Look for them once; the table in which they stand goes with the connection."""
        if "outlying" not in {name for (name,) in asked(self.connection, "SHOW TABLES")}:
            limits = {"least": LEAST_FOR_OUTLIERS, "cut_off": CUT_OFF}
            self.connection.execute(queries.OUTLYING, limits)

    def problems(self, most: int | None = None) -> Iterator[Found]:
        """Every problem, errors first."""
        return self._rows(Found, queries.PROBLEMS, most=most)

    def files_with_problems(self, most: int | None = None) -> Iterator[FileFound]:
        """Files with problems, those with most errors first."""
        return self._rows(FileFound, queries.FILES_WITH_PROBLEMS, most=most)

    def count(self, of: str) -> int:
        """How many lines a list would have: one of those in :data:`.queries.COUNTS`."""
        if of == "outliers":
            self._look_for_outliers()
        return int(next(asked(self.connection, queries.COUNTS[of]))[0])

    def _rows(self, kind: type[_Row], query: str, **values: Any) -> Iterator[_Row]:
        wanted: Mapping[str, Any] = {
            name: value for name, value in values.items() if f"${name}" in query
        }
        for line in asked(self.connection, query, wanted):
            yield kind(*line)


@contextmanager
def statistics(folder: Path, language: str) -> Iterator[Statistics]:
    """The statistics of a data set, as long as it is open.

    Parameters
    ----------
    folder
        The data set: a folder of Parquet files for each table.
    language
        In which the names of KPIs, units, sectors and bands are said.
    """
    with opened(folder, language) as connection:
        yield Statistics(connection)
