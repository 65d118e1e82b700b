"""All that a workbook is made of, taken from one in use: for the same year, or for the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tablero.workbook_templates.change_log import now, user
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.editing.package import Package, linked
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.finding import Names
from tablero.workbook_templates.layout import STORE_SHEET, sheets_of
from tablero.workbook_templates.logos import logo_of
from tablero.workbook_templates.notes import notes_of
from tablero.workbook_templates.okrs.scoring import OkrScore
from tablero.workbook_templates.okrs.year_end import YearEnd
from tablero.workbook_templates.opening import opened_workbook
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Period
from tablero.workbook_templates.pinned import Pinned
from tablero.workbook_templates.portfolio.benchmarks import Comparison
from tablero.workbook_templates.portfolio.benchmarks_column import benchmarks_of
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Action, Change, Note, Records
from tablero.workbook_templates.registers.carrying import into_next_year
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.texts import text
from tablero.workbook_templates.vectorised import Floats

_DRAWN = ("home", "dashboard", "map", "causes", "analysis")
"""The sheets with drawings of ours; names that lead there begin so."""
_SETTINGS_SHEETS = {STORE_SHEET, "xlwings.conf"}
_SHOWN = 60


@dataclass(frozen=True)
class Edition:
    """What a workbook is written from."""

    definition: Definition
    figures: Figures
    period: Period
    language: str
    dialect: DialectName
    records: Records
    logo: bytes | None
    left: tuple[Problem, ...]
    """What stays behind: sheets and drawings of the user's own, notes that belong to no row."""
    graded: tuple[OkrScore, ...] = ()
    """The objectives that ended with the year before."""
    benchmarks: Comparison | None = None
    """What companies alike have, where its Matrix says so."""


def present(version: Version, reading: Reading) -> Edition:
    """The same workbook once more, as this Tablero makes workbooks.

    Raises
    ------
    ProblemsError
        There are errors in the workbook; what they stand for could not be taken over.
    """
    if has_errors(reading.problems):
        raise ProblemsError(reading.problems)
    package = Package.read(version.content)
    notes, elsewhere = notes_of(version.path, reading, package)
    return Edition(
        reading.definition,
        reading.figures,
        reading.period,
        reading.language,
        reading.dialect,
        replace(reading.records, notes=notes),
        logo_of(version.path, package),
        (*_foreign(version, reading, package), *map(_left_note, elsewhere)),
        benchmarks=benchmarks_of(version.path),
    )


def next_year(version: Version, reading: Reading) -> Edition:
    """Next year's workbook: this year's months are last year's, everything else goes on.

    Of the objectives go on those of the last quarter that are not reached, in the first quarter;
    their grades, and those of the year's objectives, are in the log.
    """
    edition = present(version, reading)
    company = reading.definition.company
    ended = YearEnd.of(reading)
    calendar = Calendar(company.year + 1, company.fiscal_start_month)
    closed = {
        month: figures
        for month, figures in reading.records.closed.items()
        if calendar.number(month) > -MONTHS_A_YEAR
    }
    registers, actions = into_next_year(reading)
    changes = (_entry("roll", version), *ended.changes(version, reading.language))
    return replace(
        edition,
        definition=reading.definition.model_copy(
            update={
                "company": company.model_copy(update={"year": company.year + 1}),
                "okrs": ended.carried,
            }
        ),
        figures=_rolled(reading),
        period=calendar.period("year", MONTHS_A_YEAR),
        records=Records(
            closed,
            changes,
            tuple(_moved(edition.records.notes, {"okr": ended.rows, "actions": actions})),
            registers=registers,
        ),
        left=(*edition.left, *ended.left),
        graded=ended.graded,
    )


def _moved(notes: Iterable[Note], rows: Mapping[str, Mapping[str, str]]) -> Iterator[Note]:
    """The notes that go on, a year back: those on what was last year have no place any more.

    Those on objectives, key results and actions go on with them; those on check-ins stay.
    """
    this_year = {f"m{number}": f"last_m{number}" for number in range(1, MONTHS_A_YEAR + 1)}
    for note in notes:
        if note.sheet in {*rows, "check_ins"}:
            if note.row in rows.get(note.sheet, {}):
                yield replace(note, row=rows[note.sheet][note.row])
        elif not (note.sheet == "inputs" and note.column.startswith("last_")):
            yield replace(note, column=this_year.get(note.column, note.column))


def next_name(path: Path, reading: Reading) -> Path:
    """The file's name with next year in the place of this one, or behind it.

    ``acme-2026.xlsx`` becomes ``acme-2027.xlsx``.
    """
    year = reading.definition.company.year
    stem = path.stem.replace(str(year), str(year + 1))
    return path.with_name(f"{stem if stem != path.stem else f'{stem}-{year + 1}'}{path.suffix}")


def upgraded(version: Version, reading: Reading) -> Edition:
    """The same workbook in the present schema, with the upgrade in its log."""
    edition = present(version, reading)
    changes = (*edition.records.changes, _entry("upgrade", version))
    return replace(edition, records=replace(edition.records, changes=changes))


def _entry(action: Action, version: Version) -> Change:
    return Change(now(), user(), action, source=version.path.name, digest=version.digest)


def _rolled(reading: Reading) -> Figures:
    """What was this year as last year; its whole figure where each of its months is known."""
    months = reading.figures.months[:, MONTHS_A_YEAR:]
    years = [
        _year(one.aggregation, row)
        for one, row in zip(reading.definition.inputs, months, strict=True)
    ]
    empty = np.full_like(months, np.nan)
    return Figures(reading.figures.ids, np.hstack([months, empty]), np.array(years, dtype=float))


def _year(aggregation: str, months: Floats) -> float:
    """A year's figure: the total, the average or the last month; missing months leave it open."""
    figure = {"T": months.sum(), "A": months.mean(), "L": months[-1]}[aggregation]
    return float("nan") if np.isnan(months).any() else float(figure)


def _foreign(version: Version, reading: Reading, package: Package) -> Iterator[Problem]:
    """Sheets that are not ours, and drawings on those that are."""
    with opened_workbook(version.path) as book:
        drawn = Names(book).titles(tuple(f"{key}_" for key in _DRAWN))
        own = Names(book).titles() | _SETTINGS_SHEETS
    usual = {key: text(f"sheet.{key}", reading.language) for key in sheets_of(reading.definition)}
    own |= set(usual.values())
    drawn |= {title for key, title in usual.items() if key in _DRAWN}
    for title, part in package.sheets.items():
        if title not in own:
            yield Problem("left_sheet", "note", sheet=title)
        elif linked(package, part, "drawing") and title not in drawn:
            yield Problem("left_drawing", "note", sheet=title)


def _left_note(one: Pinned) -> Problem:
    line = " ".join(one.text.split())
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
    return Problem("left_note", "note", {"text": shown}, sheet=one.sheet)
