"""Where the objectives, key results and check-ins stand, and what else their sheets need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.expressions import inputs_of, parse
from tablero.workbook_templates.okrs.parts import KeyResult, Okr
from tablero.workbook_templates.tables import (
    FIRST_ROW,
    HEADER_ROW,
    MONTHS,
    Table,
    absolute,
    column_names,
    keyed,
)

SPARE_ROWS = 200
"""Empty rows for check-ins below those that are there."""

COLUMNS = (
    "name", "source", "unit", "weight", "start", "target", "upper", "current", "progress", "bar",
    "expected", "symbol", "status", "confidence", "owner", "checked", "outdated",
    "initial", "kind", "level", "from", "to", "days", "said", "value_day", "value_row",
    "confidence_day", "confidence_row", "intact", "id",
)  # fmt: skip
COMPUTED = (
    "current", "progress", "expected", "symbol", "status", "confidence", "checked", "outdated",
    "days",
)  # fmt: skip
TYPED = ("weight", "start", "target", "upper", "initial", "owner")
CHECK_IN_COLUMNS = ("day", "key_result", "value", "confidence", "note", "counted")
GRADE_COLUMNS = ("aspirational", "committed", "confidence", "word", "if_outdated", "symbol")
GRADES = ("off_track", "at_risk", "on_track", "outdated")
BOUNDS = GRADE_COLUMNS[:3]
BOUNDED = GRADES[1:3]
"""The statuses whose bounds are people's to set."""
_UNDER_WEIGHT = COLUMNS.index("weight")
"""Where the grades begin, so that their words stand in columns wide enough."""
SUM_COLUMNS = ("label", "current", "filled", "previous", "to_year")


def period_key(code: str) -> str:
    """Row key of a quarter or a year; keys of the three levels never meet."""
    return f"period:{code}"


def okr_key(okr: Okr) -> str:
    """Row key of an objective."""
    return f"okr:{okr.id}"


def key_result_key(one: KeyResult) -> str:
    """Row key of a key result."""
    return f"key_result:{one.id}"


def sum_key(period: str, name: str) -> str:
    """Row key of what an input comes to in a period."""
    return f"{period}:{name}"


def by_period(definition: Definition) -> Mapping[str, list[Okr]]:
    """The objectives of the year and of each quarter, in the order in which they are defined."""
    groups: dict[str, list[Okr]] = {
        code: [] for code in sorted({one.period for one in definition.okrs})
    }
    for okr in definition.okrs:
        groups[okr.period].append(okr)
    return groups


def followed(definition: Definition, one: KeyResult) -> tuple[str, ...]:
    """The inputs on which the value of a key result depends."""
    if one.input is not None:
        return (one.input,)
    formulas = [kpi.formula for kpi in definition.kpis() if kpi.id == one.kpi]
    return tuple(name for text in formulas for name in inputs_of(parse(text)))


@dataclass(frozen=True)
class OkrLayout:
    """The tables of the sheets OKR and Check-ins."""

    okr: Table
    flags: Table
    """By period, which months of the year count in it until the as-of date."""
    sums: Table
    """By period and input, what the input comes to."""
    labels: Table
    """The key results as a check-in names them."""
    settings: Table
    grades: Table
    check_ins: Table

    @classmethod
    def of(
        cls, definition: Definition, titles: Mapping[str, str], check_ins: int
    ) -> OkrLayout | None:
        """The layout of a definition's objectives; None where it has none."""
        return _Planner(definition, titles).layout(check_ins) if definition.okrs else None

    def names(self) -> Iterator[tuple[str, str]]:
        """Defined names: stable, ASCII, the same in every language.

        They begin with ``okrs_``, for OKR_PROGRESS and OKR_STATUS are functions.
        """
        yield from column_names("okrs", self.okr, (*TYPED, *COMPUTED, "kind", "level", "from"))
        yield from column_names("okrs", self.okr, ("to", "intact", "id"))
        for row in self.settings.rows:
            yield f"okrs_{row}", absolute(self.settings, [row], ["value"])
        graded = GRADES[:-1]
        yield "okrs_grades", absolute(self.grades, graded, GRADE_COLUMNS[:-1])
        yield "okrs_words", absolute(self.grades, GRADES, ["word"])
        yield "okrs_symbols", absolute(self.grades, GRADES, ["symbol"])
        yield "list_key_result", absolute(self.labels, self.labels.row_keys, ["label"])
        yield "code_key_result", absolute(self.labels, self.labels.row_keys, ["code"])
        yield from column_names("check_ins", self.check_ins, CHECK_IN_COLUMNS)


@dataclass(frozen=True)
class _Planner:
    definition: Definition
    titles: Mapping[str, str]

    def layout(self, check_ins: int) -> OkrLayout:
        okr = self._table("okr", dict(keyed(self._rows(), FIRST_ROW)), COLUMNS)
        below = max(okr.rows.values()) + 3
        right = len(COLUMNS) + 1
        periods = [period_key(code) for code in by_period(self.definition)]
        codes = [one.id for one in self.definition.key_results()]
        flags = keyed(periods, FIRST_ROW)
        sums = keyed(self._sums(), FIRST_ROW + len(periods) + 2)
        entries = keyed(map(str, range(check_ins + SPARE_ROWS)), FIRST_ROW)
        return OkrLayout(
            okr=okr,
            flags=self._table("okr", flags, ("label", *MONTHS), right),
            sums=self._table("okr", sums, SUM_COLUMNS, right),
            labels=self._table("okr", keyed(codes, FIRST_ROW), ("label", "code"), right + 14),
            settings=self._settings(below),
            grades=self._table("okr", keyed(GRADES, below + 4), GRADE_COLUMNS, _UNDER_WEIGHT),
            check_ins=self._table("check_ins", entries, CHECK_IN_COLUMNS),
        )

    def _settings(self, below: int) -> Table:
        """The as-of date stands above the table, how old a check-in may be below it."""
        rows = {"as_of_typed": HEADER_ROW - 1, "as_of": below, "limit": below + 1}
        return Table("okr", self.titles["okr"], rows, {"label": 0, "value": 1})

    def _table(
        self, sheet: str, rows: Mapping[str, int], columns: tuple[str, ...], left: int = 0
    ) -> Table:
        return Table(sheet, self.titles[sheet], rows, keyed(columns, left))

    def _rows(self) -> Iterator[str]:
        for code, okrs in by_period(self.definition).items():
            yield period_key(code)
            for okr in okrs:
                yield okr_key(okr)
                yield from map(key_result_key, okr.key_results)

    def _sums(self) -> Iterator[str]:
        found = {
            sum_key(okr.period, name): None
            for okr in self.definition.okrs
            for one in okr.key_results
            for name in followed(self.definition, one)
        }
        yield from found
