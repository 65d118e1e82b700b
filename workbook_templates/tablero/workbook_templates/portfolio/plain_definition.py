"""The definition of a workbook whose Matrix and Settings stand as they were built."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter

from tablero.workbook_templates.definition import DEFAULT_BANDS, Okr, Policies
from tablero.workbook_templates.edits import code_of
from tablero.workbook_templates.layout import WORD_LISTS
from tablero.workbook_templates.okrs.reading import read_edits, read_policies
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.portfolio.moulds import definition_of
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

Data = dict[str, Any]
Node = tuple[str, str, Data]
"""Key, path in the definition and data of a perspective, an objective or a KPI."""

_OKRS: TypeAdapter[tuple[Okr, ...]] = TypeAdapter(tuple[Okr, ...])
_CHOICES = {"desired": "High", "frequency": "monthly", "timing": "lagging"}
_LEVELS = ("perspective", "objective", "kpi")
_BAND_WORDS = ("name", "plan", "term")
_NAME_LENGTH = 120


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

    def __init__(self, sheets: PlainSheets, body: Data) -> None:
        self._sheets = sheets
        self._data = body
        self._nodes = list(_nodes(body))
        self._rows = sheets.rows_of("matrix_id", [key for key, *_ in self._nodes])
        self._read()
        mould = definition_of(self._data)
        self.definition = mould.definition
        self._is_sound = mould.is_sound
        if mould.definition.okrs:
            self._read_okrs()

    def _read(self) -> None:
        columns = _Columns(self._sheets)
        for key, _, part in self._nodes:
            columns.read(self._rows[key], key.partition(":")[0], part)
        self._data["bands"] = self._bands()
        self._data["policies"] = self._policies()
        company = self._data["company"]
        name = word(self._setting("company"))
        if name:
            _retell(company, "name", name)
            company["name"] = company["name"][:_NAME_LENGTH]

    def _setting(self, name: str) -> Any:
        block = self._sheets.block(f"set_{name}")
        return self._sheets.at(block, block.first_row)

    def _bands(self) -> list[Data]:
        bands = [dict(band) for band in self._data.get("bands") or _default_bands()]
        blocks = [(field, self._sheets.block(f"band_{field}")) for field in ("from", *_BAND_WORDS)]
        for field, block in blocks:
            if block.last_row - block.first_row + 1 != len(bands):
                raise UnlikeError(field)
            for row, band in enumerate(bands, start=block.first_row):
                _band_cell(band, field, self._sheets.at(block, row))
        return bands

    def _policies(self) -> Data:
        typed = {field: number(self._setting(field)) for field in ("floor", "cap")}
        annualise = _code(word(self._setting("annualise")), "answer") == "yes"
        return {**self._data.get("policies", {}), **typed, "annualise": annualise}

    def _read_okrs(self) -> None:
        """What was changed on the sheet of objectives with key results, of which there are few."""
        source, original = self._sheets.source, self.definition
        data = {"okrs": json.loads(json.dumps(self._data["okrs"]))}
        read_edits(source, data, original)
        status = read_policies(source, original.policies.okr_status)
        policies = {**self._data["policies"], "okr_status": status}
        changed = {"okrs": _OKRS.validate_python(data["okrs"])} if self._is_changed(data) else {}
        self.definition = original.model_copy(
            update={**changed, "policies": Policies.model_validate(policies)}
        )

    def _is_changed(self, data: Data) -> bool:
        return bool(data["okrs"] != self._data["okrs"])

    def problems(self, language: str) -> tuple[Problem, ...]:
        """What is wrong with the definition, told with the cells where it can be mended."""
        definition = self.definition
        found = check_numbers(definition) if self._is_sound else check_definition(definition)
        if not found:
            return ()
        self._locate({one.path for one in found})
        named = with_names(found, definition, language)
        return tuple(map(self._sheets.source.located, named))

    def _locate(self, wanted: set[str]) -> None:
        """Remember the cells in which places of the definition stand."""
        locate, block = self._sheets.source.locate, self._sheets.block
        parts = {path.rpartition(".")[0] for path in wanted}
        for key, path, _ in self._nodes:
            group = path.rpartition("[")[0]
            if path not in parts and group not in wanted:
                continue
            level, row = key.partition(":")[0], self._rows[key]
            weight = cell_at(block(f"matrix_weight_{level}"), row)
            locate(group, weight)
            locate(f"{path}.weight", weight)
            for field in ("goal", "monthly_goals", *_CHOICES) if level == "kpi" else ():
                locate(f"{path}.{field}", cell_at(block(f"matrix_{field}"), row))
        bounds = block("band_from")
        for row, band in enumerate(self._data["bands"], start=bounds.first_row):
            locate(f"bands[{band['id']}].from", cell_at(bounds, row))
        for field in ("floor", "cap"):
            setting = block(f"set_{field}")
            locate(f"policies.{field}", cell_at(setting, setting.first_row))


def _nodes(data: Data) -> Iterator[Node]:
    for perspective in data["perspectives"]:
        path = f"perspectives[{perspective['id']}]"
        yield f"perspective:{perspective['id']}", path, perspective
        for objective in perspective["objectives"]:
            below = f"{path}.objectives[{objective['id']}]"
            yield f"objective:{objective['id']}", below, objective
            for kpi in objective["kpis"]:
                yield f"kpi:{kpi['id']}", f"{below}.kpis[{kpi['id']}]", kpi


class _Columns:
    """The columns of the Matrix into which people type."""

    def __init__(self, sheets: PlainSheets) -> None:
        self._title = sheets.block("matrix_id").sheet.title
        self._sheets = sheets
        self._weights = {level: self._column(f"weight_{level}") for level in _LEVELS}
        self._goal, self._owner = self._column("goal"), self._column("owner")
        self._choices = {field: self._column(field) for field in _CHOICES}
        first = self._column("monthly_goals")
        self._months = slice(first, first + MONTHS_A_YEAR)
        block = sheets.block("matrix_monthly_goals")
        if block.last_column - block.first_column + 1 != MONTHS_A_YEAR:
            raise UnlikeError("months")

    def _column(self, name: str) -> int:
        return self._sheets.column(f"matrix_{name}", self._title)

    def read(self, number_of_row: int, level: str, part: Data) -> None:
        """Bring what stands in the row of a node into its data."""
        row = self._sheets.row(self._title, number_of_row)
        weight = number(row[self._weights[level]])
        if weight is None or not (0 <= weight <= 1 and _is_weight(part["weight"])):
            raise UnlikeError(weight)
        part["weight"] = weight
        if level == "kpi":
            self._kpi(row, part)

    def _kpi(self, row: Sequence[Any], part: Data) -> None:
        typed = tuple(map(number, row[self._months]))
        if len(typed) != MONTHS_A_YEAR or not _is_kpi(part):
            raise UnlikeError("a goal that is no number")
        part["goal"] = number(row[self._goal])
        part["monthly_goals"] = typed if any(goal is not None for goal in typed) else None
        _retell(part, "owner", word(row[self._owner]))
        for field, column in self._choices.items():
            part[field] = _code(word(row[column]), field)


def _is_weight(told: object) -> bool:
    return isinstance(told, (int, float)) and 0 <= told <= 1


def _is_kpi(data: Data) -> bool:
    """Whether what the memory says of a KPI's own numbers and choices could be told of one."""
    goals = (data.get("goal"), *(data.get("monthly_goals") or ()))
    return all(goal is None or isinstance(goal, (int, float)) for goal in goals) and all(
        data.get(field, default) in WORD_LISTS[field] for field, default in _CHOICES.items()
    )


def _band_cell(band: Data, field: str, value: Any) -> None:
    if field == "from":
        bound = number(value)
        if bound is None:
            raise UnlikeError(field)
        band["from"] = bound
    elif value != EMPTY:
        _retell(band, field, word(value))


def _retell(part: Data, field: str, typed: str) -> None:
    """A typed word replaces those of all languages, unless it is one of them."""
    present = part.get(field, "")
    if typed == present:
        return
    known = present.values() if isinstance(present, dict) else (present,)
    if typed not in {" ".join(one.split()) for one in known}:
        part[field] = typed


@lru_cache(maxsize=1024)
def _code(typed: str, field: str) -> str:
    """The code of an entry that was picked from a list."""
    code = code_of(typed, WORD_LISTS[field], field)
    if code is None:
        raise UnlikeError(typed)
    return code


@cache
def _default_bands() -> Sequence[Mapping[str, Any]]:
    return tuple(band.model_dump(mode="json", by_alias=True) for band in DEFAULT_BANDS)
