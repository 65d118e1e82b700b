"""Bringing the results that a workbook keeps up to date."""

from __future__ import annotations

from pathlib import Path

from tablero.addin.cli.running import FINE, report, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.replacing import Version


def refresh(path: Path, lang: str | None) -> int:
    """Recalculate a workbook whose figures came by hand; the exit code."""
    language = users_language(lang)
    with wrong_use():
        version = Version.of(path)
        dialect = Dialect(read_workbook(path).dialect)
    revision = revise(version, calculates_itself=dialect.is_self_served)
    saved = revision.save()
    console = terminal()
    if saved is None:
        show(console, told("refresh.fresh", language, file=path.name))
    else:
        show(console, told("refresh.done", language, count=revision.results))
        show_saved(console, saved, language)
    report(revision.problems, language)
    return FINE
