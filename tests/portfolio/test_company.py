"""A company of a portfolio says what the facts of its whole scorecard say of the same period."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.facts import tables
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.portfolio.company import (
    Company,
    FileFacts,
    company_id,
    company_of,
    read_company,
    refused_file,
    tables_of,
)
from tablero.workbook_templates.portfolio.lines import employees_of, size_of
from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema
from tablero.workbook_templates.portfolio.values import read_values
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.scoring import score
from tests.portfolio.test_values import filled
from tests.reading.facts import CANO, LATER
from tests.workbook.companies import every_kind, random_figures, with_holes
from tests.workbook.making import PORTABLE

FILE = FileFacts("clients/acme.xlsx", 5, 1.5, "ab")
FACTS = ("fact_strategy", "fact_perspective", "fact_objective", "fact_kpi")
HALF = every_kind(
    company={"fiscal_start_month": 7},
    figures=random_figures(5, holes=0.3, last_months=True, until=6),
)
COMPANIES: Mapping[str, Definition] = {
    "paper": CANO,
    "holes": with_holes(CANO, [("net_income", 3), ("net_sales", 12)]),
    "half": HALF,
    "drawn": filled(CANO, 3),
    "empty": CANO.model_copy(update={"figures": {}}),
}


def reading_of(definition: Definition, folder: Path) -> ValueReading:
    """What the workbook of a definition says."""
    path = PORTABLE.write(definition, folder / "acme.xlsx")
    return read_values(path.read_bytes(), path.name, today=LATER)


def rows(company: Company, table: str) -> list[dict[str, Any]]:
    """The lines of a table by column."""
    names = SCHEMAS[table].names
    return [dict(zip(names, line, strict=True)) for line in company.lines.get(table, ())]


@pytest.mark.parametrize("name", list(COMPANIES))
def test_facts_are_those_of_the_whole_scorecard(name: str, tmp_path: Path) -> None:
    """At every level, to twelve digits, in several periods."""
    reading = reading_of(COMPANIES[name], tmp_path)
    scores = score(reading.definition, reading.figures)
    whole = tables(ScoredModel(scores, "es", reading.period))
    for period in scores.periods[::7]:
        code = scores.calendar.code(period)
        found = tables_of([company_of(reading, code, FILE, language="es")])
        for table in FACTS:
            expected = whole[table].query("period_id == @code")
            columns = list(expected.columns)
            pd.testing.assert_frame_equal(
                found[table].to_pandas()[columns],
                expected.reset_index(drop=True),
                check_dtype=False,
                rtol=0,
                atol=1e-12,
            )


def test_dimensions_are_those_of_the_whole_scorecard(tmp_path: Path) -> None:
    """Names, units, weights and looks, in the language that was asked for."""
    reading = reading_of(CANO, tmp_path)
    company = company_of(reading, "shown", FILE, language="pt")
    scores = score(reading.definition, reading.figures)
    whole = tables(ScoredModel(scores, "pt", reading.period))
    for table, name in (
        ("dim_perspective", "perspective"),
        ("dim_objective", "objective"),
        ("dim_kpi", "kpi"),
        ("dim_band", "band"),
    ):
        expected = whole[table].rename(columns={name: "name"})
        found = tables_of([company])[table].to_pandas()
        shared = [column for column in found.columns if column in expected.columns]
        assert {"name", "sort"} < set(shared)
        pd.testing.assert_frame_equal(found[shared], expected[shared], check_dtype=False)


def test_the_company_itself(tmp_path: Path) -> None:
    """Who it is, how large, in which money, and what is owed."""
    company = read_company(
        PORTABLE.write(COMPANIES["holes"], tmp_path / "acme.xlsx").read_bytes(),
        "2016",
        FILE,
        today=LATER,
    )
    (line,) = rows(company, "companies")
    assert line == {
        "company_id": company.company_id,
        "file": "clients/acme.xlsx",
        "name": CANO.company.name,
        "sector": "Transport of stone aggregates",
        "size": "small",
        "employees": 45.0,
        "currency": "USD",
        "scale": "thousands",
        "year": "2016",
        "fiscal_start_month": 1,
        "language": "en",
        "period_id": "2016",
        "period": "2016",
        "coverage": 1.0,
        "owed": 2,
        "problems": 0,
    }
    owed = rows(company, "owed")
    assert {(one["input_id"], one["months"], one["missing"]) for one in owed} == {
        ("net_income", 1, "2016-03"),
        ("net_sales", 1, "2016-12"),
    }
    (file,) = rows(company, "files")
    assert (file["path"], file["status"], file["schema"]) == ("clients/acme.xlsx", "scored", 4)
    assert file["seconds"] > 0


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("shown", "2026"),
        ("year", "2026"),
        ("ytd", "ytd-2026-12"),
        ("latest month", "2026-12"),
        ("2026-Q2", "2026-Q2"),
        ("2027-02", "2027-02"),
    ],
)
def test_the_period_that_was_asked_for(asked: str, code: str, tmp_path: Path) -> None:
    """By a word that means another period of each company, or by its code."""
    (line,) = rows(company_of(reading_of(HALF, tmp_path), asked, FILE), "fact_strategy")
    assert line["period_id"] == code


def test_a_year_without_the_period(tmp_path: Path) -> None:
    """Is told as a problem of the file, and nothing of it is counted."""
    company = company_of(reading_of(CANO, tmp_path), "2015-06", FILE, language="es")
    assert company.status == "other_period"
    assert {name for name, lines in company.lines.items() if lines} == {"problems", "files"}
    (problem,) = rows(company, "problems")
    assert problem["code"] == "period_unknown"
    assert "2015-06" in problem["message"]


def test_a_file_that_cannot_be_read() -> None:
    """Is a line of the problems, with the remedy, in the language that was asked for."""
    company = read_company(b"<html>", "year", FILE, language="es")
    assert (company.status, company.company_id) == ("refused", None)
    (problem,) = rows(company, "problems")
    assert (problem["file"], problem["code"]) == ("clients/acme.xlsx", "file_no_workbook")
    assert "acme.xlsx" in problem["message"]
    other = refused_file([Problem("file_missing", values={"name": "x"})], "year", FILE)
    assert rows(other, "files")[0]["status"] == "refused"


def test_one_company_whatever_its_name_looks_like() -> None:
    """Letters' case, spaces and the year make no other company; sector and money do."""
    company = CANO.company
    same = company.model_copy(update={"name": f" {company.name.upper()} ", "year": 2019})
    assert company_id(same) == company_id(company)
    for changed in ({"name": "Other"}, {"currency": "PEN"}, {"sector": {"en": "Retail"}}):
        assert company_id(company.model_copy(update=changed)) != company_id(company)


def test_size_by_employees() -> None:
    """The classes begin with ten, fifty and 250 employees."""
    bounds = (0, 9.9, 10, 49, 50, 249, 250)
    sizes = ["micro", "micro", "small", "small", "medium", "medium", "large"]
    assert [size_of(one) for one in bounds] == sizes
    assert size_of(None) == "unknown"


def test_no_employees_known(tmp_path: Path) -> None:
    """Where none is filled in, or only those who leave are counted."""
    (line,) = rows(company_of(reading_of(COMPANIES["empty"], tmp_path), "year", FILE), "companies")
    assert (line["size"], line["employees"]) == ("unknown", None)
    leavers = [
        one.model_copy(update={"aggregation": "T"}) if one.unit.get("en") == "employees" else one
        for one in CANO.inputs
    ]
    company = CANO.model_copy(update={"inputs": tuple(leavers)})
    assert employees_of(company, Figures.of(company), 12) is None


def test_tables_have_the_columns_of_their_schemas(tmp_path: Path) -> None:
    """With companies, or without any."""
    company = company_of(reading_of(CANO, tmp_path), "year", FILE)
    for companies in ([], [company, company]):
        for name, table in tables_of(companies).items():
            assert table.schema.equals(arrow_schema(name))
            assert tuple(table.column_names) == SCHEMAS[name].names
            assert table.num_rows == sum(len(one.lines[name]) for one in companies)
