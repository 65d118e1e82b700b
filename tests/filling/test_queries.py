"""Figures from a database: read by a query, nothing written, no password shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tablero.workbook_templates.filling.queries import read_query
from tablero.workbook_templates.filling.recognition import delivered
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.texts import LANGUAGES
from tests.addin.commands import tablero
from tests.filling.delivering import codes, figures

SECRET = "pa%ss:w@rd"
ENCODED = "pa%25ss%3Aw%40rd"
QUERY_WITH_SECRET = 'SELECT * FROM "pa%ss:w@rd"'


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with entries of March and April."""
    path = tmp_path / "ledger.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE entry (input TEXT, day DATE, amount NUMERIC, note TEXT)")
        database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?)",
            [
                ("net_sales", "2016-03-05", 100.25, "50% up: good"),
                ("net_sales", "2016-03-20", 23, None),
                ("Ventas netas", "2016-04-01", 7, "=1+1"),
                ("total_assets", "2016-04-30", None, None),
            ],
        )
    database.close()
    return path


SUMS = """
    SELECT input, substr(day, 1, 7) AS period, sum(amount) AS value
    FROM entry GROUP BY 1, 2 ORDER BY 2
"""


def test_the_rows_of_a_query_are_figures(ledger: Path, reading: Reading) -> None:
    """Columns are known by their names; NULL is no figure."""
    source = read_query(f"sqlite:///{ledger}", SUMS)
    found = delivered(source, reading)
    assert figures(found) == {("net_sales", "2016-03"): 123.25, ("net_sales", "2016-04"): 7}
    assert (found.problems, found.name) == ((), "sqlite: ledger.db")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 'net_sales' AS input, '2016-03' AS month, 5 AS amount;",
        "  -- March: a comment\n/* another */ select 'net_sales' as INPUT, 'Mar' mes, '5' valor",
        "WITH x AS (SELECT 5 AS value) SELECT 'net_sales' AS id, 'marzo' AS period, value FROM x",
        "SELECT 'net_sales' AS input, 5 AS \"2016-03\"",
        "SELECT input, '2016-03' AS month, 5 AS value FROM entry WHERE note LIKE '50% up: %'",
        "SELECT 'Mar' AS month, 5 AS net_sales",
    ],
)
def test_queries_are_asked_as_they_stand(query: str, ledger: Path, reading: Reading) -> None:
    """With comments, percent signs and colons, in any of the forms."""
    found = delivered(read_query(f"sqlite:///{ledger}", query), reading)
    assert figures(found) == {("net_sales", "2016-03"): 5}


def test_problems_name_column_and_record(ledger: Path, reading: Reading) -> None:
    """As somebody finds them in the answer."""
    query = "SELECT input, day AS period, note AS value FROM entry ORDER BY day"
    found = delivered(read_query(f"sqlite:///{ledger}", query), reading)
    assert codes(found) == ["source_text value #1", "source_text value #3"]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM entry", "DROP TABLE entry", "INSERT INTO entry VALUES (1, 2, 3, 4)", "",
        "UPDATE entry SET amount = 0", "-- SELECT\nDELETE FROM entry", "PRAGMA writable_schema=1",
        "WITH x AS (SELECT 1) DELETE FROM entry", "SELECT 1; DELETE FROM entry",
        "ATTACH 'x.db' AS x", "EXEC something",
    ],
)  # fmt: skip
def test_nothing_is_written_to_a_database(query: str, ledger: Path) -> None:
    """What does not ask is refused, before or by the database."""
    before = ledger.read_bytes()
    with pytest.raises(ProblemsError) as refused:
        read_query(f"sqlite:///{ledger}", query)
    assert refused.value.problems[0].code in ("query_writes", "query_refused")
    assert ledger.read_bytes() == before


REFUSED = {
    "no address": ("ledger", "query_address"),
    "a port that is none": (f"postgresql://ana:{ENCODED}@host:port/x", "query_address"),
    "an unknown kind": (f"nosuch://ana:{ENCODED}@host/x", "query_kind"),
    "a missing driver": (f"postgresql+psycopg2://ana:{ENCODED}@host/x", "query_driver"),
    "another one": (f"mysql+pymysql://ana:{ENCODED}@host/x?password={ENCODED}", "query_driver"),
    "a missing file": ("sqlite:///no.db", "source_missing"),
    "no file": ("sqlite://", "source_missing"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_database_that_cannot_be_asked_is_told_in_a_sentence(kind: str) -> None:
    """And its password never; no database is made where there was none."""
    address, code = REFUSED[kind]
    with pytest.raises(ProblemsError) as refused:
        read_query(address, "SELECT 1")
    assert [one.code for one in refused.value.problems] == [code]
    for language in LANGUAGES:
        sentence = refused.value.problems[0].sentence(language)
        assert SECRET not in sentence
        assert ENCODED not in sentence
    assert not Path("no.db").exists()


def test_the_command_line_never_shows_a_password(cano: Path) -> None:
    """Not even of an address that it cannot read."""
    address = f"postgresql://ana:{ENCODED}@host:port/x"
    arguments = ("--sql", address, "--query", "SELECT 1", "--yes")
    complaint = tablero("fill", "cano.xlsx", *arguments, cwd=cano.parent).complaint(2)
    assert SECRET not in complaint
    assert ENCODED not in complaint


def test_a_missing_driver_is_named_as_it_is_installed() -> None:
    """Which is not always how it is imported."""
    with pytest.raises(ProblemsError) as refused:
        read_query("postgresql+psycopg2://host/x", "SELECT 1")
    assert 'pip install "psycopg2-binary"' in refused.value.problems[0].remedy()


def test_what_a_database_says_is_told_without_the_password(ledger: Path) -> None:
    """Even where it repeats it."""
    with pytest.raises(ProblemsError) as refused:
        read_query(f"sqlite:///{ledger}?timeout=5", "SELECT * FROM nowhere")
    assert "no such table: nowhere" in refused.value.problems[0].message()
    with pytest.raises(ProblemsError) as secret:
        read_query(f"sqlite:///{ledger}?timeout=5&cache={ENCODED}", QUERY_WITH_SECRET)
    assert SECRET not in secret.value.problems[0].sentence()
    assert "no such table: ***" in secret.value.problems[0].message()


def test_far_too_many_rows_are_refused(ledger: Path) -> None:
    """They are not even fetched."""
    many = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    with pytest.raises(ProblemsError) as refused:
        read_query(f"sqlite:///{ledger}", many)
    assert refused.value.problems[0].code == "source_too_large"


def test_a_workbook_is_filled_from_a_database(cano: Path, ledger: Path) -> None:
    """The address may stand in the environment; the log names the database, not where it is."""
    arguments = ("--query", SUMS, "--yes")
    ended = tablero(
        "fill", "cano.xlsx", *arguments, cwd=cano.parent, TABLERO_SQL=f"sqlite:///{ledger}"
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    logged = read_workbook(cano).records.changes
    assert [(one.input, one.month, one.new) for one in logged] == [
        ("net_sales", "2016-03", 123.25), ("net_sales", "2016-04", 7.0),
    ]  # fmt: skip
    assert logged[0].source == "sqlite: ledger.db value #1"
