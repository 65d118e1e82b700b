"""The benchmark's table: what was measured, against what, and the result beside its target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from tests.benchmarks.timing import Pair


@dataclass(frozen=True)
class Ratio:
    """How many times the peer's time we take, at best ``at_most``."""

    what: str
    against: str
    pair: Pair
    at_most: float | None = None

    @property
    def result(self) -> str:
        return f"{self.pair.ours / self.pair.peer:.2f} ×"

    @property
    def target(self) -> str:
        return "–" if self.at_most is None else f"≤ {self.at_most:g} ×"

    @property
    def is_met(self) -> bool | None:
        return None if self.at_most is None else self.pair.ours <= self.at_most * self.pair.peer


@dataclass(frozen=True)
class Speedup:
    """How many times faster than the peer we are, at best more than ``at_least``."""

    what: str
    against: str
    pair: Pair
    at_least: float | None = None

    @property
    def result(self) -> str:
        return f"{self.pair.peer / self.pair.ours:.1f} × faster"

    @property
    def target(self) -> str:
        return "–" if self.at_least is None else f"≥ {self.at_least:g} × faster"

    @property
    def is_met(self) -> bool | None:
        return None if self.at_least is None else self.pair.ours * self.at_least <= self.pair.peer


@dataclass(frozen=True)
class Start:
    """Time from start to end of a process; ``beyond_peer`` takes off what the bare one needs."""

    what: str
    against: str
    pair: Pair
    below: float
    beyond_peer: bool = False

    @property
    def _time(self) -> float:
        return self.pair.ours - self.pair.peer * self.beyond_peer

    @property
    def result(self) -> str:
        return f"{'+' * self.beyond_peer}{self._time * 1000:.0f} ms"

    @property
    def target(self) -> str:
        return f"< {self.below * 1000:.0f} ms"

    @property
    def is_met(self) -> bool:
        return self._time < self.below


@dataclass(frozen=True)
class Fact:
    """What a run says without a peer's time beside it, such as a rate or a share of memory."""

    what: str
    against: str
    result: str
    target: str = "–"
    is_met: bool | None = None


@dataclass(frozen=True)
class NotMeasured:
    """A row that this machine cannot fill, and why."""

    what: str
    reason: str


Row = Ratio | Speedup | Start | Fact | NotMeasured


def table_of(rows: Iterable[Row]) -> Table:
    """The table that the command prints."""
    table = Table(title="Medians of runs that take turns with the peer, in milliseconds")
    table.add_column("what", overflow="fold")
    table.add_column("against", overflow="fold")
    for heading in ("ours", "peer", "result", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in map(told, rows):
        verdict = _verdict(met=None if row["met"] is None else bool(row["met"]))
        cells = (row[key] for key in ("what", "against", "ours", "peer", "result", "target"))
        table.add_row(*(str(cell) for cell in cells), verdict)
    return table


def told(row: Row) -> Mapping[str, str | bool | None]:
    """A row in words, to be printed or kept."""
    if isinstance(row, NotMeasured):
        blank = dict.fromkeys(("ours", "peer", "result", "target"), "")
        return {"what": row.what, "against": row.reason, **blank, "met": None}
    ours, peer = ("", "") if isinstance(row, Fact) else map(_milliseconds, row.pair)
    return {
        "what": row.what,
        "against": row.against,
        "ours": ours,
        "peer": peer,
        "result": row.result,
        "target": row.target,
        "met": row.is_met,
    }


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"


def _verdict(*, met: bool | None) -> Text:
    if met is None:
        return Text("")
    return Text("met", "green") if met else Text("missed", "red")
