"""The PDF: what its pages say of a company and a period."""

from __future__ import annotations

import re

import pytest

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.reports.paper import paper
from tablero.workbook_templates.reports.report import Report
from tests.reports.printed import DAY, Printed, printed, report_of, small
from tests.workbook.companies import large
from tests.workbook.register_companies import records


@pytest.fixture(scope="module")
def cano() -> Report:
    """The report of the paper's company, with its registers."""
    return report_of(load_template("cano"), records=records())


@pytest.fixture(scope="module")
def book(cano: Report) -> Printed:
    """The same on paper."""
    return printed(cano)


def test_the_first_page_stands_for_the_report(cano: Report, book: Printed) -> None:
    """It names company, kind and period, and says how strategy and perspectives stand."""
    first = book.pages[0]
    top = cano.nodes[0]
    assert cano.definition.company.name in first
    assert "Yearly performance report, 2016" in first
    for node in (top, *cano.members(top)):
        assert cano.standing(node).achieved in first
    assert "owe an action" in first


def test_every_objective_and_kpi_stands_with_its_achievement(cano: Report, book: Printed) -> None:
    """The pages of the perspectives say what the report says, digit by digit."""
    said = book.said
    for node in cano.nodes:
        assert cano.word(node.name) in said, node.id
        assert cano.standing(node).achieved in said, node.id


def test_values_and_goals_stand_as_the_report_says_them(cano: Report, book: Printed) -> None:
    """Each KPI has its value and its goal in its unit."""
    said = book.said
    for node in cano.nodes:
        if node.level == "kpi":
            kpi, place = cano.kpis[node.id], (node.row, cano.column)
            value = cano.amount(kpi, float(cano.scores.values[place]))
            goal = cano.amount(kpi, float(cano.scores.goals[place]))
            assert f"{value} {goal}" in said, node.id


def test_the_register_stands_with_what_is_late(book: Printed) -> None:
    """Actions are told with their notes, and what is wrong with them."""
    said = book.said
    assert "Call the ten largest customers" in said
    assert "Seven called, four orders" in said
    assert "Overdue" in said


def test_figures_method_and_diagnosis_are_in_the_appendix(book: Printed) -> None:
    """Whoever doubts a figure finds the inputs, the weights and the way of calculating."""
    said = book.said
    for part in ("Shareholders' equity", "Net income ÷ Total assets", "How it is calculated"):
        assert part.replace("'", "") in said.replace("'", "").replace("’", "")
    assert "Two customers make half of the sales" in said


def test_pages_are_numbered_and_name_company_and_period(cano: Report, book: Printed) -> None:
    """A sheet that falls out of the pile can be put back."""
    count = len(book.pages)
    for number in range(count):
        said = book.pages[number]
        assert f"{number + 1} / {count}" in said
        assert cano.definition.company.name in said
        assert "2016" in said


def test_wide_tables_lie_on_their_side(book: Printed) -> None:
    """All pages are A4; the matrix and the figures by month are as wide as it is high."""
    boxes = [page.mediabox for page in book.reader.pages]
    assert {(round(one.width), round(one.height)) for one in boxes} == {(595, 842), (842, 595)}
    wide = [page for page, box in zip(book.pages, boxes, strict=True) if box.width > box.height]
    assert any("Jan 2016" in one for one in wide)


def test_the_same_report_of_the_same_day_is_the_same_file() -> None:
    """Nothing of the clock, of chance or of the machine gets into the file."""
    report = report_of(small())
    assert paper(report, DAY) == paper(report_of(small()), DAY)


@pytest.mark.parametrize(
    ("language", "title", "before"),
    [
        ("es", "Informe trimestral de desempeño, T2 2016", "T1 2016 (75.2%)"),
        ("pt", "Relatório trimestral de desempenho, 2T 2016", "1T 2016 (75,2%)"),
    ],
)
def test_it_speaks_the_language_of_the_report(language: str, title: str, before: str) -> None:
    """Texts, names and numbers are of one language; a quarter is set against the one before."""
    found = printed(report_of(load_template("cano"), language, "2016-Q2"))
    assert title in found.pages[0]
    assert before in found.pages[0]
    assert str(found.reader.root_object["/Lang"]).startswith(language)
    assert not re.search(r"\b(Strategy|Goal|Weight|Actions)\b", found.said)


def test_an_open_year_is_forecast() -> None:
    """Half-way, the report says where the year will end, and what is needed."""
    found = printed(report_of(small(months=6), code="ytd-2026-06"))
    assert "Forecast of the year's end" in found.said


def test_okrs_stand_where_there_are_any() -> None:
    """Objectives and key results have pages of their own; other companies have none."""
    found = printed(report_of(load_template("segelec"))).said
    assert "Objectives and key results" in found
    assert "Objectives and key results" not in printed(report_of(small())).said


def test_problems_of_the_workbook_stand_on_the_first_page() -> None:
    """Nobody reads a figure before knowing that it may be wrong; the others are counted."""
    problems = tuple(
        Problem("cell_text", values={"text": f"about {n}"}, sheet="Inputs", cell=f"F{n}")
        for n in range(1, 9)
    )
    first = printed(report_of(small(), problems=problems)).pages[0]
    assert "“about 1” is text where a number belongs" in first
    assert "Inputs › F1" in first
    assert "More problems: 3" in first


def test_a_company_without_figures_has_a_report() -> None:
    """It says that nothing is known, and shows what will be measured."""
    found = printed(report_of(load_template("blank-sme")))
    assert "Nothing is scored yet" in found.pages[0]
    assert "Receivable days" in found.said


def test_a_period_in_the_future_has_a_report() -> None:
    """It says that there is nothing in it yet."""
    first = printed(report_of(small(months=3), code="2026-12")).pages[0]
    assert "Monthly performance report, Dec 2026" in first
    assert "Mar 2026" in first


def test_a_large_company_fits() -> None:
    """Seven perspectives, thirty objectives and 120 KPIs: all there, none beyond the paper."""
    report = report_of(large())
    found = printed(report)
    said = found.said
    assert all(report.word(node.name) in said for node in report.nodes)
    assert len(found.pages) < 40
    assert not found.outside
