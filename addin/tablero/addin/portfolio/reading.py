"""Reading a batch of workbooks: the task that runs in this process, in another, or far away."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tablero.addin.portfolio.finding import Entry
from tablero.addin.portfolio.stores import Store, name_of, reason
from tablero.workbook_templates.portfolio.company import (
    Company,
    FileFacts,
    read_company,
    refused_file,
)
from tablero.workbook_templates.portfolio.dataset import Asked
from tablero.workbook_templates.portfolio.dataset_parts import packed
from tablero.workbook_templates.problems import Problem, ProblemsError

_HASH_BYTES = 16
_DEAF = 3
"""So many files one after the other without an answer, and a store is not asked for the next."""
_SLOW = "portfolio_slow"


@dataclass(frozen=True)
class Batch:
    """Some files of one store, with the digests of those whose content may be the same still."""

    store: Store
    entries: Sequence[Entry]
    hashes: Sequence[str]
    """One a file; empty where it is to be read in any case."""

    def __len__(self) -> int:
        return len(self.entries)

    def halves(self) -> Iterator[Batch]:
        """Two batches of half the size."""
        middle = len(self) // 2
        for part in (slice(middle), slice(middle, None)):
            yield Batch(self.store, self.entries[part], self.hashes[part])


@dataclass(frozen=True)
class Question:
    """What is to be known of each file."""

    asked: Asked
    today: date

    @property
    def month(self) -> str:
        """The month of today."""
        return f"{self.today:%Y-%m}"


@dataclass(frozen=True)
class Outcome:
    """What came of a batch."""

    count: int
    """How many files it had."""
    content: bytes | None
    """The content of a part; None where no file changed."""
    same: Sequence[Entry] = ()
    """Files that were saved again with the same content."""


def read_batch(batch: Batch, question: Question) -> Outcome:
    """Read and score the files of a batch; whatever happens with one of them, the others count.

    Nothing is written: what was read is handed back as the content of a part, a few kilobytes a
    file. So a task that is run again, because its machine went away, leaves nothing twice.
    """
    read: list[Company] = []
    same, deaf = [], 0
    for entry, known in zip(batch.entries, batch.hashes, strict=True):
        company = _read(batch.store, entry, known, question, is_deaf=deaf >= _DEAF)
        if company is None:
            same.append(entry)
            continue
        read.append(company)
        deaf = deaf + 1 if _is_slow(company) else 0
    stamps = {entry.address: entry.stamp for entry in batch.entries}
    content = packed(read, stamps, question.month) if read else None
    _settle()
    return Outcome(len(batch), content, same)


@cache
def _settle() -> None:
    """Let what the first batch loaded stay: to look for garbage in it takes a twentieth."""
    gc.collect()
    gc.freeze()


def given_up(batch: Batch, question: Question) -> Outcome:
    """What is told of files that end every process in which they are read."""
    told = [_refused(entry, _deadly(entry), question=question) for entry in batch.entries]
    stamps = {entry.address: entry.stamp for entry in batch.entries}
    return Outcome(len(batch), packed(told, stamps, question.month))


def _read(
    store: Store, entry: Entry, known: str, question: Question, *, is_deaf: bool
) -> Company | None:
    """What a workbook says; None where it says what it said."""
    name, digest = name_of(entry.address), ""
    try:
        if is_deaf:
            raise ProblemsError([Problem(_SLOW, values=_waited(store, name))])  # noqa: TRY301
        content = store.content(entry.path)
        digest = hashlib.blake2b(content, digest_size=_HASH_BYTES).hexdigest()
        if digest == known:
            return None
        facts = FileFacts(entry.address, entry.size, entry.mtime, digest)
        asked = question.asked
        return read_company(
            content, asked.period, facts, language=asked.language, today=question.today
        )
    except ProblemsError as refused:
        return _refused(entry, *refused.problems, question=question)
    except Exception as defect:  # noqa: BLE001 - one workbook must not end the others' reading
        values = {"name": name, "reason": f"{type(defect).__name__}: {reason(defect)}"}
        problem = Problem("portfolio_unexpected", values=values)
        return _refused(entry, problem, question=question, digest=digest)


def _deadly(entry: Entry) -> Problem:
    return Problem("portfolio_deadly", values={"name": name_of(entry.address)})


def _waited(store: Store, name: str) -> dict[str, object]:
    return {"name": name, "seconds": round(store.patience.seconds)}


def _refused(entry: Entry, *problems: Problem, question: Question, digest: str = "") -> Company:
    facts = FileFacts(entry.address, entry.size, entry.mtime, digest)
    asked = question.asked
    return refused_file(problems, asked.period, facts, language=asked.language)


def _is_slow(company: Company) -> bool:
    return any(_SLOW in line for line in company.lines["problems"])
