"""What of the registers goes on in next year's workbook, or under another definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.registers.actions import Judged
from tablero.workbook_templates.registers.parts import ACTIONS, CAUSES, FISHBONE, Line, Registers
from tablero.workbook_templates.registers.standing import actions_of
from tablero.workbook_templates.scoring import score


def into_next_year(reading: Reading) -> tuple[Registers, Mapping[str, str]]:
    """Open actions, with the plan and the due date that they have now; causes and the SWOT.

    Next year begins without figures, so that no band would say when an action is due. With them
    comes, by the row of an action that goes on, its row next year.
    """
    scores = score(reading.definition, reading.figures, [reading.period])
    actions = actions_of(scores, reading.period, reading.records)
    bands = [band.id for band in reading.definition.bands]
    going = [number for number, one in enumerate(actions.judged) if one.is_open]
    lines = tuple(_agreed(actions.judged[number], bands) for number in going)
    rows = {str(number): str(place) for place, number in enumerate(going)}
    return {**reading.records.registers, ACTIONS.key: lines}, rows


def _agreed(one: Judged, bands: list[str]) -> Line:
    """A line with what followed from its KPI's band agreed upon."""
    plan = {"agreed_plan": bands[one.plan - 1]} if one.plan else {}
    due = {} if one.due is None else {"agreed_due": one.due}
    return {**one.line, **plan, **due}


def under(
    definition: Definition, former: Definition, registers: Registers, language: str
) -> Registers:
    """The registers under another definition: a KPI that is no more is told by its former name."""
    known = {kpi.id for kpi in definition.kpis()}
    names = {kpi.id: kpi.name.in_language(language) for kpi in former.kpis()}

    def lines(key: str) -> Iterator[Line]:
        for line in registers.get(key, ()):
            kpi = str(line.get("kpi", ""))
            yield {**line, "kpi": names[kpi]} if kpi in names and kpi not in known else line

    changed = {key: tuple(lines(key)) for key in (ACTIONS.key, CAUSES.key) if key in registers}
    chosen = tuple(_drawn(line, known) for line in registers.get(FISHBONE.key, ()))
    return {**registers, **changed, **({FISHBONE.key: chosen} if chosen else {})}


def _drawn(line: Line, known: set[str]) -> Line:
    """The fishbone without a KPI that is no more."""
    return {key: entry for key, entry in line.items() if key != "kpi" or entry in known}
