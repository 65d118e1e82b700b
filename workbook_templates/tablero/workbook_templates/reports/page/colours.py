"""The colours of the page, by light and by dark, as custom properties of its style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tablero.workbook_templates import styles
from tablero.workbook_templates.reports.report import Report

_GROUND = "#12181F"
_DARK_TONES: Mapping[str, tuple[str, str]] = {
    "▼": ("#FFB4AE", "#4A1D1F"),
    "◆": ("#F5CE85", "#43320F"),
    "●": ("#A9CDF5", "#17334F"),
    "▲": ("#8FDCC4", "#123B32"),
}
_PAIRS: Mapping[str, tuple[str, str]] = {
    "paper": (styles.WHITE, _GROUND),
    "ink": (styles.TEXT, "#E6EBF0"),
    "muted": (styles.MUTED, "#9FACB9"),
    "line": (styles.LINE, "#2D3843"),
    "soft": (styles.SOFT, "#1A222B"),
    "bar": (styles.BAR, "#4F6A85"),
    "mark": (styles.MARK, "#7C98B6"),
    "before": (styles.LAST_YEAR, "#3F5163"),
    "gain": (styles.GAIN, "#2F7D68"),
    "loss": (styles.LOSS, "#B4544D"),
}


def colours(report: Report) -> str:
    """Custom properties for every role of the palette, the accent and each band.

    Browsers that know ``light-dark()`` follow the reader's choice; others show the light ones.
    """
    pairs = dict(_PAIRS) | dict(_accents(report)) | dict(_bands(report))
    light = "".join(f"--{name}:{pair[0]};" for name, pair in pairs.items())
    both = "".join(
        f"--{name}:light-dark({bright},{dark});" for name, (bright, dark) in pairs.items()
    )
    supports = "@supports (color:light-dark(#000,#fff))"
    return f":root{{{light}}}\n{supports}{{:root{{{both}}}}}\n{_classes(report)}"


def _accents(report: Report) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "accent", (report.accent, f"color-mix(in srgb,{report.accent} 45%,#fff)")
    yield "accent-soft", (report.accent_soft, "#1D2935")


def _bands(report: Report) -> Iterator[tuple[str, tuple[str, str]]]:
    for position, verdict in enumerate(report.verdicts):
        tone = verdict.tone
        ink, paper = _DARK_TONES[tone.symbol]
        yield f"band-{position}-ink", (tone.ink, ink)
        yield f"band-{position}-paper", (tone.paper, paper)


def _classes(report: Report) -> str:
    return "\n".join(
        f'[data-band="{position}"]'
        f"{{--band-ink:var(--band-{position}-ink);--band-paper:var(--band-{position}-paper)}}"
        for position in range(len(report.verdicts))
    )
