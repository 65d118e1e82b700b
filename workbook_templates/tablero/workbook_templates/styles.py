"""The look: palette, band tones and named styles of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

FONT = "Calibri"

TEXT = "#1F2933"
MUTED = "#616E7C"
LINE = "#D9DFE5"
SOFT = "#F5F7FA"
WHITE = "#FFFFFF"
ACCENT = "#1F4E79"
ACCENT_SOFT = "#E8EEF5"
INPUT_INK = "#1D3FBB"
INPUT_PAPER = "#FFF8E1"
INPUT_LINE = "#E8DDB5"
BAR = "#9FB3C8"
MARK = "#7C98B6"
LAST_YEAR = "#BCC9D6"
"""Lighter than any company's colour, as charts draw last year beside this one."""
GAIN = "#B9DCCF"
LOSS = "#DE8F87"

TAB_INPUT = "#F2C94C"
TAB_RESULT = ACCENT
TAB_SETTING = "#9AA5B1"


class Tone(NamedTuple):
    """How a band looks: a sign that reads in grey, and ink on paper at 4.5 : 1 or better."""

    symbol: str
    ink: str
    paper: str


_TONES = (
    Tone("▼", "#9B1C1C", "#FADCD9"),
    Tone("◆", "#7A4B00", "#FBE9C6"),
    Tone("●", "#1A4F8B", "#DCE8F6"),
    Tone("▲", "#0B5D4B", "#D5EFE6"),
)


def band_tone(position: int, bands: int) -> Tone:
    """The tone of band ``position`` (0 = worst) among ``bands``, spread over the four tones.

    >>> band_tone(1, 2).symbol
    '▲'
    """
    return _TONES[round(position * (len(_TONES) - 1) / max(bands - 1, 1))]


PERCENT = "0.0%"
SHARE = "0%"

# Proportional letters are narrower than the digit that Excel counts widths in.
_CHARACTER = 0.92
_PADDING = 4

_ROLES: dict[str, Mapping[str, Any]] = {
    "text": {"font_color": TEXT, "valign": "vcenter"},
    "title": {"font_size": 20, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "subtitle": {"font_color": MUTED, "valign": "vcenter"},
    "muted": {"font_color": MUTED},
    "bold": {"bold": True},
    "header": {
        "bold": True,
        "font_color": WHITE,
        "bg_color": ACCENT,
        "valign": "vcenter",
        "text_wrap": True,
    },
    "section": {
        "font_size": 12,
        "bold": True,
        "font_color": ACCENT,
        "bottom": 1,
        "bottom_color": LINE,
    },
    "strategy": {"font_size": 12, "bold": True, "font_color": WHITE, "bg_color": ACCENT},
    "roof": {"font_color": WHITE, "bg_color": ACCENT},
    "perspective": {"font_size": 12, "bold": True, "font_color": ACCENT, "bg_color": ACCENT_SOFT},
    "objective": {"bold": True, "bg_color": SOFT, "indent": 1},
    "band": {"font_color": ACCENT, "bg_color": ACCENT_SOFT, "indent": 1},
    "band_name": {"font_size": 11, "bold": True, "text_wrap": True},
    "band_line": {"top": 1, "top_color": BAR},
    "ground": {"bg_color": SOFT},
    "box": {"bg_color": WHITE, "left": 1, "right": 1, "left_color": MARK, "right_color": MARK},
    "box_head": {"top": 1, "top_color": MARK},
    "box_foot": {"bottom": 1, "bottom_color": MARK},
    "tight": {"font_size": 8},
    "kpi": {"bottom": 1, "bottom_color": LINE},
    "indent": {"indent": 2},
    "no_indent": {"indent": 0},
    "gutter": {"indent": 1},
    "input": {
        "font_color": INPUT_INK,
        "bg_color": INPUT_PAPER,
        "border": 1,
        "border_color": INPUT_LINE,
        "locked": False,
        "bold": False,
        "font_size": 10,
        "indent": 0,
    },
    "closed": {"locked": True, "bg_color": SOFT, "font_color": TEXT, "border_color": LINE},
    "marked": {},
    "working": {"font_color": MUTED, "font_size": 9, "bold": False, "indent": 0},
    "headline": {"font_size": 20, "bold": True, "align": "right", "valign": "vcenter"},
    "display": {"font_size": 28, "bold": True, "align": "left", "valign": "vcenter"},
    "verdict": {"font_size": 14, "bold": True, "valign": "vcenter"},
    "right": {"align": "right"},
    "center": {"align": "center"},
    "left": {"align": "left"},
    "wrap": {"text_wrap": True},
    "top": {"valign": "top"},
    "link": {"font_color": ACCENT, "underline": 1},
    "logo": {
        "font_color": MUTED,
        "align": "center",
        "valign": "vcenter",
        "border": 4,
        "border_color": LINE,
    },
    "percent": {"num_format": PERCENT, "align": "right"},
    "share": {"num_format": SHARE, "align": "right"},
    "points": {"num_format": "+0.0%;-0.0%;0.0%", "align": "right"},
    "ratio": {"num_format": "0.00", "align": "right"},
    "number": {"num_format": "#,##0.0", "align": "right"},
    "signed": {"num_format": "+0.0;−0.0;0.0"},
    "whole": {"num_format": "#,##0", "align": "right"},
    "count": {"num_format": "0", "align": "right"},
    "flag": {"num_format": '"●";;', "align": "right", "font_color": ACCENT, "font_size": 8},
    "string": {"num_format": "@"},
    "month": {"align": "right"},
    "day": {"num_format": "yyyy-mm-dd", "align": "right"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "plain": {"num_format": "#,##0.######", "align": "right"},
    "decimals": {"num_format": "#,##0.0#"},
    "alarm": {"font_color": _TONES[0].ink, "bg_color": _TONES[0].paper},
    "well": {"font_color": _TONES[3].ink},
    "on_track": {"font_color": _TONES[3].ink, "bg_color": _TONES[3].paper},
    "outdated": {"font_color": MUTED, "bg_color": SOFT},
    "doubt": {"font_color": _TONES[1].ink},
    "warning": {"font_color": _TONES[1].ink, "bg_color": _TONES[1].paper},
}


@cache
def properties(style: str, language: str = "en") -> Mapping[str, Any]:
    """XlsxWriter properties of a style, written as roles joined by spaces: ``"kpi percent"``."""
    merged: dict[str, Any] = {"font_name": FONT, "font_size": 10}
    for role in ("text", *style.split()):
        merged |= _ROLES[role] if role in _ROLES else _toned(role)
    roles = style.split()
    if "month" in roles:
        merged["num_format"] = MONTH_FORMATS[language] + (_MARK if "marked" in roles else "")
    return merged


def role(name: str) -> Mapping[str, Any]:
    """What one role changes, for conditional formats."""
    return _ROLES[name]


def _toned(role: str) -> Mapping[str, Any]:
    """The tone of a band, written ``tone2of4``."""
    position, bands = role.removeprefix("tone").split("of")
    tone = band_tone(int(position), int(bands))
    return {"font_color": tone.ink, "bg_color": tone.paper}


_MARK = '" ✓"'
# The locale in brackets keeps month names in the workbook's language on any computer.
MONTH_FORMATS = {"en": "[$-409]mmm yy", "es": "[$-80A]mmm yy", "pt": "[$-416]mmm yy"}


def fitting_width(texts: Iterable[str], least: float, most: float) -> float:
    """Column width, in characters, at which the longest of the texts shows whole, within bounds."""
    longest = max((len(text) for text in texts), default=0)
    return min(max(longest * _CHARACTER + _PADDING, least), most)


def unit_role(unit: str) -> str:
    """The number role of a unit: percentages, whole money, one decimal for the rest."""
    return {"%": "percent", "currency": "whole"}.get(unit, "number")
