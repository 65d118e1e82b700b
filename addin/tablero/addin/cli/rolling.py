"""Making next year's workbook, and bringing workbooks of an older schema to the present one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from tablero.addin.cli.grading import show_carried, show_grades
from tablero.addin.cli.running import FINE, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.addin.making import ending_of, make_edition
from tablero.workbook_templates.edition import Edition, next_name, next_year, upgraded
from tablero.workbook_templates.okrs.checking_in import is_full
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.records import COLUMNS
from tablero.workbook_templates.replacing import Version, replace
from tablero.workbook_templates.saving import save
from tablero.workbook_templates.store import WORKBOOK_SCHEMA


def roll(path: Path, output: Path | None, lang: str | None, *, force: bool) -> int:
    """Make next year's workbook from this year's; the exit code."""
    language = users_language(lang)
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
    edition = next_year(version, reading)
    target = output or next_name(path, reading)
    with wrong_use():
        saved = save(
            target,
            lambda file: make_edition(edition, file),
            force=force,
            ending=ending_of(edition.dialect),
        )
    console = terminal()
    show(console, told("roll.done", language, year=_calendar(edition).label))
    show(console, told("roll.carried", language, **_counts(edition)))
    show_grades(console, "quarter.ended", edition.graded, language)
    if edition.graded:
        quarter = f"{edition.definition.company.year}-Q1"
        show_carried(console, "quarter.carried", edition.definition.okrs, language, quarter=quarter)
    if edition.left:
        show(console, told("roll.left", language))
        for problem in edition.left:
            show(console, f"  {problem.sentence(language)}")
    show_saved(console, saved, language)
    return FINE


def upgrade(path: Path, lang: str | None, *, leave: bool) -> int:
    """Bring a workbook to the present schema; the exit code."""
    language = users_language(lang)
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
        is_whole = len(reading.record_cells.log) == len(COLUMNS) and not is_full(reading)
        if reading.schema == WORKBOOK_SCHEMA and is_whole:
            raise ProblemsError([Problem("upgrade_needless", file=path.name)])
    edition = upgraded(version, reading)
    if edition.left and not leave:
        what = ", ".join(dict.fromkeys(problem.sheet for problem in edition.left))
        raise ProblemsError([Problem("upgrade_loses", values={"what": what}, file=path.name)])
    saved = replace(version, content_of(edition))
    console = terminal()
    counts = {**_counts(edition), "before": reading.schema, "after": WORKBOOK_SCHEMA}
    show(console, told("upgrade.done", language, **counts))
    show_saved(console, saved, language)
    return FINE


def content_of(edition: Edition) -> bytes:
    """The bytes of an edition's workbook."""
    with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
        file = Path(folder) / f"workbook{ending_of(edition.dialect)}"
        make_edition(edition, file)
        return file.read_bytes()


def _calendar(edition: Edition) -> Calendar:
    company = edition.definition.company
    return Calendar(company.year, company.fiscal_start_month)


def _counts(edition: Edition) -> dict[str, int]:
    filled = ~np.isnan(edition.figures.months)
    return {
        "months": int(filled[:, :MONTHS_A_YEAR].any(axis=0).sum()),
        "figures": int(filled.sum()),
        "kpis": len(list(edition.definition.kpis())),
        "bands": len(edition.definition.bands),
        "closed": len(edition.records.closed),
        "changes": len(edition.records.changes),
        "notes": len(edition.records.notes),
    }
