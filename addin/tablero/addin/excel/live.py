"""The workbook that is open in Excel: a copy of it as it is, messages, and files to choose."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TITLE = "Tablero"


class Desk:
    """An open workbook with the Excel around it, through xlwings' object model."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def name(self) -> str:
        """The name of the workbook's file."""
        return str(self._book.name)

    @contextmanager
    def copied(self) -> Iterator[Path]:
        """The workbook as it is now, unsaved figures included, in a file that is then removed.

        What stands in it is read as every workbook file is; the user's own file stays untouched.
        """
        with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
            copy = Path(folder) / self.name
            self._book.api.SaveCopyAs(str(copy))
            yield copy

    def tell(self, message: str, *, is_problem: bool = False) -> None:
        """Show a message box."""
        self._book.app.alert(message, TITLE, mode="critical" if is_problem else "info")

    def choose_file(self, suggestion: str, kind: str) -> Path | None:
        """Let the user choose where a new workbook goes; None when they cancel."""
        chosen = self._book.app.api.GetSaveAsFilename(suggestion, f"{kind} (*.xlsm), *.xlsm")
        return Path(chosen) if chosen and isinstance(chosen, str) else None

    def open(self, path: Path) -> None:
        """Open another workbook beside this one."""
        self._book.app.books.open(str(path))
