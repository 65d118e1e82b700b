"""What the charts of twelve months share: their rows, columns, figures, and what is under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tablero.workbook_templates.periods import MONTHS_A_YEAR, Period
from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.vectorised import Floats

HEIGHT = 170
MONTH: Spec = {"field": "place", "type": "ordinal", "axis": None}
_BELOW = 8
"""Pixels under the columns where the names of the months stand."""
_LETTER, _GAP = 5.7, 4
"""Pixels of a letter over a column, and between two figures."""


def period_of(report: Report, column: int | None) -> Period:
    """The period shown, else that of a column."""
    return report.period if column is None else report.scores.periods[column]


def months(report: Report, period: Period) -> Iterator[Row]:
    """Place and name of each month, and whether the period shown holds it."""
    for number in range(1, MONTHS_A_YEAR + 1):
        month = report.calendar.month(number)
        yield {
            "place": number,
            "month": report.say(f"month.{month.month}"),
            "is_inside": int(period.first <= number <= period.last),
        }


def newest(values: Floats) -> int:
    """The last month with a figure; 0 without any."""
    return max((place for place, one in enumerate(values, 1) if not np.isnan(one)), default=0)


def labels(values: Floats, texts: Sequence[str]) -> Iterator[Row]:
    """What is written over each column, and how it fares where there is no room for all.

    Then the lowest, the highest and the newest are written.
    """
    there = [place for place, one in enumerate(values) if not np.isnan(one)]
    kept = {*there[-1:]}
    if there:
        kept |= {there[int(pick(values[there]))] for pick in (np.argmin, np.argmax)}
    longest = max((len(texts[place]) for place in there), default=0)
    for place, text in enumerate(texts):
        yield {
            "shown": text if place in there else "",
            "is_key": int(place in kept),
            "letters": longest,
        }


def told(report: Report, rows: Sequence[Row]) -> str:
    """The newest month, in words."""
    there = [row for row in rows if row.get("drawn", row.get("value")) is not None]
    return str(there[-1]["told"]) if there else report.say("map.no_figures")


def columns(field: str, colour: str, **more: Any) -> Spec:
    """Solid columns."""
    return {
        "mark": {"type": "bar", "color": colour, "width": {"band": 0.62}, **more},
        "encoding": {
            "x": MONTH,
            "y": marks.across(field, scale={"nice": False}),
            **marks.tooltip(),
        },
    }


def over(length: float | None) -> float | None:
    """Where a figure stands: over its column, or over the base of one that goes down."""
    return None if length is None else max(length, 0.0)


def figures(look: Look) -> list[Spec]:
    """The figures over the columns, each on a patch of the ground that parts it from lines."""
    crowded = f"width / {MONTHS_A_YEAR} < {_LETTER} * datum.letters + {_GAP}"
    seen = {"expr": f"{crowded} && !datum.is_key ? 0 : 1"}
    mark = {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": 11, "opacity": seen}
    texts = {"x": MONTH, "y": marks.across("over"), "text": {"field": "shown"}}
    patch = {"color": look.ground, "stroke": look.ground, "strokeWidth": 4}
    return [
        {"mark": {**mark, **colours}, "encoding": texts}
        for colours in (patch, {"color": look.text})
    ]


def foot(look: Look) -> list[Spec]:
    """The months under the columns, underlined where the period shown holds them."""
    names = {
        "mark": {"type": "text", "baseline": "top", "dy": _BELOW, "color": look.text,
                 "fontSize": 11},
        "encoding": {"x": MONTH, "y": {"value": "height"}, "text": {"field": "month"}},
    }  # fmt: skip
    ground = {
        "mark": {"type": "rule", "color": look.line},
        "encoding": {"y": marks.fixed(0)},
    }
    under = {
        "transform": [{"filter": "datum.is_inside"}],
        "mark": {"type": "tick", "color": look.accent, "thickness": 2, "width": {"band": 1},
                 "orient": "horizontal"},
        "encoding": {"x": MONTH, "y": {"value": {"expr": f"height + {_BELOW + 14}"}}},
    }  # fmt: skip
    return [marks.once(ground), names, under]
