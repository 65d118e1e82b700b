"""The macro workbook: a scorecard whose cells call Python through xlwings, all inside one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tablero.addin.excel import configuration
from tablero.addin.excel.standalone import workbook_modules
from tablero.addin.excel.vba_project import Module, document_module, vba_project
from tablero.addin.excel.wrappers import MODULE_NAME, wrapper_module
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.sheets.page import Page
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook

ENDING = ".xlsm"
PROJECT = "Tablero"

_ON_OPENING = """\
Private Sub Workbook_Open()
    DescribeFunctions
End Sub
"""


def new_macro_workbook(
    definition: Definition,
    path: Path,
    *,
    language: str | None = None,
    period: Period | None = None,
    figures: Figures | None = None,
    interpreter: str | None = None,
) -> None:
    """Write the macro workbook of a definition, ready to calculate in Excel on Windows.

    Parameters
    ----------
    definition, language, period, figures
        As `tablero.workbook_templates.workbook.new_workbook` takes them.
    path : Path
        Where the workbook goes; its name ends in ``.xlsm``.
    interpreter : str, optional
        The Python that Excel is to call; by default the one that runs this, on Windows, and
        elsewhere the one that Windows finds by itself.

    Raises
    ------
    ValueError
        Another ending: Excel opens no workbook with macros that is called otherwise.
    """
    if path.suffix.lower() != ENDING:
        raise ValueError(f"a workbook with macros ends in {ENDING}: {path.name}")
    board = make_board(
        definition, language=language, dialect="xlwings", period=period, figures=figures
    )
    *visible, hidden = make_pages(board)
    pages = [*visible, configuration.build(board.language, interpreter), hidden]
    write_workbook(board, pages, path, vba=vba_project(_modules(pages, board.language), PROJECT))


def _modules(pages: Sequence[Page], language: str) -> list[Module]:
    """Every module of the project: the workbook's, the sheets', xlwings' own and the functions."""
    sheets = (document_module(f"Sheet{number}", "sheet") for number in range(1, len(pages) + 1))
    return [
        document_module("ThisWorkbook", "workbook", _ON_OPENING),
        *sheets,
        *workbook_modules(),
        Module(MODULE_NAME, "standard", wrapper_module(language)),
    ]
