"""Who owes which figure: the empty months that should have been filled by now."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates import expressions
from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Period
from tablero.workbook_templates.scorecard import Owed


def owed(definition: Definition, figures: Figures, period: Period) -> tuple[Owed, ...]:
    """Who owes which figure: empty months of the period up to the latest month with any figure.

    A month in which nobody has filled anything is not owed, unless it is all that was asked for.
    """
    last = (
        period.last
        if period.last <= figures.latest_month or period.kind == "month"
        else figures.latest_month
    )
    months = list(range(max(period.first, 1), last + 1))
    filled = figures.filled[:, MONTHS_A_YEAR:]
    if filled[:, [month - 1 for month in months]].all():
        return ()
    owner_of = input_owners(definition)
    found = []
    for row, one in enumerate(definition.inputs):
        missing = tuple(month for month in months if not filled[row, month - 1])
        if missing:
            found.append(Owed(owner_of[one.id], one, missing))
    return tuple(found)


def input_owners(definition: Definition) -> Mapping[str, LocalText]:
    """The owner of each input: its own, else that of the first KPI which uses it."""
    owners = {one.id: one.owner for one in definition.inputs}
    for kpi in definition.kpis():
        for name in expressions.inputs_in(kpi.formula):
            owners[name] = owners.get(name) or kpi.owner
    return owners
