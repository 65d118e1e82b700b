"""Models of companies that together fill every table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pandas as pd

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.facts import tables
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.scoring import score
from tests.workbook import okr_companies, register_companies
from tests.workbook.companies import cano, every_kind, odd, random_figures, with_holes

HOSTILE = '=cmd|"/c calc"!A1'


def model(
    definition: Definition, language: str = "en", records: Records = NO_RECORDS, period: str = ""
) -> ScoredModel:
    """The scored model of a definition with its own figures."""
    scores = score(definition)
    shown = scores.calendar.parse(period or str(scores.calendar.year))
    return ScoredModel(scores, language, shown, records)


def with_problems(definition: Definition) -> Report:
    """A report with problems."""
    problems = (
        Problem("cell_text", values={"text": "x"}, sheet="Inputs", cell="F7"),
        Problem("period_unknown", "warning", {"text": "?", "year": 1, "month": 1, "quarter": 1}),
    )
    plain = model(definition, "es")
    return Report(plain.scores, "es", plain.period, problems=problems)


def half_a_year() -> ScoredModel:
    """A fiscal year from July of which half is known, with holes, after a whole one."""
    figures = random_figures(5, holes=0.3, last_months=True, until=6)
    company = every_kind(company={"fiscal_start_month": 7}, figures=figures)
    return model(company, "pt", period="2026-Q2")


MODELS: Mapping[str, Callable[[], ScoredModel]] = {
    "paper": lambda: model(cano()),
    "holes": lambda: model(with_holes(cano(), [("net_income", 3), ("net_sales", 7)]), "es"),
    "half": half_a_year,
    "empty": lambda: model(cano().model_copy(update={"figures": {}})),
    "hostile": lambda: model(odd(HOSTILE)),
    "followed": lambda: model(okr_companies.ambitious(), "es", okr_companies.records()),
    "registers": lambda: model(cano(), "es", register_companies.records(odd=True)),
    "problems": lambda: with_problems(cano()),
}


@cache
def made(name: str) -> ScoredModel:
    """One of the companies."""
    return MODELS[name]()


@cache
def tables_of(name: str) -> Mapping[str, pd.DataFrame]:
    """The tables of one of the companies."""
    return tables(made(name))
