"""What a KPI's formula must be within its definition: known inputs, one time dimension, a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tablero.workbook_templates import expressions
from tablero.workbook_templates.definition import Definition, Kpi
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation.nearest import nearest
from tablero.workbook_templates.validation.places import Location, found

# Excel ends a formula at 8192 characters; the cells here have the longest addresses we write.
MAX_FORMULA = 8000
_CELL = expressions.Operand("Workings!$AA$1000", "Workings!$AA$1000*Workings!$AA$1001")
_TIMES_AN_ARGUMENT_IS_REPEATED = 6


def formulas(definition: Definition) -> Iterator[Problem]:
    """Problems of every KPI's formula."""
    degree_of = {item.id: int(item.aggregation == "T") for item in definition.inputs}
    kpi_ids = {kpi.id for kpi in definition.kpis()}
    for location, kpi in located_kpis(definition):
        place = (*location, "formula")
        try:
            formula = expressions.parse(kpi.formula)
            names = expressions.inputs_of(formula)
            unknown = [name for name in names if name not in degree_of]
            yield from _unknown_names(definition, place, kpi, unknown, kpi_ids)
            for code in _valueless(kpi.formula):
                yield found(definition, code, place)
            if not unknown:
                expressions.degree(formula, degree_of)
        except expressions.FormulaError as error:
            yield found(definition, error.code, place, **error.values)


def located_kpis(definition: Definition) -> Iterator[tuple[Location, Kpi]]:
    """Every KPI with its place."""
    for one, perspective in enumerate(definition.perspectives):
        for two, objective in enumerate(perspective.objectives):
            for three, kpi in enumerate(objective.kpis):
                yield ("perspectives", one, "objectives", two, "kpis", three), kpi


def _unknown_names(
    definition: Definition, place: Location, kpi: Kpi, unknown: Sequence[str], kpi_ids: set[str]
) -> Iterator[Problem]:
    for name in unknown:
        similar = nearest(name, (item.id for item in definition.inputs))
        if name == kpi.id:
            yield found(definition, "formula_names_itself", place, name=name)
        elif name in kpi_ids:
            yield found(definition, "formula_names_kpi", place, name=name)
        elif similar:
            code = "formula_unknown_input_similar"
            yield found(definition, code, place, name=name, suggestion=similar)
        else:
            yield found(definition, "formula_unknown_input", place, name=name)


# Definitions of one make have the same formulas.
@lru_cache(maxsize=4096)
def _valueless(text: str) -> tuple[str, ...]:
    """The codes of what keeps a formula from having a value, whatever the figures are."""
    formula = expressions.parse(text)
    written = expressions.to_formula(formula, _cell, _cell, _longest_call)
    faults = {
        "formula_without_inputs": not expressions.inputs_of(formula),
        "formula_zero_division": expressions.divides_by_zero(formula),
        "formula_too_long_in_excel": len(written) > MAX_FORMULA,
    }
    return tuple(code for code, is_so in faults.items() if is_so)


def _cell(_name: str) -> expressions.Operand:
    return _CELL


def _longest_call(name: str, arguments: Sequence[str]) -> str:
    # Where no function is served, a call is replaced by its own formula.
    return f"{name}({','.join(arguments) * _TIMES_AN_ARGUMENT_IS_REPEATED})"
