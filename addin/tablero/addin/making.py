"""Making workbooks of every dialect: the one call behind all commands and buttons."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tablero.addin.excel.macro_workbook import ENDING as MACRO_ENDING
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.lite import new_lite_workbook
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.edition import Edition
from tablero.workbook_templates.portfolio.benchmarks_column import with_benchmarks
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.saving import ENDING
from tablero.workbook_templates.workbook import new_workbook


def ending_of(dialect: DialectName) -> str:
    """How the name of a workbook ends: ``.xlsm`` where macros call Python."""
    return MACRO_ENDING if dialect == "xlwings" else ENDING


def make(definition: Definition, path: Path, dialect: DialectName) -> None:
    """Write the workbook of a definition."""
    _maker(dialect)(definition, path)


def make_edition(edition: Edition, path: Path) -> None:
    """Write the workbook of an edition, with its figures, records, logo and benchmarks."""
    with _with_logo(edition) as definition:
        _maker(edition.dialect)(
            definition,
            path,
            language=edition.language,
            period=edition.period,
            figures=edition.figures,
            records=edition.records,
        )
    if edition.benchmarks is not None:
        made = with_benchmarks(
            Version.of(path), edition.benchmarks, edition.language, edition.dialect
        )
        path.write_bytes(made.content)


def _maker(dialect: DialectName) -> Callable[..., None]:
    if dialect == "xlwings":
        return new_macro_workbook
    return new_lite_workbook if dialect == "lite" else partial(new_workbook, dialect=dialect)


@contextmanager
def _with_logo(edition: Edition) -> Iterator[Definition]:
    """The definition with a file in which its logo is, for as long as it is needed."""
    if edition.logo is None:
        yield edition.definition
        return
    with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
        picture = Path(folder) / "logo"
        picture.write_bytes(edition.logo)
        company = edition.definition.company.model_copy(update={"logo": str(picture)})
        yield edition.definition.model_copy(update={"company": company})
