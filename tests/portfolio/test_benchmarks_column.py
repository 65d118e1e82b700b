"""Benchmarks on the Matrix of a company's workbook: what is written, and that nothing else is."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pyarrow import parquet

from tablero.addin.making import make_edition
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.edition import next_year, upgraded
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.portfolio.benchmarks import Compared, Comparison, compared
from tablero.workbook_templates.portfolio.benchmarks_column import (
    COLUMNS,
    benchmarks_of,
    with_benchmarks,
)
from tablero.workbook_templates.portfolio.company import FileFacts, company_of, tables_of
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.rebuilding import rebuilt
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.texts import LANGUAGES, text
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import Ended, opened, tablero
from tests.engines.openxml import findings
from tests.portfolio.datasets import Firm, Kpi, write_dataset


@pytest.fixture(scope="module")
def cano(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the paper's company, with its figures."""
    path = tmp_path_factory.mktemp("cano") / "cano.xlsx"
    new_workbook(load_template("cano"), path)
    return path


@pytest.fixture
def workbook(cano: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copyfile(cano, tmp_path / "cano.xlsx")


def peers(count: int, sector: str, size: str = "unknown", first: float = 0.1) -> Iterator[Firm]:
    """Companies with a return on assets from ``first`` on, in steps of a tenth."""
    for n in range(count):
        kpis = [Kpi("roa", first + n / 10, 1.0, "%", "Return on assets (ROA)")]
        yield Firm(f"{sector} {size} {n}", kpis=kpis, sector=sector, size=size, currency="USD")


def sector() -> str:
    """The sector of the paper's company."""
    return load_template("cano").company.sector.in_language("en")


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    """Nine companies, five of them of the sector of the paper's company."""
    firms = [*peers(5, sector()), *peers(4, "Retail trade", first=5.0)]
    return write_dataset(tmp_path / "portfolio", firms)


def matrix(path: Path, language: str = "en") -> Worksheet:
    """The Matrix of a workbook."""
    found = opened(path)[text("sheet.matrix", language)]
    assert isinstance(found, Worksheet)
    return found


def columns(path: Path, language: str = "en") -> list[tuple[object, ...]]:
    """What stands in the columns of benchmarks, where anything does."""
    sheet = matrix(path, language)
    first = text("benchmarks.head.low", language)
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == first]
    area = sheet.iter_rows(
        min_row=head.row, min_col=head.column, max_col=head.column + len(COLUMNS) - 1
    )
    return [values for row in area if any(values := tuple(cell.value for cell in row))]


def test_the_closest_group_that_is_large_enough_is_told(workbook: Path, portfolio: Path) -> None:
    """The company's sector, as five of it are in the portfolio; not the other companies."""
    (roa,) = compared(read_workbook(workbook), portfolio).lines
    assert (roa.kpi, roa.companies, roa.group) == ("roa", 5, sector())
    assert (roa.low, roa.median, roa.high) == pytest.approx((0.2, 0.3, 0.4))


def test_without_enough_of_its_sector_all_companies_count(workbook: Path, tmp_path: Path) -> None:
    """Of groups that are too small nothing is told, and nothing at all of four companies."""
    few = [*peers(2, sector()), *peers(4, "Retail trade")]
    (roa,) = compared(read_workbook(workbook), write_dataset(tmp_path / "few", few)).lines
    assert (roa.companies, roa.group) == (6, "All")
    fewer = write_dataset(tmp_path / "fewer", peers(4, sector()))
    assert compared(read_workbook(workbook), fewer).lines == ()


def test_real_companies_are_compared_in_their_own_units(workbook: Path, tmp_path: Path) -> None:
    """A portfolio of companies like one tells it its own values, amounts of money, too."""
    reading = read_workbook(workbook)
    found = [company_of(named(reading, n), "shown", FileFacts(f"/{n}.xlsx")) for n in range(5)]
    for name, table in tables_of(found).items():
        (tmp_path / "set" / name).mkdir(parents=True)
        parquet.write_table(table, tmp_path / "set" / name / "part-0.parquet")
    told = {one.kpi: one.median for one in compared(reading, tmp_path / "set").lines}
    assert set(told) == {one.id for one in reading.definition.kpis()}
    assert told["roa"] == pytest.approx(0.4634, abs=1e-4)


def named(reading: Reading, number: int) -> Reading:
    """The same company under another name."""
    company = reading.definition.company.model_copy(update={"name": f"Company {number}"})
    return replace(reading, definition=reading.definition.model_copy(update={"company": company}))


def put(path: Path, portfolio: Path) -> None:
    """Put the benchmarks of a portfolio on a workbook's Matrix."""
    reading = read_workbook(path)
    comparison = compared(reading, portfolio)
    made = with_benchmarks(Version.of(path), comparison, reading.language, reading.dialect)
    path.write_bytes(made.content)


def test_figures_stand_beside_their_kpi_in_its_format(workbook: Path, portfolio: Path) -> None:
    """Under headings of their own, to the right of everything else."""
    before = matrix(workbook).max_column
    put(workbook, portfolio)
    heads, *lines = columns(workbook)
    assert heads == tuple(text(f"benchmarks.head.{one}", "en") for one in COLUMNS)
    assert lines == [(pytest.approx(0.2), pytest.approx(0.3), pytest.approx(0.4), 5, sector())]
    sheet = matrix(workbook)
    (median,) = [
        cell
        for row in sheet.iter_rows(min_col=before + 1)
        for cell in row
        if isinstance(cell.value, float) and abs(cell.value - 0.3) < 1e-9
    ]
    assert median.number_format == "0.0%"
    assert sheet.cell(median.row, 1).value == "Return on assets (ROA)"
    theirs = list(sheet.iter_cols(min_col=sheet.max_column - 4, min_row=median.row))
    letters = [get_column_letter(sheet.max_column - beyond) for beyond in (4, 0)]
    narrow, wide = (sheet.column_dimensions[one].width for one in letters)
    assert narrow < wide, "sectors need more room than figures"
    assert all(column[0].border.bottom.style for column in theirs), "as other lines have it"
    assert findings(workbook) == []


def test_no_other_byte_of_the_file_changes(workbook: Path, portfolio: Path) -> None:
    """Every part but the Matrix is as it was, and in it every cell that stood there."""
    before, cells = parts(workbook), contents(workbook)
    put(workbook, portfolio)
    after = parts(workbook)
    changed = [name for name in before if before[name] != after[name]]
    assert before.keys() == after.keys()
    assert len(changed) == 1
    kept = re.sub(rb'<col min="3[0-9]"[^>]*>', b"", after[changed[0]])
    assert re.findall(rb"<col .*?>", kept) == re.findall(rb"<col .*?>", before[changed[0]])
    assert cells.items() <= contents(workbook).items()


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents(path: Path) -> dict[str, object]:
    """The cells of the Matrix."""
    return {cell.coordinate: (cell.value, cell.style_id) for row in matrix(path).iter_rows()
            for cell in row if cell.value is not None}  # fmt: skip


def test_reading_and_scoring_leave_benchmarks_alone(workbook: Path, portfolio: Path) -> None:
    """The same definition, figures and problems as before."""
    before = read_workbook(workbook)
    put(workbook, portfolio)
    after = read_workbook(workbook)
    assert (after.definition, after.problems) == (before.definition, before.problems)
    assert after.figures.months.tobytes() == before.figures.months.tobytes()


def test_the_next_ones_take_their_place(workbook: Path, portfolio: Path, tmp_path: Path) -> None:
    """What has no benchmark any more has none; the columns stay where they are."""
    put(workbook, portfolio)
    first = columns(workbook)
    put(workbook, write_dataset(tmp_path / "other", peers(5, sector(), first=0.5)))
    assert [line[1] for line in columns(workbook)] == [first[0][1], pytest.approx(0.7)]
    put(workbook, write_dataset(tmp_path / "none", peers(2, sector())))
    assert columns(workbook) == first[:1]


def test_notes_of_people_are_not_written_over(workbook: Path, portfolio: Path) -> None:
    """Where somebody uses the cells at the right, benchmarks stand farther right."""
    column = matrix(workbook).max_column + 3
    mine = Edit(matrix(workbook).title, (9, column), "my own")
    workbook.write_bytes(revise(Version.of(workbook), [mine]).content)
    put(workbook, portfolio)
    assert matrix(workbook).cell(9, column).value == "my own"
    assert len(columns(workbook)) == 2


KEPT = Comparison("Benchmarks of 9", (Compared("roa", 0.1, 0.2, 0.3, 7, "All"),))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_benchmarks_are_found_again_in_every_language(tmp_path: Path, language: str) -> None:
    """As they were written, whatever the workbook's language."""
    path = tmp_path / "cano.xlsx"
    new_workbook(load_template("cano"), path, language=language)
    reading = read_workbook(path)
    assert benchmarks_of(path) is None
    made = with_benchmarks(Version.of(path), KEPT, reading.language, reading.dialect)
    path.write_bytes(made.content)
    assert benchmarks_of(path) == KEPT


def test_next_year_and_an_upgrade_keep_them(workbook: Path, tmp_path: Path) -> None:
    """They go on as they are."""
    reading = read_workbook(workbook)
    made = with_benchmarks(Version.of(workbook), KEPT, reading.language, reading.dialect)
    workbook.write_bytes(made.content)
    version, reading = Version.of(workbook), read_workbook(workbook)
    for name, edition in (
        ("next", next_year(version, reading)),
        ("upgraded", upgraded(version, reading)),
    ):
        target = tmp_path / f"{name}.xlsx"
        make_edition(edition, target)
        assert benchmarks_of(target) == KEPT


def test_a_kpi_that_is_measured_otherwise_loses_its_benchmark(workbook: Path) -> None:
    """Made anew with another formula, it is another KPI."""
    reading = read_workbook(workbook)
    two = replace(KEPT, lines=(*KEPT.lines, replace(KEPT.lines[0], kpi="roe")))
    made = with_benchmarks(Version.of(workbook), two, reading.language, reading.dialect)
    workbook.write_bytes(made.content)
    definition = reading.definition
    first = definition.perspectives[0]
    objectives = [
        one.model_copy(update={"kpis": tuple(
            kpi.model_copy(update={"formula": "total_assets / net_income"}) if kpi.id == "roa"
            else kpi for kpi in one.kpis)})
        for one in first.objectives
    ]  # fmt: skip
    changed = first.model_copy(update={"objectives": tuple(objectives)})
    other = definition.model_copy(update={"perspectives": (changed, *definition.perspectives[1:])})
    edition = rebuilt(Version.of(workbook), reading, other, "other.yaml", "").edition
    assert edition.benchmarks is not None
    assert [one.kpi for one in edition.benchmarks.lines] == ["roe"]


def fill(path: Path, portfolio: Path, *more: str) -> Ended:
    """Run the command in the folder of the workbook."""
    return tablero("fill", path.name, "--benchmarks", portfolio, *more, cwd=path.parent)


def test_the_command_puts_them_there(workbook: Path, portfolio: Path) -> None:
    """It tells each KPI, keeps a backup, and changes nothing a second time."""
    done = fill(workbook, portfolio, "--yes", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Return on assets" in done.stdout
    assert len(columns(workbook)) == 2
    assert len(list(workbook.parent.glob("cano.backup-*.xlsx"))) == 1
    told = json.loads(fill(workbook, portfolio, "--json", "--yes").stdout)
    assert (told["saved"], told["benchmarks"][0]["kpi"]) == (False, "roa")
    assert fill(workbook, portfolio, "--lang", "en").stdout.endswith("Nothing was changed.\n")


def test_a_trial_writes_nothing(workbook: Path, portfolio: Path) -> None:
    """Nor does a run in which nobody can be asked."""
    before = workbook.read_bytes()
    assert fill(workbook, portfolio, "--dry-run").returncode == 0
    assert fill(workbook, portfolio).returncode == 2
    assert workbook.read_bytes() == before


def test_wrong_use_is_told(workbook: Path, portfolio: Path, tmp_path: Path) -> None:
    """A folder without a data set, and figures at the same time."""
    with pytest.raises(ProblemsError, match="no data set"):
        compared(read_workbook(workbook), tmp_path / "nowhere")
    both = fill(workbook, portfolio, "--from", "march.csv", "--lang", "en")
    assert "at the same time" in both.complaint(2)
