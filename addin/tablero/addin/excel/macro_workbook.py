"""The macro workbook: a scorecard whose cells call Python through xlwings, all inside one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tablero.addin.excel import configuration
from tablero.addin.excel.standalone import workbook_modules
from tablero.addin.excel.vba_project import Document, Module, document_module, vba_project
from tablero.addin.excel.wrappers import MODULE_NAME, wrapper_module
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook

ENDING = ".xlsm"
PROJECT = "Tablero"

ON_OPENING = """\
Private Sub Workbook_Open()
    DescribeFunctions
    TellStoreEdition
End Sub
"""
"""The only code of ours in a workbook's own modules."""


def new_macro_workbook(  # noqa: PLR0913 - each a choice of its own
    definition: Definition,
    path: Path,
    *,
    language: str | None = None,
    period: Period | None = None,
    figures: Figures | None = None,
    records: Records = NO_RECORDS,
    interpreter: str | None = None,
) -> None:
    """Write the macro workbook of a definition, ready to calculate in Excel on Windows.

    Parameters
    ----------
    definition, language, period, figures, records
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
        definition,
        language=language,
        dialect="xlwings",
        period=period,
        figures=figures,
        records=records,
    )
    *visible, hidden = make_pages(board)
    pages = [*visible, configuration.build(board.language, interpreter), hidden]
    sheets: list[tuple[str, Document]] = [
        (f"Sheet{place}", "sheet") for place in range(1, len(pages) + 1)
    ]
    vba = project([("ThisWorkbook", "workbook"), *sheets], board.language)
    write_workbook(board, pages, path, vba=vba)


def project(documents: Sequence[tuple[str, Document]], language: str) -> bytes:
    """The VBA project of a workbook: modules of its own parts, xlwings' own and the functions.

    Parameters
    ----------
    documents : sequence of (str, str)
        Name and kind of the module of the workbook and of each sheet.
    language : {"en", "es", "pt"}
        Of the function wizard and of messages.
    """
    own = (
        document_module(name, kind, ON_OPENING if kind == "workbook" else "")
        for name, kind in documents
    )
    functions = Module(MODULE_NAME, "standard", wrapper_module(language))
    return vba_project([*own, *workbook_modules(), functions], PROJECT)
