"""The definition of a workbook whose Matrix and Settings stand as they were built."""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter

from tablero.workbook_templates.definition import (
    DEFAULT_BANDS,
    Band,
    Definition,
    LocalText,
    Name,
    Okr,
    Policies,
)
from tablero.workbook_templates.edits import code_of
from tablero.workbook_templates.layout import WORD_LISTS
from tablero.workbook_templates.okrs.reading import read_edits, read_policies
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.portfolio.memory import CHOICES, Data, Memory, Node
from tablero.workbook_templates.portfolio.moulds import Mould, Typed, mould_of
from tablero.workbook_templates.portfolio.sheets import (
    EMPTY,
    PlainSheets,
    UnlikeError,
    cell_at,
    number,
    word,
)
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation import check_definition
from tablero.workbook_templates.validation.called import with_names
from tablero.workbook_templates.validation.checking import check_numbers

_OKRS: TypeAdapter[tuple[Okr, ...]] = TypeAdapter(tuple[Okr, ...])
_NAMES: TypeAdapter[LocalText] = TypeAdapter(Name)
_BANDS: TypeAdapter[tuple[Band, ...]] = TypeAdapter(tuple[Band, ...])
_LEVELS = ("perspective", "objective", "kpi")
_BAND_WORDS = ("name", "plan", "term")
_NAME_LENGTH = 120
_OF_OKRS = re.compile(r"\.key_results|^policies\.okr_status")
"""Places of the definition that stand on the sheet of objectives with key results."""
_NO_GOALS = [EMPTY] * MONTHS_A_YEAR


class PlainDefinition:
    """A definition with what people typed into Matrix and Settings.

    It is what `tablero.workbook_templates.edits` makes of the same cells.

    Raises
    ------
    UnlikeError
        Anything stands otherwise than it was built, or is none of what may be typed there.
    ValidationError
        The workbook's memory makes no definition.
    """

    def __init__(self, sheets: PlainSheets, memory: Memory) -> None:
        self._sheets = sheets
        self._memory = memory
        self._rows = sheets.rows_of("matrix_id", [node.key for node in memory.nodes])
        typed = self._typed()
        self._mould: Mould = mould_of(memory)
        self.definition: Definition = self._mould.filled(typed)
        self._has_okrs_as_built = self._mould.okrs.are_in(sheets)
        if not self._has_okrs_as_built:
            self._read_okrs(typed.policies)

    def _typed(self) -> Typed:
        columns = _Columns(self._sheets)
        weights, kpis = [], []
        for node, row in zip(self._memory.nodes, self._rows.values(), strict=True):
            values = self._sheets.row(columns.title, row)
            weights.append(columns.weight(values, node.level))
            if node.level == "kpi":
                kpis.append(columns.kpi(values, node))
        return Typed(self._company(), weights, kpis, self._bands(), self._policies())

    def _company(self) -> Data:
        company: Data = self._memory.body["company"]
        name = word(self._setting("company"))
        if not name:
            return company
        typed = _retold(company, "name", name)
        return {**typed, "name": typed["name"][:_NAME_LENGTH]}

    def _setting(self, name: str) -> Any:
        area = self._sheets.area(f"set_{name}")
        return self._sheets.at(area, area.first_row)

    def _bands(self) -> tuple[Band, ...]:
        bands = self._memory.body.get("bands") or _default_bands()
        areas = [self._sheets.area(f"band_{field}") for field in ("from", *_BAND_WORDS)]
        if any(area.rows != len(bands) for area in areas):
            raise UnlikeError("bands")
        cells = [
            [self._sheets.at(area, area.first_row + row) for area in areas]
            for row in range(len(bands))
        ]
        return _bands(marshal.dumps((bands, cells), 2))

    def _policies(self) -> Data:
        typed = {field: number(self._setting(field)) for field in ("floor", "cap")}
        annualise = _code(word(self._setting("annualise")), "answer") == "yes"
        return {**self._memory.body.get("policies", {}), **typed, "annualise": annualise}

    def _read_okrs(self, policies: Data) -> None:
        """What was changed on the sheet of objectives with key results, of which there are few."""
        source, original = self._sheets.source, self.definition
        data = self._edited_okrs()
        changed = {}
        if data["okrs"] != self._memory.body["okrs"]:
            changed = {"okrs": _OKRS.validate_python(data["okrs"])}
        status = read_policies(source, original.policies.okr_status)
        told = Policies.model_validate({**policies, "okr_status": status})
        self.definition = original.model_copy(update={**changed, "policies": told})

    def _edited_okrs(self) -> Data:
        data = {"okrs": json.loads(json.dumps(self._memory.body["okrs"]))}
        read_edits(self._sheets.source, data, self.definition)
        return data

    def problems(self, language: str) -> tuple[Problem, ...]:
        """What is wrong with the definition, told with the cells where it can be mended."""
        found = self._found()
        if not found:
            return ()
        self._locate({one.path for one in found})
        named = with_names(found, self.definition, language)
        return tuple(map(self._sheets.source.located, named))

    def _found(self) -> tuple[Problem, ...]:
        if not self._mould.is_sound:
            return check_definition(self.definition)
        known = self._mould.of_key_results if self._has_okrs_as_built else None
        return check_numbers(self.definition, known)

    def _locate(self, wanted: set[str]) -> None:
        """Remember the cells in which places of the definition stand."""
        locate, block = self._sheets.source.locate, self._sheets.block
        for node, row in zip(self._memory.nodes, self._rows.values(), strict=True):
            for path, name in _places(node):
                if path in wanted:
                    locate(path, cell_at(block(name), row))
        if self._has_okrs_as_built and any(_OF_OKRS.search(path) for path in wanted):
            self._edited_okrs()
            read_policies(self._sheets.source, self.definition.policies.okr_status)
        self._locate_settings()

    def _locate_settings(self) -> None:
        locate, block = self._sheets.source.locate, self._sheets.block
        bounds = block("band_from")
        for row, band in enumerate(self.definition.bands, start=bounds.first_row):
            locate(f"bands[{band.id}].from", cell_at(bounds, row))
        for field in ("floor", "cap"):
            setting = block(f"set_{field}")
            locate(f"policies.{field}", cell_at(setting, setting.first_row))


def _places(node: Node) -> Iterator[tuple[str, str]]:
    """Places of the definition that stand in the row of a node, and the names of their columns."""
    weight = f"matrix_weight_{node.level}"
    yield node.path.rpartition("[")[0], weight
    yield f"{node.path}.weight", weight
    for field in ("goal", "monthly_goals", *CHOICES) if node.level == "kpi" else ():
        yield f"{node.path}.{field}", f"matrix_{field}"


class _Columns:
    """The columns of the Matrix into which people type."""

    def __init__(self, sheets: PlainSheets) -> None:
        self.title = sheets.area("matrix_id").title
        self._sheets = sheets
        self._weights = {level: self._column(f"weight_{level}") for level in _LEVELS}
        self._goal, self._owner = self._column("goal"), self._column("owner")
        self._choices = [self._column(field) for field in CHOICES]
        first = self._column("monthly_goals")
        self._months = slice(first, first + MONTHS_A_YEAR)
        if sheets.area("matrix_monthly_goals").columns != MONTHS_A_YEAR:
            raise UnlikeError("months")

    def _column(self, name: str) -> int:
        return self._sheets.column(f"matrix_{name}", self.title)

    def weight(self, row: Sequence[Any], level: str) -> float:
        """The weight of a node."""
        weight = row[self._weights[level]]
        if type(weight) is not float or not 0 <= weight <= 1:
            raise UnlikeError(weight)
        return weight

    def kpi(self, row: Sequence[Any], node: Node) -> Mapping[str, Any]:
        """What else is typed of a KPI."""
        desired, frequency, timing = _choices(*[row[column] for column in self._choices])
        return {
            "goal": number(row[self._goal]),
            "monthly_goals": _monthly(row[self._months]),
            "desired": desired,
            "frequency": frequency,
            "timing": timing,
            "owner": _owner(word(row[self._owner]), node.owner),
        }


def _monthly(cells: Sequence[Any]) -> tuple[float | None, ...] | None:
    if cells == _NO_GOALS:
        return None
    if len(cells) != MONTHS_A_YEAR:
        raise UnlikeError("months")
    goals = tuple(map(number, cells))
    return goals if any(goal is not None for goal in goals) else None


@lru_cache(maxsize=1024)
def _owner(typed: str, present: bytes) -> LocalText:
    """Who answers for a KPI."""
    part = marshal.loads(present)  # noqa: S302 - just written here
    return _NAMES.validate_python(_retold(part, "owner", typed).get("owner", {}))


@lru_cache(maxsize=64)
def _bands(marshalled: bytes) -> tuple[Band, ...]:
    """The bands with what stands in their cells."""
    bands, cells = marshal.loads(marshalled)  # noqa: S302 - just written here
    typed = [_band(*pair) for pair in zip(bands, cells, strict=True)]
    return _BANDS.validate_python(typed)


def _band(band: Data, cells: Sequence[Any]) -> Data:
    bound = number(cells[0])
    if bound is None:
        raise UnlikeError("from")
    band = {**band, "from": bound}
    for field, value in zip(_BAND_WORDS, cells[1:], strict=True):
        if value != EMPTY:
            band = _retold(band, field, word(value))
    return band


def _retold(part: Data, field: str, typed: str) -> Data:
    """A typed word replaces those of all languages, unless it is one of them."""
    present = part.get(field, "")
    known = present.values() if isinstance(present, dict) else (present,)
    is_known = typed == present or typed in {" ".join(one.split()) for one in known}
    return part if is_known else {**part, field: typed}


@lru_cache(maxsize=1024)
def _choices(*cells: Any) -> tuple[str, ...]:
    """The codes of what was picked for a KPI."""
    return tuple(_code(word(cell), field) for cell, field in zip(cells, CHOICES, strict=True))


@lru_cache(maxsize=1024)
def _code(typed: str, field: str) -> str:
    """The code of an entry that was picked from a list."""
    code = code_of(typed, WORD_LISTS[field], field)
    if code is None:
        raise UnlikeError(typed)
    return code


@cache
def _default_bands() -> list[Data]:
    return [band.model_dump(mode="json", by_alias=True) for band in DEFAULT_BANDS]
