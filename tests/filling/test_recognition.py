"""What a source means is recognised as people write it, and asked where it cannot be known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tablero.workbook_templates.filling.inputs import InputNames
from tablero.workbook_templates.filling.months import MonthReader
from tablero.workbook_templates.filling.recognition import Wish
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading
from tests.filling.delivering import Found, codes, figures, of_sheet, of_text

END_OF_MARCH = datetime(2016, 3, 31)  # noqa: DTZ001 - a cell knows no zone
MARCH: Found = {("net_sales", "2016-03"): 5.0}
TWO: Found = {("net_sales", "2016-01"): 1.5, ("net_sales", "2016-02"): 2.0}


@pytest.mark.parametrize(
    "name",
    [
        "net_sales", "NET_SALES", "Net sales", "  net   SALES ", "Ventas netas", "VENTAS NETAS",
        "ventas-netas", "Net sales (thousands of USD)", "Net\N{NO-BREAK SPACE}sales",
        "'Net sales", "Net\N{ZERO WIDTH SPACE} sales", "net sales:",
    ],
)  # fmt: skip
def test_an_input_is_known_by_id_or_by_name(name: str, reading: Reading, tmp_path: Path) -> None:
    """In any language, whatever the case, the accents, the blanks."""
    found = of_sheet([["input", "period", "value"], [name, "2016-03", 5]], reading, tmp_path)
    assert (figures(found), found.problems) == (MARCH, ())


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("Utilidad neta", "net_income"),
        ("produccion por lote", None),
        ("tiempo de PRODUCCION por lote", "production_time_per_batch"),
        ("Shareholders’ equity", "shareholders_equity"),
        ("Gasto en capacitacio\N{COMBINING ACUTE ACCENT}n", "training_spend"),
    ],
)
def test_accents_may_be_missing_or_made_of_two_signs(
    typed: str, id_: str | None, reading: Reading, tmp_path: Path
) -> None:
    """What looks the same is the same."""
    found = of_text(f"dato;mes;valor\n{typed};2016-03;5\n", reading, tmp_path)
    assert [one.input for one in found.figures] == ([id_] if id_ else [])


@pytest.mark.parametrize(
    "period",
    [
        "2016-03", "2016-3", "2016/03", "2016.03", "201603", "2016M03", "03/2016", "3-2016",
        "mar 2016", "Mar-16", "mar. 2016", "March 2016", "2016 March", "marzo 2016",
        "Marzo de 2016", "MARZO", "march", "mar", "2016-03-31", "2016-03-01T00:00:00",
        "2016-03-31 00:00:00", "31/03/2016", "31.03.2016", "03/31/2016", "31 de marzo de 2016",
        "20160331", END_OF_MARCH, END_OF_MARCH.date(), 201603, 42460, "3", 3,
    ],
)  # fmt: skip
def test_a_month_is_known_as_people_write_it(period: Any, reading: Reading, tmp_path: Path) -> None:
    """Numbers, names in two languages, dates; without a year it is the workbook's."""
    found = of_sheet([["input", "period", "value"], ["net_sales", period, 5]], reading, tmp_path)
    assert (figures(found), found.problems) == (MARCH, ())


@pytest.mark.parametrize("period", ["2016-13", "Q1 2016", "00/2016", "soon", "13", True, "2016"])
def test_what_is_no_month_is_told_with_its_place(
    period: Any, reading: Reading, tmp_path: Path
) -> None:
    """Nothing is guessed."""
    found = of_sheet([["input", "period", "value"], ["net_sales", period, 5]], reading, tmp_path)
    assert (figures(found), codes(found)) == ({}, ["source_no_month B2"])


def test_the_order_of_day_and_month_is_shown_by_the_other_dates(
    reading: Reading, tmp_path: Path
) -> None:
    """One date that can be read in one way only decides for all."""
    text = "input,date,value\nnet_sales,01/02/2016,5\nnet_sales,{},6\n"
    first = of_text(text.format("31/03/2016"), reading, tmp_path)
    assert figures(first) == {("net_sales", "2016-02"): 5, ("net_sales", "2016-03"): 6}
    second = of_text(text.format("03/31/2016"), reading, tmp_path)
    assert figures(second) == {("net_sales", "2016-01"): 5, ("net_sales", "2016-03"): 6}
    nobody = of_text(text.format("04/03/2016"), reading, tmp_path)
    assert codes(nobody) == ["source_date B2", "source_date B3"]


FORMS = {
    "long": "input,period,value\nnet_sales,2016-01,1.5\nnet_sales,2016-02,2\n",
    "long in Spanish": "Dato;Periodo;Valor\nVentas netas;ene 2016;1,5\nVentas netas;feb 2016;2\n",
    "with a year": "item\tyear\tmonth\tfigure\nnet_sales\t2016\t1\t1.5\nnet_sales\t2016\tFeb\t2\n",
    "long with id and name": "id,name,month,value\nnet_sales,Whatever,Jan,1.5\n,Net sales,Feb,2\n",
    "wide": "input,2016-01,2016-02\nnet_sales,1.5,2\n",
    "wide in words": "Concepto|Unidad|Enero|Febrero|Total\nVentas netas|USD|1,5|2|3,5\n",
    "wide by ends of months": "input;31/01/2016;29/02/2016\nnet_sales;1,5;2\n",
    "wide below a title": "Acme, Ltd.\nFigures\n\nInput,Jan 2016,Feb 2016\nnet_sales,1.5,2\n",
    "turned": "month,net_sales\n2016-01,1.5\n2016-02,2\n",
    "turned in Spanish": "Mes;Ventas netas\nEnero;1,5\nFebrero;2\n",
    "told delimiter": "sep=;\ninput;2016-01;2016-02\nnet_sales;1,5;2\n",
    "quoted": '"input","Jan","Feb"\r\n"net_sales","1.5","2"\r\n',
    "long without heads": "net_sales,2016-01,1.5\nVentas netas,feb 2016,2\n",
    "decimal commas between commas": 'input,Jan,Feb\nnet_sales,"1,5",2\n',
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_long_wide_and_turned_tables_are_known(form: str, reading: Reading, tmp_path: Path) -> None:
    """By their heads in English or Spanish, with any usual delimiter."""
    found = of_text(FORMS[form], reading, tmp_path)
    assert (figures(found), codes(found)) == (TWO, [])


def test_a_month_can_be_said_of_figures_that_have_none(reading: Reading, tmp_path: Path) -> None:
    """Of a list of inputs with a value each, or of one line with a column an input."""
    wish = Wish(month="marzo")
    listed = of_text("input,value\nnet_sales,5\n", reading, tmp_path, wish)
    beside = of_text("net_sales,total_assets\n5,\n", reading, tmp_path, wish)
    headless = of_text("Figures\n\nVentas netas;5\n", reading, tmp_path, wish)
    assert figures(listed) == figures(beside) == figures(headless) == MARCH
    with pytest.raises(ProblemsError) as refused:
        of_text("input,value\nnet_sales,5\n", reading, tmp_path)
    assert [one.code for one in refused.value.problems] == ["source_no_form"]


def test_of_several_months_only_the_one_asked_for_is_taken(
    reading: Reading, tmp_path: Path
) -> None:
    """The others are left alone."""
    text = "input,2016-02,2016-03,2016-04\nnet_sales,4,5,6\n"
    assert figures(of_text(text, reading, tmp_path, Wish(month="2016-03"))) == MARCH
    nothing = of_text(text, reading, tmp_path, Wish(month="2016-05"))
    assert codes(nothing) == ["source_no_figures"]


@pytest.mark.parametrize("month", ["2018-01", "2016-13", "x", "2014-12"])
def test_a_month_that_the_workbook_does_not_have_cannot_be_asked_for(
    month: str, reading: Reading, tmp_path: Path
) -> None:
    """It holds its year and the one before."""
    with pytest.raises(ProblemsError) as refused:
        of_text("input,value\nnet_sales,5\n", reading, tmp_path, Wish(month=month))
    assert [one.code for one in refused.value.problems] == ["fill_month_unknown"]


def test_last_years_months_are_filled_too(reading: Reading, tmp_path: Path) -> None:
    """Other years are left out, and it is said."""
    text = "input,2014-12,2015-12,2017-01\nnet_sales,1,2,3\n"
    found = of_text(text, reading, tmp_path)
    assert figures(found) == {("net_sales", "2015-12"): 2}
    assert codes(found) == ["source_outside"]
    assert not [one for one in found.problems if one.severity == "error"]
    assert "2014-12, 2017-01" in found.problems[0].message()


def test_blank_cells_are_no_figures(reading: Reading, tmp_path: Path) -> None:
    """Neither are dashes and words that say so; a zero is one."""
    text = "input,Jan,Feb,Mar,Apr,May,Jun\nnet_sales,,-,–,n/a,  ,0\n,,,,,,\n\n"
    assert figures(of_text(text, reading, tmp_path)) == {("net_sales", "2016-06"): 0}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("input,period,value\nnet salse,2016-03,5\n", "source_input_close A2"),
        ("input,period,value\n,2016-03,5\n", "source_no_input A2"),
        ("input,period,value\nnet_sales,,5\n", "source_no_month B2"),
        ("input,period,value\nnet_sales,2016-03,about 5\n", "source_text C2"),
        ("input,period,value\nnet_sales,2016-03,#N/A\n", "source_error C2"),
        ("input,period,value\nnet_sales,2016-03,=1+2\n", "source_text C2"),
        ("input,period,value,amount\nnet_sales,2016-03,5,6\n", "source_two_columns D1"),
        ("input,2016-03,Ferbuary\nnet_sales,5,6\n", "source_no_month C1"),
        ("input,2016-03,Budget\nnet_sales,5,6\n", "source_column_unknown C1"),
        ("input,2016-03,04/05/2016\nnet_sales,5,6\n", "source_date C1"),
        ("month,net_sales,net incme\n2016-03,5,6\n", "source_input_close C1"),
        ("input,period,value\nnet_sales,Mar,5\nVentas netas,mar,6\n", "source_contradiction C3"),
        ("input,period,value\nnet_sales,2016-03,5\nZebra farm,2016-03,6\n", "source_foreign"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_with_its_place(
    text: str, told: str, reading: Reading, tmp_path: Path
) -> None:
    """Each by itself; the rest of the source is still read."""
    assert codes(of_text(text, reading, tmp_path))[:1] == [told]


def test_problems_are_told_together(reading: Reading, tmp_path: Path) -> None:
    """One bad line does not hide the others."""
    text = "input,period,value\nnet salse,2016-03,5\nnet_sales,soon,5\nnet_sales,2016-04,five\n"
    found = of_text(text, reading, tmp_path)
    assert codes(found) == ["source_input_close A2", "source_no_month B3", "source_text C4"]
    assert "“Net sales”" in found.problems[0].remedy()


def test_the_same_figure_twice_is_one(reading: Reading, tmp_path: Path) -> None:
    """Only figures that contradict each other are a problem."""
    text = "input,period,value\nnet_sales,2016-03,5\nVentas netas,marzo,5.0\n"
    found = of_text(text, reading, tmp_path)
    assert (figures(found), found.problems) == (MARCH, ())


def test_inputs_that_are_called_alike_are_told_apart_by_id() -> None:
    """A name that two inputs have names neither."""
    definition = load_template("cano")
    twins = [
        one.model_copy(update={"name": definition.inputs[0].name}) for one in definition.inputs[:2]
    ]
    names = InputNames.of(definition.model_copy(update={"inputs": tuple(twins)}))
    assert names.found("Net income") == {"net_income", "total_assets"}
    assert names.sure("Net income") is None
    assert names.sure("total_assets") == "total_assets"


def test_a_figure_says_where_it_stood(reading: Reading, tmp_path: Path) -> None:
    """By sheet and cell."""
    found = of_sheet([["input", "period", "value"], ["net_sales", "Mar", 5]], reading, tmp_path)
    assert [one.origin for one in found.figures] == ["Figures!C2"]
    assert found.name == "source.xlsx"
    assert len(found.digest) == 64


def test_a_month_without_a_year_is_the_one_of_the_fiscal_year() -> None:
    """Of a year that begins in July, January is of the next calendar year."""
    reader = MonthReader(Calendar(2026, start_month=7))
    assert [reader.read(name) for name in ("julio", "Enero")] == [Month(2026, 7), Month(2027, 1)]
    assert reader.numbered("1") == Month(2027, 1)
