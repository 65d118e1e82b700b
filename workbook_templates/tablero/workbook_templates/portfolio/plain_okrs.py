"""Objectives with key results that nobody changed on their sheet, which is nearly all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.okrs.layout import (
    BOUNDED,
    BOUNDS,
    GRADE_COLUMNS,
    GRADES,
    by_period,
    key_result_key,
    okr_key,
)
from tablero.workbook_templates.okrs.parts import KeyResult, OkrPolicies
from tablero.workbook_templates.portfolio.sheets import EMPTY, PlainSheets, UnlikeError, word

_NUMBERS = ("weight", "start", "target", "upper", "initial")


class _Row(NamedTuple):
    """An objective, or one of its key results, as its row says it."""

    key: str
    owners: frozenset[str]
    """The names in all languages."""
    numbers: tuple[tuple[str, float | None], ...]
    """By column; none of an objective."""


class OkrsAsBuilt(NamedTuple):
    """What the sheet of objectives with key results says where nobody has changed it."""

    rows: Sequence[_Row]
    limit: float
    grades: Sequence[Sequence[float]]

    @classmethod
    def of(cls, definition: Definition) -> OkrsAsBuilt:
        """As the sheet of a definition is built."""
        policies = definition.policies.okr_status
        rows = tuple(_rows(definition))
        return cls(rows, policies.outdated_after, _grades(policies))

    def are_in(self, sheets: PlainSheets) -> bool:
        """Whether the sheet says the same."""
        if not self.rows:
            return True
        try:
            return self._are_rows_in(sheets) and self._are_policies_in(sheets)
        except UnlikeError:
            return False

    def _are_rows_in(self, sheets: PlainSheets) -> bool:
        places = sheets.rows_of("okrs_id", [row.key for row in self.rows])
        owner = sheets.area("okrs_owner")
        return all(
            word(sheets.at(owner, places[row.key])) in row.owners
            and all(
                _is(sheets.at(sheets.area(f"okrs_{column}"), places[row.key]), number)
                for column, number in row.numbers
            )
            for row in self.rows
        )

    def _are_policies_in(self, sheets: PlainSheets) -> bool:
        limit, grades = sheets.area("okrs_limit"), sheets.area("okrs_grades")
        first = grades.first_row + GRADES.index(BOUNDED[0])
        return (
            (grades.rows, grades.columns) == (len(GRADES) - 1, len(GRADE_COLUMNS) - 1)
            and _is(sheets.at(limit, limit.first_row), self.limit)
            and all(
                all(map(_is, sheets.across(grades, row, len(BOUNDS)), numbers))
                for row, numbers in enumerate(self.grades, start=first)
            )
        )


def _is(value: Any, number: float | None) -> bool:
    """Whether a cell holds a number, or nothing where there is none."""
    return value == EMPTY if number is None else type(value) is float and value == number


def _rows(definition: Definition) -> Iterator[_Row]:
    for okrs in by_period(definition).values():
        for okr in okrs:
            yield _Row(okr_key(okr), _names(okr.owner), ())
            for one in okr.key_results:
                yield _Row(key_result_key(one), _names(one.owner), tuple(_numbers(one)))


def _names(owner: LocalText) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in owner.values()) or frozenset([EMPTY])


def _numbers(one: KeyResult) -> Iterator[tuple[str, float | None]]:
    numbers = (one.weight, *one.numbers, one.confidence)
    for column, number in zip(_NUMBERS, numbers, strict=True):
        if column != "upper" or one.kind == "between":
            yield column, number


def _grades(policies: OkrPolicies) -> Sequence[Sequence[float]]:
    told = policies.model_dump()
    return tuple(tuple(told[code][bound] for bound in BOUNDS) for code in BOUNDED)
