"""Closing months of a workbook, and opening them again."""

from __future__ import annotations

from pathlib import Path

from tablero.addin.cli.running import FINE, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates import closing
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version


def close(path: Path, code: str, lang: str | None, *, incomplete: bool) -> int:
    """Close a month of a workbook; the exit code."""
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
        month = Month.parse(code)
    edits = closing.close(reading, month, incomplete=incomplete)
    language = users_language(lang)
    done = told("close.done", language, month=month.code)
    return _save(version, reading, edits, done, language)


def reopen(path: Path, code: str, lang: str | None) -> int:
    """Open a closed month again; the exit code."""
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
        month = Month.parse(code)
    language = users_language(lang)
    done = told("reopen.done", language, month=month.code)
    return _save(version, reading, closing.reopen(reading, month), done, language)


def _save(
    version: Version,
    reading: Reading,
    edits: list[Edit],
    done: str,
    language: str,
) -> int:
    itself = Dialect(reading.dialect).is_self_served
    revision = revise(version, edits, calculates_itself=itself)
    saved = revision.save()
    console = terminal()
    show(console, done)
    if saved:
        show_saved(console, saved, language)
    report(revision.problems, language)
    return FINE
