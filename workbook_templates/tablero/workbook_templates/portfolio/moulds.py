"""Definitions of one make: validated once, then only the numbers that each company types itself.

The companies of a portfolio mostly began with one of a few definitions. What they share (inputs,
formulas, names in all languages, links) is most of a definition, and most of the time that it
takes to validate one.
"""

from __future__ import annotations

import marshal
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter

from tablero.workbook_templates.definition import (
    Band,
    Company,
    Definition,
    Kpi,
    LocalText,
    Name,
    Objective,
    Part,
    Perspective,
    Policies,
)
from tablero.workbook_templates.validation import check_definition
from tablero.workbook_templates.validation.checking import check_numbers

Data = dict[str, Any]
P = TypeVar("P", bound=Part)

TYPED = ("weight", "goal", "monthly_goals", "desired", "frequency", "timing", "owner")
"""What each company types itself of a KPI."""
_NAMES: TypeAdapter[LocalText] = TypeAdapter(Name)
_BANDS: TypeAdapter[tuple[Band, ...]] = TypeAdapter(tuple[Band, ...])
_OWN = {"company", "bands", "policies", "perspectives"}
_SAID = ("chart", "year", "fiscal_start_month")
"""What accounts and key results say of a company."""
_KEPT = 64


class Mould(NamedTuple):
    """A definition, and whether all of it but the numbers is known to be right."""

    definition: Definition
    is_sound: bool


class _Make:
    """The data of a definition, equal to others that differ in numbers only."""

    def __init__(self, data: Data) -> None:
        self.data = data
        bands = [{**band, "from": 0} for band in data["bands"]]
        company = [data["company"].get(field) for field in _SAID]
        # The second form of marshal is the same for equal data, however they came about.
        self._key = marshal.dumps((_shared(data), company, bands), 2)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Make) and self._key == other._key


def _shared(data: Data) -> Data:
    """What companies of one make share."""
    perspectives = [
        {**one, "weight": 0, "objectives": [_of_objective(below) for below in one["objectives"]]}
        for one in data["perspectives"]
    ]
    without = {key: one for key, one in data.items() if key not in _OWN}
    return {**without, "perspectives": perspectives}


def _of_objective(data: Data) -> Data:
    kpis = [{key: one for key, one in kpi.items() if key not in TYPED} for kpi in data["kpis"]]
    return {**data, "weight": 0, "kpis": kpis}


@lru_cache(maxsize=_KEPT)
def _mould(make: _Make) -> Mould:
    definition = Definition.model_validate(make.data)
    numbers = check_numbers(definition)
    return Mould(definition, all(one in numbers for one in check_definition(definition)))


def definition_of(data: Data) -> Mould:
    """The definition that data make, as :class:`Definition` would validate it.

    Parameters
    ----------
    data
        A whole definition, in which `TYPED` fields and weights are known to be valid, but for the
        owners.

    Raises
    ------
    ValidationError
        The data make no definition.
    """
    make = _Make(data)
    definition, is_sound = _mould(make)
    make.data = {}  # what is kept of it is the key alone
    return Mould(_filled(definition, data), is_sound)


def _filled(mould: Definition, data: Data) -> Definition:
    """The mould with what a company typed itself."""
    pairs = zip(mould.perspectives, data["perspectives"], strict=True)
    return mould.model_copy(
        update={
            "company": Company.model_validate(data["company"]),
            "perspectives": tuple(_perspective(one, typed) for one, typed in pairs),
            "bands": _bands(marshal.dumps(data["bands"], 2)),
            "policies": Policies.model_validate(data["policies"]),
        }
    )


def _like(part: P, **changes: Any) -> P:
    """A part with other fields, as ``model_copy`` makes it, in a third of the time."""
    made = object.__new__(type(part))
    object.__setattr__(made, "__dict__", {**part.__dict__, **changes})
    object.__setattr__(made, "__pydantic_fields_set__", {*part.model_fields_set, *changes})
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def _perspective(mould: Perspective, data: Data) -> Perspective:
    pairs = zip(mould.objectives, data["objectives"], strict=True)
    below = tuple(_objective(one, typed) for one, typed in pairs)
    return _like(mould, weight=data["weight"], objectives=below)


def _objective(mould: Objective, data: Data) -> Objective:
    below = tuple(map(_kpi, mould.kpis, data["kpis"]))
    return _like(mould, weight=data["weight"], kpis=below)


def _kpi(mould: Kpi, data: Data) -> Kpi:
    typed = {field: data[field] for field in TYPED if field != "owner"}
    owner = _owner(marshal.dumps(data.get("owner", {}), 2))
    return _like(mould, owner=owner, **typed)


@lru_cache(maxsize=16 * _KEPT)
def _owner(marshalled: bytes) -> LocalText:
    return _NAMES.validate_python(marshal.loads(marshalled))  # noqa: S302 - just written here


@lru_cache(maxsize=_KEPT)
def _bands(marshalled: bytes) -> tuple[Band, ...]:
    return _BANDS.validate_python(marshal.loads(marshalled))  # noqa: S302 - as above
