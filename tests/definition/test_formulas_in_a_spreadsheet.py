"""A KPI formula means the same in Python and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import ironcalc
import numpy as np
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tablero.workbook_templates.expressions import (
    Expression,
    FloatArray,
    Operand,
    evaluate,
    parse,
    to_formula,
    to_text,
)
from tests.definition.formulas import INPUTS, expressions

# Few, short figures: blanks, zeros and equal ones meet often, and rounding stays out of the way.
FIGURES = st.sampled_from((None, 0.0, 1.0, 1.0, 2.0, -2.0, 4.0, 0.5, -8.0))
Row = Mapping[str, float | None]
COLUMNS = (*INPUTS, *(f"last {name}" for name in INPUTS))
ROWS = st.fixed_dictionaries(dict.fromkeys(COLUMNS, FIGURES))


def named_call(name: str, arguments: Sequence[str]) -> str:
    """A call as a workbook that has our functions would hold it."""
    return f"{name}({','.join(arguments)})"


def spelled_out(name: str, arguments: Sequence[str]) -> str:
    """A call replaced by ordinary spreadsheet functions."""
    first, second = arguments
    base = second if name == "GROWTH_RATE" else first
    rate = f"(({first})-({second}))/ABS({base})"
    blank = f'OR(({first})="",({second})="")'
    return f'IF({blank},"",IF(({base})=0,"",{rate}))'


def plain(name: str) -> Operand:
    """An input that needs no scaling."""
    return Operand(f"Inputs!{name}", f"Inputs!{name}")


def before(name: str) -> Operand:
    """Last year's figure of an input, scaled to the length of the period."""
    return Operand(f"Inputs!{name}9", f"Inputs!{name}9*Inputs!Z1")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a", 'IF(Inputs!a="","",Inputs!a)'),
        ("a / b", 'IF(OR(Inputs!a="",Inputs!b=""),"",IF(Inputs!b=0,"",Inputs!a/Inputs!b))'),
        ("a / 2", 'IF(Inputs!a="","",Inputs!a/2)'),
        (
            "a / b + a / c",
            (
                'IF(OR(Inputs!a="",Inputs!b="",Inputs!c=""),"",'
                'IF(OR(Inputs!b=0,Inputs!c=0),"",Inputs!a/Inputs!b+Inputs!a/Inputs!c))'
            ),
        ),
        (
            "a / (1 / b)",
            (
                'IF(OR(Inputs!a="",Inputs!b=""),"",'
                'IF(Inputs!b=0,"",IF(1/Inputs!b=0,"",Inputs!a/(1/Inputs!b))))'
            ),
        ),
        (
            "a / previous(a)",
            (
                'IF(OR(Inputs!a="",Inputs!a9=""),"",'
                'IF((Inputs!a9*Inputs!Z1)=0,"",Inputs!a/(Inputs!a9*Inputs!Z1)))'
            ),
        ),
        ("mean(a, b)", 'IF(OR(Inputs!a="",Inputs!b=""),"",AVERAGE(Inputs!a,Inputs!b))'),
        ("growth(a)", 'GROWTH_RATE(Inputs!a,IF(Inputs!a9="","",Inputs!a9*Inputs!Z1))'),
        ("improvement(a)", 'IMPROVEMENT_RATE(IF(Inputs!a9="","",Inputs!a9*Inputs!Z1),Inputs!a)'),
    ],
)
def test_the_spreadsheet_text_is_guarded_and_no_longer_than_needed(text: str, written: str) -> None:
    """Missing cells are tested first, then denominators from the inside out, then the value."""
    assert to_formula(parse(text), plain, before, named_call) == written


def test_a_growth_of_an_unscaled_input_is_just_the_call() -> None:
    """The cell function looks after missing figures and a zero base itself."""
    last_year = {"a": Operand("Inputs!D3", "Inputs!D3")}.__getitem__
    assert to_formula(parse("growth(a)"), plain, last_year, named_call) == (
        "GROWTH_RATE(Inputs!a,Inputs!D3)"
    )


def test_a_growth_inside_arithmetic_joins_the_test_for_missing_figures() -> None:
    """Its answer may be empty text, with which a spreadsheet cannot calculate."""
    last_year = {"a": Operand("D3", "D3")}.__getitem__
    assert to_formula(parse("1 - growth(a)"), last_year, last_year, named_call) == (
        'IF(GROWTH_RATE(D3,D3)="","",1-GROWTH_RATE(D3,D3))'
    )


def test_a_growth_of_a_ratio_gets_guarded_ratios() -> None:
    """A compound argument answers empty text itself where it has no value."""
    cells = {"a": Operand("B2", "B2"), "b": Operand("B3", "B3")}.__getitem__
    last_year = {"a": Operand("C2", "C2"), "b": Operand("C3", "C3")}.__getitem__
    assert to_formula(parse("growth(a / b)"), cells, last_year, named_call) == (
        'GROWTH_RATE(IF(OR(B2="",B3=""),"",IF(B3=0,"",B2/B3)),'
        'IF(OR(C2="",C3=""),"",IF(C3=0,"",C2/C3)))'
    )


@given(
    formulas=st.lists(expressions(), min_size=1, max_size=12),
    rows=st.lists(ROWS, min_size=1, max_size=6),
    factor=st.sampled_from((1.0, 0.5)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    formulas=[parse("a / (b / c)"), parse("1 / (1 / (1 / d))"), parse("growth(a / b) / growth(c)")],
    rows=[dict.fromkeys(COLUMNS, 0.0)],
    factor=1.0,
)
def test_python_and_spreadsheet_agree_on_every_formula_and_figure(
    tmp_path_factory: pytest.TempPathFactory,
    formulas: list[Expression],
    rows: list[Row],
    factor: float,
) -> None:
    """Blanks, zero denominators at any depth and looks back give the same answer in both."""
    file = tmp_path_factory.mktemp("formulas") / "book.xlsx"
    _write(file, formulas, rows, factor)
    computed = ironcalc.load_from_xlsx(str(file), "en", "UTC")
    computed.evaluate()
    for column, formula in enumerate(formulas):
        expected = np.broadcast_to(_in_python(formula, rows, factor), len(rows))
        for line, value in enumerate(expected):
            cell = computed.get_cell_value(1, line + 1, column + 1)
            told = f"{to_text(formula)} of {rows[line]} gave {cell!r}, not {value}"
            assert cell == ("" if np.isnan(value) else pytest.approx(value, rel=1e-9)), told


def _in_python(formula: Expression, rows: list[Row], factor: float) -> FloatArray:
    def figures(prefix: str, scale: float) -> Callable[[str], FloatArray]:
        def of(name: str) -> FloatArray:
            column = [row[f"{prefix}{name}"] for row in rows]
            return np.array(column, dtype=float) * scale

        return of

    return evaluate(formula, figures("", 1.0), figures("last ", factor))


def _write(file: Path, formulas: list[Expression], rows: list[Row], factor: float) -> None:
    with xlsxwriter.Workbook(file) as book:
        inputs, results = book.add_worksheet("Inputs"), book.add_worksheet("Results")
        inputs.write_number("Z1", factor)
        for line, row in enumerate(rows):
            for column, name in enumerate(COLUMNS):
                figure = row[name]
                if figure is not None:
                    inputs.write_number(line, column, figure)
            for column, formula in enumerate(formulas):
                results.write_formula(line, column, f"={_formula(formula, line + 1)}")


def _formula(formula: Expression, line: int) -> str:
    def now(name: str) -> Operand:
        cell = f"Inputs!{'ABCD'[INPUTS.index(name)]}{line}"
        return Operand(cell, cell)

    def last(name: str) -> Operand:
        cell = f"Inputs!{'EFGH'[INPUTS.index(name)]}{line}"
        return Operand(cell, f"{cell}*Inputs!$Z$1")

    return to_formula(formula, now, last, spelled_out)
