"""Reports for tests of charts: shipped companies, large ones, and one with hostile names."""

from __future__ import annotations

from functools import cache

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score
from tests.workbook import okr_companies
from tests.workbook.companies import every_kind, large, random_figures

HOSTILE = (
    "datum['x']",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "\"quoted\" and 'quoted'",
    "C:\\new\\u0022",
    "<img src=x onerror=alert(1)>",
    "{expr: 1} {{1}} ${1}",
    "https://example.com/?a=1&b=2",
)


@cache
def report_of(name: str, language: str = "en", code: str = "2016") -> Report:
    """The report of a shipped company."""
    return reporting(load_template(name), language, code)


def reporting(
    definition: Definition,
    language: str = "en",
    code: str | None = None,
    records: Records = NO_RECORDS,
) -> Report:
    """The report of a company, of its year unless another period is asked for."""
    scores = score(definition)
    period = scores.calendar.parse(code or str(scores.calendar.year))
    return Report(scores, language, period, records)


@cache
def large_report() -> Report:
    """Seven perspectives, 30 objectives and 120 KPIs."""
    return reporting(large())


@cache
def half_year() -> Report:
    """Six months of every kind of KPI, with all of last year."""
    return reporting(
        every_kind(figures=random_figures(1, last_months=True, until=6)), code="ytd-2026-06"
    )


@cache
def with_okrs() -> Report:
    """Objectives and key results with check-ins."""
    return reporting(okr_companies.ambitious(), records=okr_companies.records())


def hostile() -> Report:
    """The half year with names that are expressions, markup or addresses elsewhere."""
    definition = half_year().definition
    names = (LocalText({"": HOSTILE[number % len(HOSTILE)]}) for number in range(1000))
    perspectives = [
        one.model_copy(
            update={
                "name": next(names),
                "objectives": tuple(
                    each.model_copy(
                        update={
                            "name": next(names),
                            "kpis": tuple(
                                kpi.model_copy(update={"name": next(names), "unit": next(names)})
                                for kpi in each.kpis
                            ),
                        }
                    )
                    for each in one.objectives
                ),
            }
        )
        for one in definition.perspectives
    ]
    changed = definition.model_copy(update={"perspectives": tuple(perspectives)})
    return reporting(changed, code="ytd-2026-06")
