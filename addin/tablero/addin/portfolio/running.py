"""Running tasks with dask: in this process, in one a core, or on a cluster that is there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import islice
from typing import Any

from tablero.addin.portfolio.reading import Batch, Outcome, Question, given_up, read_batch
from tablero.addin.portfolio.stores import reason
from tablero.workbook_templates.problems import Problem, ProblemsError

_START = 400
"""So many files are read in the time that other processes take to start."""
_LARGEST = 50
"""Files in a batch: half a second of work, so that progress shows and little is done again."""
_BATCHES = 4
"""Batches for each worker, where there are not many files."""
_AHEAD = 2
"""Batches that wait or run for each worker; what comes later is not even made yet."""
_OWN = "127.0.0.1"
"""Where processes of this machine talk to each other, and nobody else does."""
_SETTINGS = {
    "distributed.worker.use-file-locking": False,
    # A file that ends two processes would end others, too: the files of its batch are parted.
    "distributed.scheduler.allowed-failures": 1,
    # A quarter of a worker's time went into asking the system for the same memory again and again,
    # and into looking on a hundred times a second.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
}
_PATIENCE = 20
"""Seconds in which a cluster has to answer."""

Read = Callable[[Batch], Outcome]
Engine = Callable[[Iterable[Batch]], Iterator[Outcome]]


@dataclass(frozen=True)
class Place:
    """Where tasks are to run."""

    scheduler: str = ""
    """The address of a cluster's scheduler; without it on this machine."""
    workers: int | None = None
    """How many processes on this machine; 1 is this one, and without it there is one a core."""

    def size(self, files: int) -> int:
        """How many files make a batch."""
        return max(1, min(_LARGEST, -(-files // (_BATCHES * self.processes(files)))))

    def processes(self, files: int) -> int:
        """How many processes some files are worth on this machine."""
        if self.workers is not None:
            return self.workers
        cores = _cores()
        return cores if files - files / cores >= _START else 1


def _cores() -> int:
    """The cores that this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def engine(place: Place, files: int, question: Question) -> Iterator[Engine]:
    """What reads batches, in the order in which they get done.

    Raises
    ------
    ProblemsError
        The cluster does not answer, has no workers, or its workers cannot read workbooks.
    """
    read, give_up = partial(read_batch, question=question), partial(given_up, question=question)
    if not place.scheduler and place.processes(files) == 1:
        yield partial(_here, read)
        return
    with _client(place, files) as client:
        yield partial(_there, client, read, give_up)


def _here(read: Read, batches: Iterable[Batch]) -> Iterator[Outcome]:
    """In this process; by its name dask would look for the scheduler after loading a cluster's."""
    dask = _dask()
    for batch in batches:
        yield dask.delayed(read, pure=False)(batch).compute(scheduler=dask.get)


def _there(client: Any, read: Read, give_up: Read, batches: Iterable[Batch]) -> Iterator[Outcome]:
    """In other processes: never more tasks at a time than keep them busy."""
    distributed = _distributed()
    gone = (distributed.CancelledError, distributed.comm.CommClosedError, TimeoutError)
    done, waiting = distributed.as_completed(loop=client.loop), dict[Any, Batch]()
    coming = iter(batches)

    def send(some: Iterable[Batch]) -> None:
        for batch in some:
            future = client.submit(read, batch, pure=False)
            waiting[future] = batch
            done.add(future)

    send(islice(coming, _room(client)))
    try:
        for future in done:
            batch = waiting.pop(future)
            try:
                yield future.result()
            except distributed.KilledWorker:
                if len(batch) > 1:
                    send(batch.halves())
                else:
                    yield give_up(batch)
            except gone as defect:
                raise _lost(defect) from defect
            future.release()
            send(islice(coming, max(_room(client) - len(waiting), 0)))
    finally:
        _forget(client, waiting)


def _forget(client: Any, waiting: Iterable[Any]) -> None:
    """Let nobody work on what nobody waits for any more."""
    with suppress(Exception):
        client.cancel(list(waiting), force=True)


def _room(client: Any) -> int:
    """How many tasks keep all workers busy, those that came meanwhile too."""
    try:
        threads: int = sum(client.nthreads().values())
        return _AHEAD * max(threads, 1)
    except Exception as defect:
        raise _lost(defect) from defect


@contextmanager
def _client(place: Place, files: int) -> Iterator[Any]:
    dask, distributed = _dask(), _distributed()
    with dask.config.set(_SETTINGS):
        if place.scheduler:
            with _connected(place.scheduler) as client:
                yield client
            return
        with (
            distributed.LocalCluster(
                n_workers=place.processes(files),
                threads_per_worker=1,
                host=_OWN,
                dashboard_address=f"{_OWN}:0",
                silence_logs=50,
            ) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            client.run(_leave_interrupts)
            yield client


def _leave_interrupts() -> None:
    """Ctrl-C reaches all processes of a terminal; what it ends is for the first one to say."""
    with suppress(ValueError):  # not in the main thread, to which signals go
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of a cluster whose workers have the same Tablero as this machine."""
    distributed = _distributed()
    values = {"address": address}
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except Exception as defect:
        told = {**values, "reason": reason(defect)}
        raise ProblemsError([Problem("portfolio_no_scheduler", values=told)]) from defect
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except Exception as defect:
            raise ProblemsError([Problem("portfolio_no_workers", values=values)]) from defect
        _refuse_others(client)
        yield client


def _refuse_others(client: Any) -> None:
    """Workers must have this Tablero, else they could not read, or would read something else."""
    own = version("tablero")
    found = client.run(_version, on_error="return")
    for worker, answer in found.items():
        if answer != own:
            theirs = answer if isinstance(answer, str) else "–"
            values = {"worker": worker, "theirs": theirs, "own": own}
            raise ProblemsError([Problem("portfolio_other_worker", values=values)])


def _version() -> str:
    return version("tablero")


def _lost(defect: BaseException) -> ProblemsError:
    return ProblemsError([Problem("portfolio_cluster_lost", values={"reason": reason(defect)})])


def _dask() -> Any:
    """The engine in this process; its functions have no types."""
    import dask  # noqa: PLC0415 - half a second that only a portfolio is worth

    return dask


def _distributed() -> Any:
    """The engine in many processes, likewise."""
    import distributed  # noqa: PLC0415 - a second that only many workbooks are worth

    return distributed
