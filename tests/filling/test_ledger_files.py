"""Trial balances as they come: columns, amounts and codes in whatever form, and what is refused."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import openpyxl
import pytest

import tablero.workbook_templates.filling.ledger as ledger_module
from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.ledger import delivery_from_trial_balance
from tablero.workbook_templates.filling.recognition import Wish
from tablero.workbook_templates.filling.trial_balance_words import part_of
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.texts import LANGUAGES
from tests.catalogues import problems_told
from tests.filling.ledgers import PUC, as_printed, company

MARCH = Month(2026, 3)
FILLING = Path(ledger_module.__file__).parent


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return company("blank-sme", tmp_path_factory.mktemp("co"), currency="COP")


def read(folder: Path, text: str, reading: Reading, **asked: object) -> Delivery:
    path = folder / "balance.csv"
    path.write_text(text, "utf-8")
    return delivery_from_trial_balance(path, reading, MARCH, **asked)[0]  # type: ignore[arg-type]


def sales(delivery: Delivery) -> float:
    (value,) = (figure.value for figure in delivery.figures if figure.input == "net_sales")
    return value


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("Cuenta", "account"), ("CÓDIGO CUENTA", "account"), ("Account no.", "account"),
        ("Nombre de la cuenta", "name"), ("Denominación", "name"),
        ("Saldo inicial", "opening"), ("SALDO ANTERIOR", "opening"), ("Opening balance", "opening"),
        ("Débitos", "debit"), ("Movimiento Débito", "debit"), ("Debe", "debit"),
        ("Créditos", "credit"), ("Haber", "credit"), ("Credit", "credit"),
        ("Saldo final", "closing"), ("Nuevo saldo", "closing"), ("Closing", "closing"),
        ("Saldo", "closing"), ("Saldo deudor", "closing_debit"), ("Acreedor", "closing_credit"),
        ("Saldos iniciales Deudor", "opening_debit"), ("Saldos finales Haber", "closing_credit"),
        ("NIT", None), ("Saldo presupuestado", None), ("Débitos menos créditos", None), ("", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_words_of_both_languages(head: str, part: str | None) -> None:
    """A head with any word that is not known says nothing."""
    assert part_of(head) == part


@pytest.mark.parametrize(
    "head",
    [
        "Código;Cuenta;Saldo inicial;Débitos;Créditos;Saldo final",
        "account;name;opening;debit;credit;closing",
        "Cuenta;Descripción;Saldo anterior;Debe;Haber;Saldo actual",
    ],
)
def test_heads_of_several_programs_are_known(head: str, reading: Reading, tmp_path: Path) -> None:
    """Below a title, in either language."""
    assert sales(read(tmp_path, as_printed(PUC, head), reading)) == 78_000_000


def test_columns_that_nobody_knows_can_be_said(reading: Reading, tmp_path: Path) -> None:
    """By head or by letter; the others are still known by their heads."""
    text = as_printed(PUC, "Rubro;Nombre;Arrastre;Entra;Sale;Saldo final")
    with pytest.raises(ProblemsError) as refused:
        read(tmp_path, text, reading)
    (problem,) = refused.value.problems
    assert problem.code == "ledger_columns"
    assert problem.values["missing"] == "account, debit, credit"
    assert problem.values["found"] == "Rubro, Nombre, Arrastre, Entra, Sale, Saldo final"
    for said in ("cuenta=Rubro,debit=Entra,haber=E", "account=A,debit=D,credit=E,closing=F"):
        assert sales(read(tmp_path, text, reading, columns=said)) == 78_000_000


@pytest.mark.parametrize("said", ["debit", "profit=D", "debit=", "=D"])
def test_what_does_not_say_a_column_is_told(said: str, reading: Reading, tmp_path: Path) -> None:
    """With all that a column can be."""
    with pytest.raises(ProblemsError, match="does not say which column holds what"):
        read(tmp_path, as_printed(PUC), reading, columns=said)


def test_a_column_that_is_not_there_is_told(reading: Reading, tmp_path: Path) -> None:
    """What was found stands beside it."""
    with pytest.raises(ProblemsError, match="Missing: Debitado; found: Código cuenta, Nombre"):
        read(tmp_path, as_printed(PUC), reading, columns="debit=Debitado")


def test_a_table_without_any_known_head_is_refused(reading: Reading, tmp_path: Path) -> None:
    """Such as a file of another kind."""
    with pytest.raises(ProblemsError, match="found: input, value"):
        read(tmp_path, "input;value\nnet_sales;5\n", reading)


def test_an_amount_that_is_none_withholds_the_figures_that_need_it(
    reading: Reading, tmp_path: Path
) -> None:
    """It is told with its cell, never taken for zero."""
    text = as_printed(PUC).replace(";80.000.000,00;", ";=80*10^6;")
    delivery = read(tmp_path, text, reading)
    wrong, *_ = delivery.problems
    assert (wrong.code, wrong.cell, wrong.values["text"]) == ("ledger_no_amount", "E16", "=80*10^6")
    assert "net_sales" not in {figure.input for figure in delivery.figures}
    assert {"ledger_withheld"} < {problem.code for problem in delivery.problems}


def test_amounts_that_may_be_either_need_the_decimal_mark(reading: Reading, tmp_path: Path) -> None:
    """5.000 is five thousand, or five; once it is said, the ledger is read."""
    text = "Cuenta;Débito;Crédito\n4135;0;5.000\n1105;5.000;0\n"
    doubtful = read(tmp_path, text, reading)
    assert {one.code for one in doubtful.problems} == {"source_decimal", "ledger_withheld"} | {
        "ledger_no_match", "ledger_no_balance",
    }  # fmt: skip
    assert sales(read(tmp_path, text, reading, wish=Wish(decimal=","))) == 5_000


def test_codes_that_excel_made_numbers_of_are_read_where_nothing_was_lost(
    reading: Reading, tmp_path: Path
) -> None:
    """4135 stays itself; 41.05 may have been 41.05 or 41.050."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Cuenta", "Debe", "Haber"], [4135, 0, 70], [41.05, 0, 5], [1105.0, 75, 0]):
        sheet.append(row)
    path = tmp_path / "balance.xlsx"
    book.save(path)
    delivery, _ = delivery_from_trial_balance(path, reading, MARCH)
    assert sales(delivery) == 70
    (lost,) = (one for one in delivery.problems if one.code == "ledger_no_code")
    assert (lost.sheet, lost.cell, lost.severity) == ("Sheet", "A3", "error")


def test_without_movements_only_balances_are_filled(reading: Reading, tmp_path: Path) -> None:
    """The others say what they lack, and are left."""
    delivery = read(tmp_path, "Cuenta;Saldo\n1105;500\n1435;200\n4135;-700\n", reading)
    assert {one.input: one.value for one in delivery.figures} == {
        "total_assets": 700, "cash": 500, "inventory": 200,
    }  # fmt: skip
    lacking = [one for one in delivery.problems if one.code == "ledger_no_flow"]
    assert {one.severity for one in lacking} == {"warning"}
    assert [one.values["input"].in_language("en") for one in lacking] == ["Net sales", "Net profit"]


def test_balances_without_opening_ones_may_be_positive_too(
    reading: Reading, tmp_path: Path
) -> None:
    """The ledger balances only if sales and debts are taken for credits."""
    text = "Cuenta;Debe;Haber;Saldo\n1105;500;0;900\n2205;0;0;200\n4135;0;500;700\n"
    delivery = read(tmp_path, text, reading)
    assert sales(delivery) == 500
    assert "ledger_closing_unbalanced" not in {one.code for one in delivery.problems}


def test_a_trial_balance_of_nothing_that_is_mapped_gives_no_figure(
    reading: Reading, tmp_path: Path
) -> None:
    """Accounts of another chart: an error, not silence."""
    delivery = read(tmp_path, "Cuenta;Debe;Haber\nA10;5;0\nB20;0;5\n", reading)
    assert delivery.figures == ()
    assert delivery.problems[-1].code == "ledger_no_figures"
    assert delivery.problems[-1].severity == "error"


@pytest.mark.parametrize(
    "cell",
    ["1" * 300, "4135" + " " * 30_000 + "x", "1e308", "9" * 400, "=cmd|' /C calc'!A0", "\ufffd"],
)
def test_a_hostile_cell_is_no_account_and_no_amount(
    cell: str, reading: Reading, tmp_path: Path
) -> None:
    """Neither where a code belongs nor where an amount does; nothing is taken for a figure."""
    for line in (f"{cell};5;0", f"4135;{cell};0"):
        delivery = read(tmp_path, f"Cuenta;Debe;Haber\n{line}\n1105;0;5\n", reading)
        assert all(abs(figure.value) < 1e9 for figure in delivery.figures)


def test_a_large_ledger_with_one_account_in_every_row_is_summed(
    reading: Reading, tmp_path: Path
) -> None:
    """Twenty thousand third parties, each once."""
    lines = "".join(f"413505;0;{number},00\n" for number in range(20_000))
    delivery = read(tmp_path, f"Cuenta;Debe;Haber\n{lines}", reading)
    assert sales(delivery) == sum(range(20_000))


def _codes() -> Iterator[str]:
    """The codes of problems that stand in the modules of the ledger."""
    for source in (*FILLING.glob("ledger*.py"), *FILLING.glob("trial_balance*.py")):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            code = node.value if isinstance(node, ast.Constant) else None
            if isinstance(code, str) and code.startswith("ledger_") and code != "ledger_no_":
                yield code


def test_every_problem_is_told_in_every_language_with_the_same_facts() -> None:
    """A message and a remedy each, and none that nothing finds."""
    english, *others = (problems_told("ledger", language) for language in LANGUAGES)
    assert set(english) == {
        *_codes(), "ledger_no_flow", "ledger_no_balance", "ledger_no_file",
    }  # fmt: skip
    for code, told in english.items():
        assert set(told) == {"message", "remedy"}
        for other in others:
            assert set(other[code]) == set(told)
            assert _placeholders(other[code]) == _placeholders(told), code


def _placeholders(told: dict[str, str]) -> set[str]:
    return {name for text in told.values() for _, name, _, _ in Formatter().parse(text) if name}
