"""Exporting from a workbook: what its owners owe, to fill in, or its definition."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from pathlib import Path

from tablero.addin.cli.fitting import as_typed
from tablero.addin.cli.running import FINE, WrongUseError, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates.filling.fill_in import FillIn, fill_in
from tablero.workbook_templates.filling.fill_in_file import write_csv, write_fill_in
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.saving import save

_CSV, _WORKBOOK = ".csv", ".xlsx"
_OTHER_SIGNS = re.compile(r"[^a-z0-9]+")


def refuse_unclear(*, is_fill_in: bool, is_definition: bool) -> None:
    """Refuse an export of which nobody said what it is to hold, or two things at once."""
    if is_fill_in == is_definition:
        raise WrongUseError([Problem("export_both" if is_fill_in else "export_what")])


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
