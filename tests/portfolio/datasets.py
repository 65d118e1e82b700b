"""Small data sets of portfolios, made line by line, of which every statistic is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema

BANDS = (
    ("not_acceptable", "Not acceptable", -1e300),
    ("poor", "Poor", 0.6),
    ("good", "Good", 0.8),
    ("excellent", "Excellent", 1.0),
)


def band_of(achievement: float | None) -> str | None:
    """The band in which an achievement stands."""
    if achievement is None:
        return None
    return [name for name, _, start in BANDS if achievement >= start][-1]


@dataclass(frozen=True)
class Kpi:
    """A KPI of a company."""

    id: str
    value: float | None
    achievement: float | None
    unit: str = "%"
    name: str = ""
    goal: float | None = 1.0
    desired: str = "High"


@dataclass(frozen=True)
class Firm:
    """A company with what its strategy and its KPIs achieved."""

    name: str
    achievement: float | None = 0.9
    kpis: Sequence[Kpi] = ()
    sector: str = "Retail trade"
    size: str = "small"
    currency: str = "PEN"
    scale: str = "units"
    year: str = "2026"
    language: str = "en"
    file: str = ""
    id: str = ""
    coverage: float = 1.0
    owed: Sequence[tuple[str, str, int]] = ()
    """Owner, name of the input, months."""
    problems: Sequence[tuple[str, str]] = ()
    """Severity and message."""
    mtime: float = 0.0
    bands: Sequence[tuple[str, str, float]] = field(default=BANDS)

    @property
    def path(self) -> str:
        """Where its workbook is."""
        return self.file or f"/clients/{self.name}.xlsx"

    @property
    def key(self) -> str:
        """What tells it apart."""
        return self.id or f"id-{self.name}"


def _lines(firm: Firm) -> Mapping[str, list[dict[str, Any]]]:
    head = {"company_id": firm.key, "file": firm.path}
    fact = {**head, "period_id": firm.year}
    achieved = {
        "achievement": firm.achievement,
        "coverage": firm.coverage,
        "band_id": band_of(firm.achievement),
    }
    return {
        "companies": [
            {
                **fact, "name": firm.name, "sector": firm.sector, "size": firm.size,
                "currency": firm.currency, "scale": firm.scale, "year": firm.year,
                "language": firm.language, "period": firm.year, "coverage": firm.coverage,
                "owed": len(firm.owed), "problems": len(firm.problems),
            }
        ],
        "fact_strategy": [{**fact, **achieved}],
        "fact_perspective": [{**fact, **achieved, "perspective_id": "all"}],
        "fact_objective": [{**fact, **achieved, "objective_id": "all"}],
        "fact_kpi": [
            {
                **fact, "kpi_id": one.id, "value": one.value, "goal": one.goal,
                "desired": one.desired, "achievement": one.achievement,
                "band_id": band_of(one.achievement),
            }
            for one in firm.kpis
        ],
        "dim_kpi": [
            {**head, "kpi_id": one.id, "name": one.name or one.id, "unit": one.unit, "sort": place}
            for place, one in enumerate(firm.kpis, start=1)
        ],
        "dim_band": [
            {**head, "band_id": one, "name": name, "from_achievement": start, "sort": place}
            for place, (one, name, start) in enumerate(firm.bands, start=1)
        ],
        "owed": [
            {**fact, "owner": owner, "input_id": name, "name": name, "months": months,
             "missing": "2026-01"}
            for owner, name, months in firm.owed
        ],
        "problems": [
            {**head, "severity": severity, "code": "made_up", "sheet": "Inputs", "cell": "F7",
             "message": message, "remedy": "Mend it."}
            for severity, message in firm.problems
        ],
        "files": [
            {"path": firm.path, "company_id": firm.key, "status": "scored", "mtime": firm.mtime}
        ],
    }  # fmt: skip


def broken(path: str, message: str) -> Mapping[str, list[dict[str, Any]]]:
    """The lines of a file that could not be read."""
    found = {"file": path, "severity": "error", "code": "not_a_workbook", "message": message}
    return {"files": [{"path": path, "status": "refused"}], "problems": [found]}


def write_dataset(
    folder: Path,
    firms: Iterable[Firm],
    more: Iterable[Mapping[str, list[dict[str, Any]]]] = (),
) -> Path:
    """Write a data set of companies, and of other files; a table without lines has no file."""
    every = [*map(_lines, firms), *more]
    for table in SCHEMAS:
        lines = [line for one in every for line in one.get(table, ())]
        if lines:
            (folder / table).mkdir(parents=True, exist_ok=True)
            made = pa.Table.from_pylist(lines, schema=arrow_schema(table))
            parquet.write_table(made, folder / table / "part-0.parquet")
    return folder


def many(count: int) -> list[Firm]:
    """Companies of two sectors, of which some owe, err or stand apart."""
    return [
        Firm(
            f"Firm {n:03}",
            None if n % 11 == 5 else 0.5 + n % 9 / 10,
            [Kpi("roa", n / 100, 0.5 + n % 9 / 10, "%", "Return on assets"),
             Kpi("stock", 30.0 + n, 1.0, "days", "Days of stock", desired="Low")],
            sector="Retail trade" if n % 2 else "Construction",
            size="micro" if n % 3 else "large",
            owed=[("Ana", "Sales", 1)] if n % 7 == 0 else (),
            problems=[("warning", "Odd.")] if n % 8 == 0 else (),
        )
        for n in range(count)
    ]  # fmt: skip


HOSTILE = (
    "<script>window.hacked = 1</script>",
    "</script><img src=x onerror='window.hacked=1'>",
    "{{ 7 * 7 }} ${7*7} \u2028",
    '=HYPERLINK("http://example.org")',
)


def hostile() -> list[Firm]:
    """Companies with names that attack pages, everywhere where a name stands."""
    return [
        Firm(one, 0.9, [Kpi("roa", 1, 1, one, one)], sector=one, file=f"/{one}.xlsx",
             owed=[(one, one, 1)], problems=[("error", one)])
        for one in HOSTILE
    ]  # fmt: skip
