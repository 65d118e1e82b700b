"""How the texts of LAMBDAs and plain formulas are made."""

from __future__ import annotations

import re

import pytest

from tablero.udfs.registration import Argument, CellFunction, Step, in_languages
from tablero.udfs.registry import BY_NAME, FUNCTIONS, lambda_text, substituted

ANY = in_languages("Any.", "Cualquiera.", "Qualquer um.")


def cell_function(formula: str, *steps: Step, range_formula: str = "") -> CellFunction:
    """A function of x and an optional y that is 1 by default."""
    return CellFunction(
        name="PROBE",
        body=float,
        arguments=(Argument("x", ANY), Argument("y", ANY, optional=True, default="1")),
        help=ANY,
        formula=formula,
        example="PROBE(1)",
        steps=steps,
        range_formula=range_formula,
    )


def test_parameters_get_the_prefixes_of_the_file_format() -> None:
    """Optional ones are marked in the list, and used like the others."""
    function = cell_function("x+y")
    assert lambda_text(function) == "_xlfn.LAMBDA(_xlpm.x,_xlop.y,_xlpm.x+_xlpm.y)"


def test_steps_become_a_let() -> None:
    """Each step is computed once under its name."""
    function = cell_function("z*z", Step("z", "x+y"))
    expected = "_xlfn.LAMBDA(_xlpm.x,_xlop.y,_xlfn.LET(_xlpm.z,_xlpm.x+_xlpm.y,_xlpm.z*_xlpm.z))"
    assert lambda_text(function) == expected


def test_the_form_for_ranges_is_used_in_the_lambda_only() -> None:
    """A plain formula stands in a single cell."""
    function = cell_function("MAX(x,y)", range_formula="MAP(x,LAMBDA(one,MAX(one,y)))")
    assert "_xlfn.MAP(_xlpm.x,_xlfn.LAMBDA(_xlpm.one,MAX(_xlpm.one,_xlpm.y)))" in lambda_text(
        function
    )
    assert substituted(function, ["A1", "B1"]) == "MAX(A1,B1)"


def test_names_inside_texts_functions_errors_and_numbers_are_left_alone() -> None:
    """Only a whole name stands for its argument."""
    function = cell_function('IF(x="x ""y""",X(1E-9),y+#VALUE!)&xy(y)&TRUE')
    assert substituted(cell_function('IF(x="x ""y""",x(1E-9),y+#VALUE!)'), ["A1", "B1"]) == (
        'IF(A1="x ""y""",x(1E-9),B1+#VALUE!)'
    )
    assert lambda_text(function) == (
        '_xlfn.LAMBDA(_xlpm.x,_xlop.y,IF(_xlpm.x="x ""y""",X(1E-9),_xlpm.y+#VALUE!)'
        "&xy(_xlpm.y)&TRUE)"
    )


@pytest.mark.parametrize(
    "argument",
    [
        "A1",
        "$A$1:$B$7",
        "Inputs!$C5",
        "'My sheet-1'!A1",
        "'It''s'!A1",
        "goal_roa",
        "tblInputs[Jan]",
        "tblKpis[[#This Row],[Goal %]]",
        "12.5",
        '"High"',
        '"a+b"',
        "{1,2;3,4}",
        "SUM(A1:A3)",
        "IF(A1>0,(B1),C1)",
        "#REF!",
    ],
)
def test_single_things_are_put_in_without_brackets(argument: str) -> None:
    """References, constants and calls stay as readable as they were."""
    assert substituted(cell_function("x*2"), [argument]) == f"{argument}*2"


@pytest.mark.parametrize(
    "argument",
    ["A1+1", "-5", "A1:B1 B1:C1", "(A1)+(B1)", "SUM(A1)+SUM(B1)", 'A1&"x"', "A1=B1", "A1,B1", "5%"],
)
def test_expressions_are_put_in_brackets(argument: str) -> None:
    """So that the formula's own signs do not tear them apart."""
    assert substituted(cell_function("x*2"), [argument]) == f"({argument})*2"


def test_steps_are_written_out_in_plain_formulas() -> None:
    """In the arguments' terms, in brackets, also where one step uses another."""
    function = cell_function("2*v", Step("z", "x+y"), Step("v", "z-1"))
    assert substituted(function, ["A1", "B1"]) == "2*((A1+B1)-1)"


def test_absent_optional_arguments_get_their_default() -> None:
    """Whether they are left out at the end or left empty."""
    assert substituted(cell_function("x+y"), ["A1"]) == "A1+1"
    assert substituted(cell_function("x+y"), ["A1", ""]) == "A1+1"


def test_calls_with_too_few_or_too_many_arguments_are_refused() -> None:
    """The sentence names the function."""
    with pytest.raises(ValueError, match="PROBE needs the argument x"):
        substituted(cell_function("x+y"), ["", "B1"])
    with pytest.raises(ValueError, match="PROBE takes at most 2"):
        substituted(cell_function("x+y"), ["A1", "B1", "C1"])


@pytest.mark.parametrize("function", FUNCTIONS, ids=list(BY_NAME))
def test_plain_formulas_are_of_excel_2010(function: CellFunction) -> None:
    """No function that older spreadsheets lack, no name left over, and short enough for a cell."""
    references = [f"'Key performance'!$A${place}" for place in range(1, 6)]
    text = substituted(function, references[: len(function.arguments)])
    assert not re.search(r"_xl|LET\(|MAP\(|LAMBDA\(", text)
    assert not re.search(r"[a-z]\w*(?![\w']*!)", re.sub(r'"[^"]*"|\'[^\']*\'', "", text))
    assert len(text) < 3000
