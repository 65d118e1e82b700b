"""Showing what objectives and key results came to when their period ended."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tablero.addin.cli.speaking import told
from tablero.addin.cli.terminal import show
from tablero.workbook_templates.okrs.parts import Okr
from tablero.workbook_templates.okrs.scoring import OkrScore
from tablero.workbook_templates.texts import text


def show_grades(console: Console, key: str, graded: Sequence[OkrScore], language: str) -> None:
    """The grades of objectives and their key results, period by period."""
    for code in dict.fromkeys(one.okr.period for one in graded):
        show(console, told(key, language, quarter=code), "bold")
        for score in graded:
            if score.okr.period == code:
                _show(console, score, language)


def show_carried(
    console: Console, key: str, carried: Sequence[Okr], language: str, **more: str
) -> None:
    """How much goes on, and where."""
    key_results = sum(len(okr.key_results) for okr in carried)
    counts = {"okrs": len(carried), "key_results": key_results}
    show(console, told(key, language, **counts, **more))


def _show(console: Console, score: OkrScore, language: str) -> None:
    words = {
        "name": score.okr.name.in_language(language),
        "score": _share(score.score),
        "status": text(f"okr_status.{score.status}", language) if score.status else "–",
    }
    show(console, f"  {told('quarter.objective', language, **words)}")
    for one in score.key_results:
        name = one.key_result.name.in_language(language)
        show(console, f"      {name}: {_share(one.progress)}")


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"
