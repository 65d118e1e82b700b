"""The action plans of a workbook in the period it shows."""

from __future__ import annotations

from datetime import date

from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.registers.actions import Actions, months_after
from tablero.workbook_templates.registers.parts import ACTIONS
from tablero.workbook_templates.scoring import Scores


def actions_of(scores: Scores, period: Period, records: Records) -> Actions:
    """The action plans, judged by the scores of a period that is among those scored."""
    latest = min(period.last, scores.figures.latest_month)
    day = date(*scores.calendar.month(latest), 1) if scores.figures.latest_month else None
    rows = (note.row for note in records.notes if note.sheet in {"scorecard", "matrix"})
    pinned = {row.removeprefix("kpi:") for row in rows if row.startswith("kpi:")}
    return Actions(
        scores.definition,
        records.registers.get(ACTIONS.key, ()),
        scores.kpis.achievement[:, scores.periods.index(period)],
        months_after(day, 1) if day else None,
        pinned,
    )
