"""Making a workbook anew from another definition, and saying what became of everything."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from rich.console import Console

from tablero.addin.cli.running import FINE, WrongUseError, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.addin.making import ending_of, make_edition
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.definition_shifts import WAYS, Shift
from tablero.workbook_templates.edition import Edition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.rebuilding import Rebuilding, drop_refusal, rebuilt
from tablero.workbook_templates.replacing import Version, replace
from tablero.workbook_templates.saving import Saved, save
from tablero.workbook_templates.validation import load


@dataclass(frozen=True)
class Manner:
    """How a workbook is rebuilt."""

    drop: bool = False
    dry_run: bool = False
    force: bool = False


def rebuild(path: Path, origin: str, output: Path | None, lang: str | None, manner: Manner) -> int:
    """Make a workbook anew from another definition; the exit code."""
    language = users_language(lang)
    definition, digest = _definition(origin)
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
    rebuilding = rebuilt(version, reading, definition, Path(origin).name, digest)
    console = terminal()
    _tell(console, rebuilding, language)
    if definition.figures or definition.check_ins:
        show(console, told("rebuild.figures_aside", language))
    if rebuilding.other_company:
        fields = ", ".join(rebuilding.other_company)
        show(console, told("rebuild.company", language, fields=fields))
    if rebuilding.drops and not manner.drop:
        raise WrongUseError([drop_refusal(rebuilding, reading.records, path.name)])
    if manner.dry_run:
        show(console, told("rebuild.dry_run", language))
        return FINE
    saved = _save(version, rebuilding.edition, output, force=manner.force)
    show(console, told("rebuild.done", language, **_counts(rebuilding.edition)))
    show_saved(console, saved, language)
    return FINE


def _definition(origin: str) -> tuple[Definition, str]:
    """A file of one's own, or a shipped definition, which has no digest."""
    file = Path(origin)
    if not file.suffix and file.name == origin:
        with wrong_use():
            return load_template(origin), ""
    definition, _ = load(file)
    return definition, sha256(file.read_bytes()).hexdigest()


def _save(version: Version, edition: Edition, output: Path | None, *, force: bool) -> Saved:
    ending = ending_of(edition.dialect)
    with wrong_use():
        if output is not None:
            return save(
                output, lambda file: make_edition(edition, file), force=force, ending=ending
            )
        with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
            file = Path(folder) / f"workbook{ending}"
            make_edition(edition, file)
            return replace(version, file.read_bytes())


def _tell(console: Console, rebuilding: Rebuilding, language: str) -> None:
    """Say what moved, was added, went or is measured differently, and what would be dropped."""
    if not rebuilding.shifts:
        show(console, told("rebuild.same", language))
    for way in WAYS:
        found = [one for one in rebuilding.shifts if one.way == way]
        if found:
            show(console, told(f"rebuild.{way}", language), "bold")
        for one in found:
            show(console, f"  {_line(one, rebuilding, language)}")
    _tell_homeless(console, rebuilding, language)


def _line(one: Shift, rebuilding: Rebuilding, language: str) -> str:
    name = one.name.in_language(language)
    part = told(f"rebuild.part.{one.kind}", language, name=name, id=one.id)
    if one.way in {"moved", "redefined"}:
        before, after = one.before.in_language(language), one.after.in_language(language)
        return told("rebuild.change", language, part=part, before=before, after=after)
    count = rebuilding.figures.get(one.id, 0) if one.kind == "input" and one.way == "gone" else 0
    return told("rebuild.with_figures", language, part=part, count=count) if count else part


def _tell_homeless(console: Console, rebuilding: Rebuilding, language: str) -> None:
    """Notes and check-ins without a place, and what is the user's own."""
    lines = [
        *(told("rebuild.note", language, text=note.text) for note in rebuilding.notes),
        *(problem.sentence(language) for problem in rebuilding.edition.left),
    ]
    if rebuilding.check_ins:
        lines.append(told("rebuild.check_ins", language, count=rebuilding.check_ins))
    if lines:
        show(console, told("rebuild.homeless", language), "bold")
    for line in lines:
        show(console, f"  {line}")


def _counts(edition: Edition) -> dict[str, int]:
    figures = edition.figures
    return {
        "figures": int(figures.filled.sum() + (~np.isnan(figures.last_year)).sum()),
        "closed": len(edition.records.closed),
        "changes": len(edition.records.changes),
        "notes": len(edition.records.notes),
        "check_ins": len(edition.records.check_ins),
    }
