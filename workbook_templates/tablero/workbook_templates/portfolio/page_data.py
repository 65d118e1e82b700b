"""What the script of a portfolio's page knows: charts, companies to look for, and benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tablero.workbook_templates import styles
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.portfolio.rows import Benchmark, Ranked
from tablero.workbook_templates.portfolio.statistics import Statistics
from tablero.workbook_templates.reports.charts import Chart
from tablero.workbook_templates.reports.page.strings import Strings
from tablero.workbook_templates.texts import text

MOST_COMPANIES: Final = 10_000
"""Companies that can be looked for on the page."""
_TONES = 4


def drawn(chart: Chart) -> Mapping[str, Any]:
    """A chart as the script draws it."""
    return {"spec": _lean(chart.spec), "rows": [dict(row) for row in chart.rows]}


def _lean(spec: Any) -> Any:
    """A specification of which the browser has nothing to warn: signs are of no order."""
    if isinstance(spec, list):
        return [_lean(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    return {
        name: {**part, "type": "nominal"}
        if name == "shape" and isinstance(part, dict)
        else _lean(part)
        for name, part in spec.items()
    }


def companies(found: Statistics, language: str) -> Mapping[str, Any]:
    """Companies by rank: place, name, sector, achievement, band, coverage, figures owed.

    Sectors and bands are places in ``texts``.
    """
    strings = Strings()
    rows = [_company(one, strings, language) for one in found.ranking(MOST_COMPANIES)]
    return {"rows": rows, "texts": strings.texts}


def _company(one: Ranked, strings: Strings, language: str) -> list[Any]:
    achieved = "–" if one.achievement is None else percent_text(one.achievement, language)
    sign = "" if one.tone is None else styles.band_tone(one.tone, _TONES).symbol
    band = one.band or text("summary.no_figures", language)
    return [
        one.place or "–", one.company, strings.place(one.sector),
        strings.place(size(one.size, language)), achieved, strings.place(band),
        strings.place(sign), -1 if one.tone is None else one.tone,
        percent_text(one.coverage or 0.0, language, 0), one.owed,
    ]  # fmt: skip


def benchmarks(found: Statistics, language: str) -> Mapping[str, Any]:
    """Groups with their quartiles as people read them; texts are places in ``texts``."""
    strings = Strings()
    rows = [
        [*map(strings.place, benchmark_cells(one, language)), one.companies,
         strings.place(group(one.sector, language)), strings.place(one.size or "")]
        for one in found.benchmarks()
    ]  # fmt: skip
    return {"rows": rows, "texts": strings.texts}


def group(sector: str | None, language: str) -> str:
    """A sector as the page's choice names it; empty for all of them."""
    return "" if sector is None else sector or size("unknown", language)


def size(name: str | None, language: str) -> str:
    """A size in words."""
    return text(f"summary.size.{name}", language) if name else text("summary.all", language)


def benchmark_cells(one: Benchmark, language: str) -> tuple[str, ...]:
    """KPI, unit and quartiles in words; dashes where the group is too small."""
    is_plain = one.money and not one.unit.startswith(one.money.split()[0])
    unit = f"{one.unit} ({one.money})" if is_plain else one.unit
    quartiles = (amount(value, one.unit, language) for value in (one.low, one.median, one.high))
    return (one.kpi, unit, *quartiles)


def amount(value: float | None, unit: str, language: str) -> str:
    """A figure in its unit: shares as percentages, money whole, one decimal for the rest."""
    if value is None:
        return "–"
    if unit == "%":
        return percent_text(value, language)
    return decimal_text(value, language, 0 if abs(value) >= _WHOLE else 1)


_WHOLE = 1_000
