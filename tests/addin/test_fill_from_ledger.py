"""``tablero fill --trial-balance``: what it shows, asks, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tablero.workbook_templates.read import read_workbook
from tests.addin.commands import Ended, tablero
from tests.filling.ledgers import PUC, as_printed, with_subtotals


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Colombian company's new workbook, and its trial balance of March."""
    made = tablero(
        "new", "cano", "-o", "acme.xlsx", "--company", "Acme", "--year", "2026", "--currency",
        "COP", "--functions", "plain", cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0
    text = as_printed(with_subtotals(PUC, (1, 2, 4)))
    (tmp_path / "march.csv").write_text(text, "utf-8")
    return tmp_path


def fill(folder: Path, *arguments: str) -> Ended:
    return tablero("fill", "acme.xlsx", *arguments, cwd=folder)


LEDGER = ("--trial-balance", "march.csv", "--month", "2026-03")


def test_the_figures_of_the_ledger_come_into_the_workbook(folder: Path) -> None:
    """In the company's thousands; the log names the file and the accounts are shown."""
    ended = fill(folder, *LEDGER, "--yes")
    assert ended.returncode == 0, ended.stderr
    assert "Chart of accounts: puc" in ended.stdout
    assert "Net sales: 78,000 COP thousands · movement of the month" in ended.stdout
    assert "417505 Devoluciones en ventas" in ended.stdout
    assert "Accounts that no input takes: 2" in ended.stdout
    assert "220505 Proveedores nacionales" in ended.stdout
    assert "Not from the ledger: Total customers" in ended.stdout
    reading = read_workbook(folder / "acme.xlsx")
    march = reading.figures.months[:, 14]
    assert march[reading.figures.ids.index("net_income")] == 11_400
    assert march[reading.figures.ids.index("total_assets")] == 298_600
    assert {change.source.split()[0] for change in reading.records.changes} == {"march.csv"}
    assert len(reading.records.changes) == 6


def test_a_second_run_changes_nothing(folder: Path) -> None:
    """The same ledger gives the same figures."""
    assert fill(folder, *LEDGER, "--yes").returncode == 0
    before = (folder / "acme.xlsx").read_bytes()
    assert fill(folder, *LEDGER, "--yes").returncode == 0
    assert (folder / "acme.xlsx").read_bytes() == before


def test_a_program_can_read_which_accounts_were_used(folder: Path) -> None:
    """Data alone, and nothing written in a trial."""
    ended = fill(folder, *LEDGER, "--dry-run", "--json")
    told = json.loads(ended.stdout)
    assert told["ledger"]["chart"] == "puc"
    assert told["ledger"]["used"]["training_spend"] == {"510563": 600_000}
    assert [one["account"] for one in told["ledger"]["left_over"]] == ["220505", "240805"]
    assert "total_customers" in told["ledger"]["without_accounts"]
    assert not told["saved"]


def test_it_speaks_spanish(folder: Path) -> None:
    """The report as well as the problems."""
    ended = fill(folder, *LEDGER, "--dry-run", "--lang", "es")
    assert "Ventas netas: 78,000 miles de COP · movimiento del mes" in ended.stdout
    assert "No vienen de la contabilidad: Total de clientes" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--trial-balance", "march.csv"), "Say it with --month 2026-03"),
        (("--trial-balance", "march.csv", "--month", "2031-03"), "no month of 2026"),
        (("--trial-balance", "april.csv", "--month", "4"), "april.csv"),
        ((*LEDGER, "--chart", "niif"), "Use one for which there are: pcge, puc"),
        ((*LEDGER, "--columns", "profit=G"), "does not say which column holds what"),
        ((*LEDGER, "--from", "march.csv"), "one source at a time"),
        (("--chart", "puc", "--month", "3"), "Name it with --trial-balance"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    arguments: tuple[str, ...], told: str, folder: Path
) -> None:
    """With exit code 2, and the workbook untouched."""
    before = (folder / "acme.xlsx").read_bytes()
    assert told in fill(folder, *arguments).complaint(2)
    assert (folder / "acme.xlsx").read_bytes() == before


def test_nothing_is_written_while_the_ledger_is_in_doubt(folder: Path) -> None:
    """A sum that is none may hide a missing account."""
    text = (folder / "march.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("4175")]
    (folder / "march.csv").write_text("\n".join(lines), "utf-8")
    before = (folder / "acme.xlsx").read_bytes()
    ended = fill(folder, *LEDGER, "--yes")
    assert ended.returncode == 1
    assert "march.csv › A" in ended.stderr
    assert "Account 41 is not the sum of the accounts below it" in ended.stderr
    assert (folder / "acme.xlsx").read_bytes() == before
