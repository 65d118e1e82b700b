"""Closing a quarter of objectives and key results, and opening the next."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from tablero.addin.cli.rolling import content_of
from tablero.addin.cli.running import FINE, WrongUseError, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates.okrs.quarter import QuarterEnd, closed
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.replacing import Version, replace
from tablero.workbook_templates.texts import text


def refuse_output(output: Path | None) -> None:
    """Refuse a second workbook: a quarter is closed in the one that there is."""
    if output is not None:
        raise WrongUseError([Problem("quarter_output", file=output.name)])


def close_quarter(path: Path, quarter: str, lang: str | None, *, leave: bool) -> int:
    """Close a quarter in a workbook; the exit code."""
    language = users_language(lang)
    with wrong_use():
        version, reading = Version.of(path), read_workbook(path)
        end = closed(version, reading, quarter)
        left = end.edition.left
        if left and not leave:
            what = ", ".join(dict.fromkeys(problem.sheet for problem in left))
            raise ProblemsError([Problem("quarter_loses", values={"what": what}, file=path.name)])
    saved = replace(version, content_of(end.edition))
    console = terminal()
    _show(console, end, language)
    show_saved(console, saved, language)
    return FINE


def _show(console: Console, end: QuarterEnd, language: str) -> None:
    """The grades, and what goes on."""
    show(console, told("quarter.graded", language, quarter=end.code), "bold")
    for score in end.graded:
        words = {
            "name": score.okr.name.in_language(language),
            "score": _share(score.score),
            "status": text(f"okr_status.{score.status}", language) if score.status else "–",
        }
        show(console, f"  {told('quarter.objective', language, **words)}")
        for one in score.key_results:
            name = one.key_result.name.in_language(language)
            show(console, f"      {name}: {_share(one.progress)}")
    counts = {
        "quarter": end.following,
        "okrs": len(end.carried),
        "key_results": sum(len(okr.key_results) for okr in end.carried),
    }
    show(console, told("quarter.carried", language, **counts))


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"
