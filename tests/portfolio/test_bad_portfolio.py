"""A portfolio full of bad files: all of it is told, nothing is counted twice, nothing is lost."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from tablero.addin.portfolio.gathering import Gathered, Wish, gather
from tablero.addin.portfolio.running import Place
from tablero.workbook_templates.portfolio.population import Sampled, population
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tests.portfolio.breaking import Bad, bad_portfolio
from tests.saving.places import ordinary_user, shared_folder

COUNT, DISTINCT = 150, 30
LATER = date(2027, 1, 31)
HERE = Place(workers=1)
Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sampled, ...]:
    """Good workbooks: companies of two years, and links to the same files as copies."""
    folder = tmp_path_factory.mktemp("portfolio") / "clients"
    this_year = population(COUNT, folder, seed=7, distinct=DISTINCT)
    return (*this_year, *population(4, folder / "archive", seed=7, year=2023))


@pytest.fixture(scope="module")
def bad(made: tuple[Sampled, ...]) -> Bad:
    """The same with everything that is wrong beside it."""
    return bad_portfolio(made[0].path.parents[1], made)


@pytest.fixture(scope="module")
def out(bad: Bad) -> tuple[Gathered, Path]:
    """What a run over all of it comes to."""
    folder = bad.folder.parent / "out"
    wish = Wish([str(bad.folder)], folder, place=HERE, today=LATER)
    return gather(wish), folder


def lines(out: tuple[Gathered, Path], table: str) -> Lines:
    found: Lines = parquet.read_table(out[1] / table / "part-0.parquet").to_pylist()
    return found


def test_every_file_is_accounted_for_once(bad: Bad, out: tuple[Gathered, Path]) -> None:
    """Files are those that lie there; each is scored, replaced, or refused, and no other is."""
    there = {str(path) for path in bad.folder.rglob("*.xlsx") if path.is_file()}
    there -= {str(path) for path in bad.ignored}
    files = lines(out, "files")
    assert Counter(one["path"] for one in files) == Counter(there)
    assert {str(path) for path in bad.files} <= there
    published = out[0].published
    whole = published.companies + published.duplicates + published.refused
    assert whole == published.files == len(there)


def test_what_cannot_be_read_is_a_problem_in_a_sentence(
    bad: Bad, out: tuple[Gathered, Path]
) -> None:
    """Each names its file, what is wrong and what to do, in words without the program's inside."""
    problems = lines(out, "problems")
    refused = {one["path"] for one in lines(out, "files") if one["status"] == "refused"}
    assert {str(path) for path in bad.refused} <= refused
    told = {one["file"]: one for one in problems if one["severity"] == "error"}
    assert refused <= told.keys()
    for path in refused:
        assert told[path]["company_id"] is None
        for part in ("message", "remedy"):
            sentence = told[path][part]
            assert len(sentence.split()) > 2
            assert sentence.endswith((".", "!", "?"))
            assert "Error" not in sentence
            assert "Traceback" not in sentence


def test_nothing_is_counted_twice(bad: Bad, out: tuple[Gathered, Path]) -> None:
    """Of a company and a year one file counts, the newest; the others are told by name."""
    companies = lines(out, "companies")
    assert max(Counter((one["company_id"], one["year"]) for one in companies).values()) == 1
    told = {one["file"] for one in lines(out, "problems") if one["code"] == "portfolio_duplicate"}
    replaced = {one["path"] for one in lines(out, "files") if one["status"] == "duplicate"}
    assert told == replaced
    assert {str(path) for path in bad.replaced} <= replaced
    assert len(replaced) >= COUNT - DISTINCT + len(bad.replaced)


def test_nothing_is_lost(
    made: tuple[Sampled, ...], bad: Bad, out: tuple[Gathered, Path], tmp_path: Path
) -> None:
    """The companies and what they achieved are the same as in a folder without bad files."""
    names = Counter(one["name"] for one in lines(out, "companies"))
    assert Counter(one.name for one in made) - names == Counter()
    clean = tmp_path / "clean"
    places = [str(path) for path in bad.good]
    alone = (gather(Wish(places, clean, place=HERE, today=LATER)), clean)
    for table in ("fact_strategy", "fact_kpi", "owed"):
        with_bad = Counter(map(_fact, lines(out, table)))
        assert Counter(map(_fact, lines(alone, table))) - with_bad == Counter()


def _fact(line: dict[str, Any]) -> str:
    """A line without the path, which differs where files are linked."""
    return repr([cell for column, cell in line.items() if column != "file"])


def test_every_line_of_a_table_is_of_a_company_that_counts(out: tuple[Gathered, Path]) -> None:
    """No table holds figures of a file that was refused or replaced."""
    files = {one["file"] for one in lines(out, "companies")}
    for table in set(SCHEMAS) - {"files", "problems"}:
        assert {one["file"] for one in lines(out, table)} <= files


def test_mixed_years_currencies_and_schemas_are_told(out: tuple[Gathered, Path]) -> None:
    """Whoever compares companies is told what makes that hard."""
    codes = {one["code"] for one in lines(out, "problems")}
    assert {"portfolio_mixed_year", "portfolio_mixed_currency", "portfolio_mixed_schema"} <= codes


def test_a_second_run_over_it_reads_nothing_and_says_the_same(
    bad: Bad, out: tuple[Gathered, Path]
) -> None:
    """Bad files are not tried again as long as they stay as they are."""
    before = {table: lines(out, table) for table in SCHEMAS}
    again = gather(Wish([str(bad.folder)], out[1], place=HERE, today=LATER))
    assert again.read == 0
    assert again.published == out[0].published
    assert {table: lines(out, table) for table in SCHEMAS} == before


def test_what_nobody_may_read_is_told_and_stops_nothing(made: tuple[Sampled, ...]) -> None:
    """A folder and a file without rights, a link that leads nowhere, a pipe without an end."""
    with shared_folder() as folder:
        content = made[0].path.read_bytes()
        for name in ("fine", "closed", "shut"):
            (folder / name).mkdir()
            (folder / name / f"{name}.xlsx").write_bytes(content)
        (folder / "lost.xlsx").symlink_to(folder / "nowhere.xlsx")
        os.mkfifo(folder / "pipe.xlsx")
        (folder / "closed").chmod(0)
        (folder / "shut" / "shut.xlsx").chmod(0)
        folder.chmod(0o777)
        with ordinary_user():
            wish = Wish([str(folder)], folder / "out", place=HERE, today=LATER)
            found = (gather(wish), wish.output)
            told = {Path(one["file"]).name for one in lines(found, "problems") if one["file"]}
        (folder / "closed").chmod(0o777)
    assert {"closed", "shut.xlsx", "lost.xlsx", "pipe.xlsx"} <= told
    assert found[0].published.companies == 1
