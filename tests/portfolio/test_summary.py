"""The summary workbook of a portfolio: what it says, how it is built, what it never does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tablero.workbook_templates import styles
from tablero.workbook_templates.portfolio import summary, summary_lists
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.engines.openxml import findings
from tests.portfolio.datasets import Firm, Kpi, broken, write_dataset

SHEETS = (
    "overview",
    "ranking",
    "kpis",
    "benchmarks",
    "bands",
    "owed",
    "outliers",
    "problems",
    "method",
)
LISTS = SHEETS[1:-1]
# openpyxl knows no data bars of 2010; nothing is saved with it here.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "<r><t>x</t></r>", "<script>alert(1)</script>", "@SUM(1)")
FIRST = 5


def portfolio(folder: Path) -> Path:
    """A data set of thirty companies, with everything that a summary tells."""
    kinds = [
        Firm(
            f"Firm {n:02}",
            None if n == 29 else n / 20,
            [Kpi("roa", n / 100, n / 20, "%", "Return on assets"),
             Kpi("sales", 1000.0 * n, n / 20, "PEN", "Sales")],
            file=str(folder / "clients" / f"firm {n:02}#1.xlsx"),
            owed=[("Ana", "Net sales", 2)] if n == 3 else (),
            problems=[("warning", "The cell holds a text.")] if n == 4 else (),
        )
        for n in range(30)
    ]  # fmt: skip
    kinds.append(Firm("Odd", 40.0, [Kpi("roa", 90.0, 300.0, "%", "Return on assets")]))
    return write_dataset(folder / "set", kinds, [broken(str(folder / "x.xlsx"), "No workbook.")])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    summary.write(portfolio(folder), folder / "summary.xlsx", "en")
    return folder / "summary.xlsx"


def sheet(path: Path, key: str, language: str = "en") -> Worksheet:
    """A sheet of a written summary."""
    found = openpyxl.load_workbook(path)[text(f"summary.sheet.{key}", language)]
    assert isinstance(found, Worksheet)
    return found


def cells(path: Path, key: str, language: str = "en") -> list[tuple[object, ...]]:
    """The lines of a list."""
    return list(sheet(path, key, language).iter_rows(min_row=FIRST, values_only=True))


def test_every_company_is_ranked_with_a_link_to_its_file(written: Path) -> None:
    """The best first, numbers as numbers, the band as sign and word in its tone."""
    page = sheet(written, "ranking")
    best = [cell.value for cell in page[FIRST]]
    assert best[:2] == [1, "Odd"]
    assert (best[5], best[6]) == (40.0, "▲ Excellent")
    assert page["G5"].fill.fgColor.rgb.endswith(styles.band_tone(3, 4).paper.lstrip("#"))
    second = page.cell(FIRST + 1, 12)
    assert second.value == "firm 28#1.xlsx"
    assert second.hyperlink is not None
    assert second.hyperlink.target == "clients/firm%2028%231.xlsx"
    assert page.max_row == FIRST - 1 + 31


def test_quartiles_stand_in_the_units_of_their_kpi(written: Path) -> None:
    """Percentages for shares, whole amounts for money."""
    lines = {line[0]: line for line in cells(written, "benchmarks") if line[3:5] == ("All", "All")}
    assert lines["Sales"][5:9] == (30, 7250, 14500, 21750)
    formats = {
        row[0].value: row[7].number_format
        for row in sheet(written, "benchmarks").iter_rows(min_row=FIRST)
    }
    assert formats == {"Return on assets": "0.0%", "Sales": "#,##0"}


def test_debts_outliers_and_problems_are_listed(written: Path) -> None:
    """Each with who, what and where."""
    (owed,) = cells(written, "owed")
    assert owed[:4] == ("Firm 03", "Ana", "Net sales", 2)
    (odd,) = cells(written, "outliers")
    assert odd[:2] == ("Odd", "Return on assets")
    problems = [line[:3] for line in cells(written, "problems")]
    assert problems == [("Error", "x.xlsx", None), ("Warning", "firm 04#1.xlsx", "Firm 04")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_is_sound_in_every_language(tmp_path: Path, language: str) -> None:
    """The validator finds nothing; there is every sheet, none of them with a formula."""
    path = tmp_path / "summary.xlsx"
    summary.write(portfolio(tmp_path), path, language)
    outside = [one for one in findings(path) if "it links to the outside" not in one]
    assert outside == []
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [text(f"summary.sheet.{key}", language) for key in SHEETS]
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if "/worksheets/sheet" in name]
        assert not any(b"<f>" in archive.read(name) for name in parts)


def test_lists_are_frozen_and_printed_one_page_wide(written: Path) -> None:
    """As the sheets of a scorecard are."""
    for key in LISTS:
        page = sheet(written, key)
        assert str(page.freeze_panes).endswith("5"), key
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        assert page.print_title_rows == "$4:$4"
        assert page.oddFooter is not None
        assert "Page &P" in str(page.oddFooter.center.text).replace("&[Page]", "&P")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_tables_with_filters_of_the_same_names_in_every_language(
    tmp_path: Path, language: str
) -> None:
    """From the names of the columns, which are the table's, to the last line."""
    path = tmp_path / "summary.xlsx"
    summary.write(portfolio(tmp_path), path, language)
    for key in LISTS:
        page = sheet(path, key, language)
        table = page.tables[f"portfolio_{key}"]
        assert table.ref == table.autoFilter.ref == page.dimensions.replace("A1:", "A4:"), key
        assert table.column_names == [cell.value for cell in page[FIRST - 1]]


def test_long_messages_of_problems_are_read_as_a_whole(tmp_path: Path) -> None:
    """In as many lines as they need; short ones stay as low as the others."""
    found = [("error", "The cell holds a text. " * 8), ("warning", "Odd.")]
    path = tmp_path / "summary.xlsx"
    summary.write(write_dataset(tmp_path / "set", [Firm("Acme", problems=found)]), path, "en")
    page = sheet(path, "problems")
    assert page.cell(FIRST, 6).alignment.wrap_text
    assert page.row_dimensions[FIRST].height > 40
    assert page.row_dimensions[FIRST + 1].height is None


def test_a_list_without_lines_is_a_table_with_a_blank_one(tmp_path: Path) -> None:
    """Excel knows no other."""
    summary.write(tmp_path / "nothing", tmp_path / "summary.xlsx", "en")
    page = sheet(tmp_path / "summary.xlsx", "ranking")
    assert page.tables["portfolio_ranking"].ref == "A4:L5"
    assert page.max_row == FIRST - 1


def test_the_longest_lists_tell_the_gravest_and_how_much_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody works through tens of thousands of lines; the data set has them all."""
    monkeypatch.setattr(summary_lists, "MOST_LINES", 3)
    kinds = [
        Firm(f"Firm {n}", owed=[("Ana", "Sales", n)], problems=[("warning", "Odd.")])
        for n in range(1, 6)
    ]
    path = tmp_path / "summary.xlsx"
    summary.write(write_dataset(tmp_path / "set", kinds), path, "en")
    assert [line[0] for line in cells(path, "owed")] == ["Firm 5", "Firm 4", "Firm 3"]
    assert "The first 3 of 5 rows" in str(sheet(path, "problems")["A2"].value)
    assert len(cells(path, "ranking")) == len(kinds)


def test_the_same_data_set_makes_the_same_sheets(tmp_path: Path) -> None:
    """To the last byte; only the moment of making differs."""
    folder = portfolio(tmp_path)
    contents = []
    for name in ("one.xlsx", "two.xlsx"):
        summary.write(folder, tmp_path / name, "pt")
        with zipfile.ZipFile(tmp_path / name) as archive:
            parts = sorted(set(archive.namelist()) - {"docProps/core.xml"})
            contents.append({part: archive.read(part) for part in parts})
    assert contents[0] == contents[1]


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    """Nothing that somebody typed becomes a formula or a piece of the file."""
    kinds = [
        Firm(name, 1.0, [Kpi("roa", 1, 1, "%", name)], sector=name, file=f"/c/{place}.xlsx",
             owed=[(name, name, 1)], problems=[("error", name)])
        for place, name in enumerate(HOSTILE)
    ]  # fmt: skip
    path = tmp_path / "summary.xlsx"
    summary.write(write_dataset(tmp_path / "set", kinds), path, "en")
    names = {str(line[1]).strip() for line in cells(path, "ranking")}
    assert names == set(HOSTILE)
    assert {
        cell.data_type for row in sheet(path, "owed").iter_rows(min_row=FIRST) for cell in row[:3]
    } == {"s"}
    assert [one for one in findings(path) if "it links to the outside" not in one] == []


def test_only_files_and_web_pages_are_linked(tmp_path: Path) -> None:
    """A path of another store is told as a text."""
    kinds = [
        Firm("Store", 1.0, file="s3://bucket/a.xlsx"),
        Firm("Web", 0.9, file="https://example.org/b.xlsx"),
        Firm("Script", 0.8, file="javascript://alert(1)"),
    ]
    path = tmp_path / "summary.xlsx"
    summary.write(write_dataset(tmp_path / "set", kinds), path, "en")
    links = {
        row[1].value: row[11].hyperlink for row in sheet(path, "ranking").iter_rows(min_row=FIRST)
    }
    assert {name: link.target if link else None for name, link in links.items()} == {
        "Store": None, "Web": "https://example.org/b.xlsx", "Script": None,
    }  # fmt: skip


def test_a_list_too_long_for_a_sheet_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is cut where the sheet ends, and its subtitle tells how much there is."""
    monkeypatch.setattr(summary, "MOST_ROWS", 10)
    path = tmp_path / "summary.xlsx"
    summary.write(portfolio(tmp_path), path, "en")
    page = sheet(path, "ranking")
    assert page.max_row == FIRST - 1 + 10
    assert "The first 10 of 31 rows" in str(page["A2"].value)


def test_an_empty_portfolio_has_a_summary(tmp_path: Path) -> None:
    """Of no company at all."""
    summary.write(tmp_path / "nothing", tmp_path / "summary.xlsx", "pt")
    assert findings(tmp_path / "summary.xlsx") == []


def test_nothing_is_left_beside_the_summary(written: Path) -> None:
    """What it was written into has gone."""
    assert {one.name for one in written.parent.iterdir()} == {"set", "summary.xlsx"}


def test_a_summary_that_cannot_be_written_leaves_the_former_one(tmp_path: Path) -> None:
    """And nothing else beside it."""
    path = tmp_path / "summary.xlsx"
    path.write_bytes(b"former")
    kinds = [Firm("Acme", problems=[("unheard of", "A grave of its own.")])]
    with pytest.raises(KeyError):
        summary.write(write_dataset(tmp_path / "set", kinds), path, "en")
    assert path.read_bytes() == b"former"
    assert {one.name for one in tmp_path.iterdir()} == {"set", "summary.xlsx"}
