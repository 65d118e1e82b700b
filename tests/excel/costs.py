"""What calls cost in Python on xlwings' path: ``python -m tests.excel.costs``.

What Windows adds to each call, carrying it and its cells from Excel to Python, is not in it.
"""

from __future__ import annotations

import sys

from tests.excel import classic

KPIS = 1000


def table() -> str:
    """A bare function, ours, and a column of KPIs in one call, in microseconds."""
    costs = classic.ask("costs", KPIS)
    bare, single, column = (costs[name] * 1e6 for name in ("bare", "single", "column"))
    each = column / KPIS
    lines = [
        ("a function that gives its argument back", bare, ""),
        ("KPI_ACHIEVEMENT, one KPI", single, f"{single / bare:.2f} times the bare one"),
        (f"KPI_ACHIEVEMENT, {KPIS} in one call", each, f"{single / each:.1f} times cheaper"),
    ]
    return "\n".join(f"{name:42}{cost:7.1f} µs a KPI   {note}" for name, cost, note in lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
