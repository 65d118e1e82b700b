"""The charts of a portfolio's page: how strategies and KPIs spread over the companies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.portfolio.rows import Distributed, InBand, Step
from tablero.workbook_templates.portfolio.statistics import STEP
from tablero.workbook_templates.reports.charts import Chart, Column, Look, Row, marks
from tablero.workbook_templates.reports.charts.chart import Spec
from tablero.workbook_templates.texts import text

MOST_BOXES = 20
"""KPIs that are drawn; the table has all."""
_HIGHEST = 2.0
_HEIGHT = 220
_ROOMY = 10
"""Columns that have room for their words on a telephone, too."""
_STEP_FIELD: Spec = {"field": "place", "type": "ordinal", "axis": None}


def histogram(steps: Sequence[Step], language: str, look: Look) -> Chart | None:
    """Columns of the companies by what their strategy achieved; those that met it are darker."""
    if not steps:
        return None
    rows = tuple(_steps(steps, language))
    return Chart(
        title=text("portfolio.page.histogram", language),
        description="; ".join(str(row["told"]) for row in rows),
        spec=_histogram(look),
        rows=rows,
        columns=(
            Column("name", text("summary.column.achievement", language)),
            Column("shown", text("summary.column.companies", language)),
        ),
    )


def _steps(steps: Sequence[Step], language: str) -> Iterator[Row]:
    """A row for every step, also where no company is."""
    counted = {round(one.start / STEP): one.companies for one in steps}
    places = range(min(counted), max(counted) + 1)
    for place in places:
        start, end = (percent_text(one * STEP, language, 0) for one in (place, place + 1))
        is_last = place * STEP >= _HIGHEST
        name = text(f"summary.step{'_above' * is_last}", language, start=start, end=end)
        shown = decimal_text(counted.get(place, 0), language, 0)
        count = shown if place in counted else ""
        is_roomy = len(places) <= _ROOMY
        yield {
            "place": place, "is_met": int(place * STEP >= 1 - STEP / 2), "name": name,
            "companies": counted.get(place, 0), "shown": shown,
            "count": count, "count_short": count if is_roomy else "", "label": start,
            "label_short": start if is_roomy or place % 5 == 0 else "", "told": f"{name}: {shown}",
        }  # fmt: skip


def _histogram(look: Look) -> Spec:
    height = {"field": "companies", "type": "quantitative", "axis": None}
    tone = {"condition": {"test": "datum.is_met", "value": look.accent}, "value": look.mark}
    few = "containerSize()[0] < 560"
    label = {"expr": f"{few} ? datum.label_short : datum.label"}
    count = {"expr": f"{few} ? datum.count_short : datum.count"}
    return marks.drawn(
        look,
        [
            {
                "mark": {"type": "bar", "width": {"band": 0.86}},
                "encoding": {"x": _STEP_FIELD, "y": height, "color": tone, **marks.tooltip()},
            },
            {
                "mark": {"type": "text", "dy": -7, "fontSize": 11, "text": count},
                "encoding": {"x": _STEP_FIELD, "y": height},
            },
            {
                "mark": {"type": "text", "fontSize": 11, "color": look.muted, "text": label},
                "encoding": {"x": _STEP_FIELD, "y": {"value": {"expr": "height + 12"}}},
            },
        ],
        _HEIGHT,
    )


def bands(levels: Sequence[InBand], language: str, look: Look) -> Chart | None:
    """Bars of the companies whose strategy stands in each band, the best on top."""
    rows = tuple(_bands([one for one in levels if one.level == "strategy"], language))
    if not rows:
        return None
    bar = marks.bar("number", look.accent, 0.42, scale={"nice": False})
    toned = {**bar, "encoding": {**bar["encoding"], **marks.ink(look)}}
    return Chart(
        title=text("portfolio.page.in_bands", language),
        description="; ".join(str(row["told"]) for row in rows),
        spec=marks.bars(look, [toned, marks.label(look, "number", dx=6)], marks.sign(look)),
        rows=rows,
        columns=(
            Column("name", text("summary.column.assessment", language)),
            Column("shown", text("summary.column.companies", language)),
        ),
    )


def _bands(found: Sequence[InBand], language: str) -> Iterator[Row]:
    for place, one in enumerate(found):
        name = one.band or text("summary.no_figures", language)
        count = decimal_text(one.number, language, 0)
        shown = f"{count} ({percent_text(one.share, language, 0)})"
        yield {
            "place": place, "position": -1 if one.tone is None else one.tone, "name": name,
            "label": name, "is_group": 0, "number": one.number, "shown": shown,
            "told": f"{name}: {shown}",
        }  # fmt: skip


def boxes(found: Sequence[Distributed], language: str, look: Look) -> Chart | None:
    """A box from the first to the third quartile for each KPI, its median a tick in it."""
    known = [one for one in found if one.median is not None][:MOST_BOXES]
    if not known:
        return None
    return Chart(
        title=text("portfolio.page.boxes", language),
        description=text("portfolio.page.boxes_told", language),
        spec=_boxes(look),
        rows=tuple(_box(place, one, language) for place, one in enumerate(known)),
        columns=(
            Column("name", text("summary.column.kpi", language)),
            Column("low_shown", text("summary.column.low", language)),
            Column("shown", text("summary.column.median", language)),
            Column("high_shown", text("summary.column.high", language)),
        ),
    )


def _box(place: int, one: Distributed, language: str) -> Row:
    five = (one.least, one.low, one.median, one.high, one.most)
    least, low, middle, high, most = (min(max(value or 0.0, 0.0), _HIGHEST) for value in five)
    shown = [percent_text(value or 0.0, language) for value in five]
    return {
        "place": place, "name": one.kpi, "label": _short(one.kpi), "is_group": 0,
        "least": least, "low": low, "middle": middle, "high": high, "most": most,
        "low_shown": shown[1], "shown": shown[2], "high_shown": shown[3],
        "told": f"{one.kpi}: {' – '.join(shown)}",
    }  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


_LETTERS = 36


def _boxes(look: Look) -> Spec:
    scale = {"scale": {"domain": [0, _HIGHEST], "nice": False}}

    def across(mark: Spec, start: str, end: str) -> Spec:
        encoding = {"x": marks.across(start, **scale), "x2": {"field": end}, "y": marks.PLACE}
        return {"mark": mark, "encoding": {**encoding, **marks.tooltip()}}

    whisker = across({"type": "rule", "color": look.mark}, "least", "most")
    box = across({"type": "bar", "color": look.last_year, "height": {"band": 0.5}}, "low", "high")
    tick = {"type": "tick", "color": look.text, "thickness": 2, "height": {"band": 0.62}}
    middle = {"mark": tick, "encoding": {"x": marks.across("middle", **scale), "y": marks.PLACE}}
    dashed = {"type": "rule", "color": look.muted, "strokeDash": [4, 3]}
    goal = marks.once({"mark": dashed, "encoding": {"x": marks.fixed(1)}})
    said = marks.beside("shown", "shown")
    return marks.bars(look, [whisker, box, goal, middle, said])
