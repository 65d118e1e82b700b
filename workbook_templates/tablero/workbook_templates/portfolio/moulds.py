"""Definitions of one make: validated once, then only the numbers that each company types itself.

The companies of a portfolio mostly began with one of a few definitions. What they share (inputs,
formulas, names in all languages, links) is most of a definition, and most of the time that it
takes to validate one.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from tablero.workbook_templates.definition import (
    Band,
    Company,
    Definition,
    Kpi,
    Objective,
    Part,
    Perspective,
    Policies,
)
from tablero.workbook_templates.portfolio.memory import Data, Memory
from tablero.workbook_templates.portfolio.plain_okrs import OkrsAsBuilt
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation import check_definition
from tablero.workbook_templates.validation.checking import check_key_results, check_numbers

P = TypeVar("P", bound=Part)

_KEPT = 16


class Typed(NamedTuple):
    """What a company types itself."""

    company: Data
    weights: Sequence[float]
    """Of every perspective, objective and KPI, in the order of the definition."""
    kpis: Sequence[Mapping[str, Any]]
    """The other fields of each KPI, valid ones."""
    bands: tuple[Band, ...]
    policies: Data


class Mould(NamedTuple):
    """A definition, and what is known of all that differ from it in numbers only."""

    definition: Definition
    is_sound: bool
    """Whether all of it but the numbers is right."""
    okrs: OkrsAsBuilt
    of_key_results: tuple[Problem, ...]
    """What is wrong with its key results."""

    def filled(self, typed: Typed) -> Definition:
        """The definition of a company, as :class:`Definition` would validate it.

        Raises
        ------
        ValidationError
            Company or policies are none.
        """
        weights, kpis = iter(typed.weights), iter(typed.kpis)
        perspectives = tuple(
            _perspective(one, weights, kpis) for one in self.definition.perspectives
        )
        return _like(
            self.definition,
            company=Company.model_validate(typed.company),
            perspectives=perspectives,
            bands=typed.bands,
            policies=_policies(marshal.dumps(typed.policies, 2)),
        )


class _Make:
    """A memory, equal to others that differ in numbers only."""

    def __init__(self, memory: Memory) -> None:
        self.body = memory.body
        self._key = memory.make

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Make) and self._key == other._key


def mould_of(memory: Memory) -> Mould:
    """The mould of the companies whose workbooks remember the same but for numbers.

    Raises
    ------
    ValidationError
        What is remembered is no definition.
    """
    make = _Make(memory)
    mould = _mould(make)
    make.body = {}  # what is kept of it is the key alone
    return mould


@lru_cache(maxsize=_KEPT)
def _mould(make: _Make) -> Mould:
    definition = Definition.model_validate(make.body)
    numbers = check_numbers(definition)
    is_sound = all(one in numbers for one in check_definition(definition))
    return Mould(definition, is_sound, OkrsAsBuilt.of(definition), check_key_results(definition))


def _like(part: P, **changes: Any) -> P:
    """A part with other fields, as ``model_copy`` makes it, in a third of the time."""
    made = object.__new__(type(part))
    object.__setattr__(made, "__dict__", {**part.__dict__, **changes})
    object.__setattr__(made, "__pydantic_fields_set__", {*part.model_fields_set, *changes})
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def _perspective(
    mould: Perspective, weights: Iterator[float], kpis: Iterator[Mapping[str, Any]]
) -> Perspective:
    weight = next(weights)
    below = tuple(_objective(one, weights, kpis) for one in mould.objectives)
    return _like(mould, weight=weight, objectives=below)


def _objective(
    mould: Objective, weights: Iterator[float], kpis: Iterator[Mapping[str, Any]]
) -> Objective:
    weight = next(weights)
    below = tuple(_kpi(one, next(weights), next(kpis)) for one in mould.kpis)
    return _like(mould, weight=weight, kpis=below)


def _kpi(mould: Kpi, weight: float, typed: Mapping[str, Any]) -> Kpi:
    return _like(mould, weight=weight, **typed)


@lru_cache(maxsize=_KEPT)
def _policies(marshalled: bytes) -> Policies:
    return Policies.model_validate(marshal.loads(marshalled))  # noqa: S302 - just written here
