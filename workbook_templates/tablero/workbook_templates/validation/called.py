"""Problems of a workbook's definition told by the names that people see in it, not by ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.texts import text

_KPI, _INPUT, _KEY_RESULT = {"id": "kpi"}, {"id": "input"}, {"id": "key_result"}
_KINDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "goal_missing": _KPI,
        "goal_zero": _KPI,
        "input_unused": _INPUT,
        "figures_negative": _INPUT,
        "accounts_all_deducted": _INPUT,
        "weights_of_objectives": {"group": "perspective"},
        "weights_of_kpis": {"group": "objective"},
        "weights_of_key_results": {"group": "okr"},
        "okr_number_missing": _KEY_RESULT,
        "okr_target_is_start": _KEY_RESULT,
        "okr_upper_below_target": _KEY_RESULT,
        "okr_upper_unused": _KEY_RESULT,
        "okr_two_sources": {**_KEY_RESULT, "kpi": "kpi", "input": "input"},
    }
)
"""By problem: of what kind the ids among its values are."""
_PARTS: Mapping[str, Callable[[Definition], Iterable[Any]]] = MappingProxyType(
    {
        "perspective": lambda definition: definition.perspectives,
        "objective": lambda definition: definition.objectives(),
        "kpi": lambda definition: definition.kpis(),
        "input": lambda definition: definition.inputs,
        "okr": lambda definition: definition.okrs,
        "key_result": lambda definition: definition.key_results(),
    }
)


def with_names(
    problems: Iterable[Problem], definition: Definition, language: str
) -> Iterator[Problem]:
    """The problems with names in the place of ids; with the id behind where two share a name.

    Parameters
    ----------
    problems
        What is wrong with the definition of a workbook.
    definition
        That definition.
    language
        The workbook's own, in which the names stand on its sheets.
    """
    problems = tuple(problems)
    wanted = {kind for one in problems for kind in _KINDS.get(one.code, {}).values()}
    names = {kind: _names(_PARTS[kind](definition), language) for kind in wanted}
    for problem in problems:
        kinds = _KINDS.get(problem.code, {})
        told = {
            key: names[kinds[key]].get(str(value), value) if key in kinds else value
            for key, value in problem.values.items()
        }
        if problem.code == "okr_number_missing":
            told["field"] = text(f"okr.column.{told['field']}", language)
        yield replace(problem, values=told)


def _names(parts: Iterable[Any], language: str) -> Mapping[str, str]:
    by_id = {one.id: one.name.in_language(language) for one in parts}
    shared = Counter(by_id.values())
    return {key: name if shared[name] == 1 else f"{name} ({key})" for key, name in by_id.items()}
