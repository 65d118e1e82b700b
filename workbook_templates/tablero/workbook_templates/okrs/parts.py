"""An objective of a quarter or a year with its key results, as a definition holds them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tablero.workbook_templates.fields import (
    Figure,
    InputId,
    Label,
    Line,
    LocalText,
    Name,
    NodeId,
    Part,
    Weight,
)

Kind = Literal["change", "between", "milestone"]
Commitment = Literal["committed", "aspirational"]

PERIOD = r"^[0-9]{4}(-Q[1-4])?$"

_YEAR = len("2026")

PeriodCode = Annotated[str, Field(pattern=PERIOD)]


class KeyResult(Part):
    """A measured step to an objective: from ``start`` to ``target``, whichever is higher.

    Its present value follows a KPI or an input of the scorecard where one is named, within the
    objective's period; else it is what the newest check-in says.
    """

    id: InputId
    name: Label
    kind: Kind = "change"
    """``between`` is kept from ``target`` to ``upper``; a ``milestone`` is done (1) or not (0)."""
    start: Figure | None = None
    target: Figure | None = None
    upper: Figure | None = None
    unit: Name = LocalText()
    weight: Weight
    confidence: Weight | None = None
    """How sure the owner is to reach it, from 0 to 1, before the first check-in."""
    owner: Name = LocalText()
    kpi: InputId | None = None
    input: InputId | None = None

    @property
    def numbers(self) -> tuple[float | None, float | None, float | None]:
        """Start, target and upper bound; a milestone goes from 0 to 1 where it says nothing."""
        if self.kind != "milestone":
            return self.start, self.target, self.upper
        start = 0.0 if self.start is None else self.start
        return start, 1.0 if self.target is None else self.target, None

    @property
    def is_typed(self) -> bool:
        """Whether its value is told by check-ins alone."""
        return self.kpi is None and self.input is None


class Okr(Part):
    """An objective of one quarter or one year, aligned to the scorecard."""

    id: NodeId
    name: Label
    period: PeriodCode
    """The fiscal quarter or year: ``2026-Q1``, ``2026``."""
    perspective: NodeId
    objective: NodeId | None = None
    """The objective of the scorecard that it serves."""
    commitment: Commitment = "aspirational"
    owner: Name = LocalText()
    key_results: tuple[KeyResult, ...] = Field(min_length=1, max_length=50)

    def in_year(self, year: int) -> Okr:
        """The same objective in the same quarter of another year.

        >>> keep = KeyResult(id="kept", name="Kept", kind="milestone", weight=1)
        >>> okr = Okr(id="o", name="O", period="2026-Q2", perspective="p", key_results=(keep,))
        >>> okr.in_year(2027).period
        '2027-Q2'
        """
        return self.model_copy(update={"period": f"{year:04}{self.period[_YEAR:]}"})


class StatusBounds(Part):
    """From which pace a status counts, and the confidence that it asks for, from 0 to 1.

    The pace is progress divided by expected progress.
    """

    aspirational: Weight
    committed: Weight
    confidence: Weight


class OkrPolicies(Part):
    """When a check-in is outdated, and from where on a status counts."""

    outdated_after: int = Field(7, ge=1, le=366)
    """The most days that a check-in may be old."""
    at_risk: StatusBounds = StatusBounds(aspirational=0.4, committed=0.7, confidence=0.2)
    on_track: StatusBounds = StatusBounds(aspirational=0.7, committed=1.0, confidence=0.5)


class DatedCheckIn(Part):
    """A check-in that a definition brings along, as it brings figures."""

    day: date
    key_result: InputId
    value: Figure | None = None
    confidence: Weight | None = None
    note: Line = ""
