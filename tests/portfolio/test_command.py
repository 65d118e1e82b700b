"""``tablero portfolio``: what is shown, what is answered, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.addin.commands import tablero
from tests.portfolio.clients import client, run


@pytest.fixture(scope="module")
def out(made_clients: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set; not to be changed."""
    out = tmp_path_factory.mktemp("data") / "out"
    run([made_clients], out)
    return out


def test_a_run_says_what_came_of_it(clients: Path, tmp_path: Path) -> None:
    """Files, companies, problems, seconds; the exit code says that there are problems."""
    ended = tablero("portfolio", clients, "-o", "out", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (1, "")
    first, files, problems, read, *_ = ended.stdout.splitlines()
    assert first == "Data set: out"
    assert "Files: 7; companies and years that count: 6" in files
    assert "errors 1" in problems
    assert "Read: 7 of 7 files" in read
    ended = tablero("portfolio", clients, "-o", "out", "--lang", "en", cwd=tmp_path)
    assert "Nothing had changed" in ended.stdout


def test_without_problems_the_exit_code_is_zero(tmp_path: Path) -> None:
    """The data set is called portfolio if nobody says otherwise; the language may be another."""
    client(tmp_path / "clients" / "a.xlsx", "Client")
    ended = tablero("portfolio", "clients", "--lang", "es", "--period", "ytd", cwd=tmp_path)
    assert ended.returncode == 0
    assert "Conjunto de datos: portfolio" in ended.stdout
    assert (tmp_path / "portfolio" / "companies" / "part-0.parquet").exists()


def test_programs_are_answered_with_json(clients: Path, tmp_path: Path) -> None:
    """With the same facts."""
    ended = tablero("portfolio", clients, "-o", "out", "--json", cwd=tmp_path)
    told = json.loads(ended.stdout)
    assert (told["files"], told["companies"], told["refused"], told["read"]) == (7, 6, 1, 7)
    assert told["files_a_second"] > 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("nowhere",), "nowhere"),
        (("clients", "--period", "soon"), "soon"),
        (("clients", "--period", "2026-13"), "2026-13"),
        (("clients", "-o", "clients"), "--force"),
        (("query", "FROM companies"), "tablero portfolio"),
    ],
)
def test_what_cannot_be_done_is_refused(options: tuple[str, ...], told: str, clients: Path) -> None:
    """In a sentence."""
    assert told in tablero("portfolio", *options, cwd=clients.parent).complaint(2)


def test_without_anything_help_is_shown(tmp_path: Path) -> None:
    """With the command to ask the data set."""
    ended = tablero("portfolio", cwd=tmp_path)
    assert "query" in ended.stdout + ended.stderr


def test_a_query_is_answered_as_a_table(out: Path) -> None:
    """With numbers as the language writes them."""
    query = "SELECT name, 0.5 AS half, NULL AS nothing FROM companies ORDER BY name LIMIT 2"
    ended = tablero("portfolio", "query", query, "-o", out, "--lang", "pt", cwd=out)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Client 0" in ended.stdout
    assert "0,5" in ended.stdout


def test_a_long_answer_is_cut_with_a_word_about_it(out: Path) -> None:
    """And not in CSV."""
    query = "SELECT unnest(range(250)) AS number"
    shown = tablero("portfolio", "query", query, "-o", out, cwd=out).stdout
    assert "lines not shown: 50." in shown
    ended = tablero("portfolio", "query", query, "-o", out, "--format", "csv", cwd=out)
    assert len(ended.stdout.splitlines()) == 251


def test_a_query_is_answered_as_csv_and_json(out: Path) -> None:
    """A text that begins like a formula is no formula in CSV."""
    query = "SELECT '=1+1' AS text, 'NaN'::DOUBLE AS odd, DATE '2026-01-02' AS day"
    ended = tablero("portfolio", "query", query, "-o", out, "--format", "csv", cwd=out)
    assert ended.stdout.splitlines() == ["text,odd,day", "'=1+1,nan,2026-01-02"]
    ended = tablero("portfolio", "query", query, "-o", out, "--format", "json", cwd=out)
    assert json.loads(ended.stdout) == [{"text": "=1+1", "odd": None, "day": "2026-01-02"}]
    nothing = "FROM companies WHERE false"
    ended = tablero("portfolio", "query", nothing, "-o", out, "--format", "json", cwd=out)
    assert json.loads(ended.stdout) == []


def test_every_table_can_be_asked(out: Path) -> None:
    """By its name."""
    ended = tablero("portfolio", "query", "SHOW TABLES", "-o", out, cwd=out)
    assert {"companies", "fact_kpi", "files", "problems"} <= set(ended.stdout.split())


@pytest.mark.parametrize(
    "query",
    [
        "DROP VIEW companies",
        "COPY companies TO 'stolen.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "SET memory_limit = '100GB'",
        "SELECT 1; SELECT 2",
        "",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "FROM sys",
        "FROM connection",
        "FROM nowhere",
        "SELECT * FROM companies WHERE",
        "PRAGMA database_list",
        "SELECT 'x'::INTEGER",
    ],
)
def test_a_query_reaches_nothing_but_the_tables(query: str, out: Path, tmp_path: Path) -> None:
    """It changes nothing and reads nothing else; why it is refused is a sentence."""
    ended = tablero("portfolio", "query", query, "-o", out, cwd=tmp_path)
    assert ended.complaint(2).startswith("error: ")
    assert not list(tmp_path.iterdir())


def test_a_summary_and_a_page_stand_beside_the_tables(clients: Path, tmp_path: Path) -> None:
    """They are made anew when something changed, and are no workbooks of a portfolio."""
    ended = tablero("portfolio", clients, "-o", "out", cwd=tmp_path)
    assert [line for line in ended.stdout.splitlines() if line.startswith("Saved: ")] == [
        "Saved: out/summary.xlsx",
        "Saved: out/page.html",
    ]
    made = [tmp_path / "out" / name for name in ("summary.xlsx", "page.html")]
    before = [file.stat().st_mtime_ns for file in made]
    tablero("portfolio", clients, "-o", "out", cwd=tmp_path)
    assert [file.stat().st_mtime_ns for file in made] == before
    (clients / "a" / "client0.xlsx").unlink()
    tablero("portfolio", clients, "out", "-o", "out", cwd=tmp_path)
    assert [file.stat().st_mtime_ns for file in made] != before


def test_a_copy_without_names_can_be_asked_too(clients: Path, tmp_path: Path) -> None:
    """It never takes the place of the data set."""
    options = ("--data-only", "--anonymise", "shared")
    ended = tablero("portfolio", clients, "-o", "out", *options, cwd=tmp_path)
    assert ended.stdout.endswith("Saved: shared\n")
    assert not (tmp_path / "out" / "page.html").exists()
    query = "SELECT count(DISTINCT company_id) AS n FROM fact_strategy WHERE file LIKE '%client%'"
    ended = tablero("portfolio", "query", query, "-o", "shared", "--format", "csv", cwd=tmp_path)
    assert ended.stdout.splitlines() == ["n", "0"]
    for place in ("out", "clients", "new"):
        ended = tablero("portfolio", "clients", "-o", "new", "--anonymise", place, cwd=tmp_path)
        assert "without names" in ended.complaint(2)
    (tmp_path / "file").touch()
    ended = tablero("portfolio", "clients", "-o", "new", "--anonymise", "file/x", cwd=tmp_path)
    assert "“file” is a file" in ended.complaint(2)
    assert not (tmp_path / "new").exists(), "all was read before the place was refused"
