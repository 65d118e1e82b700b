"""Runs over a folder: only what changed is read, and the data set is that of a full run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tablero.addin.portfolio.gathering import StoppedError
from tablero.addin.portfolio.running import Place
from tablero.workbook_templates.occupied import alone
from tablero.workbook_templates.portfolio.dataset import MANIFEST, Asked
from tablero.workbook_templates.problems import ProblemsError
from tests.portfolio.clients import client, column, run, saved_at, tables


def test_every_file_is_a_company_or_a_problem(clients: Path, tmp_path: Path) -> None:
    """Six companies count, the broken file is told, and nothing is lost."""
    gathered = run([clients], tmp_path / "out")
    told = gathered.published
    assert (told.files, told.companies, told.duplicates, told.refused) == (7, 6, 0, 1)
    assert gathered.read == 7
    assert told.errors == 1
    assert column(tmp_path / "out", "files", "status").count("scored") == 6
    assert column(tmp_path / "out", "problems", "code") == ["file_damaged"]


def test_the_data_set_opens_in_other_programs_as_it_is(clients: Path, tmp_path: Path) -> None:
    """DuckDB and pandas read the folder of a table."""
    run([clients], tmp_path / "out")
    files = str(tmp_path / "out" / "fact_kpi" / "*.parquet")
    found = duckdb.read_parquet(files).aggregate("count(DISTINCT company_id)")
    assert found.fetchall() == [(6,)]
    assert len(pd.read_parquet(tmp_path / "out" / "companies")) == 6


def test_a_second_run_reads_only_what_changed(clients: Path, tmp_path: Path) -> None:
    """Changed, new and removed files; the result is that of a run that reads all."""
    out = tmp_path / "out"
    run([clients], out)
    assert run([clients], out).read == 0
    client(clients / "a" / "client0.xlsx", "Client 0", currency="PEN")
    client(clients / "c" / "client9.xlsx", "Client 9")
    (clients / "b" / "client1.xlsx").unlink()
    gathered = run([clients], out)
    assert (gathered.read, gathered.published.files) == (2, 7)
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")
    assert run([clients], out).published == gathered.published


def test_a_file_saved_again_with_the_same_content_is_not_scored_again(
    clients: Path, tmp_path: Path
) -> None:
    """Its digest decides; its new time is noted, as a full run would."""
    out = tmp_path / "out"
    run([clients], out)
    scored = dict(zip(column(out, "files", "path"), column(out, "files", "seconds"), strict=True))
    saved_at(clients / "a" / "client0.xlsx", 1_900_000_000)
    run([clients], out)
    assert 1_900_000_000.0 in column(out, "files", "mtime")
    assert scored == dict(
        zip(column(out, "files", "path"), column(out, "files", "seconds"), strict=True)
    )
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")
    assert run([clients], out).read == 0


def test_of_two_files_of_a_company_and_year_the_newest_counts(
    clients: Path, tmp_path: Path
) -> None:
    """The other is told; when the newer one goes, the other counts again."""
    out = tmp_path / "out"
    older, newer = clients / "a" / "client0.xlsx", clients / "copy.xlsx"
    shutil.copy(older, newer)
    saved_at(older, 1_800_000_000)
    saved_at(newer, 1_800_000_001)
    told = run([clients], out).published
    assert (told.files, told.companies, told.duplicates, told.refused) == (8, 6, 1, 1)
    assert str(newer) in column(out, "fact_kpi", "file")
    assert str(older) not in column(out, "fact_kpi", "file")
    (message,) = [one for one in column(out, "problems", "message") if str(newer) in one]
    assert "2016" in message
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")
    newer.unlink()
    gathered = run([clients], out)
    assert (gathered.read, gathered.published.companies) == (0, 6)
    assert str(older) in column(out, "fact_kpi", "file")
    assert "portfolio_duplicate" not in column(out, "problems", "code")


def test_an_older_duplicate_counts_when_it_is_saved_last(clients: Path, tmp_path: Path) -> None:
    """Though its content stays the same, and nothing is scored."""
    out = tmp_path / "out"
    one, other = clients / "a" / "client0.xlsx", clients / "copy.xlsx"
    shutil.copy(one, other)
    saved_at(one, 1_800_000_000)
    saved_at(other, 1_800_000_001)
    run([clients], out)
    saved_at(one, 1_800_000_002)
    run([clients], out)
    assert str(one) in column(out, "fact_kpi", "file")
    assert str(other) not in column(out, "fact_kpi", "file")


def test_years_and_currencies_that_differ_are_told_and_kept_apart(
    clients: Path, tmp_path: Path
) -> None:
    """One company in two years is two lines of companies; a note says that there are several."""
    client(clients / "next.xlsx", "Client 0", year=2017)
    client(clients / "soles.xlsx", "Client 7", currency="PEN")
    out = tmp_path / "out"
    assert run([clients], out).published.companies == 8
    assert {"portfolio_mixed_year", "portfolio_mixed_currency"} <= set(
        column(out, "problems", "code")
    )
    assert sorted(set(column(out, "companies", "year"))) == ["2016", "2017"]
    assert len(set(column(out, "companies", "company_id"))) == 7


def test_another_period_or_language_reads_all_again(clients: Path, tmp_path: Path) -> None:
    """And leaves nothing of the former answers behind."""
    out = tmp_path / "out"
    run([clients], out)
    assert run([clients], out, asked=Asked("2016-06")).read == 7
    assert set(column(out, "fact_kpi", "period_id")) == {"2016-06"}
    assert run([clients], out, asked=Asked("2016-06", "es")).read == 7
    assert len(list((out / ".parts").iterdir())) == 1


def test_a_full_run_reads_what_has_not_changed(clients: Path, tmp_path: Path) -> None:
    """With the same result."""
    out = tmp_path / "out"
    run([clients], out)
    before = tables(out)
    assert run([clients], out, full=True).read == 7
    assert tables(out) == before


def test_figures_of_the_future_are_looked_at_again_next_month(tmp_path: Path) -> None:
    """For what was too early then may be in order by now."""
    client(tmp_path / "clients" / "a.xlsx", "Client")
    out, places = tmp_path / "out", [tmp_path / "clients"]
    run(places, out, today=date(2016, 6, 30))
    assert "cell_future" in column(out, "problems", "code")
    assert run(places, out, today=date(2016, 6, 30)).read == 0
    assert run(places, out, today=date(2017, 6, 30)).read == 1
    assert column(out, "problems", "code") == []


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Ctrl-C stops, also where the tests were begun in the background, in which it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_a_run_that_is_stopped_leaves_a_data_set_and_goes_on(clients: Path, tmp_path: Path) -> None:
    """What was read shows, and is not read again."""
    out = tmp_path / "out"

    def stop(done: int, _total: int) -> None:
        if done >= 3:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(StoppedError) as stopped:
        run([clients], out, stop)
    done = stopped.value.done
    assert 3 <= done < 7
    assert len(column(out, "files", "path")) == done
    assert run([clients], out).read == 7 - done
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")


@pytest.mark.usefixtures("_interruptible")
def test_a_later_run_that_is_stopped_leaves_the_data_set_as_it_was(
    clients: Path, tmp_path: Path
) -> None:
    """Half a run is never shown beside a whole one."""
    out = tmp_path / "out"
    run([clients], out)
    before = tables(out)
    client(clients / "new.xlsx", "Newcomer")
    client(clients / "newer.xlsx", "Another newcomer")

    def stop(done: int, _total: int) -> None:
        if done:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(StoppedError):
        run([clients], out, stop)
    assert tables(out) == before
    assert run([clients], out).read == 1


KILLED = """
import os, signal, sys
from tests.portfolio.clients import run

def kill(done, total):
    if done >= 3:
        os.kill(os.getpid(), signal.SIGKILL)

run([sys.argv[1]], __import__("pathlib").Path(sys.argv[2]), kill)
"""


def test_a_run_that_is_killed_goes_on_where_it_was(clients: Path, tmp_path: Path) -> None:
    """What it had put away counts, though nothing of it was shown."""
    out = tmp_path / "out"
    command = [sys.executable, "-c", KILLED, str(clients), str(out)]
    root = Path(__file__).parents[2]
    killed = subprocess.run(command, cwd=root, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not (out / MANIFEST).exists()
    assert run([clients], out).read < 7
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")


def test_many_small_parts_become_few(clients: Path, made_clients: Path, tmp_path: Path) -> None:
    """Night after night a few files change; the parts do not pile up, the tables stay right."""
    out = tmp_path / "out"
    run([clients], out)
    other = client(tmp_path / "other.xlsx", "Client 0", sector={"en": "Other"})
    for night in range(10):
        shutil.copy(
            [other, made_clients / "a" / "client0.xlsx"][night % 2], clients / "a" / "client0.xlsx"
        )
        saved_at(clients / "a" / "client0.xlsx", 1_800_000_000 + night)
        assert run([clients], out).read == 1
    assert len(list((out / ".parts").rglob("*.arrows"))) < 13
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")


def test_all_tables_of_a_run_say_which_run_it_was(clients: Path, tmp_path: Path) -> None:
    """So that a program that reads several can tell whether they belong together."""
    out = tmp_path / "out"
    run([clients], out)
    files = [*out.glob("*/part-0.parquet")]
    assert len({pq.read_schema(file).metadata[b"tablero.run"] for file in files}) == 1
    assert not list(out.rglob("*.new"))


def test_processes_of_this_machine_give_the_same_result(clients: Path, tmp_path: Path) -> None:
    """To the last digit."""
    run([clients], tmp_path / "one")
    run([clients], tmp_path / "two", place=Place(workers=2))
    assert tables(tmp_path / "one") == tables(tmp_path / "two")


def test_two_runs_at_once_are_refused(clients: Path, tmp_path: Path) -> None:
    """The second says that there is another."""
    out = tmp_path / "out"
    run([clients], out)
    with alone(out / MANIFEST), pytest.raises(ProblemsError, match="Another run"):
        run([clients], out)


@pytest.mark.parametrize(
    ("cores", "files", "processes"),
    [(1, 1_000_000, 1), (2, 700, 1), (2, 900, 2), (8, 400, 1), (8, 500, 8)],
)
def test_other_processes_are_started_where_that_pays(
    cores: int, files: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They take seconds to start; who asks for some gets them."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _process: range(cores))
    assert Place().processes(files) == processes
    assert Place(workers=3).processes(files) == 3


def test_a_folder_with_other_things_is_refused_unless_forced(clients: Path, tmp_path: Path) -> None:
    """And nothing in it is touched."""
    with pytest.raises(ProblemsError, match="--force"):
        run([clients], clients)
    run([clients], clients, force=True)
    assert (clients / "a" / "client0.xlsx").exists()
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ProblemsError, match="file” is a file"):
            run([clients], out)


def test_without_any_workbook_the_data_set_stays(clients: Path, tmp_path: Path) -> None:
    """A share that is not mounted must not wipe out all companies."""
    out = tmp_path / "out"
    run([clients], out)
    before = tables(out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProblemsError, match="No workbook was found"):
        run([tmp_path / "empty"], out)
    assert tables(out) == before


def test_a_table_that_cannot_be_replaced_is_told(clients: Path, tmp_path: Path) -> None:
    """Nothing that was read is lost."""
    out = tmp_path / "out"
    (out / "companies" / "part-0.parquet" / "in the way").mkdir(parents=True)
    with pytest.raises(ProblemsError, match="cannot be replaced"):
        run([clients], out, force=True)
    shutil.rmtree(out / "companies")
    assert run([clients], out).read == 0
    assert len(column(out, "companies", "name")) == 6


def test_a_part_that_is_damaged_is_read_again(clients: Path, tmp_path: Path) -> None:
    """Parts of a run that never came to an end count only when they are whole."""
    out = tmp_path / "out"
    run([clients], out)
    (out / MANIFEST).unlink()
    for part in (out / ".parts").rglob("*.arrows"):
        os.truncate(part, part.stat().st_size // 2)
    assert run([clients], out).published.companies == 6
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")
