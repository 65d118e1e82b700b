"""What people changed on Matrix and Settings, brought into the definition's data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tablero.workbook_templates import cells
from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.layout import WORD_LISTS
from tablero.workbook_templates.okrs.reading import read_edits, read_policies
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.source import Source
from tablero.workbook_templates.texts import LANGUAGES, text

Data = dict[str, Any]

_CHOICES = {"desired": "High", "frequency": "monthly", "timing": "lagging"}
_NAME_LENGTH = 120


def edited(source: Source, body: Mapping[str, Any], original: Definition) -> Data:
    """A definition's data with every readable edit; what cannot be read is noted and left."""
    data: Data = json.loads(json.dumps(body))
    _matrix(source, data)
    if original.okrs:
        read_edits(source, data, original)
    data["bands"] = _bands(source, original)
    data["policies"] = _policies(source, original)
    company = source.block("set_company")
    if company is not None and cells.cell_text(company.first):
        _word(data["company"], "name", company.first)
        data["company"]["name"] = data["company"]["name"][:_NAME_LENGTH]
    return data


def code_of(word: str, codes: Sequence[str], section: str) -> str | None:
    """The code of a word of a list, in whatever language the workbook speaks.

    >>> code_of("Bajo", ("High", "Low", "Target"), "desired")
    'Low'
    """
    folded = word.casefold()
    for code in codes:
        words = {text(f"{section}.{code}", language).casefold() for language in LANGUAGES}
        if folded == code.casefold() or folded in words:
            return code
    return None


def _matrix(source: Source, data: Data) -> None:
    nodes = list(_nodes(data))
    rows = source.rows("matrix_id", {key: _name(part) for key, _, part in nodes})
    for key, path, part in nodes:
        if key in rows:
            level = key.partition(":")[0]
            _weight(source, rows[key], level, path, part)
            if level == "kpi":
                _kpi(source, rows[key], path, part)


def _name(part: Data) -> LocalText:
    return LocalText(part["name"] if isinstance(part["name"], dict) else {"": part["name"]})


def _nodes(data: Data) -> Iterator[tuple[str, str, Data]]:
    """Key, path in the definition and data of every perspective, objective and KPI."""
    for perspective in data["perspectives"]:
        path = f"perspectives[{perspective['id']}]"
        yield f"perspective:{perspective['id']}", path, perspective
        for objective in perspective["objectives"]:
            below = f"{path}.objectives[{objective['id']}]"
            yield f"objective:{objective['id']}", below, objective
            for kpi in objective["kpis"]:
                yield f"kpi:{kpi['id']}", f"{below}.kpis[{kpi['id']}]", kpi


def _weight(source: Source, row: int, level: str, path: str, part: Data) -> None:
    block = source.block(f"matrix_weight_{level}")
    if block is None:
        return
    cell = block.in_row(row)
    source.locate(path.rpartition("[")[0], cell)
    weight = source.number(cell, f"{path}.weight")
    if weight is not None and 0 <= weight <= 1:
        part["weight"] = weight
    elif weight is not None or cell.value is None:
        source.tell("cell_weight", cell, number="–" if weight is None else weight)


def _kpi(source: Source, row: int, path: str, part: Data) -> None:
    goal, owner = source.block("matrix_goal"), source.block("matrix_owner")
    if goal is not None:
        part["goal"] = source.number(goal.in_row(row), f"{path}.goal")
    if owner is not None:
        _word(part, "owner", owner.in_row(row))
    _monthly_goals(source, row, path, part)
    for field, default in _CHOICES.items():
        block = source.block(f"matrix_{field}")
        if block is not None:
            source.locate(f"{path}.{field}", block.in_row(row))
            part[field] = _choice(source, block.in_row(row), field, part.get(field, default))


def _monthly_goals(source: Source, row: int, path: str, part: Data) -> None:
    block = source.block("matrix_monthly_goals")
    if block is None or block.last_column - block.first_column + 1 != MONTHS_A_YEAR:
        return
    columns = range(block.first_column, block.last_column + 1)
    typed = [block.at(row, column) for column in columns]
    goals = [source.number(cell, f"{path}.monthly_goals") for cell in typed]
    part["monthly_goals"] = goals if any(goal is not None for goal in goals) else None


def _choice(source: Source, cell: Cell, field: str, present: str) -> str:
    """The code of the entry that was picked; the present one when it is none of the list."""
    codes = WORD_LISTS[field]
    code = code_of(cells.cell_text(cell), codes, field)
    if code is None:
        word, choices, kept = cells.cell_text(cell), _words(field, codes), _words(field, [present])
        source.tell("cell_choice", cell, text=word, choices=choices, present=kept)
    return code or present


def _words(field: str, codes: Sequence[str]) -> LocalText:
    """The words of some entries of a list, in every language."""
    return LocalText(
        {
            language: ", ".join(text(f"{field}.{code}", language) for code in codes)
            for language in LANGUAGES
        }
    )


def _bands(source: Source, original: Definition) -> list[Data]:
    """The bands row by row: thresholds, and words that are not those of any language."""
    bands = [band.model_dump(mode="json", by_alias=True) for band in original.bands]
    for column in ("from", "name", "plan", "term"):
        block = source.block(f"band_{column}")
        for offset, band in enumerate(bands):
            if block is not None and block.first_row + offset <= block.last_row:
                _band_cell(source, band, column, block.in_row(block.first_row + offset))
    return bands


def _band_cell(source: Source, band: Data, column: str, cell: Cell) -> None:
    if column == "from":
        bound = source.number(cell, f"bands[{band['id']}].from")
        band["from"] = band["from"] if bound is None else bound
        return
    if cells.cell_text(cell):
        _word(band, column, cell)


def _word(part: Data, field: str, cell: Cell) -> None:
    """A typed word replaces those of all languages, unless it is one of them."""
    word, present = cells.cell_text(cell), part.get(field, "")
    known = present.values() if isinstance(present, dict) else (present,)
    if word not in {" ".join(one.split()) for one in known}:
        part[field] = word


def _policies(source: Source, original: Definition) -> Data:
    policies = original.policies.model_dump(mode="json")
    for field in ("floor", "cap"):
        block = source.block(f"set_{field}")
        if block is not None:
            policies[field] = source.number(block.first, f"policies.{field}")
    block = source.block("set_annualise")
    if block is not None:
        present = "yes" if original.policies.annualise else "no"
        policies["annualise"] = _choice(source, block.first, "answer", present) == "yes"
    if original.okrs:
        policies["okr_status"] = read_policies(source, original.policies.okr_status)
    return policies
