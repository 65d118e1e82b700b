"""Telling which KPIs owe an action, and which are red without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tablero.addin.cli.speaking import told
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.notes import notes_of
from tablero.workbook_templates.read import REGISTERS_SINCE, Reading
from tablero.workbook_templates.registers.actions import Actions, Standing
from tablero.workbook_templates.registers.standing import actions_of
from tablero.workbook_templates.registers.words import plan_of
from tablero.workbook_templates.scoring import score


def actions_in(path: Path, reading: Reading) -> Actions | None:
    """The action plans of a workbook in the period it shows; None where it has no such sheet."""
    if reading.schema < REGISTERS_SINCE:
        return None
    scores = score(reading.definition, reading.figures, [reading.period])
    actions = actions_of(scores, reading.period, reading.records)
    if not actions.bare:
        return actions
    notes, _ = notes_of(path, reading, Package.read(path.read_bytes()))
    return actions_of(scores, reading.period, replace(reading.records, notes=notes))


def owing_lines(actions: Actions | None, language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Headings with a line a KPI, the worst first; none where nothing is owed."""
    if actions is None:
        return
    if actions.owing:
        lines = [_line(actions, one, language) for one in actions.owing]
        yield told("check.actions_owed", language), lines
    if actions.bare:
        names = [one.kpi.name.in_language(language) for one in actions.bare]
        yield told("check.bare", language), names


def _line(actions: Actions, one: Standing, language: str) -> str:
    band = actions.definition.bands[one.position - 1]
    return told(
        "check.action_owed",
        language,
        kpi=one.kpi.name.in_language(language),
        achievement=f"{100 * one.achievement:.0f}",
        band=band.name.in_language(language),
        plan=plan_of(band, language),
    )
