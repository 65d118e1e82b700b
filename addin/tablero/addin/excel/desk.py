"""The desk at which a macro works: the workbook open in Excel, messages, and files to choose."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import xlwings

from tablero.addin.excel.live import read_book
from tablero.addin.excel.writing import write_edits
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.read import Reading

TITLE = "Tablero"

Answer = Literal["yes", "no", "cancel"]
_SOURCES = "*.csv;*.txt;*.tsv;*.xlsx;*.xlsm;*.xls"


class Desk:
    """An open workbook with the Excel around it, through xlwings' object model."""

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book

    @property
    def name(self) -> str:
        """The name of the workbook's file."""
        return self._book.name

    @property
    def path(self) -> Path | None:
        """Where the workbook is saved; None where it is not, or not on this computer."""
        try:
            path = Path(self._book.fullname)
        except xlwings.XlwingsError:  # on a server, in a folder that this computer does not have
            return None
        return path if path.is_file() else None

    def reading(self) -> Reading:
        """What the workbook says as it is now, unsaved figures included."""
        return read_book(self._book)

    def write(self, edits: Iterable[Edit]) -> None:
        """Write into cells: all, or none where something is in the way of one."""
        write_edits(self._book, edits)

    def calculate(self) -> None:
        """Let Excel calculate every formula anew."""
        self._book.app.api.CalculateFull()

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A file with what the workbook holds now, of its name, for a while."""
        with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
            path = Path(folder) / self.name
            self._book.api.SaveCopyAs(str(path))
            yield path

    def tell(self, message: str, *, is_problem: bool = False) -> None:
        """Show a message box."""
        self._book.app.alert(message, TITLE, mode="critical" if is_problem else "info")

    def agree(self, question: str) -> bool:
        """Ask whether something is to be done."""
        return self._book.app.alert(question, TITLE, buttons="ok_cancel", mode="info") == "ok"

    def decide(self, question: str) -> Answer:
        """Ask a question that can be answered with yes or no."""
        pressed = self._book.app.alert(question, TITLE, buttons="yes_no_cancel", mode="info")
        return "yes" if pressed == "yes" else "no" if pressed == "no" else "cancel"

    def ask(self, question: str, suggestion: str) -> str | None:
        """Let the user type something; None when they cancel."""
        typed = self._book.app.api.InputBox(question, TITLE, suggestion)
        return None if typed is False or typed is None else str(typed).strip()

    def choose_file(self, suggestion: str, kind: str, ending: str = ".xlsm") -> Path | None:
        """Let the user choose where a new workbook goes; None when they cancel."""
        kinds = f"{kind} (*{ending}), *{ending}"
        return _path(self._book.app.api.GetSaveAsFilename(suggestion, kinds))

    def find_file(self, kind: str) -> Path | None:
        """Let the user choose a file with figures; None when they cancel."""
        return _path(self._book.app.api.GetOpenFilename(f"{kind} ({_SOURCES}), {_SOURCES}"))

    def open(self, path: Path) -> None:
        """Open another workbook beside this one."""
        self._book.app.books.open(str(path))


def _path(chosen: object) -> Path | None:
    """What a dialog of Excel gave, which is False where it was left."""
    return Path(chosen) if chosen and isinstance(chosen, str) else None
