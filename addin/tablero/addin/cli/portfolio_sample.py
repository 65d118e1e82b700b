"""Making a portfolio to try things with: workbooks of made-up companies."""

from __future__ import annotations

from pathlib import Path

from rich.progress import Progress

from tablero.addin.cli.fitting import as_typed, fitted
from tablero.addin.cli.running import FINE, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, terminal
from tablero.workbook_templates.portfolio.population import YEAR, population
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import make_folder


def make_sample(folder: Path, count: int, seed: int, lang: str | None) -> int:
    """Write the workbooks of made-up companies into an empty folder; the exit code."""
    language = users_language(lang)
    with wrong_use():
        make_folder(folder)
        if any(folder.iterdir()):
            values = {"name": str(folder)}
            raise ProblemsError([Problem("portfolio_sample_taken", values=values)])
    console = terminal()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        name = fitted(told("portfolio_sample.making", language), console.encoding)
        task = bar.add_task(name, total=count)
        population(count, folder, seed=seed, done=lambda some: bar.advance(task, some))
    where = as_typed(folder)
    show(
        console, told("portfolio_sample.made", language, count=count, year=str(YEAR), folder=where)
    )
    show(console, told("portfolio_sample.next", language, folder=where))
    return FINE
