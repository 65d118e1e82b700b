"""The whole generated workbook against an accepted one, so that no change goes unseen."""

from __future__ import annotations

from itertools import islice

from tests.workbook.accept import COMMAND, accepted, changes, generated

SHOWN = 80


def test_the_workbook_is_the_accepted_one() -> None:
    """Every part of the file, line by line; a change that is meant is accepted by one command."""
    found = list(islice(changes(accepted(), generated()), SHOWN))
    assert not found, "\n".join(["", *found, f"If this is meant: {COMMAND}"])


def test_a_change_is_shown_in_its_place() -> None:
    """The difference names the part and the line, with one line around it."""
    parts = generated()
    sheet = next(name for name, part in parts.items() if ">KPI_ACHIEVEMENT(" in part)
    changed = {**parts, sheet: parts[sheet].replace("KPI_ACHIEVEMENT", "OTHER", 1)}
    told = list(changes(parts, changed))
    assert told[0] == f"--- accepted/{sheet}"
    assert len([line for line in told if line.startswith("+ ")]) == 1


def test_generating_twice_gives_the_same_file() -> None:
    """Nothing in the file depends on chance or on the clock, but for the time of creation."""
    assert generated() == generated()
