"""The charts of the page: one specification of each kind, and the rows of every node or period."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tablero.workbook_templates.reports import charts
from tablero.workbook_templates.reports.charts import Chart
from tablero.workbook_templates.reports.page.colours import look
from tablero.workbook_templates.reports.page.strings import Strings
from tablero.workbook_templates.reports.report import Report

_DIGITS = 5
"""Decimals of a number that is drawn: less than a pixel on any screen."""


_LENGTHS = ("drawn", "value", "points")
"""What the bars and columns of each kind show, and nothing else does."""


@dataclass(frozen=True)
class Drawings:
    """Every chart; None stands where nothing is known of what it would show."""

    trend: Sequence[Chart | None]
    """By the place of the node."""
    amounts: Sequence[Chart | None]
    """By the place of the KPI's node."""
    contribution: Sequence[Chart | None]
    """By the column of the period."""
    objectives: Sequence[Chart | None]
    """By the column of the period."""
    consists: Sequence[Chart | None]
    """By the place of a perspective's or an objective's node, then the column of the period."""
    progress: Chart | None
    """Of key results; None without any."""

    @property
    def kinds(self) -> Mapping[str, Sequence[Chart | None]]:
        """The charts by the figure in which they stand."""
        return {
            "trend": self.trend,
            "amounts": self.amounts,
            "contribution": self.contribution,
            "objectives": self.objectives,
            "consists": self.consists,
            "progress": (self.progress,),
        }


def drawings(report: Report) -> Drawings:
    """The charts of a report in the colours of the page."""
    seen = look(report)
    columns = range(len(report.scores.periods))
    kpis = [node if node.level == "kpi" else None for node in report.nodes]
    groups = [node if node.level in ("perspective", "objective") else None for node in report.nodes]
    return Drawings(
        trend=[_drawn(charts.trend(report, node, seen)) for node in report.nodes],
        amounts=[_drawn(charts.amounts(report, node, seen) if node else None) for node in kpis],
        contribution=[_drawn(charts.contribution(report, seen, column=one)) for one in columns],
        objectives=[_drawn(charts.by_objective(report, seen, column=one)) for one in columns],
        consists=[
            _drawn(charts.by_member(report, node, seen, column=one) if node else None)
            for node in groups
            for one in columns
        ],
        progress=_drawn(charts.okr_progress(report, seen)),
    )


def _drawn(chart: Chart | None) -> Chart | None:
    """The chart, if anything is known of what it shows."""
    rows = chart.rows if chart else ()
    is_known = any(row.get(name) is not None for row in rows for name in _LENGTHS)
    return chart if is_known else None


def packed(found: Iterable[Chart | None], strings: Strings) -> Mapping[str, Any] | None:
    """Charts of one kind for the script: what they share once, rows as bare values.

    A text is the place that it has in ``strings``; fields that nothing draws or reads are left out.
    """
    every = list(found)
    first = next(filter(None, every), None)
    if first is None:
        return None
    fields = _fields(first)
    texts = [name for name in fields if _is_text(every, name)]
    return {
        "spec": _lean(first.spec),
        "columns": [list(column) for column in first.columns],
        "fields": fields,
        "texts": texts,
        "charts": [_packed(one, fields, set(texts), strings) for one in every],
    }


def _lean(spec: Any) -> Any:
    """A specification of which the browser has nothing to warn: signs are of no order."""
    if isinstance(spec, list):
        return [_lean(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    return {
        name: {**part, "type": "nominal"}
        if name == "shape" and isinstance(part, dict)
        else _lean(part)
        for name, part in spec.items()
    }


def _fields(chart: Chart) -> list[str]:
    drawn = json.dumps(chart.spec)
    read = {column.field for column in chart.columns}
    return [
        name
        for name in chart.rows[0]
        if name in read or f'"{name}"' in drawn or f"datum.{name}" in drawn
    ]


def _is_text(every: Iterable[Chart | None], name: str) -> bool:
    values = (row[name] for one in every if one for row in one.rows)
    return isinstance(next((value for value in values if value is not None), None), str)


def _packed(
    chart: Chart | None, fields: Sequence[str], texts: set[str], strings: Strings
) -> list[Any] | None:
    if chart is None:
        return None
    rows = [
        [
            strings.place(str(row[name] or "")) if name in texts else _short(row[name])
            for name in fields
        ]
        for row in chart.rows
    ]
    return [strings.place(chart.title), strings.place(chart.description), rows]


def _short(value: Any) -> Any:
    """A number with the digits that can be seen; large ones keep as many as count."""
    if not isinstance(value, float):
        return value
    return round(value, _DIGITS) if abs(value) < 1 / 10**-_DIGITS else float(f"{value:.8g}")
