"""The colours of the page, by light and by dark, as custom properties of its style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from tablero.workbook_templates import styles
from tablero.workbook_templates.reports.charts import Look
from tablero.workbook_templates.reports.charts.look import Coloured

_ROLES: Mapping[str, str] = {
    "ground": "paper",
    "text": "ink",
    "muted": "muted",
    "line": "line",
    "soft": "soft",
    "accent": "accent",
    "accent_soft": "accent-soft",
    "mark": "mark",
    "last_year": "last-year",
}
"""Roles of the look, and the properties that hold them."""
_BAR_ON_DARK = "#4F6A85"


def look(report: Coloured) -> Look:
    """The look of charts whose colours follow the light of the page, without drawing them anew."""
    light = Look.of(report, width="container")
    four = tuple(
        styles.Tone(tone.symbol, f"var(--tone-{place}-ink)", f"var(--tone-{place}-paper)")
        for place, tone in enumerate(light.four)
    )
    by_symbol = {tone.symbol: tone for tone in four}
    kept = {one.name: getattr(light, one.name) for one in fields(light)}
    inks = {role: f"var(--{name})" for role, name in _ROLES.items()}
    tones = tuple(by_symbol[tone.symbol] for tone in light.tones)
    return Look(**{**kept, **inks, "four": four, "tones": tones})


def colours(report: Coloured) -> str:
    """Custom properties for every role of the palette, the accent and each tone.

    Browsers that know ``light-dark()`` follow the reader's choice; others show the light ones.
    """
    pairs = dict(_pairs(report))
    light = "".join(f"--{name}:{pair[0]};" for name, pair in pairs.items())
    both = "".join(
        f"--{name}:light-dark({bright},{dark});" for name, (bright, dark) in pairs.items()
    )
    supports = "@supports (color:light-dark(#000,#fff))"
    rules = "\n".join(_rules(report))
    return f":root{{{light}}}\n{supports}{{:root{{{both}}}}}\n{rules}\n"


def _pairs(report: Coloured) -> Iterator[tuple[str, tuple[str, str]]]:
    light, dark = Look.of(report), Look.of(report, dark=True)
    for role, name in _ROLES.items():
        yield name, (getattr(light, role), getattr(dark, role))
    yield "bar", (styles.BAR, _BAR_ON_DARK)
    for place, (bright, dim) in enumerate(zip(light.four, dark.four, strict=True)):
        yield f"tone-{place}-ink", (bright.ink, dim.ink)
        yield f"tone-{place}-paper", (bright.paper, dim.paper)


def _rules(report: Coloured) -> Iterator[str]:
    """What is marked with a tone or stands in a band takes ink and paper."""
    four = Look.of(report).four
    for place in range(len(four)):
        yield _toned(f'[data-tone="{place}"]', place)
    for position, verdict in enumerate(report.verdicts):
        yield _toned(f'[data-band="{position}"]', four.index(verdict.tone))
        yield f":root{{{_named(position, four.index(verdict.tone))}}}"


def _toned(selector: str, place: int) -> str:
    inks = f"--band-ink:var(--tone-{place}-ink);--band-paper:var(--tone-{place}-paper)"
    return f"{selector}{{{inks}}}"


def _named(position: int, place: int) -> str:
    """The tone of a band under the name by which the strategy map knows it."""
    parts = ("ink", "paper")
    return ";".join(f"--band-{position}-{part}:var(--tone-{place}-{part})" for part in parts)
