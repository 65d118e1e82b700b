"""Every problem of a cell is told with its sheet, its cell, what is wrong and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.sheets.page import serial
from tablero.workbook_templates.texts import LANGUAGES
from tests.engines.spreadsheet import Place
from tests.reading.facts import CANO, LATER, board, codes, matrix_cell, month_cell, places
from tests.reading.patching import (
    EMPTY,
    Content,
    error,
    formula,
    logical,
    number,
    patched,
    text,
    with_style_of,
)
from tests.workbook.making import PORTABLE, named_cell


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, as it was made."""
    return PORTABLE.write(CANO, tmp_path_factory.mktemp("problems") / "cano.xlsx")


def read_with(
    workbook: Path, folder: Path, cells: dict[Place, Content], today: date = LATER
) -> Reading:
    return read_workbook(patched(workbook, folder / "acme.xlsx", cells), today=today)


def only(reading: Reading) -> Problem:
    """The only problem of a reading."""
    (problem,) = reading.problems
    return problem


# What stands in a cell of figures; the problem it makes; what its message says in both languages.
WRONG_FIGURES: dict[str, tuple[Content, str, str, str]] = {
    "a text": (text("about 12"), "cell_text", "“about 12” is text", "«about 12» es texto"),
    "a blank": (text(" "), "cell_text", "is text where a number", "es texto donde va un número"),
    "a long text": (text("x" * 99), "cell_text", "x" * 39 + "…” is text", "x" * 39 + "…» es texto"),
    "a comma": (text("12,5"), "cell_number_as_text", "“12,5” is stored as text", "«12,5» está"),
    "points and comma": (
        text("1.234,56"),
        "cell_number_as_text",
        "“1.234,56” is stored as text",
        "«1.234,56» está guardado como texto",
    ),
    "a percentage": (text("12%"), "cell_percent_text", "not as a percentage", "como porcentaje"),
    "a truth": (logical(true=True), "cell_logical", "TRUE is a logical value", "TRUE es un valor"),
    "a lost reference": (error("#REF!"), "cell_error", "shows #REF!", "muestra #REF!"),
    "a failed formula": (
        formula("1/0", error("#DIV/0!")),
        "cell_error",
        "The cell shows #DIV/0!.",
        "La celda muestra #DIV/0!.",
    ),
    "an error as text": (text("#N/A"), "cell_error", "shows #N/A", "muestra #N/A"),
    "infinity": (number("1E+999"), "cell_infinite", "too large", "demasiado grande"),
    "a text's formula": (
        formula('"1,5"', ("str", "<v>1,5</v>")),
        "cell_number_as_text",
        "stored as text",
        "guardado como texto",
    ),
}


@pytest.mark.parametrize("name", list(WRONG_FIGURES))
def test_what_is_no_figure(name: str, workbook: Path, tmp_path: Path) -> None:
    """It counts as missing, in Inputs!S6, and all other figures are read."""
    content, code, english, spanish = WRONG_FIGURES[name]
    place = month_cell("net_income", 3)
    reading = read_with(workbook, tmp_path, {place: content})
    problem = only(reading)
    assert places(problem) == (code, *place)
    assert (problem.severity, problem.file) == ("error", "acme.xlsx")
    assert english in problem.message("en")
    assert spanish in problem.message("es")
    assert problem.sentence("en").startswith(f"acme.xlsx › Inputs › {place[1]}: ")
    expected = Figures.of(CANO).months.copy()
    expected[0, 14] = np.nan
    np.testing.assert_array_equal(reading.figures.months, expected)


@pytest.mark.parametrize(
    ("written", "meant"), [("1.234,56", "1234.56"), ("12%", "0.12"), ("S/ 1.200,00", "1200")]
)
def test_the_remedy_says_which_number_was_meant(
    written: str, meant: str, workbook: Path, tmp_path: Path
) -> None:
    """So that it needs no thought to type it."""
    reading = read_with(workbook, tmp_path, {month_cell("net_income", 3): text(written)})
    for language in LANGUAGES:
        assert meant in only(reading).remedy(language)


def test_a_date_among_the_figures(workbook: Path, tmp_path: Path) -> None:
    """A number in a cell of dates, as Excel makes of 3-5; told as the date that it shows."""
    place = month_cell("net_income", 3)
    header = (place[0], re.sub(r"\d+", "4", place[1]))
    typed = patched(workbook, tmp_path / "typed.xlsx", {place: number(serial(2016, 5))})
    styled = with_style_of(typed, tmp_path / "acme.xlsx", place, header)
    problem = only(read_workbook(styled, today=LATER))
    assert places(problem) == ("cell_date", *place)
    assert problem.message("en") == "2016-05-01 is a date where a number belongs."
    assert problem.message("es") == "2016-05-01 es una fecha donde va un número."


def test_a_negative_figure_where_none_is_expected(workbook: Path, tmp_path: Path) -> None:
    """It counts, and somebody is asked to look."""
    place = month_cell("net_sales", 4)
    reading = read_with(workbook, tmp_path, {place: number(-5)})
    problem = only(reading)
    assert places(problem) == ("cell_negative", *place)
    assert problem.severity == "warning"
    assert problem.message("en") == "-5 is negative, which “Net sales” never should be."
    assert problem.message("es") == "-5 es negativo, y «Ventas netas» nunca debería serlo."
    assert reading.figures.months[reading.figures.ids.index("net_sales"), 15] == -5


def test_a_figure_of_a_month_that_has_not_begun(workbook: Path, tmp_path: Path) -> None:
    """On the last day of November only December lies ahead; on its first day nothing does."""
    reading = read_with(workbook, tmp_path, {}, date(2016, 11, 30))
    assert set(codes(reading)) == {"cell_future"}
    assert len(reading.problems) == len(CANO.inputs)
    first = reading.problems[0]
    assert places(first) == ("cell_future", *month_cell("net_income", 12))
    assert first.severity == "warning"
    assert "“Net income” has a figure for 2016-12" in first.message("en")
    assert "«Utilidad neta» tiene una cifra de 2016-12" in first.message("es")
    assert codes(read_with(workbook, tmp_path, {}, date(2016, 12, 1))) == []


def test_last_years_figure_is_looked_at_too(workbook: Path, tmp_path: Path) -> None:
    """The column of last year is a figure like any other."""
    table = board().layout.inputs
    place = (table.title, table.cell("net_sales", "last_year"))
    reading = read_with(workbook, tmp_path, {place: text("unknown")})
    assert places(only(reading)) == ("cell_text", *place)
    assert np.isnan(reading.figures.last_year[reading.figures.ids.index("net_sales")])


WRONG_ON_MATRIX: dict[str, tuple[str, str, Content, str, str]] = {
    "a goal in words": ("kpi:roa", "goal", text("high"), "cell_text", "“high” is text"),
    "a goal as text": ("kpi:roa", "goal", text("35%"), "cell_percent_text", "“35%” is stored"),
    "a goal that failed": ("kpi:roa", "goal", error("#VALUE!"), "cell_error", "shows #VALUE!"),
    "a monthly goal": ("kpi:roa", "m2", text("x"), "cell_text", "“x” is text"),
    "a weight of five": ("kpi:roa", "weight_kpi", number(5), "cell_weight", "5 is not a weight"),
    "a negative weight": (
        "perspective:financial",
        "weight_perspective",
        number("-0.25"),
        "cell_weight",
        "-0.25 is not a weight",
    ),
    "no weight": ("objective:1.1", "weight_objective", EMPTY, "cell_weight", "– is not a weight"),
    "a weight in words": ("kpi:roa", "weight_kpi", text("much"), "cell_text", "“much” is text"),
    "an unknown desire": ("kpi:roa", "desired", text("Up"), "cell_choice", "“Up” is not an entry"),
    "no frequency": ("kpi:roa", "frequency", EMPTY, "cell_choice", "is not an entry"),
    "a number for a word": ("kpi:roa", "timing", number(3), "cell_choice", "“3” is not an entry"),
}


@pytest.mark.parametrize("name", list(WRONG_ON_MATRIX))
def test_what_is_wrong_on_the_matrix(name: str, workbook: Path, tmp_path: Path) -> None:
    """Weights and choices stay as the definition has them; a goal that cannot be read is none."""
    key, column, content, code, english = WRONG_ON_MATRIX[name]
    place = matrix_cell(key, column)
    reading = read_with(workbook, tmp_path, {place: content})
    problem = reading.problems[0]
    assert places(problem) == (code, *place)
    assert english in problem.message("en")
    assert problem.message("es") != problem.message("en")
    roa, original = next(reading.definition.kpis()), next(CANO.kpis())
    assert roa.goal == (None if column == "goal" else original.goal)
    assert (roa.weight, roa.desired, roa.timing) == (
        original.weight,
        original.desired,
        original.timing,
    )


def test_a_choice_is_offered_in_the_readers_language(workbook: Path, tmp_path: Path) -> None:
    """The entries of the list, and the one that counts until one is picked."""
    place = matrix_cell("kpi:roa", "desired")
    problem = only(read_with(workbook, tmp_path, {place: text("Up")}))
    assert problem.remedy("en") == "Pick one of: High, Low, Target. Until then “High” counts."
    assert problem.remedy("es") == "Elija una de: Alto, Bajo, Exacto. Hasta entonces cuenta «Alto»."


WEIGHTS = {
    "kpis": ("kpi:roa", "weight_kpi", "weights_of_kpis"),
    "objectives": ("objective:1.1", "weight_objective", "weights_of_objectives"),
    "perspectives": ("perspective:financial", "weight_perspective", "weights_of_perspectives"),
}


@pytest.mark.parametrize("level", list(WEIGHTS))
def test_weights_that_do_not_add_up(level: str, workbook: Path, tmp_path: Path) -> None:
    """The group is named, with the cell of its first weight, where it can be mended."""
    key, column, code = WEIGHTS[level]
    place = matrix_cell(key, column)
    reading = read_with(workbook, tmp_path, {place: number("0.9")})
    problem = only(reading)
    assert places(problem) == (code, *place)
    assert "not to 100 %" in problem.message("en")
    assert "100 %" in problem.message("es")


def test_a_goal_of_zero_is_a_note_at_its_cell(workbook: Path, tmp_path: Path) -> None:
    """It can be meant, so it is no error."""
    place = matrix_cell("kpi:roa", "goal")
    problem = only(read_with(workbook, tmp_path, {place: number(0)}))
    assert places(problem) == ("goal_zero", *place)
    assert problem.severity == "note"


def test_keys_that_were_copied_or_made_up(workbook: Path, tmp_path: Path) -> None:
    """A row copied onto another one, and a row that nobody knows: the first of a key counts."""
    table = board().layout.inputs
    copied, unknown = table.cell("net_sales", "id"), table.cell("total_assets", "id")
    reading = read_with(
        workbook,
        tmp_path,
        {(table.title, copied): text("net_income"), (table.title, unknown): text("my_own")},
    )
    told = {problem.code: problem for problem in reading.problems}
    assert places(told["row_repeated"]) == ("row_repeated", "Inputs", copied)
    assert "“net_income” stands in two rows" in told["row_repeated"].message("en")
    assert places(told["row_unknown"]) == ("row_unknown", "Inputs", unknown)
    assert "«my_own»" in told["row_unknown"].message("es")
    assert codes(reading).count("row_lost") == 2
    np.testing.assert_array_equal(reading.figures.months[0], Figures.of(CANO).months[0])


OVERWRITTEN = [
    ("inputs", "net_income", "period"),
    ("inputs", "net_income", "filled"),
    ("scorecard", "kpi:roa", "value"),
    ("scorecard", "kpi:roa", "goal"),
    ("scorecard", "strategy", "achievement"),
    ("scorecard", "objective:2.1", "assessment"),
    ("scorecard", "perspective:customers", "coverage"),
]


@pytest.mark.parametrize(("sheet", "row", "column"), OVERWRITTEN)
def test_a_formula_that_was_overwritten(
    sheet: str, row: str, column: str, workbook: Path, tmp_path: Path
) -> None:
    """What was typed over it is told with its place; the score is computed by Python anyway."""
    table = getattr(board().layout, sheet)
    place = (table.title, table.cell(row, column))
    problem = only(read_with(workbook, tmp_path, {place: number("0.99")}))
    assert places(problem) == ("formula_overwritten", *place)
    assert problem.message("en") == "A formula was overwritten with 0.99."
    assert problem.message("es") == "Una fórmula fue sobrescrita con 0.99."


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("home_kind", text("Decade"), "Decade"),
        ("home_kind", EMPTY, ""),
        ("home_month", text("March"), "March"),
        ("home_month", number(serial(2017, 1)), "2017-01-01"),
    ],
)
def test_a_period_that_cannot_be_read(
    name: str, content: Content, shown: str, workbook: Path, tmp_path: Path
) -> None:
    """The whole year is shown then, and the cell on Home is told."""
    place = named_cell(board(), name)
    reading = read_with(workbook, tmp_path, {place: content})
    problem = only(reading)
    assert places(problem) == ("period_unreadable", *place)
    assert f"“{shown}” is not a period" in problem.message("en")
    assert f"«{shown}» no es un período" in problem.message("es")
    assert reading.period.kind == "year"


def test_what_is_wrong_on_settings(workbook: Path, tmp_path: Path) -> None:
    """Each cell is told; what the definition says counts until it is mended."""
    layout = board().layout
    bands, settings = layout.bands, layout.settings
    cells = {
        (bands.title, bands.cell("good", "from")): text("80"),
        (settings.title, settings.cell("cap", "value")): text("none"),
        (settings.title, settings.cell("annualise", "value")): text("Maybe"),
    }
    reading = read_with(workbook, tmp_path, cells)
    expected = ("cell_number_as_text", "cell_text", "cell_choice")
    assert [places(problem) for problem in reading.problems] == [
        (code, *place) for code, place in zip(expected, cells, strict=True)
    ]
    assert reading.definition.bands[2].from_ == 0.8
    assert reading.definition.policies.annualise is True


def test_bands_that_do_not_ascend(workbook: Path, tmp_path: Path) -> None:
    """A threshold below the one before it is an error, told at a band's cell."""
    bands = board().layout.bands
    place = (bands.title, bands.cell("good", "from"))
    reading = read_with(workbook, tmp_path, {place: number("0.1")})
    assert any(problem.sheet == "Settings" and problem.cell for problem in reading.problems)
    assert {problem.severity for problem in reading.problems} == {"error"}


def test_all_problems_are_told_at_once(workbook: Path, tmp_path: Path) -> None:
    """One wrong cell never hides another."""
    cells = {
        month_cell("net_income", 1): text("x"),
        month_cell("net_sales", 2): number(-1),
        matrix_cell("kpi:roa", "goal"): text("y"),
        matrix_cell("kpi:roe", "weight_kpi"): number(7),
        named_cell(board(), "home_kind"): text("z"),
    }
    reading = read_with(workbook, tmp_path, cells, date(2016, 12, 1))
    assert {(problem.sheet, problem.cell) for problem in reading.problems} == set(cells)
