"""Exporting from a workbook: what its owners owe, to fill in, its definition, or its tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tablero.addin.cli.fitting import as_typed
from tablero.addin.cli.running import (
    FINE,
    PROBLEMS,
    WrongUseError,
    can_be_scored,
    report,
    wrong_use,
)
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates.filling.fill_in import FillIn, fill_in
from tablero.workbook_templates.filling.fill_in_file import write_csv, write_fill_in
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.saving import save

if TYPE_CHECKING:
    from tablero.workbook_templates.facts.writing import Shape
    from tablero.workbook_templates.reports.report import Report

_CSV, _WORKBOOK = ".csv", ".xlsx"
_ENDINGS = {"csv": "-csv", "parquet": "-parquet", "json": ".json", "powerbi": "-powerbi"}
"""Behind the workbook's name: of a folder, or of a file."""
_OTHER_SIGNS = re.compile(r"[^a-z0-9]+")


def refuse_unclear(ways: Mapping[str, bool], details: Mapping[str, tuple[str, object]]) -> None:
    """Refuse an export of which nobody said what it is to hold, or several things at once.

    Parameters
    ----------
    ways
        What can be exported, by its option, and whether it is asked for.
    details
        By option: the option that it belongs to, and what was said.
    """
    asked = [way for way, is_asked in ways.items() if is_asked]
    if not asked:
        raise WrongUseError([Problem("export_what")])
    if len(asked) > 1:
        raise WrongUseError([Problem("export_both", values={"options": ", ".join(asked)})])
    for option, (way, said) in details.items():
        if said and way not in asked:
            values = {"option": option, "way": way, "asked": asked[0]}
            raise WrongUseError([Problem("export_detail", values=values)])


def export_scores(
    path: Path,
    shape: Shape | Literal["powerbi"],
    output: Path | None,
    lang: str | None,
    *,
    force: bool,
) -> int:
    """Write a workbook's scores in every period of the year; the exit code."""
    model = _scored(path, lang)
    target = output or Path(f"{path.stem}{_ENDINGS[shape]}")
    language = users_language(lang)
    if shape == "powerbi":
        _export_project(model, target, language, force=force)
    else:
        _export_tables(model, shape, target, language, force=force)
    return PROBLEMS if has_errors(model.problems) else FINE


def _export_tables(
    model: Report, shape: Shape, target: Path, language: str, *, force: bool
) -> None:
    # Pandas costs half a second, which other exports need not pay.
    from tablero.workbook_templates.facts.writing import Export  # noqa: PLC0415

    export = Export.of(model)
    with wrong_use():
        saved = export.save(shape, target, force=force)
    console = terminal()
    show_saved(console, saved, language)
    lines = sum(map(len, export.tables.values()))
    show(console, told("export.tables", language, tables=len(export.tables), lines=lines))


def _export_project(model: Report, target: Path, language: str, *, force: bool) -> None:
    """The tables as a project that Power BI opens."""
    from tablero.workbook_templates.power_bi.project import (  # noqa: PLC0415 - as above
        project_file,
        save_project,
    )

    with wrong_use():
        saved = save_project(model, target, force=force)
    console = terminal()
    show_saved(console, saved, language)
    show(console, told("power_bi.saved", language, project=as_typed(target / project_file(model))))


def _scored(path: Path, lang: str | None) -> Report:
    """The scores of a workbook, whose problems are told."""
    from tablero.workbook_templates.reports.report import Report  # noqa: PLC0415 - as above

    with wrong_use():
        reading = read_workbook(path)
    if not can_be_scored(reading.problems):
        raise ProblemsError(reading.problems)
    report(reading.problems, users_language(lang))
    return Report.of(reading, language=lang)


def export_fill_in(
    path: Path, owner: str, period: str, output: Path | None, lang: str | None, *, force: bool
) -> int:
    """Write what an owner owes, to be filled in; the exit code."""
    language = users_language(lang)
    with wrong_use():
        reading = read_workbook(path)
        asked = fill_in(reading, owner=owner, period=period, language=lang)
    console = terminal()
    if not asked.lines:
        who = asked.owner or told("export.everybody", language)
        show(console, told("export.nothing", language, who=who, month=_until(asked, reading)))
        return FINE
    target = output or Path(_name(path, asked))
    is_csv = target.suffix.lower() == _CSV
    write = partial(write_csv if is_csv else write_fill_in, asked)
    with wrong_use():
        saved = save(target, write, force=force, ending=_CSV if is_csv else _WORKBOOK)
    show_saved(console, saved, language)
    words = {"file": as_typed(path), "fill_in": as_typed(target), "count": asked.count}
    show(console, told("export.done", language, **words))
    return FINE


def _until(asked: FillIn, reading: Reading) -> str:
    """The last month that was looked at."""
    latest = min(asked.period.last, reading.figures.latest_month or MONTHS_A_YEAR)
    last = asked.period.last if asked.period.kind == "month" else latest
    return asked.calendar.month(last).code


def _name(path: Path, asked: FillIn) -> str:
    """What the file is called: ``acme-finance-2026-04.xlsx``."""
    parts = (path.stem, _plain(asked.owner), _plain(asked.calendar.code(asked.period)))
    return "-".join(filter(None, parts)) + _WORKBOOK


def _plain(text: str) -> str:
    """A text as part of a file's name."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER_SIGNS.sub("-", letters.lower()).strip("-")
