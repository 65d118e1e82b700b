"""How the parts of the strategy map look: named by role for a page, coloured for paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.report import Report

_STYLE = """
.map-roof-ground{fill:var(--accent)} .map-roof-name,.map-roof-figure{fill:var(--paper)}
.map-roof-sign{fill:var(--paper)}
.map-band-ground{fill:var(--soft)} .map-label-ground{fill:var(--accent-soft)}
.map-rule{stroke:var(--mark)} .map-label-name{fill:var(--accent)} .map-box-name{fill:var(--ink)}
.map-box-ground{fill:var(--paper)} .map-frame{fill:none;stroke:var(--muted)}
.map-arrow-line{stroke:var(--muted)} .map-arrow-head{fill:var(--muted)}
.map-judged{fill:var(--soft)}
.map-ink{fill:var(--ink)} .map-badge{fill:var(--ink)}
.map [data-sign]{display:none}
a:hover>.map-box>.map-frame,a:focus-visible>.map-box>.map-frame{stroke:var(--accent);stroke-width:2}
"""


def style(report: Report) -> str:
    """The style sheet of the map on a page, from the custom properties of the page's palette.

    ``--band-<place>-ink`` and ``--band-<place>-paper`` are the bands', the worst in place 0.
    """
    return _STYLE + "\n".join(map(_shown, range(len(report.verdicts))))


def _shown(place: int) -> str:
    band = f'.map [data-band="{place}"]'
    return (
        f'{band}>[data-sign="{place}"]{{display:inline}}'
        f"{band}>.map-judged{{fill:var(--band-{place}-paper)}}"
        f"{band}>.map-ink{{fill:var(--band-{place}-ink)}}"
    )


class Paint(Protocol):
    """The attributes of a part by its role and, for what a band colours, by the band's place."""

    def __call__(self, role: str, position: int = -1) -> dict[str, str]:
        """The attributes."""
        ...


_LETTERS: Mapping[str, dict[str, str]] = {
    "roof-name": {"font-size": "16", "font-weight": "bold"},
    "roof-figure": {"font-size": "16", "font-weight": "bold"},
    "label-name": {"font-size": "14", "font-weight": "bold"},
    "box-name": {"font-size": "13", "font-weight": "bold"},
    "figure": {"font-size": "15", "font-weight": "bold"},
    "word": {"font-size": "12"},
    "badge": {"font-size": "11"},
}
_LINES: Mapping[str, dict[str, str]] = {
    "line": {"stroke-width": "1"},
    "frame": {"stroke-width": "1"},
    "arrow": {"stroke-width": "1.25", "fill": "none"},
}
_CLASSES: Mapping[str, str] = {
    "roof": "map-roof-ground",
    "roof-sign": "map-roof-sign",
    "band": "map-band-ground",
    "label": "map-label-ground",
    "line": "map-rule",
    "box": "map-box-ground",
    "judged": "map-judged",
    "sign": "map-ink",
    "figure": "map-ink",
    "word": "map-ink",
    "arrow": "map-arrow-line",
    "head": "map-arrow-head",
}


@dataclass(frozen=True)
class RolePaint:
    """Names the role of every part; a style sheet has the colours."""

    def __call__(self, role: str, position: int = -1) -> dict[str, str]:  # noqa: ARG002
        """Class and letters of a role."""
        named = {"class": _CLASSES.get(role, f"map-{role}")}
        return named | _LETTERS.get(role, {}) | _LINES.get(role, {})


@dataclass(frozen=True)
class InkPaint:
    """Colours every part by itself."""

    look: Look

    def __call__(self, role: str, position: int = -1) -> dict[str, str]:
        """Fill, stroke and letters of a role."""
        return self._colours(role, position) | _LETTERS.get(role, {}) | _LINES.get(role, {})

    def _colours(self, role: str, position: int) -> dict[str, str]:
        look = self.look
        if role in ("sign", "figure", "word"):
            return {"fill": look.tones[position].ink if position >= 0 else look.text}
        if role == "judged":
            return {"fill": look.tones[position].paper if position >= 0 else look.soft}
        if role == "frame":
            return {"fill": "none", "stroke": look.muted}
        strokes = {"line": look.mark, "arrow": look.muted}
        if role in strokes:
            return {"stroke": strokes[role]}
        return {"fill": self._fills[role]}

    @property
    def _fills(self) -> Mapping[str, str]:
        look = self.look
        return {
            "roof": look.accent,
            "roof-name": look.ground,
            "roof-figure": look.ground,
            "roof-sign": look.ground,
            "band": look.soft,
            "box": look.ground,
            "label": look.accent_soft,
            "label-name": look.accent,
            "box-name": look.text,
            "head": look.muted,
            "badge": look.text,
        }
