"""Next year's workbook and upgrades carry over everything, and say what they leave behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.comments import Comment

from tablero.addin.cli import rolling
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.lite import new_lite_workbook
from tablero.workbook_templates import closing
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.pinned import Pinned, pinned
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.store import WORKBOOK_SCHEMA
from tablero.workbook_templates.workbook import new_workbook
from tests.workbook.test_validity import picture

CANO = load_template("cano")
SCHEMA_1 = Path(__file__).parent / "data" / "schema-1.xlsx"
"""The paper's company as Tablero made its workbook before it kept records."""


def changed(path: Path, *edits: Edit) -> Reading:
    """The workbook after some cells were changed."""
    revise(Version.of(path), edits).save()
    return read_workbook(path)


def in_cell(reading: Reading, key: str, number: int, value: float | str | None) -> Edit:
    """A figure of an input in a month."""
    cell = reading.places.months[key, number]
    return Edit(cell.sheet, (cell.row, cell.column), value)


MAKERS: dict[str, Callable[[Path], None]] = {
    "acme-2016.xlsx": lambda path: new_workbook(CANO, path),
    "acme-2016-es.xlsx": lambda path: new_workbook(CANO, path, language="es", dialect="plain"),
    "acme-2016-lite.xlsx": lambda path: new_lite_workbook(CANO, path),
    "acme-2016.xlsm": lambda path: new_macro_workbook(CANO, path),
}


@pytest.mark.parametrize("name", MAKERS)
def test_this_years_months_are_last_years_in_the_next(
    name: str, tmp_path: Path, validator: Callable[[Path], list[str]]
) -> None:
    """Every figure is there again, one year back; the new months are empty."""
    path = tmp_path / name
    MAKERS[name](path)
    former = changed(path, *closing.close(read_workbook(path), Month(2016, 2)))
    known = set(validator(path))
    assert rolling.roll(path, None, "en", force=False) == 0

    rolled = path.with_name(name.replace("2016", "2017"))
    reading = read_workbook(rolled)
    assert reading.problems == ()
    assert reading.definition.company.year == 2017
    assert (reading.language, reading.dialect) == (former.language, former.dialect)
    assert np.array_equal(reading.figures.months[:, :12], former.figures.months[:, 12:])
    assert np.isnan(reading.figures.months[:, 12:]).all()
    assert reading.records.closed == former.records.closed
    (change,) = reading.records.changes
    assert (change.action, change.source) == ("roll", name)
    assert change.digest == Version.of(path).digest
    assert {one.partition("!")[0] for one in set(validator(rolled)) - known} <= FUNCTION_SHEETS


FUNCTION_SHEETS = {"Inputs", "Scorecard", "Trend"}
"""Where the validator does not know functions that come from outside."""


def test_a_whole_year_is_known_only_where_all_its_months_are(tmp_path: Path) -> None:
    """A total of eleven months would be too small a year to grow from."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    reading = read_workbook(path)
    changed(path, in_cell(reading, "net_income", 7, None))
    rolling.roll(path, None, "en", force=False)
    figures = read_workbook(tmp_path / "acme-2017.xlsx").figures
    years = dict(zip(figures.ids, figures.last_year, strict=True))
    rows = dict(zip(figures.ids, figures.months[:, :12], strict=True))
    assert np.isnan(years["net_income"])
    assert years["net_sales"] == rows["net_sales"].sum()
    assert years["total_assets"] == pytest.approx(rows["total_assets"].mean())


def test_edits_of_goals_weights_owners_and_bands_go_on(tmp_path: Path) -> None:
    """The definition of next year is that of this year as people have changed it."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    book = openpyxl.load_workbook(path, read_only=True)
    first = {
        name: book.defined_names[name].attr_text
        for name in ("matrix_goal", "matrix_owner", "set_cap")
    }
    row = 7  # the first KPI, below its perspective and objective
    cells = {name: area.rsplit("!", 1)[1].split("$") for name, area in first.items()}
    edits = [
        Edit("Matrix", (row, column(cells["matrix_goal"][1])), 0.5),
        Edit("Matrix", (row, column(cells["matrix_owner"][1])), "Ana"),
        Edit("Settings", (int(cells["set_cap"][2]), column(cells["set_cap"][1])), 2.0),
    ]
    edited = changed(path, *edits)
    rolling.roll(path, None, "en", force=False)
    rolled = read_workbook(tmp_path / "acme-2017.xlsx").definition
    (kpi, *_) = rolled.kpis()
    assert (kpi.goal, kpi.owner, rolled.policies.cap) == (0.5, {"": "Ana"}, 2.0)
    assert rolled.model_dump(exclude={"company"}) == edited.definition.model_dump(
        exclude={"company"}
    )


def column(letters: str) -> int:
    return int(openpyxl.utils.column_index_from_string(letters))


def with_own_things(path: Path, reading: Reading) -> Path:
    """The workbook with notes and a sheet of the user's own, as openpyxl stores them."""
    book = openpyxl.load_workbook(path)
    for place, said in (
        (reading.places.months["net_sales", 3], "Late invoices"),
        (reading.places.months["net_sales", -5], "Two years ago"),
        (reading.places.headers[4], "No row of mine"),
    ):
        book[place.sheet][place.coordinate].comment = Comment(said, "Ana")
    book["Matrix"].cell(7, 5).comment = Comment("Agreed with the board", "Luis")
    book.create_sheet("My sums")["A1"] = 1
    book.save(path)
    return path


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_notes_go_on_with_what_they_are_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note on March stands on last March next year; what has no place is listed."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    with_own_things(path, read_workbook(path))
    rolling.roll(path, None, "en", force=False)
    said = capsys.readouterr().out

    rolled = tmp_path / "acme-2017.xlsx"
    cell = read_workbook(rolled).places.months["net_sales", -9]
    notes = list(pinned(Package.read(rolled)))
    assert Pinned(cell.sheet, (cell.row, cell.column), "Late invoices", "Ana") in notes
    assert Pinned("Matrix", (7, 5), "Agreed with the board", "Luis") in notes
    assert len(notes) == 2
    assert "My sums" in said
    assert "No row of mine" in said


def rename(path: Path, former: str, title: str) -> None:
    """Call a sheet otherwise, as Excel does: the names that lead to it follow."""
    package = Package.read(path)
    part = package.parts[WORKBOOK]
    for before, after in ((f'name="{former}"', f'name="{title}"'), (f">{former}!", f">{title}!")):
        part = part.replace(before.encode(), after.encode())
    package.with_parts({WORKBOOK: part}).write(path)


def test_the_logo_goes_on(tmp_path: Path) -> None:
    """The picture on Home is the same, byte for byte, whatever Home is called."""
    logo = picture(tmp_path / "logo.png")
    company = CANO.company.model_copy(update={"logo": str(logo)})
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO.model_copy(update={"company": company}), path)
    logo_bytes = logo.read_bytes()
    logo.unlink()
    rename(path, "Home", "Front")
    rolling.roll(path, None, "en", force=False)
    parts = Package.read(tmp_path / "acme-2017.xlsx").parts
    assert [data for name, data in parts.items() if "media" in name] == [logo_bytes]


def test_a_workbook_with_errors_is_not_rolled(tmp_path: Path) -> None:
    """A figure that could not be read would be lost."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    changed(path, in_cell(read_workbook(path), "net_sales", 3, "about 5"))
    with pytest.raises(ProblemsError) as refused:
        rolling.roll(path, None, "en", force=False)
    assert [problem.code for problem in refused.value.problems] == ["cell_text"]
    assert not (tmp_path / "acme-2017.xlsx").exists()


def test_an_older_workbook_is_upgraded_with_all_it_holds(
    tmp_path: Path, validator: Callable[[Path], list[str]]
) -> None:
    """Figures and edits stay; from then on months can be closed and changes are noted."""
    path = tmp_path / "acme.xlsx"
    shutil.copy(SCHEMA_1, path)
    before = changed(path, in_cell(read_workbook(path), "net_sales", 3, 777.0))
    assert before.schema == 1
    with pytest.raises(ProblemsError) as refused:
        closing.close(before, Month(2016, 2))
    assert [problem.code for problem in refused.value.problems] == ["no_change_log"]

    assert rolling.upgrade(path, "en", leave=False) == 0
    after = read_workbook(path)
    assert (after.schema, after.problems) == (WORKBOOK_SCHEMA, ())
    assert np.array_equal(after.figures.months, before.figures.months, equal_nan=True)
    assert after.definition == before.definition
    assert [change.action for change in after.records.changes] == ["upgrade"]
    assert changed(path, *closing.close(after, Month(2016, 2))).records.closed
    assert validator(path) == []


def test_a_workbook_without_tables_for_other_programs_is_read_and_gets_them(
    tmp_path: Path,
) -> None:
    """One of schema 1 has no sheet Data; the upgraded one has it before the settings."""
    path = tmp_path / "acme.xlsx"
    shutil.copy(SCHEMA_1, path)
    titles = list(Package.read(path).sheets)
    assert read_workbook(path).problems == ()
    assert "Data" not in titles
    assert rolling.upgrade(path, "en", leave=False) == 0
    titles = list(Package.read(path).sheets)
    assert titles.index("Data") == titles.index("Settings") - 1


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_an_upgrade_loses_nothing_unasked(tmp_path: Path) -> None:
    """A sheet of the user's own stops it, until they say that it may stay behind."""
    path = tmp_path / "acme.xlsx"
    shutil.copy(SCHEMA_1, path)
    with_own_things(path, read_workbook(path))
    content = path.read_bytes()
    with pytest.raises(ProblemsError) as refused:
        rolling.upgrade(path, "en", leave=False)
    assert [problem.code for problem in refused.value.problems] == ["upgrade_loses"]
    assert path.read_bytes() == content
    assert rolling.upgrade(path, "en", leave=True) == 0
    (backup,) = tmp_path.glob("acme.backup-*")
    assert backup.read_bytes() == content


def test_nothing_is_upgraded_that_need_not_be(tmp_path: Path) -> None:
    """A present workbook is told to be one."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    with pytest.raises(ProblemsError) as refused:
        rolling.upgrade(path, "es", leave=False)
    assert [problem.code for problem in refused.value.problems] == ["upgrade_needless"]
