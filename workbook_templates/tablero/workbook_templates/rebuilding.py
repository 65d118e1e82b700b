"""A workbook made anew from another definition, with all of its own that still has a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tablero.workbook_templates.change_log import now, user
from tablero.workbook_templates.definition import Company, Definition, Input, KeyResult, Kpi, Okr
from tablero.workbook_templates.definition_shifts import Shift, shifts
from tablero.workbook_templates.edition import Edition, present
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.layout import Layout
from tablero.workbook_templates.portfolio.benchmarks import Comparison
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change, Note, Records
from tablero.workbook_templates.registers.carrying import under
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.sheets.checks import check_keys
from tablero.workbook_templates.validation import check_definition

_OWN = ("name", "currency", "scale", "year", "fiscal_start_month")
"""What figures and months mean, and whose they are: that of the workbook stays."""
_GOALS = ("goal", "monthly_goals")
_NUMBERS = ("start", "target", "upper", "confidence")


@dataclass(frozen=True)
class Rebuilding:
    """The workbook to be made, what became of the parts, and what would be dropped."""

    edition: Edition
    shifts: tuple[Shift, ...]
    figures: Mapping[str, int]
    """How many figures have no place any more, by the id of their former input."""
    notes: tuple[Note, ...]
    """Notes on rows that are no more."""
    check_ins: int
    """How many check-ins are of key results that are no more."""
    other_company: tuple[str, ...]
    """The fields in which the new definition has another company than the workbook."""

    @property
    def drops(self) -> bool:
        """Whether anything that people put into the workbook would be lost."""
        return bool(self.figures or self.notes or self.check_ins or self.edition.left)


def rebuilt(
    version: Version, reading: Reading, definition: Definition, source: str, digest: str
) -> Rebuilding:
    """The same workbook made from another definition.

    Figures stay with the input of their id, check-ins with their key result, notes with their row;
    closed months, the change log, bands and policies stay, unless the definition has bands and
    policies of its own. Where it leaves a goal, an owner or the numbers of a key result open, those
    of the workbook stay.

    Parameters
    ----------
    definition
        What is measured from now on.
    source, digest
        Where the definition came from, and its SHA-256, for the change log.

    Raises
    ------
    ProblemsError
        There are errors in the workbook, or in the definition once it is of this company.
    """
    edition = present(version, reading)
    merged = _merged(reading.definition, definition)
    problems = check_definition(merged)
    if has_errors(problems):
        raise ProblemsError(problem.at(file=source) for problem in problems)
    known = {one.id for one in merged.key_results()}
    check_ins = tuple(one for one in edition.records.check_ins if one.key_result in known)
    notes, homeless = _sorted_notes(merged, edition, known)
    entry = Change(now(), user(), "rebuild", source=source, digest=digest)
    records = replace(
        edition.records,
        check_ins=check_ins,
        notes=notes,
        registers=under(merged, reading.definition, reading.records.registers, reading.language),
        changes=(*edition.records.changes, entry),
    )
    figures, dropped = _figures(reading.figures, merged)
    return Rebuilding(
        replace(
            edition,
            definition=merged,
            figures=figures,
            records=records,
            benchmarks=_comparable(edition.benchmarks, reading.definition, merged),
        ),
        shifts(reading.definition, merged),
        dropped,
        homeless,
        len(edition.records.check_ins) - len(check_ins),
        tuple(_differing(reading.definition.company, definition.company)),
    )


def _comparable(found: Comparison | None, former: Definition, new: Definition) -> Comparison | None:
    """The benchmarks of the KPIs that are still measured in the same way."""
    if found is None:
        return None
    before = {one.id: (one.formula, one.unit) for one in former.kpis()}
    same = {one.id for one in new.kpis() if before.get(one.id) == (one.formula, one.unit)}
    return replace(found, lines=tuple(one for one in found.lines if one.kpi in same))


def drop_refusal(rebuilding: Rebuilding, records: Records, file: str) -> Problem:
    """That figures, notes, check-ins or sheets would be dropped, and which."""
    told = {
        "figures": sum(rebuilding.figures.values()),
        "inputs": ", ".join(rebuilding.figures) or "–",
        "notes": len(rebuilding.notes),
        "check_ins": rebuilding.check_ins,
        "others": len(rebuilding.edition.left),
        "closed": len(records.closed),
    }
    return Problem("rebuild_drops", values=told, file=file)


def _merged(former: Definition, new: Definition) -> Definition:
    """The new definition as that of the workbook's company, open goals and owners filled in."""
    company = former.company
    own = {field: getattr(company, field) for field in (*_OWN, "language")}
    own |= {field: getattr(new.company, field) or getattr(company, field) for field in ("sector",)}
    own |= {"chart": new.company.chart or company.chart, "logo": None}
    own |= {"colour": new.company.colour or company.colour}
    kept = {
        field: getattr(former, field)
        for field in ("bands", "policies")
        if field not in new.model_fields_set
    }
    return new.model_copy(
        update={
            **kept,
            "company": new.company.model_copy(update=own),
            "figures": {},
            "check_ins": (),
            "inputs": tuple(_Filler(former).inputs(new)),
            "perspectives": tuple(_Filler(former).perspectives(new)),
            "okrs": tuple(_Filler(former).okrs(new, company.year)),
        }
    )


class _Filler:
    """Fills what a new definition leaves open with what the former one has."""

    def __init__(self, former: Definition) -> None:
        self._inputs = {one.id: one for one in former.inputs}
        self._kpis = {one.id: one for one in former.kpis()}
        self._okrs = {one.id: one for one in former.okrs}
        self._key_results = {one.id: one for one in former.key_results()}

    def inputs(self, new: Definition) -> Iterator[Input]:
        for one in new.inputs:
            yield one.model_copy(update=_owner(one, self._inputs.get(one.id)))

    def perspectives(self, new: Definition) -> Iterator[Any]:
        for perspective in new.perspectives:
            objectives = tuple(
                one.model_copy(update={"kpis": tuple(map(self._kpi, one.kpis))})
                for one in perspective.objectives
            )
            yield perspective.model_copy(update={"objectives": objectives})

    def _kpi(self, kpi: Kpi) -> Kpi:
        """A goal stays only where it is still measured in the same unit, and to the same side."""
        former = self._kpis.get(kpi.id)
        if former is None:
            return kpi
        same = (kpi.unit, kpi.desired) == (former.unit, former.desired)
        goals = _open(kpi, former, _GOALS) if same else {}
        return kpi.model_copy(update={**goals, **_owner(kpi, former)})

    def okrs(self, new: Definition, year: int) -> Iterator[Okr]:
        for okr in new.okrs:
            moved = okr.in_year(year) if new.company.year != year else okr
            key_results = tuple(map(self._key_result, okr.key_results))
            update = {"key_results": key_results, **_owner(okr, self._okrs.get(okr.id))}
            yield moved.model_copy(update=update)

    def _key_result(self, one: KeyResult) -> KeyResult:
        former = self._key_results.get(one.id)
        if former is None:
            return one
        same = (one.unit, one.kind) == (former.unit, former.kind)
        numbers = _open(one, former, _NUMBERS) if same else {}
        return one.model_copy(update={**numbers, **_owner(one, former)})


def _open(part: Any, former: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """The former fields, where the part has none of them."""
    if any(getattr(part, field) is not None for field in fields):
        return {}
    return {field: getattr(former, field) for field in fields}


def _owner(part: Any, former: Any) -> dict[str, Any]:
    return {"owner": former.owner} if former is not None and not part.owner else {}


def _figures(former: Figures, definition: Definition) -> tuple[Figures, Mapping[str, int]]:
    """The figures by the inputs of a definition, and how many of which input find none."""
    rows = {key: row for row, key in enumerate(former.ids)}
    ids = tuple(one.id for one in definition.inputs)
    months = np.full((len(ids), MONTHS_HELD), np.nan)
    last_year = np.full(len(ids), np.nan)
    for position, key in enumerate(ids):
        if key in rows:
            months[position] = former.months[rows[key]]
            last_year[position] = former.last_year[rows[key]]
    held = former.filled.sum(axis=1) + ~np.isnan(former.last_year)
    dropped = {key: int(held[row]) for key, row in rows.items() if key not in ids and held[row]}
    return Figures(ids, months, last_year), dropped


def _sorted_notes(
    definition: Definition, edition: Edition, key_results: set[str]
) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """The notes whose row is still there, and those whose row is not."""
    lines = [number for number, one in enumerate(edition.records.check_ins)
             if one.key_result in key_results]  # fmt: skip
    moved = {str(number): str(position) for position, number in enumerate(lines)}
    kept = replace(edition.records, check_ins=tuple(edition.records.check_ins[n] for n in lines))
    layout = Layout.of(definition, edition.language, check_keys(definition), kept)
    found: list[Note] = []
    lost: list[Note] = []
    for note in edition.records.notes:
        row = moved.get(note.row, "") if note.sheet == "check_ins" else note.row
        table = layout.rows_of(note.sheet)
        if table is not None and row in table.rows:
            found.append(replace(note, row=row))
        else:
            lost.append(note)
    return tuple(found), tuple(lost)


def _differing(company: Company, other: Company) -> Iterator[str]:
    for field in _OWN:
        if getattr(company, field) != getattr(other, field):
            yield field
