"""What xlwings serves to Excel: every function of the registry, by xlwings' own way there."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import Any

import pytest

from tablero.addin.excel import functions
from tablero.udfs.registry import FUNCTIONS
from tests.conformance import host_xlwings
from tests.conformance.cases import CASES, is_same
from tests.excel import classic


def test_the_module_has_the_functions_of_the_registry_and_nothing_else() -> None:
    """What stands in the registry is served, under the same names."""
    assert dir(functions) == sorted(function.name for function in FUNCTIONS)
    assert all(callable(getattr(functions, function.name)) for function in FUNCTIONS)
    with pytest.raises(AttributeError, match="KPI_UNKNOWN"):
        functions.KPI_UNKNOWN  # noqa: B018 - asking is what is tested


def test_a_function_can_be_called_where_xlwings_has_no_excel() -> None:
    """The decorators leave functions as they are, outside of Windows; answers come in rows."""
    assert functions.KPI_ACHIEVEMENT(12, 10) == [[1.2]]
    assert functions.KPI_ACHIEVEMENT([[12], ["text"]], [[10], [10]]) == [[1.2], ["#VALUE!"]]


def test_excel_gets_the_same_answers_as_python() -> None:
    """Every case of the conformance suite, through xlwings' own converters."""
    found = host_xlwings.answers(CASES)
    assert not [
        (case.id, answer)
        for case, answer in zip(CASES, found, strict=True)
        if not is_same(answer, case.expected)
    ]


def test_an_error_without_a_sign_of_ours_is_no_figure() -> None:
    """Errors of newer Excels, such as #SPILL!, arrive as numbers that no older one knows."""
    spill = -2146826231
    calls: list[tuple[str, list[Any]]] = [
        ("KPI_ACHIEVEMENT", [spill, 10]),
        ("WEIGHTED_AGG", [[[1], [spill]], [[0.5], [0.5]]]),
    ]
    assert classic.answers(calls) == ["#VALUE!", "#VALUE!"]


def test_errors_arrive_as_the_signs_that_xlwings_has_for_them() -> None:
    """We read cells raw, by a list of our own that must not differ from xlwings' one."""
    assert dict(functions.ERRORS) == {
        int(number): sign for number, sign in classic.ask("signs", None).items()
    }


def test_an_array_that_is_no_range_is_one_row() -> None:
    """An array constant such as {5,20} travels flat; its answer is a row, an array of one cell."""
    assert functions.KPI_ACHIEVEMENT((5.0, 20.0), 10.0) == [[0.5, 2.0]]
    assert functions.KPI_ACHIEVEMENT((5.0,), 10.0) == [[0.5]]
    assert functions.KPI_ACHIEVEMENT(((5.0,),), ((10.0,), (20.0,))) == [[0.5], [0.25]]


def test_an_error_beside_figures_spoils_only_its_own_cell() -> None:
    """#N/A, a date and an empty cell in one column, as COM hands them over."""
    column = ((-2146826246,), (dt.datetime(2026, 1, 31, tzinfo=dt.UTC),), (None,), (5.0,))
    assert functions.KPI_ACHIEVEMENT(column, 10.0) == [["#VALUE!"], ["#VALUE!"], [""], [0.5]]


def test_xlwings_knows_category_and_help_of_each_function() -> None:
    """As the function wizard shows them."""
    told = classic.ask("help", None)
    for function in FUNCTIONS:
        known = told[function.name]
        assert known["category"] == "Tablero"
        assert known["doc"] == function.help["en"]
        assert known["args"] == [
            [argument.name, argument.help["en"], argument.optional]
            for argument in function.arguments
        ]


def test_the_closed_parts_of_xlwings_are_not_loaded_by_the_functions() -> None:
    """Importing our module loads nothing that importing xlwings alone would not."""
    program = "import sys, json, xlwings; {}; print(json.dumps([*sys.modules]))"
    plain, ours = (
        set(json.loads(subprocess.check_output([sys.executable, "-c", program.format(line)])))
        for line in ("pass", "from tablero.addin.excel import functions")
    )
    assert not [name for name in ours - plain if name.startswith("xlwings")]
