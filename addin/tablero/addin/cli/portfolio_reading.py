"""Reading a portfolio from the command line: progress on a terminal, and what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from tablero.addin.cli.fitting import as_typed, complain, fitted, show_data
from tablero.addin.cli.running import FINE, INTERRUPTED, PROBLEMS, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, terminal
from tablero.addin.portfolio import gathering
from tablero.addin.portfolio.gathering import Gathered, Progress, StoppedError
from tablero.addin.portfolio.presenting import anonymise, present, refuse_target
from tablero.addin.portfolio.running import Place
from tablero.addin.portfolio.stores import Patience
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar
from tablero.workbook_templates.portfolio.company import LATEST, SHOWN
from tablero.workbook_templates.portfolio.dataset import Asked
from tablero.workbook_templates.problems import Problem, ProblemsError

__all__ = ["Place", "Wish", "read_portfolio"]

_WORDS = {"latest": LATEST[-1], "latest month": LATEST[-1], "ytd": "ytd", "year": "year"}
_YEAR = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class Wish:
    """What was typed."""

    paths: Sequence[str]
    output: Path
    period: str
    full: bool
    force: bool
    patience: float
    anonymised: Path | None = None
    """Another folder, for a copy without names."""
    is_bare: bool = False
    """Whether nothing but the data set is made."""


def read_portfolio(wish: Wish, place: Place, lang: str | None, *, as_json: bool) -> int:
    """Bring a data set up to date and say what came of it; the exit code."""
    language = users_language(lang)
    console = terminal()
    with wrong_use():
        asked = gathering.Wish(
            places=wish.paths,
            output=wish.output,
            asked=Asked(_period(wish.period), language),
            place=place,
            full=wish.full,
            force=wish.force,
            patience=Patience(wish.patience),
        )
        if wish.anonymised is not None:  # before anybody waits for the rest
            refuse_target(wish.output, wish.anonymised, force=wish.force)
        try:
            with _shown(console, language, is_silent=as_json) as progress:
                gathered = gathering.gather(asked, progress)
        except StoppedError as stopped:
            values = {"done": stopped.done, "total": stopped.total}
            complain(told("portfolio.stopped", language, **values))
            return INTERRUPTED
        made = _presented(wish, gathered, language)
    if as_json:
        told_of = _data(gathered, wish.output, made)
        show_data(f"{json.dumps(told_of, ensure_ascii=False, indent=2)}\n")
    else:
        _sum_up(console, gathered, wish.output, language)
        for file in made:
            show(console, told("saved", language, file=file))
    return PROBLEMS if gathered.published.errors else FINE


def _presented(wish: Wish, gathered: Gathered, language: str) -> list[Path]:
    """Make what people read of the data set; where it is."""
    made = [] if wish.is_bare else list(present(wish.output, language, is_news=gathered.is_news))
    if wish.anonymised is not None:
        anonymise(wish.output, wish.anonymised, force=wish.force)
        made.append(wish.anonymised)
    return made


def _period(code: str) -> str:
    """A period as it is asked of every workbook; refused where no year has one of that name."""
    known = {SHOWN: SHOWN, **_WORDS}.get(code)
    if known:
        return known
    found = _YEAR.search(code)
    year = int(found[0]) if found else 0
    for start in range(1, MONTHS_A_YEAR + 1) if year else ():
        try:
            Calendar(year, start).parse(code)
        except ProblemsError:
            continue
        return code
    raise ProblemsError([Problem("portfolio_period", values={"asked": code})])


@contextmanager
def _shown(console: Console, language: str, *, is_silent: bool) -> Iterator[Progress]:
    """A bar on a terminal; nothing where nobody looks on."""
    if is_silent or not console.is_terminal:
        yield lambda _done, _total: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(language), TimeRemainingColumn())
    with Bar("{task.description}", *columns, console=console, transient=True) as bar:
        name = fitted(told("portfolio.looking", language), console.encoding)
        task = bar.add_task(name, total=None)
        name = fitted(told("portfolio.reading", language), console.encoding)
        yield lambda done, total: bar.update(task, description=name, completed=done, total=total)


class _Rate(ProgressColumn):
    """How many files are read in a second."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def render(self, task: Task) -> Text:
        rate = task.speed
        return Text(told("portfolio.rate", self._language, rate=round(rate)) if rate else "")


def _sum_up(console: Console, gathered: Gathered, folder: Path, language: str) -> None:
    published = gathered.published
    show(console, told("portfolio.made", language, folder=as_typed(folder)))
    show(console, told("portfolio.files", language, **vars(published)))
    values = {"errors": published.errors, "warnings": published.warnings}
    if any(values.values()):
        show(console, told("portfolio.problems", language, **values))
    seconds, rate = round(gathered.seconds, 1), round(_rate(gathered), 1)
    line, told_of = "unchanged", {"seconds": seconds}
    if gathered.read:
        line, told_of = "read", {"read": gathered.read, "seconds": seconds, "rate": rate}
    show(console, told(f"portfolio.{line}", language, files=published.files, **told_of))


def _rate(gathered: Gathered) -> float:
    return gathered.read / gathered.seconds if gathered.seconds else 0.0


def _data(gathered: Gathered, folder: Path, made: Sequence[Path]) -> dict[str, object]:
    return {
        "folder": str(folder),
        "made": [str(file) for file in made],
        **asdict(gathered.published),
        "read": gathered.read,
        "seconds": round(gathered.seconds, 3),
        "files_a_second": round(_rate(gathered), 1),
    }
