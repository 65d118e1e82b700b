"""Making a macro workbook fit for this machine again: its macros and settings, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter.utility import xl_rowcol_to_cell

from tablero.addin.excel import configuration
from tablero.addin.excel.compound_reading import UnreadableError
from tablero.addin.excel.configuration import INTERPRETER, SHEET, this_interpreter
from tablero.addin.excel.host_check import Machine, internet_mark, settings_of
from tablero.addin.excel.macro_workbook import ENDING, ON_OPENING, project
from tablero.addin.excel.package import MacroPackage, rewrite
from tablero.addin.excel.standalone import XLWINGS_MODULES
from tablero.addin.excel.vba_project import DOCUMENT_CLASSES, Document, Module
from tablero.addin.excel.vba_reading import code, modules
from tablero.addin.excel.wrappers import MODULE_NAME
from tablero.workbook_templates.editing.elements import Element, elements, spliced
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.opening import opened_workbook
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.saving import Saved, check_target, save
from tablero.workbook_templates.sheets.page import Content, Page

DIALECT = "xlwings"

_OURS = {MODULE_NAME, *XLWINGS_MODULES}
_MODULE_NAME = re.compile(r"[A-Za-zÀ-ÿ][\wÀ-ÿ]{0,30}", re.ASCII)
_HEIGHT = ("ht", "customHeight")


def repair(path: Path, machine: Machine | None = None) -> Saved:
    """Write the macros and the settings of a macro workbook anew, for this machine.

    Every other part stays byte for byte; figures, goals and formats stay what they are.  A backup
    is kept, and the mark of a file from the internet stays.

    Parameters
    ----------
    path : Path
        A macro workbook of Tablero.
    machine : Machine, optional
        By default this one.  On another system than Windows the Python in the settings stays.

    Returns
    -------
    Saved
        Where the workbook and its backup are.

    Raises
    ------
    ProblemsError
        It is no macro workbook of Tablero, holds macros of the user's own, or cannot be replaced.
    """
    check_target(path, force=True, ending=ENDING)
    machine = machine or Machine()
    try:
        changed = _changed(path, machine)
    except ProblemsError as refused:
        raise ProblemsError(problem.at(file=path.name) for problem in refused.problems) from None

    def write(target: Path) -> None:
        mark = internet_mark(target, machine)
        rewrite(target, target, changed)
        if mark:
            Path(f"{target}:Zone.Identifier").write_text(mark, "utf-8")

    return save(path, write, force=True, ending=ENDING)


def _changed(path: Path, machine: Machine) -> Mapping[str, bytes]:
    """The parts that become others."""
    reading = read_workbook(path)
    if reading.dialect != DIALECT:
        raise _refusal("repair_not_needed")
    with opened_workbook(path) as book:
        former = settings_of(book).get(INTERPRETER.upper())
        before = Package.read(path)
        package = MacroPackage(before)
        _require_no_macros_of_others(package.project)
        interpreter = _interpreter(machine, str(former.value or "") if former else "")
        _fill_settings(package, configuration.build(reading.language, interpreter))
        package.put_project(project(_documents(package), reading.language))
    return {name: part for name, part in package.parts.items() if before.parts.get(name) != part}


def _interpreter(machine: Machine, former: str) -> str:
    """The Python of this machine; where Excel cannot call it, the one that was written."""
    own = this_interpreter(machine.interpreter, machine.platform, machine.environment)
    return own if machine.is_windows else former or own


def _require_no_macros_of_others(content: bytes | None) -> None:
    try:
        found = modules(content) if content else ()
    except UnreadableError as defect:
        raise _refusal("repair_unreadable") from defect
    foreign = [module.name for module in found if not _is_ours(module)]
    if foreign:
        raise _refusal("repair_own_macros", modules=", ".join(foreign))


def _is_ours(module: Module) -> bool:
    """Whether nothing is lost with a module: ours, xlwings', or one that does nothing."""
    if module.kind in DOCUMENT_CLASSES:
        lines = re.sub(r"option explicit", "", code(module).lower()).split()
        known = ON_OPENING.lower().split()
        return not lines or (module.kind == "workbook" and lines == known)
    return module.name in _OURS


def _documents(package: MacroPackage) -> list[tuple[str, Document]]:
    """Name and kind of the module of the workbook and of each sheet."""
    found: list[tuple[str, Document]] = [
        (package.name_module(WORKBOOK, "workbookPr", "ThisWorkbook"), "workbook")
    ]
    for number, sheet in enumerate(package.sheets(), start=1):
        name = package.name_module(sheet.part, "sheetPr", f"Sheet{number}")
        found.append((name, sheet.kind))
    names = [name for name, _ in found]
    wrong = [name for name in names if not _MODULE_NAME.fullmatch(name) or names.count(name) > 1]
    wrong += _OURS & set(names)
    if wrong:
        raise _refusal("repair_module_names", modules=", ".join(sorted(set(wrong))))
    return found


def _fill_settings(package: MacroPackage, page: Page) -> None:
    """The sheet of the settings as in a new workbook, in the formats that its cells have."""
    part = next((one.part for one in package.sheets() if one.title.lower() == SHEET), None)
    xml = package.parts[part] if part else b""
    found = elements(xml, ["sheetData", "row", "c"]) if part else []
    if part is None or not found:
        raise _refusal("repair_no_settings", sheet=SHEET)
    data = found[0]
    tag = data.tag(xml)
    rows = "".join(_rows(page, data, tag.removesuffix("sheetData")))
    filled = f"<{tag}>{rows}</{tag}>".encode()
    package.put(part, spliced(xml, [(data.start, data.end, filled)]))


def _rows(page: Page, former: Element, prefix: str) -> Iterator[str]:
    """The rows, each cell's text inside it; heights of rows and formats of cells as before."""
    rows = {row.attributes.get("r"): row for row in former.children}
    cells = [cell for row in former.children for cell in row.children]
    styles = {one.attributes.get("r", ""): one.attributes.get("s", "0") for one in cells}
    placed = sorted(page.cells, key=lambda one: one[:2])
    for row, contents in groupby(placed, key=lambda one: one[0]):
        number = str(row + 1)
        yield f'<{prefix}row r="{number}"{_height(rows.get(number))}>'
        for _, column, content, _ in contents:
            name = xl_rowcol_to_cell(row, column)
            yield _cell(prefix, name, styles.get(name, "0"), content)
        yield f"</{prefix}row>"


def _height(row: Element | None) -> str:
    kept = row.attributes if row else {}
    return "".join(f" {key}={quoteattr(kept[key])}" for key in _HEIGHT if key in kept)


def _cell(prefix: str, name: str, style: str, content: Content) -> str:
    head = f"<{prefix}c r={quoteattr(name)} s={quoteattr(style)}"
    if content is None:
        return f"{head}/>"
    shown = f'<{prefix}t xml:space="preserve">{escape(str(content))}</{prefix}t>'
    return f'{head} t="inlineStr"><{prefix}is>{shown}</{prefix}is></{prefix}c>'


def _refusal(code: str, **values: object) -> ProblemsError:
    return ProblemsError([Problem(code, values=values)])
