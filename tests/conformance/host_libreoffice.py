"""The extension in LibreOffice: the portable workbook, whose calls it answers by their names."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from tablero.addin.libreoffice import build
from tests.conformance.cases import Answer, Case
from tests.conformance.formula_sheets import ANSWERS, write_portable
from tests.conformance.notation import as_answer
from tests.engines.libreoffice import Calc


def answers(cases: Sequence[Case], folder: Path) -> list[Answer]:
    """What the extension answers in one workbook, in a LibreOffice started afresh with it."""
    path = folder / "libreoffice.xlsx"
    areas = write_portable(path, cases)
    with Calc(extensions=_extensions(folder)) as calc, calc.open(path, recalculate=True) as book:
        found = book.read([(ANSWERS, area) for area in areas])
    return [as_answer(rows) for rows in found]


def _extensions(folder: Path) -> Path:
    """A folder that holds the extension, unpacked."""
    extension = build(folder)
    with zipfile.ZipFile(extension) as archive:
        archive.extractall(folder / "extensions" / extension.name)
    return folder / "extensions"
