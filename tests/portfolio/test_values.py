"""Values that are read at once are those that the reader of single workbooks reads."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition, InputFigures
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.sheets.page import serial
from tablero.workbook_templates.store import WORKBOOK_SCHEMA
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Place
from tests.portfolio.same import assert_same
from tests.reading.facts import CANO, board, matrix_cell, month_cell
from tests.reading.patching import EMPTY, Content, error, formula, logical, number, patched, text
from tests.reading.test_refused_files import COMPOUND
from tests.safety.attacks import ATTACKS
from tests.safety.mutating import unzipped, zipped
from tests.safety.seeds import small_workbook
from tests.safety.test_hostile_files import LARGE, LONG, MOST_MEGABYTES, REFUSED, ROOT
from tests.workbook.companies import ODD_NAMES, every_kind, odd, with_policies
from tests.workbook.making import PORTABLE, VARIANTS, Variant, named_cell

TEMPLATES = [template.id for template in available()]


def filled(definition: Definition, seed: int) -> Definition:
    """The definition with drawn figures, of which a tenth is missing and some are below zero."""
    chance = random.Random(seed)  # noqa: S311 - figures for tests

    def year() -> tuple[float | None, ...]:
        drawn = (round(chance.uniform(-0.05, 1) * 1000, 3) for _ in range(12))
        return tuple(one if chance.random() > 0.1 else None for one in drawn)

    figures = {
        one.id: InputFigures(months=year(), last_year_months=year(), last_year=chance.random())
        for one in definition.inputs
    }
    return definition.model_copy(update={"figures": figures})


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template(template: str, tmp_path: Path) -> None:
    """With figures of all kinds, each in one of the dialects and languages."""
    place = TEMPLATES.index(template)
    variant = (*VARIANTS, Variant("portable", "pt"))[place % (len(VARIANTS) + 1)]
    company = filled(load_template(template), place)
    assert_same(variant.write(company, tmp_path / "company.xlsx"))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, as it was made."""
    return PORTABLE.write(CANO, tmp_path_factory.mktemp("values") / "cano.xlsx")


def _settings(name: str) -> Place:
    return named_cell(board(), name)


def _band(row: str, column: str) -> Place:
    table = board().layout.bands
    return table.title, table.cell(row, column)


EDITS: Mapping[str, Callable[[], dict[Place, Content]]] = {
    "a figure": lambda: {month_cell("net_income", 1): number("-7.25")},
    "no figure": lambda: {month_cell("net_sales", 2): EMPTY},
    "a figure below zero": lambda: {month_cell("net_sales", 2): number(-3)},
    "a figure as text": lambda: {month_cell("net_sales", 3): text("1.234,56")},
    "words for a figure": lambda: {month_cell("net_sales", 3): text("about 5")},
    "a blank": lambda: {month_cell("net_sales", 3): text(" ")},
    "an error": lambda: {month_cell("net_sales", 3): error("#DIV/0!")},
    "an error of a formula": lambda: {month_cell("net_sales", 3): formula("1/0", error("#DIV/0!"))},
    "a formula": lambda: {month_cell("net_sales", 3): formula("1+2", number(3))},
    "a formula without text": lambda: {
        month_cell("net_sales", 3): formula('IF(1,"","")', ("str", "<v></v>"))
    },
    "a choice for a figure": lambda: {month_cell("net_sales", 3): logical(true=True)},
    "a huge figure": lambda: {month_cell("net_sales", 3): number("1e999")},
    "last year": lambda: {
        (board().layout.inputs.title, board().layout.inputs.cell("net_sales", "last_year")): number(
            2500
        )
    },
    "a weight": lambda: {matrix_cell("kpi:roa", "weight_kpi"): number("0.4")},
    "a weight above one": lambda: {matrix_cell("kpi:roa", "weight_kpi"): number(4)},
    "no weight": lambda: {matrix_cell("kpi:roa", "weight_kpi"): EMPTY},
    "other weights": lambda: {
        matrix_cell("kpi:roa", "weight_kpi"): number("0.5"),
        matrix_cell("kpi:roe", "weight_kpi"): number("0.5"),
    },
    "a weight as text": lambda: {matrix_cell("kpi:roa", "weight_kpi"): text("55%")},
    "a goal": lambda: {matrix_cell("kpi:roa", "goal"): number("0.4")},
    "no goal": lambda: {matrix_cell("kpi:roa", "goal"): EMPTY},
    "a goal of zero": lambda: {matrix_cell("kpi:roa", "goal"): number(0)},
    "words for a goal": lambda: {matrix_cell("kpi:roa", "goal"): text("a lot")},
    "goals by month": lambda: {matrix_cell("kpi:roa", "m3"): number("0.1")},
    "an owner": lambda: {matrix_cell("kpi:roa", "owner"): text("  Ana   María ")},
    "no owner": lambda: {matrix_cell("kpi:roa", "owner"): EMPTY},
    "a number for an owner": lambda: {matrix_cell("kpi:roa", "owner"): number(7)},
    "a direction": lambda: {matrix_cell("kpi:roa", "desired"): text("bajo")},
    "no direction": lambda: {matrix_cell("kpi:roa", "desired"): text("sideways")},
    "a bound": lambda: {_band("good", "from"): number("0.75")},
    "bounds out of order": lambda: {_band("good", "from"): number("0.1")},
    "no bound": lambda: {_band("good", "from"): EMPTY},
    "a word of a band": lambda: {_band("good", "name"): text("Well  done")},
    "a cap": lambda: {_settings("set_cap"): number(2)},
    "a cap below the floor": lambda: {_settings("set_cap"): number(-1)},
    "no yearly rates": lambda: {_settings("set_annualise"): text("no")},
    "another name": lambda: {_settings("set_company"): text("Áridos del Caribe, S.A.")},
    "no name": lambda: {_settings("set_company"): EMPTY},
    "a number for a name": lambda: {_settings("set_company"): number(2026)},
    "a month": lambda: {
        _settings("home_kind"): text("month"),
        _settings("home_month"): number(serial(2016, 3)),
    },
    "no period": lambda: {_settings("home_kind"): text("decade")},
    "a row without its key": lambda: {matrix_cell("kpi:roa", "id"): EMPTY},
    "a row with another key": lambda: {matrix_cell("kpi:roa", "id"): text("kpi:roi")},
    "a row twice": lambda: {matrix_cell("kpi:roa", "id"): text("kpi:roe")},
}


@pytest.mark.parametrize("name", list(EDITS))
def test_what_people_type(name: str, workbook: Path, tmp_path: Path) -> None:
    """Whether it is readable or told as a problem, of which the place is the same, too."""
    assert_same(patched(workbook, tmp_path / "typed.xlsx", EDITS[name]()))


@pytest.mark.parametrize("schema", [1, 2, WORKBOOK_SCHEMA, WORKBOOK_SCHEMA + 1, "four"])
def test_workbooks_of_other_times(schema: object, workbook: Path, tmp_path: Path) -> None:
    """Earlier ones are read, later ones and damaged ones refused with the same words."""
    head = {"mark": "tablero", "schema": schema, "language": "en", "dialect": "portable"}
    cells = {("_tablero", "A1"): text(json.dumps(head))}
    found = assert_same(patched(workbook, tmp_path / "other.xlsx", cells))
    is_read = isinstance(schema, int) and schema <= WORKBOOK_SCHEMA
    assert isinstance(found, ValueReading) == is_read


@pytest.mark.parametrize("name", ODD_NAMES[:4])
def test_odd_names(name: str, tmp_path: Path) -> None:
    """Of everything that can have a name."""
    assert_same(PORTABLE.write(odd(name), tmp_path / "odd.xlsx"))


def test_every_kind_of_kpi(tmp_path: Path) -> None:
    """Directions, aggregations, monthly goals, policies, a fiscal year from July."""
    company = with_policies(every_kind(company={"fiscal_start_month": 7}), floor=None, cap=3)
    assert_same(PORTABLE.write(company, tmp_path / "kinds.xlsx"))


REARRANGED: Mapping[str, list[tuple[str | int, ...]]] = {
    "saved again": [],
    "moved": [
        ("insert_rows", "Inputs", 7, 1),
        ("insert_columns", "Inputs", 20, 1),
        ("insert_columns", "Matrix", 3, 2),
        ("insert_rows", "Settings", 2, 4),
        ("rename_sheet", "Inputs", "Figures of O'Brien & Co"),
        ("move_sheet", "Home", 5),
    ],
    "lost": [("delete_sheet", "Settings")],
}


@pytest.mark.parametrize("name", list(REARRANGED))
def test_rearranged_in_libreoffice(name: str, workbook: Path, calc: Calc, tmp_path: Path) -> None:
    """Rows, columns and sheets moved, renamed or lost, and saved by another program."""
    with calc.open(workbook) as document:
        document.rearrange(*REARRANGED[name])
        document.calculate()
        document.save(tmp_path / "after.xlsx")
    assert_same(tmp_path / "after.xlsx")


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _without_marks(content: bytes) -> bytes:
    parts = unzipped(content)
    book = re.sub(rb"<definedNames>.*</definedNames>", b"", parts["xl/workbook.xml"])
    return zipped([*{**parts, "xl/workbook.xml": book}.items()])


BROKEN: Mapping[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "a web page": lambda _: b"<html><table><tr><td>1</td></tr></table></html>",
    "an old workbook": lambda _: COMPOUND,
    "an encrypted one": lambda _: COMPOUND + "EncryptedPackage".encode("utf-16-le"),
    "half a download": _cut,
    "another archive": lambda _: zipped([("readme.txt", b"x")]),
    "no scorecard": _without_marks,
    "noise": lambda content: content[:400] + b"\xff" * 400 + content[800:],
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_what_is_no_scorecard(name: str, workbook: Path, tmp_path: Path) -> None:
    """Refused with the words of the reader of single workbooks."""
    path = tmp_path / "acme.xlsx"
    path.write_bytes(BROKEN[name](workbook.read_bytes()))
    assert isinstance(assert_same(path), tuple)


SOUND_ENOUGH = {
    "content types of other things",
    "a merged sheet",
    "twenty thousand arrays over everything",
    "a shared text before the first",
    "a shared text that is not there",
    "a style that is no number",
}
"""Hostile to who edits a workbook; of its values nothing is lost."""
MANY = LARGE | {"twenty thousand parts", "a million names", "a million shared texts"}


def test_hostile_files(tmp_path: Path) -> None:
    """Read or refused in bounded time and memory; the process lives on."""
    names = [name for name in ATTACKS if name not in MANY]
    seed = small_workbook("portable.xlsx", tmp_path)
    command = [sys.executable, "-m", "tests.portfolio.attacking", str(seed), str(tmp_path), *names]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=LONG
    )
    assert told.returncode == 0, told.stderr
    for name, (outcome, _, megabytes) in json.loads(told.stdout).items():
        expected = "scored" if name in SOUND_ENOUGH else REFUSED.get(name, "scored")
        assert outcome == expected, name
        assert megabytes < MOST_MEGABYTES, name
