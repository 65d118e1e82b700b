"""What people read of a portfolio: its summary workbook and its page, and a copy without names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tablero.addin.publishing import put
from tablero.workbook_templates import saving
from tablero.workbook_templates.portfolio.dataset import PAGE, SUMMARY, DataSet
from tablero.workbook_templates.problems import Problem, ProblemsError


def present(folder: Path, language: str, *, is_news: bool = True) -> Iterator[Path]:
    """Make what is to be read of a data set, in its folder.

    Parameters
    ----------
    folder
        The data set.
    language
        en, es or pt.
    is_news
        Whether the tables changed; if not, only what is missing is made.

    Yields
    ------
    Path
        Each file that is there.

    Raises
    ------
    ProblemsError
        A file cannot be replaced, as one that a program has open.
    """
    # What draws and writes is imported only where something is drawn or written.
    from tablero.workbook_templates.portfolio import page, summary  # noqa: PLC0415

    makers: Mapping[str, Callable[[Path], None]] = {
        SUMMARY: lambda target: summary.write(folder, target, language),
        PAGE: lambda target: put(page.page(folder, language).encode(), target),
    }
    for name, make in makers.items():
        target = folder / name
        if is_news or not target.exists():
            with saving.told(target):
                make(target)
        yield target


def anonymise(folder: Path, target: Path, *, force: bool) -> None:
    """Write the tables of a data set into another folder, as strangers may see them.

    Raises
    ------
    ProblemsError
        The other folder holds other things, or is the data set itself.
    """
    from tablero.workbook_templates.portfolio.anonymising import anonymise as write  # noqa: PLC0415

    shared = DataSet(target)
    is_own = target.resolve() == folder.resolve() or shared.exists
    is_taken = target.exists() and not shared.has_tables and any(target.iterdir())
    if is_own or (is_taken and not force):
        raise ProblemsError([Problem("portfolio_shared", values={"name": str(target)})])
    target.mkdir(parents=True, exist_ok=True)
    write(folder, target)
