"""A year lived through: filled from the ledger month by month, corrected, closed, rolled on.

Every figure is accounted for, and IronCalc, LibreOffice and Python agree on what they come to.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tablero.workbook_templates.edition import next_year
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.workbook import make_board
from tests.addin.commands import tablero
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.workbook.comparing import differences, scorecard_cells, shown, stored

MONTHS = range(1, 13)
CLOSED = (3, 6, 9, 12)
FROM_LEDGER = (
    "net_sales", "cost_of_sales", "operating_expenses", "net_profit", "total_assets", "cash",
    "receivables", "inventory",
)  # fmt: skip
BY_HAND = {
    "current_assets": 90.0, "current_liabilities": 60.0, "returning_sales": 50.0,
    "new_customers": 6.0, "quotes_sent": 40.0, "quotes_won": 12.0, "survey_answers": 30.0,
    "promoters": 18.0, "detractors": 4.0, "complaints": 3.0, "orders_delivered": 200.0,
    "orders_on_time": 180.0, "orders_redone": 5.0, "available_hours": 1600.0,
    "productive_hours": 1200.0, "employees": 10.0, "leavers": 0.0, "absence_hours": 24.0,
    "training_hours": 16.0,
}  # fmt: skip


def movements(month: int) -> dict[str, int]:
    """Debits less credits of each account in a month, in pesos; they cancel out."""
    sales, cost, wages = 80_000_000 + 1_000_000 * month, 41_000_000, 20_000_000 + 100_000 * month
    returned, bought = 500_000 * (month % 3), 40_000_000
    return {
        "111005": sales - returned - wages - bought,
        "143505": bought - cost,
        "413505": -sales,
        "417505": returned,
        "510506": wages,
        "613505": cost,
    }


OPENING = {"111005": 30_000_000, "130505": 25_000_000, "143505": 50_000_000, "310505": -105_000_000}


def trial_balance(folder: Path, month: int) -> str:
    """The month's trial balance as a program prints it, running through the year."""
    lines = ["Cuenta;Saldo anterior;Débitos;Créditos;Nuevo saldo"]
    for account in sorted({*OPENING, *movements(month)}):
        before = sum(movements(one).get(account, 0) for one in range(1, month))
        opening, moved = OPENING.get(account, 0) + before, movements(month).get(account, 0)
        debit, credit = max(moved, 0), max(-moved, 0)
        lines.append(f"{account};{opening};{debit};{credit};{opening + moved}")
    file = folder / f"balance-{month:02}.csv"
    file.write_text("\n".join(lines), "cp1252")
    return file.name


def expected(month: int) -> dict[str, float]:
    """What the ledger and the people say of a month, reckoned by hand in thousands."""
    moved = movements(month)
    held = {
        account: OPENING.get(account, 0)
        + sum(movements(one).get(account, 0) for one in range(1, month + 1))
        for account in ("111005", "130505", "143505")
    }
    sales = -moved["413505"] - moved["417505"]
    pesos = {
        "net_sales": sales,
        "cost_of_sales": moved["613505"],
        "operating_expenses": moved["510506"],
        "net_profit": sales - moved["613505"] - moved["510506"],
        "total_assets": sum(held.values()),
        "cash": held["111005"],
        "receivables": held["130505"],
        "inventory": held["143505"],
    }
    return {**{key: value / 1000 for key, value in pesos.items()}, **BY_HAND}


def by_hand(folder: Path) -> str:
    """What no ledger knows: a line an input, a column a month."""
    lines = [",".join(["input", *(f"2025-{month:02}" for month in MONTHS)])]
    lines += [",".join([key, *[str(value)] * 12]) for key, value in BY_HAND.items()]
    (folder / "people.csv").write_text("\n".join(lines), "utf-8")
    return "people.csv"


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """A command that ends as expected, and what it said."""
    ended = tablero(*arguments, cwd=folder)
    assert ended.returncode == code, ended.stderr or ended.stdout
    return ended.stdout + ended.stderr


def figures(reading: Reading, month: int) -> dict[str, float]:
    """The figures of a fiscal month by input."""
    column = reading.figures.months[:, month + 11]
    return dict(zip(reading.figures.ids, map(float, column), strict=True))


def live_through(folder: Path) -> None:
    """Fill a workbook month by month, close, correct and roll it into the next year."""
    run(
        folder, "new", "blank-sme", "-o", "acme-2025.xlsx", "--company", "Acme", "--year", "2025",
        "--currency", "COP", "--scale", "thousands", "--functions", "plain",
    )  # fmt: skip
    for month in MONTHS:
        name = trial_balance(folder, month)
        run(
            folder, "fill", "acme-2025.xlsx", "--trial-balance", name, "--month",
            f"2025-{month:02}", "--yes",
        )  # fmt: skip
    run(folder, "fill", "acme-2025.xlsx", "--from", by_hand(folder), "--yes")
    run(folder, "close", "acme-2025.xlsx", "--month", "2025-03")
    correct(folder)
    for month in CLOSED:
        run(folder, "close", "acme-2025.xlsx", "--month", f"2025-{month:02}")
    run(folder, "roll", "acme-2025.xlsx")


def correct(folder: Path) -> None:
    """A late correction of March: refused while it is closed, made when it is reopened."""
    (folder / "late.csv").write_text("input,period,value\nleavers,2025-03,2\n", "utf-8")
    fill = ("fill", "acme-2025.xlsx", "--from", "late.csv", "--yes")
    assert "--reopen" in run(folder, *fill, code=1)
    run(folder, *fill, "--reopen")


def workbooks(folder: Path) -> Iterator[Path]:
    yield from (folder / "acme-2025.xlsx", folder / "acme-2026.xlsx")


def every_figure_is_there(year: Path) -> None:
    """What the ledger and the people delivered, and the one correction, and nothing else."""
    reading = read_workbook(year / "acme-2025.xlsx")
    for month in MONTHS:
        corrected = {"leavers": 2.0} if month == 3 else {}
        assert figures(reading, month) == pytest.approx({**expected(month), **corrected})
    assert reading.problems == ()


def every_change_is_in_the_log(year: Path) -> None:
    """Each figure with its source, the correction with what it replaced, and each closing."""
    changes = read_workbook(year / "acme-2025.xlsx").records.changes
    filled = [one for one in changes if one.action == "fill"]
    assert len(filled) >= 12 * (len(FROM_LEDGER) + len(BY_HAND))
    assert {one.source.split()[0] for one in filled} >= {"balance-01.csv", "people.csv"}
    assert all(len(one.digest) == 64 for one in filled)
    (late,) = (one for one in changes if one.source.startswith("late.csv"))
    assert (late.input, late.month, late.former, late.new) == ("leavers", "2025-03", 0.0, 2.0)
    assert [one.action for one in changes].count("close") == 5
    assert [one.action for one in changes].count("reopen") == 1


def the_next_year_has_this_one_behind_it(year: Path) -> None:
    """All twelve months, those closed that were closed, are last year's."""
    former, reading = (read_workbook(path) for path in workbooks(year))
    for month in MONTHS:
        assert figures(reading, month - 12) == figures(former, month)
    assert reading.records.closed == former.records.closed
    assert len(reading.records.closed) == len(CLOSED)


def all_engines_agree(path: Path, calc: Calc) -> None:
    """The results in the file, IronCalc's, LibreOffice's and Python's are the same."""
    kept = stored(path)
    assert differences(shown(Workbook.load(path)), kept) == []
    with calc.open(path, recalculate=True) as document:
        assert differences(shown(document), kept) == []
    reading = read_workbook(path)
    board = make_board(
        reading.definition,
        language=reading.language,
        dialect=reading.dialect,
        period=reading.period,
        figures=reading.figures,
    )
    assert differences(kept, scorecard_cells(board, board.scores.at(board.period))) == []


def rolling_again_gives_the_same_year(year: Path) -> None:
    """Nothing of this year's workbook is used up by rolling it."""
    path = year / "acme-2025.xlsx"
    edition = next_year(Version.of(path), read_workbook(path))
    reading = read_workbook(year / "acme-2026.xlsx")
    assert edition.definition.company == reading.definition.company
    assert Calendar(edition.definition.company.year).label == "2026"
    assert edition.left == ()


def test_a_year_is_lived_through(tmp_path: Path, calc: Calc) -> None:
    """One test, for the year takes as long to live through as all the rest to look at."""
    live_through(tmp_path)
    every_figure_is_there(tmp_path)
    every_change_is_in_the_log(tmp_path)
    the_next_year_has_this_one_behind_it(tmp_path)
    rolling_again_gives_the_same_year(tmp_path)
    for path in workbooks(tmp_path):
        all_engines_agree(path, calc)
