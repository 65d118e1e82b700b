"""``tablero fill``: shows what changes, asks, writes it, logs it; or changes nothing at all."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.filling.applying import edits_of
from tablero.workbook_templates.filling.plan import planned
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.records import RecordCells
from tablero.workbook_templates.scoring import score
from tests.addin.commands import PROGRAM, Ended, environment, opened, tablero
from tests.addin.test_check import type_in
from tests.filling.delivering import of_text, workbook

TWO = "input,period,value\nnet_sales,2016-03,1234.5\nVentas netas,abr 2016,215\n"


def source(folder: Path, text: str = TWO, name: str = "march.csv") -> Path:
    """A source beside the workbook."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def value(path: Path, input_id: str, number: int) -> object:
    """What stands in the cell of an input and a fiscal month."""
    return read_workbook(path).places.months[input_id, number].value


def fill(path: Path, *arguments: str | Path, **variables: str) -> Ended:
    """Fill a workbook from the source beside it."""
    return tablero("fill", path.name, *arguments, cwd=path.parent, **variables)


def test_what_changes_is_shown_written_and_kept_behind(cano: Path) -> None:
    """Old and new with sheet and cell; figures that stand there already are only counted."""
    before = cano.read_bytes()
    source(cano.parent)
    ended = fill(cano, "--from", "march.csv", "--yes")
    lines = [line.strip() for line in ended.stdout.splitlines() if line.strip()]
    assert (ended.returncode, ended.stderr) == (0, "")
    assert lines[0].split() == ["Input", "Month", "Cell", "Old", "New", "From"]
    assert lines[2].split() == ["Net", "sales", "2016-03", "Inputs!S9", "218", "1,234.5", "C2"]
    assert lines[3] == "Figures that change: 1; the same already: 1."
    assert lines[4] == "Saved: cano.xlsx"
    assert value(cano, "net_sales", 3) == 1234.5
    (backup,) = cano.parent.glob("cano.backup-*.xlsx")
    assert backup.read_bytes() == before


def test_every_dialect_can_be_filled(any_dialect: Path) -> None:
    """The results that the file keeps are those of the new figures."""
    source(any_dialect.parent)
    ended = fill(any_dialect, "--from", "march.csv", "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    reading = read_workbook(any_dialect)
    assert reading.problems == ()
    assert value(any_dialect, "net_sales", 3) == 1234.5
    scores = score(reading.definition, reading.figures, [reading.period]).at(reading.period)
    assert shown_strategy(any_dialect) == pytest.approx(scores.strategy.achievement, abs=1e-9)


def shown_strategy(path: Path) -> float:
    """The strategy's achievement as the workbook shows it without being calculated."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    title, area = book.defined_names["scorecard_achievement"].attr_text.rsplit("!", 1)
    return float(str(book[title][area.replace("$", "").partition(":")[0]].value))


def test_a_second_fill_changes_no_byte(cano: Path) -> None:
    """It says so, and keeps no backup."""
    source(cano.parent)
    assert fill(cano, "--from", "march.csv", "--yes").returncode == 0
    after = cano.read_bytes()
    ended = fill(cano, "--from", "march.csv", "--yes")
    said = "Nothing changes: the workbook has all 2 figures already.\n"
    assert ended == (0, said, "")
    assert cano.read_bytes() == after
    assert len([*cano.parent.glob("*.backup-*")]) == 1


def test_a_trial_changes_nothing(cano: Path) -> None:
    """Not a byte, and nothing else appears beside the workbook."""
    before = cano.read_bytes()
    source(cano.parent)
    there = sorted(cano.parent.iterdir())
    ended = fill(cano, "--from", "march.csv", "--dry-run")
    assert ended.returncode == 0
    assert ended.stdout.endswith("Nothing was changed: this was a trial (--dry-run).\n")
    assert (cano.read_bytes(), sorted(cano.parent.iterdir())) == (before, there)


def test_where_nobody_can_be_asked_somebody_must_have_agreed(cano: Path) -> None:
    """It is wrong use; what would change is shown all the same."""
    before = cano.read_bytes()
    source(cano.parent)
    ended = fill(cano, "--from", "march.csv")
    assert "--yes" in ended.complaint(2)
    assert "1,234.5" in ended.stdout
    assert cano.read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "lang", "changes"),
    [("sí", "es", True), ("", "en", False)],
)
def test_on_a_terminal_it_asks(cano: Path, answer: str, lang: str, *, changes: bool) -> None:
    """Only an explicit yes changes the workbook."""
    before = cano.read_bytes()
    source(cano.parent)
    code, shown = at_terminal(
        ["fill", "cano.xlsx", "--from", "march.csv", "--lang", lang], answer, cano.parent
    )
    assert code == 0
    assert ("Change cano.xlsx? [y/N]" if lang == "en" else "¿Cambiar cano.xlsx? [s/N]") in shown
    assert (cano.read_bytes() != before) is changes
    assert ("Nothing was changed." in shown or "No se cambió nada." in shown) is not changes


def at_terminal(arguments: Sequence[str], answer: str, folder: Path) -> tuple[int, str]:
    """Run a command at a terminal of its own, type an answer, and see how it ended."""
    ours, its = pty.openpty()
    running = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=folder, env=environment(TERM="dumb"), stdin=its, stdout=its, stderr=its,
    )  # fmt: skip
    os.close(its)
    os.write(ours, f"{answer}\n".encode())
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return running.wait(), shown.decode()


def test_programs_get_json(cano: Path) -> None:
    """What changed, from where, and whether it is saved."""
    source(cano.parent)
    ended = fill(cano, "--from", "march.csv", "--json", "--yes")
    data = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert data["changes"] == [
        {
            "input": "net_sales", "name": "Net sales", "month": "2016-03", "sheet": "Inputs",
            "cell": "S9", "former": 218.0, "new": 1234.5, "from": "C2",
        }
    ]  # fmt: skip
    assert (data["unchanged"], data["saved"], data["problems"]) == (1, True, [])
    assert data["backup"].startswith("cano.backup-")
    assert data["source"]["name"] == "march.csv"


def test_programs_must_agree_beforehand(cano: Path) -> None:
    """Data is never mixed with a question."""
    before = cano.read_bytes()
    source(cano.parent)
    assert fill(cano, "--from", "march.csv", "--json").complaint(2)
    assert json.loads(fill(cano, "--from", "march.csv", "--json", "--dry-run").stdout)["changes"]
    assert cano.read_bytes() == before


def test_nothing_is_written_while_anything_is_wrong(cano: Path) -> None:
    """All problems are told, with their places in the source; the exit code is 1."""
    before = cano.read_bytes()
    source(cano.parent, TWO + "net salse,2016-05,1\nnet_sales,2016-06,six\n")
    ended = fill(cano, "--from", "march.csv", "--yes")
    told = ended.stderr.splitlines()
    assert (ended.returncode, ended.stdout) == (1, "Nothing was changed.\n")
    assert told[0].startswith("error: march.csv › A4: “net salse” is no input of this workbook.")
    assert told[1].startswith("error: march.csv › C5: “six” is text where a number belongs.")
    assert cano.read_bytes() == before
    data = json.loads(fill(cano, "--from", "march.csv", "--yes", "--json").stdout)
    assert [one["code"] for one in data["problems"]] == ["source_input_close", "source_text"]
    assert data["saved"] is False


def test_what_is_only_odd_is_told_and_written(cano: Path) -> None:
    """A negative sale and an input of somebody else are warnings."""
    source(cano.parent, "input,period,value\nnet_sales,2016-03,-5\nZebras,2016-03,1\n")
    ended = fill(cano, "--from", "march.csv", "--yes")
    assert ended.returncode == 0
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == ["warning"] * 2
    assert value(cano, "net_sales", 3) == -5


def test_a_month_that_has_not_begun_is_told(acme: Path) -> None:
    """It may be a slip of the column."""
    reading = read_workbook(acme)
    delivery = of_text("input,2026-05,2026-06\nnet_sales,1,2\n", reading, acme.parent)
    plan = planned(reading, delivery, today=date(2026, 5, 2))
    assert [(one.code, one.severity) for one in plan.problems] == [("cell_future", "warning")]


def test_blank_cells_of_the_source_never_overwrite(cano: Path) -> None:
    """What is not in the source stays."""
    source(cano.parent, "input,Jan,Feb,Mar\nnet_sales,,-,7\n")
    former = value(cano, "net_sales", 1)
    assert fill(cano, "--from", "march.csv", "--yes").returncode == 0
    assert (value(cano, "net_sales", 1), value(cano, "net_sales", 3)) == (former, 7)


def test_a_text_in_a_cell_gives_way_to_a_figure(cano: Path) -> None:
    """What could not be read before is shown as it stands."""
    type_in(cano, {("net_sales", 3): "about 200"})
    source(cano.parent)
    ended = fill(cano, "--from", "march.csv", "--yes")
    assert "“about 200”" in ended.stdout
    assert value(cano, "net_sales", 3) == 1234.5


def test_a_formula_is_never_overwritten(cano: Path) -> None:
    """Its cell is named, and nothing is written."""
    cell = read_workbook(cano).places.months["net_sales", 3]
    package = Package.read(cano)
    part = package.sheets[cell.sheet]
    xml = package.parts[part].decode()
    start = xml.index("<v>", xml.index(f'<c r="{cell.coordinate}"'))
    formula = xml[:start] + "<f>100+118</f>" + xml[start:]
    package.with_parts({part: formula.encode()}).write(cano)
    before = cano.read_bytes()
    source(cano.parent)
    ended = fill(cano, "--from", "march.csv", "--yes")
    assert f"Inputs › {cell.coordinate}: A formula stands in this cell" in ended.complaint(1)
    assert cano.read_bytes() == before


def test_a_closed_month_stays_unless_it_is_reopened(cano: Path) -> None:
    """Then its figure is corrected, and the month is open again."""
    assert tablero("close", "cano.xlsx", "--month", "2016-03", cwd=cano.parent).returncode == 0
    before = cano.read_bytes()
    source(cano.parent)
    refused = fill(cano, "--from", "march.csv", "--yes")
    assert (
        "2016-03 is closed: “Net sales” stays 218; the source says 1,234.5." in refused.complaint(1)
    )
    assert cano.read_bytes() == before
    ended = fill(cano, "--from", "march.csv", "--yes", "--reopen")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Open again: 2016-03." in ended.stdout
    reading = read_workbook(cano)
    assert (dict(reading.records.closed), reading.problems) == ({}, ())
    assert value(cano, "net_sales", 3) == 1234.5
    log = [(one.action, one.month, one.input) for one in reading.records.changes]
    assert log == [
        ("close", "2016-03", ""),
        ("reopen", "2016-03", ""),
        ("correct", "2016-03", "net_sales"),
    ]


def test_the_same_figure_in_a_closed_month_is_no_matter(cano: Path) -> None:
    """A closed month may stand in the source."""
    source(cano.parent, "input,Mar,Apr\nnet_sales,218,7\n")
    assert tablero("close", "cano.xlsx", "--month", "2016-03", cwd=cano.parent).returncode == 0
    assert fill(cano, "--from", "march.csv", "--yes").returncode == 0
    assert read_workbook(cano).records.closed.keys()


def test_every_change_is_logged(cano: Path) -> None:
    """When, who, from what to what, from which file, with its hash; line below line."""
    path = source(cano.parent)
    digest = sha256(path.read_bytes()).hexdigest()
    assert fill(cano, "--from", "march.csv", "--yes").returncode == 0
    source(cano.parent, "input,Mar\nnet_sales,9\ntotal_assets,8\n", "again.csv")
    assert fill(cano, "--from", "again.csv", "--yes").returncode == 0
    first, *others = read_workbook(cano).records.changes
    assert (first.action, first.input, first.month) == ("fill", "net_sales", "2016-03")
    assert (first.former, first.new, first.cell) == (218.0, 1234.5, "Inputs!S9")
    assert (first.source, first.digest) == ("march.csv C2", digest)
    assert [(one.input, one.former, one.new) for one in others] == [
        ("net_sales", 1234.5, 9.0), ("total_assets", 252.0, 8.0),
    ]  # fmt: skip


def test_a_workbook_that_cannot_log_changes_is_told_so(cano: Path) -> None:
    """It is of an older schema, and is to be upgraded first."""
    reading = read_workbook(cano)
    plan = planned(reading, of_text(TWO, reading, cano.parent))
    with pytest.raises(ProblemsError) as refused:
        edits_of(replace(reading, record_cells=RecordCells()), plan)
    assert [one.code for one in refused.value.problems] == ["no_change_log"]


def test_the_sheet_that_fits_is_taken_or_the_one_that_is_named(cano: Path) -> None:
    """A second one that would do is told of."""
    tables: dict[str, Sequence[Sequence[Any]]] = {
        "Notes": [["Nothing here"]],
        "March": [["input", "Mar"], ["net_sales", 5]],
        "April": [["input", "Apr"], ["net_sales", 6]],
    }
    workbook(cano.parent / "book.xlsx", tables)
    ended = fill(cano, "--from", "book.xlsx", "--dry-run")
    assert "March!B2" in ended.stdout
    assert "hold figures, too: April" in ended.stderr
    named = fill(cano, "--from", "book.xlsx", "--sheet", "april", "--dry-run")
    assert ("April!B2" in named.stdout, named.stderr) == (True, "")
    assert "Notes, March, April" in fill(cano, "--from", "book.xlsx", "--sheet", "May").complaint(2)


WRONG_USES = {
    "no source": ((), "--from"),
    "two sources": (
        ("--from", "march.csv", "--sql", "sqlite:///x", "--query", "SELECT 1"),
        "either",
    ),
    "a database without a query": (("--sql", "sqlite:///x"), "--query"),
    "a source that is missing": (("--from", "no.csv"), "There is no “no.csv”."),
    "a folder": (("--from", "."), "is a folder"),
    "a month that is none": (("--from", "march.csv", "--month", "2031-01"), "2016-03"),
}


@pytest.mark.parametrize("use", WRONG_USES)
def test_wrong_use_is_told_in_a_sentence(use: str, cano: Path) -> None:
    """With what to type instead."""
    before = cano.read_bytes()
    source(cano.parent)
    arguments, told = WRONG_USES[use]
    assert told in fill(cano, *arguments, "--yes").complaint(2)
    assert cano.read_bytes() == before


def test_a_workbook_that_is_none_is_wrong_use(cano: Path) -> None:
    """Missing, or no scorecard."""
    source(cano.parent)
    assert "no.xlsx" in fill(cano.parent / "no.xlsx", "--from", "march.csv").complaint(2)
    assert "march.csv" in fill(cano.parent / "march.csv", "--from", "march.csv").complaint(2)


def test_a_workbook_that_somebody_has_open_is_left_alone(cano: Path) -> None:
    """It is said before anybody is asked."""
    source(cano.parent)
    (cano.parent / ".~lock.cano.xlsx#").write_text(",ana,pc,21.11.2026 10:00,file;", "utf-8")
    ended = fill(cano, "--from", "march.csv", "--yes")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "LibreOffice" in ended.stderr


def test_nothing_but_the_cells_meant_changes(cano: Path) -> None:
    """Sheets that hold no figure, result or log stay as they were."""
    before = {sheet.title: sheet.dimensions for sheet in opened(cano)}
    source(cano.parent)
    assert fill(cano, "--from", "march.csv", "--yes").returncode == 0
    after = {sheet.title: sheet.dimensions for sheet in opened(cano)}
    assert {title for title in before if before[title] != after[title]} <= {"Changes"}


def test_spanish_readers_are_told_in_spanish(cano: Path) -> None:
    """Heads, counts and problems."""
    source(cano.parent)
    ended = fill(cano, "--from", "march.csv", "--dry-run", "--lang", "es")
    assert ended.stdout.split()[:6] == ["Dato", "Mes", "Celda", "Antes", "Ahora", "Origen"]
    assert "Ventas netas" in ended.stdout
    assert "Cifras que cambian: 1; ya iguales: 1." in ended.stdout
