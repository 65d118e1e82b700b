"""What a definition may have but hardly means: warnings that stop nobody."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.expressions import FormulaError, inputs_of, parse
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation.formula_rules import located_kpis
from tablero.workbook_templates.validation.places import found


def unused_inputs(definition: Definition) -> Iterator[Problem]:
    """An input that no KPI and no key result uses is typed for nothing."""
    try:
        used = {name for kpi in definition.kpis() for name in inputs_of(parse(kpi.formula))}
    except FormulaError:
        return  # a formula that cannot be read may use any of them
    used |= {one.input for one in definition.key_results() if one.input}
    for number, item in enumerate(definition.inputs):
        if item.id not in used:
            yield found(definition, "input_unused", ("inputs", number), "warning", id=item.id)


def goals(definition: Definition) -> Iterator[Problem]:
    """A KPI without a goal has no achievement; one with goal zero only a yes or no."""
    for location, kpi in located_kpis(definition):
        place = (*location, "goal")
        monthly = any(goal is not None for goal in kpi.monthly_goals or ())
        if kpi.goal is None and not monthly:
            yield found(definition, "goal_missing", place, "warning", id=kpi.id)
        elif kpi.goal == 0:
            yield found(definition, "goal_zero", place, "note", id=kpi.id)


def links(definition: Definition) -> Iterator[Problem]:
    """Links given twice, and chains of links that lead back to where they began."""
    seen = set()
    for number, link in enumerate(definition.links):
        ends = (link.cause, link.effect)
        if ends in seen:
            link_text = f"{link.cause} → {link.effect}"
            yield found(definition, "link_twice", ("links", number), "warning", link=link_text)
        seen.add(ends)
    chain = _circle({ends for ends in seen if ends[0] != ends[1]})
    if chain:
        yield found(definition, "link_circle", ("links",), "warning", chain=" → ".join(chain))


def _circle(ends: set[tuple[str, str]]) -> list[str]:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for cause, effect in sorted(ends):
        sorter.add(effect, cause)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def negative_figures(definition: Definition) -> Iterator[Problem]:
    """Only inputs that say so are expected to be negative."""
    never = {item.id for item in definition.inputs if not item.negative}
    for name, given in definition.figures.items():
        months = (*(given.last_year_months or ()), *(given.months or ()))
        lowest = min((f for f in (given.last_year, *months) if f is not None), default=0.0)
        if name in never and lowest < 0:
            figure, location = f"{lowest:g}", ("figures", name)
            yield found(definition, "figures_negative", location, "warning", id=name, figure=figure)
