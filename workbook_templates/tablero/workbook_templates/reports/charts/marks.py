"""The parts of which charts are made: names, bars, outlines of goals, signs and labels."""

from __future__ import annotations

from typing import Any

from tablero.workbook_templates.reports.charts.chart import ROWS, Spec
from tablero.workbook_templates.reports.charts.look import Look

# Vega-Lite's newest major version, which the engine of the pictures and the page share.
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
STEP = 30
"""Pixels from one bar to the next."""
_IS_NARROW = "containerSize()[0] < 480"
_NAMES = {"expr": f"{_IS_NARROW} ? 130 : 250"}
"""How wide names may be: less on a telephone."""
SIGN, _NAME = -12, -26
"""Pixels from the bars, to the left."""

_LINE = 13
"""Pixels from one line of a name to the next."""

_WORDS: Spec = {"type": "text", "align": "left", "baseline": "middle", "dx": 8}

PLACE: Spec = {"field": "place", "type": "ordinal", "axis": None}


def across(field: str, **more: Any) -> Spec:
    """A length along the chart."""
    return {"field": field, "type": "quantitative", "axis": None, **more}


def fixed(number: float) -> Spec:
    """The same place on a scale in every row."""
    return {"datum": number, "type": "quantitative", "axis": None}


def once(layer: Spec) -> Spec:
    """A layer that is drawn once, not for every row."""
    return {"data": {"values": [{}]}, **layer}


def drawn(look: Look, layers: list[Spec], height: Any, **more: Any) -> Spec:
    """A specification of layers over one another."""
    return {
        "$schema": SCHEMA,
        "data": {"name": ROWS},
        "width": look.width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": look.config,
        "layer": layers,
        **more,
    }


def bars(look: Look, layers: list[Spec], signs: Spec | None = None) -> Spec:
    """Bars one under another, each with its name and, where there are any, its sign at the left."""
    named = [names(look, SIGN)] if signs is None else [signs, names(look, _NAME)]
    return drawn(look, [*layers, *named], {"step": STEP})


def names(look: Look, at: int) -> Spec:
    """The names, right against the bars; those of groups are bold."""
    return {
        "mark": {
            "type": "text", "align": "right", "baseline": "middle", "limit": _NAMES,
            "color": look.text, "lineBreak": "\n", "lineHeight": _LINE,
            "dy": {"expr": f"indexof(datum.label, '\\n') < 0 ? 0 : {-_LINE / 2}"},
            "fontWeight": {"expr": "datum.is_group ? 'bold' : 'normal'"},
        },
        "encoding": {"x": {"value": at}, "y": PLACE, "text": {"field": "label"}, **tooltip()},
    }  # fmt: skip


def tooltip() -> Spec:
    """What is said of a mark under the pointer: its row in words."""
    return {"tooltip": {"field": "told", "type": "nominal"}}


def sign(look: Look) -> Spec:
    """The signs of the bands, in their inks."""
    return {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {"x": {"value": SIGN}, "y": PLACE, **banded(look)},
    }


def banded(look: Look) -> Spec:
    """Sign and colour by the place of a band."""
    field = {"field": "position", "type": "ordinal", "legend": None}
    return {"color": {**field, "scale": look.inks}, "shape": {**field, "scale": look.shapes}}


def bar(field: str, colour: str, share: float, **more: Any) -> Spec:
    """Solid bars; ``share`` of the step is their thickness."""
    mark = {"type": "bar", "color": colour, "height": {"band": share}}
    return {"mark": mark, "encoding": {"x": across(field, **more), "y": PLACE, **tooltip()}}


def outline(look: Look, field: str, share: float) -> Spec:
    """The outline of a goal around bars."""
    mark = {
        "type": "bar", "fill": None, "stroke": look.muted, "strokeWidth": 1,
        "height": {"band": share},
    }  # fmt: skip
    return {"mark": mark, "encoding": {"x": across(field), "y": PLACE}}


def label(look: Look, at: str, text: str = "shown", **more: Any) -> Spec:
    """Words after the end of a bar, in the ink of its band."""
    encoding = {"x": across(at), "text": {"field": text}, **ink(look)}
    return {"mark": {**_WORDS, **more}, "encoding": {**encoding, "y": PLACE}}


def beside(text: str, short: str, color: Spec | None = None, **more: Any) -> Spec:
    """Words at the right of all bars, one under another; short ones where there is little room."""
    shown = {"expr": f"{_IS_NARROW} ? datum.{short} : datum.{text}"}
    encoding = {"x": {"value": "width"}, "y": PLACE, **(color or {})}
    return {"mark": {**_WORDS, "text": shown, **more}, "encoding": encoding}


def ink(look: Look) -> Spec:
    """Colour by the place of a band."""
    return {"color": banded(look)["color"]}
