"""A cluster of dask: a scheduler and workers, each a process of its own as a firm starts them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import distributed
import pytest

from tablero.addin.portfolio.running import Place
from tablero.workbook_templates.portfolio.population import population
from tablero.workbook_templates.problems import ProblemsError
from tests.portfolio.clients import run, tables

ROOT = Path(__file__).parents[2]
# As the README says, with what keeps a test from the network and from the ports of others.
SCHEDULER = ("dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
WORKER = ("dask", "worker", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")


@dataclass(frozen=True)
class Cluster:
    """The address of a scheduler, and the processes of its workers by their names."""

    address: str
    workers: dict[str, subprocess.Popen[str]]

    def client(self) -> Any:
        """Somebody who looks on."""
        return distributed.Client(self.address, set_as_default=False)  # type: ignore[no-untyped-call]


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def scheduling() -> Iterator[str]:
    """A scheduler; its address."""
    with started(*SCHEDULER) as scheduler:
        assert scheduler.stderr is not None
        said = (re.search(r"Scheduler at:\s+(tcp://\S+)", line) for line in scheduler.stderr)
        yield next(match[1] for match in said if match)


@contextmanager
def clustered(count: int) -> Iterator[Cluster]:
    """A scheduler with workers that have come to it."""
    with ExitStack() as stack:
        address = stack.enter_context(scheduling())
        names = [f"w{number}" for number in range(count)]
        workers = {
            name: stack.enter_context(started(*WORKER, "--no-nanny", "--name", name, address))
            for name in names
        }
        cluster = Cluster(address, workers)
        with cluster.client() as looking_on:
            looking_on.wait_for_workers(count, timeout=60)
        yield cluster


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two dozen companies, two of them in two files, and broken files."""
    folder = tmp_path_factory.mktemp("clients")
    population(22, folder, seed=5)
    for number, path in enumerate(sorted(folder.rglob("*.xls?"))[:2]):
        shutil.copy(path, folder / f"copy{number}.xlsx")
    for number in range(3):
        (folder / f"broken{number}.xlsx").write_bytes(b"PK" * number)
    return folder


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    clients: Path, tmp_path: Path
) -> None:
    """What it was at work on is read by another; the result is that of one process."""
    run([clients], tmp_path / "here")
    with clustered(3) as cluster, cluster.client() as looking_on:
        killed: list[subprocess.Popen[str]] = []

        def kill(done: int, total: int) -> None:
            if not done or killed or done == total:
                return
            busy = [address for address, tasks in looking_on.processing().items() if tasks]
            names = {
                address: worker["name"]
                for address, worker in looking_on.scheduler_info(n_workers=-1)["workers"].items()
            }
            process = cluster.workers[names[busy[0]]]
            process.send_signal(signal.SIGKILL)
            killed.append(process)

        place = Place(scheduler=cluster.address, workers=3)
        gathered = run([clients], tmp_path / "there", kill, place=place)
        assert [process.wait() for process in killed] == [-signal.SIGKILL]
    assert gathered.published.files == gathered.read == 27
    assert gathered.published.companies == 22
    assert tables(tmp_path / "there") == tables(tmp_path / "here")


def test_a_scheduler_that_goes_away_is_told_and_what_was_read_is_kept(
    clients: Path, tmp_path: Path
) -> None:
    """The next run goes on from there, on whatever machine."""
    out = tmp_path / "out"
    with clustered(1) as cluster, cluster.client() as looking_on:
        scheduler = int(looking_on.run_on_scheduler(os.getpid))
        kept: list[int] = []

        def kill(done: int, _total: int) -> None:
            if done and not kept:
                kept.append(done)
                os.kill(scheduler, signal.SIGKILL)

        with pytest.raises(ProblemsError, match="went away"):
            run([clients], out, kill, place=Place(scheduler=cluster.address))
    assert run([clients], out).read <= 27 - kept[0]
    run([clients], tmp_path / "again")
    assert tables(out) == tables(tmp_path / "again")


def test_a_scheduler_that_does_not_answer_is_told(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command that starts one; and so is one without workers."""
    monkeypatch.setattr("tablero.addin.portfolio.running._PATIENCE", 1)
    with pytest.raises(ProblemsError, match="dask scheduler"):
        run([clients], tmp_path / "out", place=Place(scheduler="tcp://127.0.0.1:9"))
    with scheduling() as address, pytest.raises(ProblemsError, match="dask worker"):
        run([clients], tmp_path / "out", place=Place(scheduler=address))
