"""How charts look: colours by role on light or dark ground, and the theme of Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from tablero.workbook_templates import brand, styles

FONTS = f"{styles.FONT}, Carlito, sans-serif"
WIDTH = 640

_TEXT_CONTRAST = 4.5
_STEPS, _FIRST_STEP = 100, 55
_DARK_TONES: Mapping[str, styles.Tone] = {
    "▼": styles.Tone("▼", "#FFB4AE", "#4A1D1F"),
    "◆": styles.Tone("◆", "#F5CE85", "#43320F"),
    "●": styles.Tone("●", "#A9CDF5", "#17334F"),
    "▲": styles.Tone("▲", "#8FDCC4", "#123B32"),
}
_FOUR = tuple(styles.band_tone(place, len(_DARK_TONES)) for place in range(len(_DARK_TONES)))
_DARK_TINT = "#1D2935"
_SHAPES = {"▼": "triangle-down", "◆": "diamond", "●": "circle", "▲": "triangle-up"}


class Toned(Protocol):
    """What has a tone, as the bands of a report do."""

    @property
    def tone(self) -> styles.Tone:
        """Its sign, ink and paper."""


class Coloured(Protocol):
    """What has colours of its own, as a report does: the company's, and the tones of its bands."""

    @property
    def accent(self) -> str:
        """The colour of titles and heads."""

    @property
    def accent_soft(self) -> str:
        """Its tint."""

    @property
    def verdicts(self) -> Sequence[Toned]:
        """The bands from the worst."""


@dataclass(frozen=True)
class Look:
    """The colours of charts and of the strategy map, and how wide charts are drawn."""

    ground: str
    text: str
    muted: str
    line: str
    soft: str
    accent: str
    accent_soft: str
    mark: str
    last_year: str
    tones: tuple[styles.Tone, ...]
    """Of the bands, from the worst."""
    four: tuple[styles.Tone, ...]
    """All tones there are, from the worst, for statuses."""
    width: int | str = WIDTH
    """In pixels, or ``"container"`` on a page that says how wide."""

    @classmethod
    def of(cls, report: Coloured, *, dark: bool = False, width: int | str = WIDTH) -> Self:
        """The look of a report on light or on dark ground, in the company's colour."""
        tones, four = tuple(one.tone for one in report.verdicts), _FOUR
        if not dark:
            return cls(
                ground=styles.WHITE, text=styles.TEXT, muted=styles.MUTED, line=styles.LINE,
                soft=styles.SOFT, accent=report.accent, accent_soft=report.accent_soft,
                mark=styles.MARK, last_year=styles.LAST_YEAR, tones=tones,
                four=four, width=width,
            )  # fmt: skip
        return cls(
            ground=DARK, text="#E6EBF0", muted="#9FACB9", line="#2D3843", soft="#1A222B",
            accent=_light(report.accent), accent_soft=_DARK_TINT, mark="#7C98B6",
            last_year="#5C6B7A", tones=_darkened(tones), four=_darkened(four),
            width=width,
        )  # fmt: skip

    @property
    def gain(self) -> str:
        """What adds."""
        return self.tones[-1].ink

    @property
    def loss(self) -> str:
        """What costs."""
        return self.tones[0].ink

    @property
    def inks(self) -> dict[str, Any]:
        """The scale from the place of a band, -1 for none, to its colour."""
        return {"domain": self._places, "range": [self.muted, *(one.ink for one in self.tones)]}

    @property
    def shapes(self) -> dict[str, Any]:
        """The scale from the place of a band to its sign, which needs no font."""
        signs = [_SHAPES[one.symbol] for one in self.tones]
        return {"domain": self._places, "range": ["stroke", *signs]}

    @property
    def _places(self) -> list[int]:
        return list(range(-1, len(self.tones)))

    @property
    def config(self) -> dict[str, Any]:
        """The theme: no grid, no frame, thin lines, one font."""
        return {
            "aria": False,  # a figure and a table say it; marks would be read out one by one
            "background": "transparent",
            "font": FONTS,
            "padding": 4,
            "view": {"stroke": None},
            "axis": {"grid": False, "domain": False, "ticks": False, "labels": False},
            "text": {"font": FONTS, "fontSize": 12, "color": self.text},
            "rule": {"color": self.muted, "strokeWidth": 1},
        }


DARK = "#12181F"
"""Dark ground."""


def _darkened(tones: Iterable[styles.Tone]) -> tuple[styles.Tone, ...]:
    return tuple(_DARK_TONES[one.symbol] for one in tones)


def _light(colour: str) -> str:
    """The colour, lightened until it reads on dark ground and on the dark tint."""
    shades = (_lighter(colour, step / _STEPS) for step in range(_FIRST_STEP, _STEPS + 1))
    return next(one for one in shades if _reads(one))


def _reads(colour: str) -> bool:
    return all(brand.contrast(colour, one) >= _TEXT_CONTRAST for one in (DARK, _DARK_TINT))


def _lighter(colour: str, share: float) -> str:
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(one + (255 - one) * share):02X}" for one in channels)
