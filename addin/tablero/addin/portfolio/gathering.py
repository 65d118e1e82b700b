"""A run over a portfolio: what changed is read, and the data set brought to what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tablero.addin.portfolio.finding import Entry, Finding
from tablero.addin.portfolio.reading import Batch, Outcome, Question
from tablero.addin.portfolio.running import Place, engine
from tablero.addin.portfolio.stores import Patience
from tablero.workbook_templates.occupied import alone
from tablero.workbook_templates.portfolio import dataset_parts as parts
from tablero.workbook_templates.portfolio.dataset import (
    Asked,
    DataSet,
    Memory,
    manifest_schema,
    rows_of,
)
from tablero.workbook_templates.portfolio.dataset_publishing import (
    Published,
    fingerprint,
    publish,
)
from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to look across, and how."""

    places: Sequence[str]
    output: Path
    asked: Asked = field(default_factory=Asked)
    place: Place = field(default_factory=Place)
    full: bool = False
    """Whether all is read again, also what has not changed."""
    force: bool = False
    """Whether the folder may hold other things."""
    patience: Patience = field(default_factory=Patience)
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())


@dataclass(frozen=True)
class Gathered:
    """How a run ended."""

    published: Published
    read: int
    """Files that were read in this run; the others had not changed."""
    seconds: float
    is_news: bool
    """Whether the tables changed."""


class StoppedError(Exception):
    """Somebody stopped a run; what it has read is kept."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(done, total)
        self.done, self.total = done, total


def gather(wish: Wish, progress: Progress = lambda _done, _total: None) -> Gathered:
    """Read what changed, and let the data set show what there is.

    Raises
    ------
    ProblemsError
        A place does not exist, the folder is not ours or another run is at work in it, or the
        cluster went away.
    StoppedError
        Ctrl-C was pressed.
    """
    dataset = DataSet(wish.output)
    _refuse_folder(dataset, force=wish.force)
    dataset.folder.mkdir(parents=True, exist_ok=True)
    with _alone(dataset):
        return _Run(wish, dataset, progress).run()


def _refuse_folder(dataset: DataSet, *, force: bool) -> None:
    dataset.refuse_files()
    if not dataset.is_ours and not force:
        values = {"name": str(dataset.folder)}
        raise ProblemsError([Problem("portfolio_out_taken", values=values)])


@contextmanager
def _alone(dataset: DataSet) -> Iterator[None]:
    """Two runs at once would take away each other's parts."""
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(dataset.manifest, patience=0))
        except ProblemsError:
            values = {"name": str(dataset.folder)}
            raise ProblemsError([Problem("portfolio_in_work", values=values)]) from None
        yield


@dataclass
class _Run:
    wish: Wish
    dataset: DataSet
    progress: Progress
    fresh: list[Path] = field(default_factory=list)
    """The parts with the files that were read now; what they list is asked when all are there."""
    same: list[Entry] = field(default_factory=list)
    read: int = 0

    def run(self) -> Gathered:
        begun, wish = perf_counter(), self.wish
        finding = Finding(self.dataset.folder, wish.patience).look(wish.places)
        if not finding.entries:
            raise ProblemsError([*finding.problems, Problem("portfolio_nothing")])
        memory = self.dataset.remembered(wish.asked)
        if wish.full:
            memory = replace(memory, rows=None, whole=frozenset())
        plan = _Plan.of(finding, memory, f"{wish.today:%Y-%m}")
        finding.entries.clear()  # those that matter are in the plan, and leave it one by one
        try:
            self._read(plan, finding)
        except KeyboardInterrupt:
            self._leave(plan, memory)
            raise StoppedError(self.read, plan.total) from None
        published = self._as_it_was(plan, memory, finding)
        is_news = published is None
        if published is None:
            published = publish(self.dataset, wish.asked, self._rows(plan), finding.problems)
        return Gathered(published, self.read, perf_counter() - begun, is_news)

    def _read(self, plan: _Plan, finding: Finding) -> None:
        """Read what changed, and put each part away as soon as it is there."""
        total, wish = plan.total, self.wish
        if not total:
            return
        folder = self.dataset.parts(wish.asked)
        folder.mkdir(parents=True, exist_ok=True)
        question = Question(wish.asked, wish.today)
        batches = plan.batches(finding, wish.place.size(total))
        self.progress(0, total)
        with engine(wish.place, total, question) as read:
            for outcome in read(batches):
                self._keep(outcome, folder)
                self.progress(self.read, total)

    def _keep(self, outcome: Outcome, folder: Path) -> None:
        if outcome.content is not None:
            self.fresh.append(folder / parts.put(folder, outcome.content))
        self.same.extend(outcome.same)
        self.read += outcome.count

    def _leave(self, plan: _Plan, memory: Memory) -> None:
        """Leave a data set that can be read, where there was none before."""
        if not memory.about.get("complete"):
            publish(self.dataset, self.wish.asked, self._rows(plan), complete=False)

    def _as_it_was(self, plan: _Plan, memory: Memory, finding: Finding) -> Published | None:
        """What the tables show already, if that is what was found."""
        told, asked = finding.problems, self.wish.asked
        is_told = memory.about.get("told") == fingerprint(told, asked.language)
        former = memory.about.get("published")
        if not (plan.is_as_it_was and is_told and isinstance(former, dict)):
            return None
        self.dataset.tidy(asked, self._rows(plan).column("part").unique().to_pylist())
        return Published(**former)

    def _rows(self, plan: _Plan) -> pa.Table:
        """All files that were found, each once."""
        import pyarrow as pa  # noqa: PLC0415 - only a portfolio needs it

        fresh = map(rows_of, self.fresh)
        return pa.concat_tables([plan.kept(), plan.touched(self.same), *fresh])


@dataclass(frozen=True)
class _Plan:
    """What is known of the files that were found, and which are to be read."""

    rows: pa.Table
    """All lines that are remembered."""
    listed: int
    """How many of them the manifest has."""
    unchanged: Sequence[int]
    """The lines that still hold."""
    total: int
    """How many files are to be read."""
    changed: list[tuple[Entry, str]]
    """Those of them that nobody reads yet, with a digest that may be theirs still."""
    former: Mapping[str, int]
    """The lines of these digests by path."""
    is_complete: bool

    @classmethod
    def of(cls, finding: Finding, memory: Memory, month: str) -> _Plan:
        """Compare what was found with what is remembered."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        listed = manifest_schema().empty_table() if memory.rows is None else memory.rows
        listed = listed.replace_schema_metadata(None)
        rows = pa.concat_tables([listed, memory.unlisted])
        known = _Known.of(rows, month)
        unchanged, changed, former = list[int](), list[tuple[Entry, str]](), dict[str, int]()
        for entry in finding.entries:
            line = known.unchanged(entry)
            if line is not None:
                unchanged.append(line)
                continue
            digest, line = known.hash(entry)
            changed.append((entry, digest))
            if digest:
                former[entry.address] = line
        complete = bool(memory.rows is not None and memory.about.get("complete"))
        return cls(rows, len(listed), unchanged, len(changed), changed, former, complete)

    @property
    def is_as_it_was(self) -> bool:
        """Whether the data set shows just these files already."""
        is_all = len(self.unchanged) == self.listed and not self.total
        return self.is_complete and is_all and all(line < self.listed for line in self.unchanged)

    def batches(self, finding: Finding, size: int) -> Iterator[Batch]:
        """The files to be read, some at a time, the largest first; handed out, they are forgotten.

        Workbooks of one make are of about one size. Read one after the other, most of what was
        understood of one holds for the next, wherever they lie, and little has to be remembered.
        """
        changed = self.changed
        changed.sort(key=lambda one: (one[0].store, -one[0].size, one[0].address), reverse=True)
        while changed:
            store = changed[-1][0].store
            some = [changed.pop()]
            while changed and len(some) < size and changed[-1][0].store == store:
                some.append(changed.pop())
            entries, hashes = zip(*some, strict=True)
            yield Batch(finding.stores[store], entries, hashes)

    def kept(self) -> pa.Table:
        """The lines that still hold."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        return self.rows.take(pa.array(self.unchanged, pa.int64()))

    def touched(self, same: Iterable[Entry]) -> pa.Table:
        """The lines of files that were saved again with the same content."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        told = [
            self.rows.slice(self.former[entry.address], 1).to_pylist()[0]
            | {"size": entry.size, "mtime": entry.mtime, "stamp": entry.stamp}
            for entry in same
        ]
        return pa.Table.from_pylist(told, manifest_schema())


@dataclass(frozen=True)
class _Known:
    """Remembered lines by path."""

    lines: dict[str, list[int]]
    facts: Sequence[tuple[int, float, str, str]]
    """Size, time, stamp and digest of each line; no digest where it is to be read again."""

    @classmethod
    def of(cls, rows: pa.Table, month: str) -> _Known:
        names = ("path", "size", "mtime", "stamp", "hash", "month")
        lines: dict[str, list[int]] = {}
        facts = []
        columns = (rows.column(name).to_pylist() for name in names)
        for number, (path, size, mtime, stamp, digest, read) in enumerate(
            zip(*columns, strict=True)
        ):
            lines.setdefault(path, []).append(number)
            facts.append((size, mtime, stamp, digest if read in ("", month) else ""))
        return cls(lines, facts)

    def unchanged(self, entry: Entry) -> int | None:
        """The line of a file that has not been saved since."""
        for line in self.lines.get(entry.address, ()):
            size, mtime, stamp, digest = self.facts[line]
            is_same = stamp == entry.stamp if entry.stamp else mtime == entry.mtime
            if digest and size == entry.size and is_same:
                return line
        return None

    def hash(self, entry: Entry) -> tuple[str, int]:
        """The digest of a file as it was known last, with its line."""
        for line in reversed(self.lines.get(entry.address, ())):
            if self.facts[line][3]:
                return self.facts[line][3], line
        return "", -1
