"""The company's own colour in the place of Tablero's, as dark as white letters need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tablero.workbook_templates import styles

PATTERN: Final = "^#[0-9A-Fa-f]{6}$"

_TINT = 0.1
_CONTRAST = 4.5
_STEPS = 50


def contrast(one: str, other: str) -> float:
    """Ratio of the luminances of two colours, from 1 to 21 (WCAG 2.2, contrast ratio).

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str) -> str:
    """The colour, darkened until it reads with white and on its own tint at 4.5 : 1.

    >>> readable("#1f4e79"), readable("#FFCC00")
    ('#1F4E79', '#856A00')
    """
    shades = (_mixed(colour, "#000000", step / _STEPS) for step in range(_STEPS))
    return next(filter(_reads, shades), "#000000")


def _reads(colour: str) -> bool:
    grounds = (styles.WHITE, tint(colour))
    return all(contrast(colour, ground) >= _CONTRAST for ground in grounds)


def tint(colour: str) -> str:
    """A soft ground of the colour.

    >>> tint("#806600")
    '#F2F0E6'
    """
    return _mixed(styles.WHITE, colour, _TINT)


def branded(properties: Mapping[str, Any], colour: str | None) -> dict[str, Any]:
    """Properties of a format with the company's colour where Tablero's stands.

    >>> branded({"bg_color": "#1F4E79", "bold": True}, "#806600")
    {'bg_color': '#806600', 'bold': True}
    """
    if colour is None:
        return dict(properties)
    own = readable(colour)
    places = {styles.ACCENT: own, styles.ACCENT_SOFT: tint(own)}
    return {
        name: places.get(value, value) if isinstance(value, str) else value
        for name, value in properties.items()
    }


def _mixed(one: str, other: str, share: float) -> str:
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(first + (last - first) * share):02X}" for first, last in parts)


def _channels(colour: str) -> Iterator[int]:
    return (int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in _channels(colour))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for one in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
