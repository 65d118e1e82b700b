"""A stand-in for a definition with broken fields, so that its sound parts are checked too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation.places import Location, Step, entry, path_of
from tablero.workbook_templates.validation.shape import real_errors

_ROUNDS = 6  # a broken field may cost its item, that item its list, and so on upward
_MARK: Final = "mended_id_"
_STAND_INS: Final[dict[Step, Any]] = {
    "company": {"name": "?", "year": 2000},
    "year": 2000,
    "name": "?",
    "aggregation": "T",
    "perspective": _MARK,
    "formula": _MARK,
    "weight": 0,
}
_NAMING_CODES = (
    "formula_unknown_input",
    "formula_names_kpi",
    "perspective_unknown",
    "link_unknown",
    "figures_unknown",
    "input_unused",
    "okr_objective_unknown",
    "okr_kpi_unknown",
    "okr_input_unknown",
    "check_in_key_result",
)
_DEGREE_CODES = ("formula_total_and_average", "formula_degrees")


@dataclass
class Mending:
    """A copy of the raw data in repair, and what may no longer be believed of it."""

    original: object
    data: Any
    fields: set[Step] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    def mend(self, error: ValidationError) -> None:
        """Put a stand-in for every broken field, or take the field or its whole item out."""
        taken_out: set[Location] = set()
        for detail in real_errors(error):
            location = detail["loc"][:-1] if detail["loc"][-1] == "[key]" else detail["loc"]
            self.fields.add(location[-1])
            self.paths.add(path_of(location, self.original))
            if not self._stand_in(location, missing=detail["type"] == "missing"):
                taken_out.add(_item_of(location))
        self._take_out(taken_out)

    def _stand_in(self, location: Location, *, missing: bool) -> bool:
        parent, step = self._at(location[:-1]), location[-1]
        if isinstance(parent, list) and isinstance(step, int):
            return self._blank(parent, step)
        if not isinstance(parent, dict):
            return False
        if step == "id":
            parent[step] = f"{_MARK}{len(self.paths)}"
        elif step in _STAND_INS and (missing or parent.get(step) != _STAND_INS[step]):
            parent[step] = deepcopy(_STAND_INS[step])
            self.groups.add(path_of(location[:-2], self.original))
        else:
            return parent.pop(step, None) is not None
        return True

    def _blank(self, items: list[Any], number: int) -> bool:
        """Leave a month empty; an item that has no fields cannot stay."""
        if items[number : number + 1] in ([], [None]):
            return False
        items[number] = None
        return True

    def _take_out(self, locations: Iterable[Location]) -> None:
        for location in sorted(locations, key=_last_first, reverse=True):
            items, number = self._at(location[:-1]), location[-1] if location else None
            if isinstance(items, list) and isinstance(number, int):
                del items[number : number + 1]
                self.fields.update({"id", "formula"})
                self.groups.add(path_of(location[:-1], self.original))

    def _at(self, location: Location) -> Any:
        here = self.data
        for step in location:
            here = entry(here, step)
        return here

    def believed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those problems of the stand-in that are problems of the definition itself."""
        return (problem for problem in problems if not self._is_doubtful(problem))

    def _is_doubtful(self, problem: Problem) -> bool:
        told = f"{problem.path} {' '.join(map(str, problem.values.values()))}"
        return (
            _MARK in told
            or problem.path in self.paths
            or (problem.code.startswith("weights_") and problem.path in self.groups)
            or (problem.code.startswith(_NAMING_CODES) and "id" in self.fields)
            or (problem.code == "input_unused" and "formula" in self.fields)
            or (problem.code in _DEGREE_CODES and "aggregation" in self.fields)
        )


def _last_first(location: Location) -> list[str]:
    return [str(step).rjust(9) for step in location]


def _item_of(location: Location) -> Location:
    """The innermost list item around a place; nothing if there is none."""
    ends = [number for number, step in enumerate(location) if isinstance(step, int)]
    return location[: ends[-1] + 1] if ends else ()


def mended(data: object, error: ValidationError) -> tuple[Definition | None, Mending]:
    """A definition as near to the raw data as can be; None where too much of it is broken."""
    mending = Mending(original=data, data=deepcopy(data))
    for _ in range(_ROUNDS):
        mending.mend(error)
        try:
            return Definition.model_validate(mending.data), mending
        except ValidationError as next_error:
            error = next_error
    return None, mending
