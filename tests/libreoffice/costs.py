"""What calls cost in LibreOffice with the extension: ``python -m tests.libreoffice.costs``.

Whole columns in one call are set against one call a cell: a column of words, then whole
companies, whose workbooks for xlwings have the former and whose portable ones the latter.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter

from tablero.addin.libreoffice import build
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.dialects import DialectName
from tests.benchmarks.timing import Pair, compare
from tests.engines.libreoffice import Calc
from tests.workbook.companies import cano, large
from tests.workbook.making import Variant

KPIS = 1000
RUNS = 7


def table(folder: Path) -> str:
    """Medians of recalculations in milliseconds, and what one call for many cells saves."""
    column = _column(folder / "column.xlsx", together=True)
    single = _column(folder / "single.xlsx", together=False)
    with Calc(extensions=_extensions(folder)) as calc:
        lines = [
            _line(f"ACTION_BAND, {KPIS} KPIs", _compared(calc, column, single)),
            _line("the paper's company", _compared(calc, *_workbooks(cano(), folder))),
            _line("a company of 120 KPIs", _compared(calc, *_workbooks(large(), folder))),
        ]
    return "\n".join(lines)


def _column(path: Path, *, together: bool) -> Path:
    """Achievements with the word of each beside it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column("A1", [row / KPIS for row in range(1, KPIS + 1)])
        if together:
            sheet.write_array_formula(0, 1, KPIS - 1, 1, f"=ACTION_BAND(A1:A{KPIS})")
        else:
            for row in range(KPIS):
                sheet.write_formula(row, 1, f"=ACTION_BAND(A{row + 1})")
    return path


def _workbooks(company: Definition, folder: Path) -> list[Path]:
    dialects: tuple[DialectName, ...] = ("xlwings", "portable")
    return [
        Variant(dialect, "en").write(company, folder / f"{company.company.name} {dialect}.xlsx")
        for dialect in dialects
    ]


def _extensions(folder: Path) -> Path:
    extension = build(folder)
    with zipfile.ZipFile(extension) as archive:
        archive.extractall(folder / "extensions" / extension.name)
    return folder / "extensions"


def _compared(calc: Calc, together: Path, single: Path) -> Pair:
    """Recalculations of a workbook, in turns with those of one that calls cell by cell."""
    with calc.open(together) as ours, calc.open(single) as peer:
        return compare(ours.calculate, peer.calculate, RUNS)


def _line(what: str, pair: Pair) -> str:
    ours, peer = (seconds * 1e3 for seconds in pair)
    saved = f"{peer / ours:5.1f} times faster"
    return f"{what:24}{ours:8.1f} ms in one call{peer:8.1f} ms cell by cell{saved:>20}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tablero-costs-") as folder:
        sys.stdout.write(f"{table(Path(folder))}\n")
