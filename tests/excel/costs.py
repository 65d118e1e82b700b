"""What calls cost in Python on xlwings' path: ``python -m tests.excel.costs``.

What Windows adds to each call, carrying it and its cells from Excel to Python, is not in it.
"""

from __future__ import annotations

import sys

from tests.excel import classic

KPIS = 1000


def table() -> str:
    """Bare functions, ours on one KPI, and columns of KPIs in one call, in microseconds."""
    costs = classic.ask("costs", KPIS)
    bare, single, column = costs["bare"], costs["single"], costs["column"]
    mixed = costs["mixed column"]
    lines = [
        ("a function that gives its argument back", bare, ""),
        ("the same with five arguments", costs["bare of five"], ""),
        ("KPI_ACHIEVEMENT, one KPI", single, f"{single / bare:.2f} times the bare one"),
        (f"a column of {KPIS} cells given back", costs["bare column"], ""),
        (f"KPI_ACHIEVEMENT, {KPIS} in one call", column, f"{single / column:.1f} times cheaper"),
        ("the same, a fifth empty, High and Low", mixed, f"{single / mixed:.1f} times cheaper"),
    ]
    return "\n".join(f"{name:42}{cost * 1e6:7.2f} µs   {note}" for name, cost, note in lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
