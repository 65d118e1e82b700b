"""A user's workbook keeps every byte but those of cells meant and results that follow."""

from __future__ import annotations

import math
import re
from pathlib import Path
from random import Random

import pytest
from openpyxl.utils import get_column_letter

from tablero.workbook_templates.editing.edits import Edit, with_edits
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.revision import Revision, revise
from tablero.workbook_templates.editing.sheet import ErrorValue, Result, SheetPart
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.workbook import new_workbook
from tests.editing.comparing import changed_cells, edit
from tests.editing.rich import FIGURE, LEFT, MINE, MONTH, rich_workbook
from tests.editing.table import PAGE, REMEDY, compared, page
from tests.engines.libreoffice import Calc
from tests.engines.openxml import Validator

FIGURE_PUT = 987654.25
KINDS = ("macros.xlsm", "plain.xlsx", "resaved.xlsx")


@pytest.fixture(scope="module", params=KINDS)
def rich(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich workbook as Excel's users have it, and as LibreOffice spells it."""
    folder = tmp_path_factory.mktemp("rich")
    if request.param == "resaved.xlsx":
        calc: Calc = request.getfixturevalue("calc")
        source = rich_workbook(folder / "plain.xlsx", "plain")
        path = calc.convert(source, folder / "resaved.xlsx")
        revise(Version.of(path)).save()
        return path
    path = folder / str(request.param)
    return rich_workbook(path, "xlwings" if path.suffix == ".xlsm" else "plain")


@pytest.fixture(scope="module")
def edited(rich: Path) -> Revision:
    """The rich workbook after an edit."""
    asks = rich.suffix == ".xlsx"
    return revise(Version.of(rich), [edit(rich, FIGURE_PUT)], calculates_itself=asks)


def test_an_edit_changes_its_cell_and_the_results_that_follow(
    rich: Path, edited: Revision, validator: Validator
) -> None:
    """Charts, macros, sparklines, comments, a web extension: all stand there byte for byte."""
    before = Package.read(rich)
    wanted = edit(rich, FIGURE_PUT)
    after = Package.read(edited.content)
    changed = changed_cells(before, after)
    assert wanted.place in changed["Inputs"]
    assert {"Inputs", "Scorecard", "Trend", MINE} <= changed.keys()
    for title, places in changed.items():
        computed = before.sheet(title).computed
        assert all(one in computed for one in places - {wanted.place}), title
    path = rich.with_name(f"edited-{rich.name}")
    path.write_bytes(edited.content)
    assert set(validator(path)) <= set(validator(rich))


def test_results_that_only_excel_can_calculate_stay_and_are_told(
    rich: Path, edited: Revision
) -> None:
    """The user's own formulas follow the edit, as far as they do not follow from unknown ones."""
    before = Package.read(rich).sheet(MINE)
    after = Package.read(edited.content).sheet(MINE)
    (problem,) = edited.problems
    assert problem.sheet == MINE
    told = set(str(problem.values["cells"]).split(", "))
    assert told >= LEFT - {"K2"} if "resaved" in rich.name else told == LEFT
    for cell in told:
        assert result(after, cell) == result(before, cell)
    assert result(after, "F1") == pytest.approx(total(rich, FIGURE_PUT) * 0.19)
    assert result(after, "F8") == round(total(rich, FIGURE_PUT) * 0.19 / 12, 2)


def result(sheet: SheetPart, cell: str | None) -> Result:
    """What a cell of a letter and a number holds."""
    assert cell
    return sheet.result((int(cell[1:]), ord(cell[0]) - ord("A") + 1))


def total(path: Path, figure: float) -> float:
    """The year's figures of the input with another one in the month."""
    months = read_workbook(path).places.months
    values = {month: months[FIGURE, month].value for month in range(1, 13)}
    values[MONTH] = figure
    return sum(float(str(value)) for value in values.values() if value is not None)


def test_a_refresh_brings_results_and_changes_nothing_else(rich: Path) -> None:
    """A figure that another program put in makes its results change; a second run, no byte."""
    package = with_edits(Package.read(rich), [edit(rich, 4321.5)])
    path = rich.with_name(f"refreshed-{rich.name}")
    path.write_bytes(package.to_bytes())
    first = revise(Version.of(path), calculates_itself=rich.suffix == ".xlsx")
    assert first.results > 40
    changed = changed_cells(package, Package.read(first.content))
    assert sum(map(len, changed.values())) == first.results
    first.save()
    second = revise(Version.of(path), calculates_itself=rich.suffix == ".xlsx")
    assert (second.results, second.is_change) == (0, False)


def test_excel_is_asked_to_calculate_what_was_left(rich: Path, edited: Revision) -> None:
    """The wish is one attribute; a workbook that an add-in serves never gets it."""
    before, after = Package.read(rich).parts[WORKBOOK], Package.read(edited.content).parts[WORKBOOK]
    if rich.suffix == ".xlsm":
        assert after == before
    else:
        assert b'fullCalcOnLoad="1"' in after
        calculation = re.compile(rb"<calcPr[^>]*>")
        assert calculation.sub(b"", after) == calculation.sub(b"", before)


@pytest.mark.parametrize("template", ["cano", "blank-sme"])
def test_patched_results_are_those_that_libreoffice_comes_to(
    template: str, calc: Calc, tmp_path: Path
) -> None:
    """After edits by chance, every formula of the workbook holds what LibreOffice calculates."""
    path = tmp_path / "plain.xlsx"
    new_workbook(load_template(template), path, language="en", dialect="plain")
    revision = randomly_edited(path, Random(template))  # noqa: S311 - the same on every machine
    path.write_bytes(revision.content)
    assert revision.problems == ()
    package = Package.read(path)
    differing = []
    with calc.open(path, recalculate=True) as document:
        for title in package.sheets:
            sheet = package.sheet(title)
            last = max(sheet.cells, default=(1, 1))[0]
            columns = max((column for _, column in sheet.cells), default=1)
            rows = document.values(title, f"A1:{get_column_letter(columns)}{last}")
            differing += [
                (title, place, sheet.result(place), rows[place[0] - 1][place[1] - 1])
                for place in sheet.computed
                if not same(sheet.result(place), rows[place[0] - 1][place[1] - 1])
            ]
    assert not differing


def randomly_edited(path: Path, chance: Random) -> Revision:
    """A workbook with a handful of other figures."""
    months = read_workbook(path).places.months
    keys = chance.sample(sorted(months), 6)
    values = [chance.choice([None, 0.0, -12.5, round(chance.uniform(1, 1e7), 2)]) for _ in keys]
    edits = [
        Edit(months[key].sheet, (months[key].row, months[key].column), value)
        for key, value in zip(keys, values, strict=True)
    ]
    return revise(Version.of(path), edits)


def same(ours: Result, theirs: object) -> bool:
    """Whether two programs came to the same; a truth value is a number to the one."""
    if isinstance(ours, ErrorValue):
        return ours.token == theirs
    if isinstance(ours, float | bool) and isinstance(theirs, float | bool):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return (ours or "") == (theirs or "")


def test_the_page_that_compares_part_by_part_is_current(tmp_path: Path) -> None:
    """What the documentation says of each part is what happens to it."""
    assert PAGE.read_text("utf-8") == page(compared(tmp_path)), REMEDY
