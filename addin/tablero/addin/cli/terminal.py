"""The terminal on which results are shown, or the file that stands in for it."""

from __future__ import annotations

import os
from typing import NoReturn

from rich import box
from rich.console import Console
from rich.table import Table

from tablero.addin.cli.fitting import fitted
from tablero.addin.cli.speaking import told
from tablero.workbook_templates.saving import Saved

# Wide enough for every table, where nobody looks on while it is written.
_WIDTH_OF_A_FILE = 110


class _Terminal(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the command how to end."""
        raise BrokenPipeError


def terminal() -> Console:
    """Where results are shown: as wide as the terminal, or as a file may be."""
    console = _Terminal(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_A_FILE
    return console


def new_table(console: Console) -> Table:
    """An empty table, ruled with lines where the terminal has them."""
    unicode = console.encoding.lower().startswith("utf")
    return Table(box=box.SIMPLE_HEAD if unicode else None, padding=(0, 1, 0, 0), pad_edge=False)


def show(console: Console, line: str = "", style: str = "") -> None:
    """Show a line, however long."""
    console.print(fitted(line, console.encoding), style=style or None, soft_wrap=True)


def show_saved(console: Console, saved: Saved, language: str) -> None:
    """Say where a workbook was saved, and where the former one is kept."""
    show(console, told("saved", language, file=saved.path))
    if saved.backup:
        names = {"file": saved.path.name, "backup": saved.backup.name}
        show(console, told("backup", language, **names))
