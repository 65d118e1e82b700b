"""What people read of a portfolio: its summary workbook and its page, and a copy without names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tablero.addin.publishing import put
from tablero.workbook_templates import saving
from tablero.workbook_templates.portfolio.dataset import PAGE, SUMMARY, DataSet
from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from tablero.workbook_templates.portfolio.statistics import Statistics


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
    wanted = [name for name in _MAKERS if is_news or not (folder / name).exists()]
    with ExitStack() as stack:
        found = stack.enter_context(_asked(folder, language)) if wanted else None
        for name, make in _MAKERS.items():
            target = folder / name
            if found and name in wanted:
                with saving.told(target):
                    make(found, target, language)
            yield target


@contextmanager
def _asked(folder: Path, language: str) -> Iterator[Statistics]:
    """The statistics of a data set, which the workbook and the page share."""
    # What asks, draws and writes is imported only where there is something to tell.
    from tablero.workbook_templates.portfolio.statistics import statistics  # noqa: PLC0415

    with statistics(folder, language) as found:
        yield found


def _summary(found: Statistics, target: Path, language: str) -> None:
    from tablero.workbook_templates.portfolio import summary  # noqa: PLC0415 - as above

    summary.write_found(found, target, language)


def _page(found: Statistics, target: Path, language: str) -> None:
    from tablero.workbook_templates.portfolio import page  # noqa: PLC0415 - as above

    put(page.page_of(found, language).encode(), target)


_MAKERS: Mapping[str, Callable[[Statistics, Path, str], None]] = MappingProxyType(
    {SUMMARY: _summary, PAGE: _page}
)


def anonymise(folder: Path, target: Path, *, force: bool) -> None:
    """Write the tables of a data set into another folder, as strangers may see them.

    Raises
    ------
    ProblemsError
        As of :func:`refuse_target`.
    """
    from tablero.workbook_templates.portfolio.anonymising import anonymise as write  # noqa: PLC0415

    refuse_target(folder, target, force=force)
    target.mkdir(parents=True, exist_ok=True)
    write(folder, target)


def refuse_target(folder: Path, target: Path, *, force: bool) -> None:
    """Refuse a place for a copy without names.

    Raises
    ------
    ProblemsError
        It is a file, holds other things, or is the data set itself.
    """
    shared = DataSet(target)
    shared.refuse_files()
    is_own = target.resolve() == folder.resolve() or shared.exists
    is_taken = target.exists() and not shared.has_tables and any(target.iterdir())
    if is_own or (is_taken and not force):
        raise ProblemsError([Problem("portfolio_shared", values={"name": str(target)})])
