"""``tablero new``: the workbook of a company, from a shipped definition or one's own."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl.cell.cell import Cell

from tablero.workbook_templates.definition import Company
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.validation import dump_definition
from tests.addin.commands import opened, tablero
from tests.addin.pictures import gif, png
from tests.engines.ironcalc_engine import Workbook

LONG_NAME = "Transportes & Áridos <del Norte> \"S.A.\" 'Hijos' 🚚 " + "x" * 70
STRANGE_NAMES = {
    "a formula": "=1+1",
    "a call": '=HYPERLINK("http://example.com","x")',
    "a sum": "+1",
    "markup": "Smith & Sons <b> > 'x' \"y\"",
    "emoji": "Café 🚚🇵🇪",
    "long": LONG_NAME,
    "a placeholder": "{name} %s &P &[Date]",
    "an error": "#N/A",
}


def company(path: Path) -> Company:
    """The company that a workbook is about."""
    return read_workbook(path).definition.company


def has_figures(reading: Reading) -> bool:
    """Whether any month of this year or last year has a figure."""
    return bool(reading.figures.filled.any())


def own_definition(folder: Path) -> Path:
    """The paper's company as a definition of one's own, in Spanish."""
    cano = load_template("cano")
    spanish = cano.company.model_copy(update={"language": "es"})
    path = folder / "acme.yaml"
    path.write_text(dump_definition(cano.model_copy(update={"company": spanish})), "utf-8")
    return path


def test_every_choice_reaches_the_workbook(tmp_path: Path) -> None:
    """Company, language, year, fiscal year, currency, scale and kind of functions."""
    ended = tablero(
        "new", "blank-sme", "-o", "a.xlsx", "--company", "Acme", "--lang", "es", "--year", "2027",
        "--start-month", "7", "--currency", "PEN", "--scale", "thousands", "--functions", "plain",
        cwd=tmp_path,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    reading = read_workbook(tmp_path / "a.xlsx")
    made = reading.definition.company
    assert (reading.dialect, reading.language, reading.problems) == ("plain", "es", ())
    assert (made.name, made.year, made.fiscal_start_month) == ("Acme", 2027, 7)
    assert (made.currency, made.scale, made.language) == ("PEN", "thousands", "es")
    assert "tablero check a.xlsx" in ended.stdout.splitlines()[-1]
    assert "Datos" in ended.stdout.splitlines()[-1]


def test_a_new_company_starts_in_this_year_without_figures(tmp_path: Path) -> None:
    """The paper's figures are of another company, which is said."""
    this_year = {datetime.now(UTC).astimezone().year}
    ended = tablero("new", "cano", "--company", "Acme", cwd=tmp_path)
    reading = read_workbook(tmp_path / "acme.xlsx")
    assert not has_figures(reading)
    assert reading.definition.company.year in this_year | {datetime.now(UTC).astimezone().year}
    assert "--with-figures" in ended.stdout


@pytest.mark.parametrize(
    "change",
    [["--company", "A"], ["--year", "2026"], ["--start-month", "7"], ["--currency", "PEN"]],
    ids=lambda change: change[0],
)
def test_figures_stay_only_with_an_unchanged_company(change: list[str], tmp_path: Path) -> None:
    """Any change of what they are about leaves them out, unless they are asked for."""
    assert tablero("new", "cano", "-o", "1.xlsx", *change, cwd=tmp_path).returncode == 0
    assert not has_figures(read_workbook(tmp_path / "1.xlsx"))
    kept = tablero("new", "cano", "-o", "2.xlsx", "--with-figures", *change, cwd=tmp_path)
    assert has_figures(read_workbook(tmp_path / "2.xlsx"))
    assert "--with-figures" not in kept.stdout


def test_the_paper_is_made_with_its_figures_and_year(made: Path) -> None:
    """Without a change it is the company of 2016."""
    reading = read_workbook(made)
    assert has_figures(reading)
    assert reading.definition.company.year == 2016


def test_a_definition_of_ones_own_keeps_its_year_and_language(tmp_path: Path) -> None:
    """The workbook is called like the file, and speaks as the definition says."""
    own_definition(tmp_path)
    assert tablero("new", "acme.yaml", cwd=tmp_path, LANG="en_US.UTF-8").returncode == 0
    reading = read_workbook(tmp_path / "acme.xlsx")
    assert (reading.language, reading.definition.company.year) == ("es", 2016)
    assert has_figures(reading)


def test_a_shipped_definition_speaks_the_users_language(tmp_path: Path) -> None:
    """It is written in both languages, so that the environment decides without --lang."""
    tablero("new", "blank-sme", cwd=tmp_path, LC_MESSAGES="es_CO.UTF-8")
    assert read_workbook(tmp_path / "blank-sme.xlsx").language == "es"


def test_what_is_wrong_in_a_definition_is_told_line_by_line(tmp_path: Path) -> None:
    """All problems at once, in the user's language, and no workbook is made."""
    path = own_definition(tmp_path)
    text = path.read_text("utf-8").replace("net_income / total_assets", "net_incom / total_assets")
    path.write_text(text.replace("scale: thousands", "scale: hundreds"), "utf-8")
    ended = tablero("new", "acme.yaml", "--lang", "es", cwd=tmp_path)
    assert ended.returncode == 1
    lines = ended.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("error: acme.yaml › ") for line in lines)
    assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("blank", "Did you mean “blank-sme”?"),
        ("nothing-like-it", "There is no template “nothing-like-it”"),
        ("missing.yaml", "This definition does not exist"),
        ("folder.yaml", "This definition cannot be opened"),
        ("cano.xlsx", "This file is not text in UTF-8"),
    ],
)
def test_an_origin_that_is_none_is_told(origin: str, said: str, cano: Path) -> None:
    """Templates with a near name are proposed; files are told apart from templates."""
    (cano.parent / "folder.yaml").mkdir()
    assert said in tablero("new", origin, "-o", "a.xlsx", cwd=cano.parent).complaint(2)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--currency", "soles", "“soles” is not the code of a currency"),
        ("--company", "", "is empty"),
        ("--company", "x" * 121, "120"),
        ("--company", "two\nlines", "line"),
    ],
)
def test_a_bad_value_is_told_by_its_option(
    option: str, value: str, said: str, tmp_path: Path
) -> None:
    """The sentence names the option, not the field behind it."""
    line = tablero("new", "cano", option, value, cwd=tmp_path).complaint(2)
    assert line.startswith(f"error: {option}: ")
    assert said in line


@pytest.mark.parametrize("option", [["--year", "1800"], ["--start-month", "13"], ["--lang", "fr"]])
def test_a_value_out_of_range_is_wrong_use(option: list[str], tmp_path: Path) -> None:
    """Nothing is made of it."""
    ended = tablero("new", "cano", *option, cwd=tmp_path)
    assert ended.returncode == 2
    assert option[0] in ended.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", STRANGE_NAMES.values(), ids=STRANGE_NAMES)
def test_a_strange_company_name_stays_a_text(name: str, tmp_path: Path) -> None:
    """It is no formula, in the file and for a spreadsheet, and reads back as it was typed."""
    path = tmp_path / "a.xlsx"
    assert tablero("new", "cano", "--company", name, "-o", path.name, cwd=tmp_path).returncode == 0
    assert company(path).name == name
    cell = named_cell(path, "set_company")
    assert (cell.data_type, cell.value) == ("s", name)
    shown = Workbook.load(path).value(cell.parent.title, cell.coordinate)
    assert shown == name


def named_cell(path: Path, name: str) -> Cell:
    """The cell that a defined name points to."""
    workbook = opened(path)
    ((sheet, place),) = workbook.defined_names[name].destinations
    cell = workbook[sheet][place.replace("$", "")]
    assert isinstance(cell, Cell)
    return cell


def test_a_strange_company_name_leaves_a_valid_file(tmp_path: Path, validator: object) -> None:
    """The validator of Open XML files has nothing to say."""
    assert callable(validator)
    tablero("new", "cano", "--company", LONG_NAME, "-o", "a.xlsx", cwd=tmp_path)
    assert validator(tmp_path / "a.xlsx") == []


def test_the_file_is_called_like_the_company(tmp_path: Path) -> None:
    """In letters every system has; where there are none, like the template."""
    tablero("new", "blank-sme", "--company", "Áridos & Cía. S.A.", cwd=tmp_path)
    tablero("new", "blank-sme", "--company", "东方", cwd=tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"aridos-cia-s-a.xlsx", "blank-sme.xlsx"}


def test_a_workbook_that_is_there_is_not_overwritten(cano: Path) -> None:
    """Without --force nothing changes."""
    before = cano.read_bytes()
    line = tablero("new", "cano", cwd=cano.parent).complaint(2)
    assert "already a file" in line
    assert "--force" in line
    assert cano.read_bytes() == before


def test_force_keeps_a_backup(cano: Path) -> None:
    """The old workbook is beside the new one, and the name of the copy is said."""
    before = cano.read_bytes()
    ended = tablero("new", "blank-sme", "-o", "cano.xlsx", "--force", cwd=cano.parent)
    (backup,) = cano.parent.glob("cano.backup-*.xlsx")
    assert ended.returncode == 0
    assert backup.name in ended.stdout
    assert backup.read_bytes() == before
    assert company(cano).name != company(backup).name


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("a.ods", "Write it as “a.xlsx”"),
        ("a", "Write it as “a.xlsx”"),
        ("v1.2", "Write it as “v1.2.xlsx”"),
        ("no/a.xlsx", "The folder “no” does not exist"),
        ("file/a.xlsx", "“file” is a file, not a folder"),
        ("folder.xlsx", "“folder.xlsx” is a folder"),
        ("a?.xlsx", "a sign “?”"),
        ("con.xlsx", "Windows cannot have a file that is called “con.xlsx”"),
        (f"{'x' * 200}.xlsx", "too long"),
    ],
)
def test_a_place_that_cannot_hold_a_workbook_is_told(
    output: str, said: str, tmp_path: Path
) -> None:
    """Each with what to do, and nothing is left behind."""
    (tmp_path / "file").touch()
    (tmp_path / "folder.xlsx").mkdir()
    before = sorted(tmp_path.iterdir())
    assert said in tablero("new", "cano", "-o", output, cwd=tmp_path).complaint(2)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "picture"), [("a.png", png()), ("b.gif", gif())], ids=["PNG", "GIF"]
)
def test_a_logo_becomes_part_of_the_workbook(name: str, picture: bytes, tmp_path: Path) -> None:
    """The picture is in the file, and where it came from is not."""
    folder = tmp_path / "somewhere"
    folder.mkdir()
    (folder / name).write_bytes(picture)
    ended = tablero("new", "cano", "--logo", folder / name, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    with zipfile.ZipFile(tmp_path / "cano.xlsx") as package:
        parts = {part: package.read(part) for part in package.namelist()}
    assert picture in parts.values()
    assert not any(b"somewhere" in content for content in parts.values())


def test_the_logo_of_a_definition_is_found_beside_it(tmp_path: Path) -> None:
    """Its path counts from the definition's folder, wherever the command runs."""
    folder = tmp_path / "acme"
    folder.mkdir()
    path = own_definition(folder)
    text = path.read_text("utf-8").replace("company: {", "company: {logo: a.png, ")
    path.write_text(text.replace("company:\n", "company:\n  logo: a.png\n"), "utf-8")
    assert "a.png" in tablero("new", path, cwd=tmp_path).complaint(2)
    (folder / "a.png").write_bytes(png())
    assert tablero("new", path, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be opened"),
        (b"", "is not a picture"),
        (b"<svg/>", "is not a picture"),
        (b"\x89PNG\r\n\x1a\n", "is not a picture"),
        (b"\xff\xd8\xff\xe0", "is not a picture"),
        (png() + bytes(5_000_000), "larger than 5 MB"),
    ],
    ids=["missing", "empty", "other", "cut PNG", "cut JPEG", "huge"],
)
def test_a_logo_that_is_none_is_told(content: bytes | None, said: str, tmp_path: Path) -> None:
    """Before anything is made."""
    if content is not None:
        (tmp_path / "a.png").write_bytes(content)
    line = tablero("new", "cano", "--logo", "a.png", cwd=tmp_path).complaint(2)
    assert line.startswith("error: --logo: The logo “a.png” ")
    assert said in line
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_link_stays_a_link(cano: Path) -> None:
    """What it points to is replaced, with a backup beside the real file."""
    folder = cano.parent / "far"
    folder.mkdir()
    (folder / "link.xlsx").symlink_to(shutil.copy(cano, cano.parent / "real.xlsx"))
    tablero("new", "blank-sme", "-o", "far/link.xlsx", "--force", cwd=cano.parent)
    assert (folder / "link.xlsx").is_symlink()
    assert company(cano.parent / "real.xlsx") == company(folder / "link.xlsx") != company(cano)
    assert len(list(cano.parent.glob("real.backup-*.xlsx"))) == 1
