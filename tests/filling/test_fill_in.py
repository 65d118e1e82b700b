"""``tablero export --fill-in``: a file with just what an owner owes, which ``fill`` takes back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tablero.workbook_templates.definition import LocalText
from tablero.workbook_templates.filling.fill_in import fill_in
from tablero.workbook_templates.filling.fill_in_file import write_csv
from tablero.workbook_templates.read import read_workbook
from tests.addin.commands import Ended, tablero

MISSING = "net_sales,cost_of_sales,operating_expenses,net_profit,total_assets,cash,receivables"


def export(path: Path, *arguments: str) -> Ended:
    """Export what is owed to a workbook."""
    return tablero("export", path.name, "--fill-in", *arguments, cwd=path.parent)


def rows(path: Path) -> list[tuple[object, ...]]:
    """What the one sheet of a fill-in workbook holds."""
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return list(sheet.iter_rows(values_only=True))


def test_an_owner_is_asked_for_just_what_they_owe(
    acme: Path, validator: Callable[[Path], list[str]]
) -> None:
    """A line an input, a column a month; the file is called after both, and sound."""
    ended = export(acme, "--owner", "finance", "--month", "2026-04")
    assert (ended.returncode, ended.stderr) == (0, "")
    path = acme.parent / "acme-finance-2026-04.xlsx"
    title, company, how, heads, *lines = rows(path)
    assert title[0] == "Figures to fill in: Finance"
    assert company[0] == "Acme · Apr 2026"
    assert "yellow" in str(how[0])
    assert (heads[0], heads[1], heads[3]) == ("Input", "Unit", "Id")
    assert {str(line[3]) for line in lines} >= set(MISSING.split(","))
    owners = {one.id: one.owner["en"] for one in read_workbook(acme).definition.inputs}
    assert {owners[str(line[3])] for line in lines} == {"Finance"}
    assert all(line[2] is None for line in lines)
    assert validator(path) == []


@pytest.mark.parametrize(("ending", "lang"), [("xlsx", "es"), ("csv", "en")])
def test_what_is_filled_in_is_taken_back(acme: Path, ending: str, lang: str) -> None:
    """The round trip: exported, typed into, filled in, and nothing is owed any more."""
    name = f"finance.{ending}"
    options = ("--owner", "Finanzas", "--month", "abril 2026", "--lang", lang, "-o", name)
    assert export(acme, *options).returncode == 0
    count = type_everything(acme.parent / name)
    assert count == 9
    ended = tablero("fill", "acme.xlsx", "--from", name, "--yes", cwd=acme.parent)
    assert ended.returncode == 0, ended.stderr
    assert f"Figures that change: {count}" in ended.stdout
    reading = read_workbook(acme)
    assert reading.places.months["net_sales", 4].value == 100
    again = export(acme, "--owner", "finance", "--month", "2026-04", "-o", "again.csv")
    assert again == (0, "Nothing is owed: Finance has given every figure up to 2026-04.\n", "")
    assert not (acme.parent / "again.csv").exists()


def type_everything(path: Path) -> int:
    """Type a number into every empty cell that asks for one; how many there were."""
    if path.suffix == ".csv":
        lines = list(
            csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=delimiter(path))
        )
        filled = [[*line[:-1], str(100 + number)] for number, line in enumerate(lines[1:])]
        with path.open("w", encoding="cp1252", newline="") as file:  # as Excel saves it
            csv.writer(file, delimiter=delimiter(path)).writerows([lines[0], *filled])
        return len(filled)
    book = openpyxl.load_workbook(path)
    cells = [
        cell for row in book.worksheets[0].iter_rows() for cell in row if not cell.protection.locked
    ]
    for number, cell in enumerate(cells):
        cell.value = 100 + number
    book.save(path)
    return len(cells)


def delimiter(path: Path) -> str:
    return ";" if ";" in path.read_bytes().decode("latin-1").partition("\n")[0] else ","


def test_an_untouched_fill_in_changes_nothing(acme: Path) -> None:
    """Empty cells are no figures."""
    before = acme.read_bytes()
    assert export(acme, "--month", "2026-04", "-o", "all.xlsx").returncode == 0
    ended = tablero("fill", "acme.xlsx", "--from", "all.xlsx", "--yes", cwd=acme.parent)
    assert "There is no figure" in ended.complaint(1)
    assert acme.read_bytes() == before


def test_without_an_owner_everybody_is_asked(acme: Path) -> None:
    """Line by line with the owner's name, owner after owner."""
    assert export(acme, "--month", "2026-04").returncode == 0
    _, _, _, heads, *lines = rows(acme.parent / "acme-2026-04.xlsx")
    assert heads[:3] == ("Input", "Unit", "Owner")
    owners = [str(line[2]) for line in lines]
    assert len(set(owners)) > 2
    assert owners == sorted(owners, key=str.casefold)


def test_only_missing_months_are_asked_for(cano: Path) -> None:
    """A year that is complete owes nothing; a closed month is left out."""
    ended = export(cano)
    assert ended == (0, "Nothing is owed: everybody has given every figure up to 2016-12.\n", "")
    assert [*cano.parent.iterdir()] == [cano]


def test_a_closed_month_is_not_asked_for(acme: Path) -> None:
    """Its figures stay as they were reported, missing ones as well."""
    source = acme.parent / "s.csv"
    source.write_text("input,Jan,Feb\nnet_sales,1,2\n")
    assert tablero("fill", "acme.xlsx", "--from", "s.csv", "--yes", cwd=acme.parent).returncode == 0
    closing = ("close", "acme.xlsx", "--month", "2026-01", "--incomplete")
    assert tablero(*closing, cwd=acme.parent).returncode == 0
    months = {month.code for month in fill_in(read_workbook(acme)).months}
    assert months == {"2026-02"}


def test_an_owner_who_does_not_exist_is_wrong_use(acme: Path) -> None:
    """Those who do are named."""
    complaint = export(acme, "--owner", "Nobody").complaint(2)
    assert "Finance" in complaint
    assert "“Nobody”" in complaint


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--month", "2031-01"), "2031-01"),
        (("--month", "2026-04", "-o", "x.pdf"), ".xlsx"),
        (("--month", "2026-04", "-o", "no/x.csv"), "folder"),
    ],
)
def test_wrong_use_of_export_is_told(arguments: tuple[str, ...], told: str, acme: Path) -> None:
    """With what to type instead."""
    assert told in export(acme, *arguments).complaint(2)


def test_a_file_that_is_there_stays_unless_it_is_forced(acme: Path) -> None:
    """It may hold somebody's figures already."""
    (acme.parent / "x.csv").write_text("mine")
    assert "--force" in export(acme, "--month", "2026-04", "-o", "x.csv").complaint(2)
    assert (acme.parent / "x.csv").read_text() == "mine"
    assert export(acme, "--month", "2026-04", "-o", "x.csv", "--force").returncode == 0


def test_what_to_export_must_be_said(acme: Path) -> None:
    """There may be other exports one day."""
    assert "--fill-in" in tablero("export", "acme.xlsx", cwd=acme.parent).complaint(2)


def test_a_name_that_begins_like_a_formula_is_inert(acme: Path, tmp_path: Path) -> None:
    """In CSV it is quoted, since spreadsheets run what begins so; fill still knows it."""
    reading = read_workbook(acme)
    asked = fill_in(reading, period="2026-04", owner="Finance")
    evil = LocalText({"": "=cmd|' /C calc'!A0"})
    lines = [
        type(line)(line.input.model_copy(update={"name": evil}), "@owner", "+unit", line.months)
        for line in asked.lines
    ]
    path = tmp_path / "evil.csv"
    write_csv(type(asked)(asked.company, asked.calendar, "en", "x", asked.period, lines), path)
    cells = [cell for line in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in line]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    assert "'=cmd|' /C calc'!A0" in cells
