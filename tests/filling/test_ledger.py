"""Figures from trial balances: expected ones are computed by hand from the accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.ledger import LedgerReport, delivery_from_trial_balance
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading
from tests.filling.ledgers import PCGE, PUC, Row, as_printed, as_sheet, company, with_subtotals

MARCH, JUNE = Month(2026, 3), Month(2026, 6)

# Sales 80.00 less returns 2.00; income 80.25, less 2.00, expenses 24.85 and cost 42.00; assets
# 1.80 + 108.05 + 45.20 - 3.20 + 28.00 + 150.00 - 31.25; equity is that less debts of 75.20;
# staff 15.00 + 0.60 + 6.00: in millions of pesos, the company types thousands.
OF_CANO = {
    "net_sales": 78_000,
    "net_income": 11_400,
    "total_assets": 298_600,
    "shareholders_equity": 223_400,
    "training_spend": 600,
    "staff_expenditure": 21_600,
}


@pytest.fixture(scope="module")
def colombian(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return company("cano", tmp_path_factory.mktemp("co"), currency="COP", scale="thousands")


@pytest.fixture(scope="module")
def peruvian(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return company("blank-sme", tmp_path_factory.mktemp("pe"), currency="PEN")


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "balance.csv"
    path.write_bytes(text.encode(encoding))
    return path


def values(delivery: Delivery) -> dict[str, float]:
    return {figure.input: figure.value for figure in delivery.figures}


def codes(delivery: Delivery) -> list[str]:
    return [problem.code for problem in delivery.problems]


def left_over(report: LedgerReport) -> list[str]:
    return [account.code for account in report.left_over]


def test_a_colombian_trial_balance_gives_the_figures_of_the_month(
    colombian: Reading, tmp_path: Path
) -> None:
    """Sums of classes, groups and accounts are not counted again; Windows' letters are read."""
    text = as_printed(with_subtotals(PUC, (1, 2, 4)))
    path = written(tmp_path, text, "cp1252")
    delivery, report = delivery_from_trial_balance(path, colombian, MARCH)
    assert values(delivery) == OF_CANO
    assert {figure.month for figure in delivery.figures} == {MARCH}
    assert delivery.problems == ()
    assert report.chart == "puc"
    assert report.accounts == len(PUC)
    assert left_over(report) == ["220505", "240805"]


def test_the_report_says_which_accounts_an_input_took(colombian: Reading, tmp_path: Path) -> None:
    """With what each adds; returns take away, and the change log names the accounts."""
    path = written(tmp_path, as_printed(PUC))
    delivery, report = delivery_from_trial_balance(path, colombian, MARCH)
    (sales,) = (figure for figure in report.figures if figure.input.id == "net_sales")
    assert [(line.account.code, line.amount) for line in sales.lines] == [
        ("413505", 80_000_000),
        ("417505", -2_000_000),
    ]
    (figure,) = (figure for figure in delivery.figures if figure.input == "net_sales")
    assert figure.origin == "413505, 417505"


def test_inputs_that_the_ledger_does_not_know_are_named(colombian: Reading, tmp_path: Path) -> None:
    """Customers and hours have no accounts; nothing is delivered for them."""
    delivery, report = delivery_from_trial_balance(
        written(tmp_path, as_printed(PUC)), colombian, MARCH
    )
    others = {one.id for one in report.without_accounts}
    assert {"total_customers", "trained_employees"} <= others
    assert others.isdisjoint(values(delivery))
    assert len(others) + len(report.figures) == len(colombian.definition.inputs)


def test_a_peruvian_trial_balance_in_excel_gives_the_figures_of_the_month(
    peruvian: Reading, tmp_path: Path
) -> None:
    """Codes are numbers, balances stand in two columns, heads in two rows; 79 does not count."""
    path = as_sheet(with_subtotals(PCGE, (2, 3)), tmp_path / "balance.xlsx")
    delivery, report = delivery_from_trial_balance(path, peruvian, JUNE)
    assert delivery.problems == ()
    assert values(delivery) == {
        "net_sales": 40_000 - 1_000 - 600,
        "cost_of_sales": 18_000,
        "operating_expenses": 8_000 + 5_200,
        "net_profit": 38_400 - 18_000 - 13_200 + 100 - 400 - 1_200,
        "total_assets": 103_000 + 5_000 + 55_600 - 8_000 - 2_000 + 47_000 + 10_000 - 1_500
        + 90_000 - 19_500,
        "cash": 103_000,
        "receivables": 55_600,
        "inventory": 47_000 - 1_500,
    }  # fmt: skip
    assert report.chart == "pcge"
    assert "7911" in left_over(report)


def test_the_papers_company_can_follow_either_chart(tmp_path: Path) -> None:
    """Equity holds the year's result before it is closed; the board's pay is not that of staff."""
    reading = company("cano", tmp_path, currency="USD", scale="units")
    path = as_sheet(PCGE, tmp_path / "balance.xlsx")
    delivery, _ = delivery_from_trial_balance(path, reading, JUNE, chart="PCGE")
    debts = 11_200 + 1_200 + 40_000 + 50_000
    assert values(delivery) == {
        "net_sales": 38_400,
        "net_income": 5_700,
        "total_assets": 279_600,
        "shareholders_equity": 279_600 - debts,
        "training_spend": 300,
        "staff_expenditure": 8_300,
    }


def test_balances_that_are_printed_as_positive_give_the_same_figures(
    colombian: Reading, tmp_path: Path
) -> None:
    """Sales, debts and accumulated depreciation without a minus are known by their movements."""
    text = as_printed(with_subtotals(PUC, (1, 2, 4)), sign="natural")
    assert "413505;Comercio al por mayor;160.000.000,00" in text
    delivery, _ = delivery_from_trial_balance(written(tmp_path, text), colombian, MARCH)
    assert values(delivery) == OF_CANO
    assert delivery.problems == ()


def test_codes_may_be_parted_and_carry_the_name(colombian: Reading, tmp_path: Path) -> None:
    """41.35.05, 41-35-05 and “4135 - Comercio” are accounts, too."""
    text = as_printed(PUC, head="Cuenta;Nombre;Saldo anterior;Debe;Haber;Nuevo saldo")
    for code, shown in (
        ("413505", "41.35.05"),
        ("417505", "41-75 05"),
        ("111005", "111005 Bancos"),
    ):
        text = text.replace(f"\n{code};", f"\n{shown};")
    delivery, _ = delivery_from_trial_balance(written(tmp_path, text), colombian, MARCH)
    assert values(delivery) == OF_CANO


def test_an_account_parted_by_third_parties_counts_once(colombian: Reading, tmp_path: Path) -> None:
    """Its own row sums them; where it has none, they are summed."""
    clients = (
        Row("130505", "Cliente A", 45_000_000, 95_200_000, 80_000_000),
        Row("130505", "Cliente B", 15_000_000, 0, 30_000_000),
    )
    bank = next(row for row in PUC if row.code == "111005")
    halves = (bank._replace(debit=bank.debit - 1), bank._replace(opening=0, debit=1, credit=0))
    others = [row for row in PUC if row.code != "111005"]
    text = as_printed([*others, *clients, *halves])
    delivery, report = delivery_from_trial_balance(written(tmp_path, text), colombian, MARCH)
    assert values(delivery) == OF_CANO
    assert report.accounts == len(PUC)


def test_without_closing_balances_they_follow_from_the_others(
    colombian: Reading, tmp_path: Path
) -> None:
    """Opening balance, plus debits, less credits."""
    text = as_printed(PUC).replace("Saldo final", "Notas")
    delivery, _ = delivery_from_trial_balance(written(tmp_path, text), colombian, MARCH)
    assert values(delivery) == OF_CANO


def test_a_sum_that_is_none_withholds_the_figures_that_need_it(
    colombian: Reading, tmp_path: Path
) -> None:
    """An account below 41 is missing in the export: nobody guesses which of the two is right."""
    rows = [row for row in with_subtotals(PUC, (2,)) if row.code != "417505"]
    delivery, _ = delivery_from_trial_balance(written(tmp_path, as_printed(rows)), colombian, MARCH)
    assert "net_sales" not in values(delivery)
    assert values(delivery)["training_spend"] == 600
    (wrong,) = (one for one in delivery.problems if one.code == "ledger_no_sum")
    assert (wrong.file, wrong.severity, wrong.values["account"]) == ("balance.csv", "error", "41")
    withheld = [one.values["input"] for one in delivery.problems if one.code == "ledger_withheld"]
    assert [one.in_language("en") for one in withheld] == [
        "Net income", "Shareholders' equity", "Net sales",
    ]  # fmt: skip


def test_what_does_not_balance_is_told(colombian: Reading, tmp_path: Path) -> None:
    """Debits against credits, and the account whose balances do not follow."""
    wrong = [row._replace(debit=14_000_000) if row.code == "510506" else row for row in PUC]
    text = as_printed(wrong).replace("44.000.000,00", "45.000.000,00")
    delivery, _ = delivery_from_trial_balance(written(tmp_path, text), colombian, MARCH)
    told = {one.code: one for one in delivery.problems}
    assert list(told) == ["ledger_unbalanced", "ledger_no_continuation"]
    assert told["ledger_unbalanced"].message() == (
        "Debits (326,800,000) and credits (327,800,000) differ by 1,000,000."
    )
    assert told["ledger_no_continuation"].values["account"] == "510506"


def test_closing_entries_of_the_year_are_noticed(colombian: Reading, tmp_path: Path) -> None:
    """In December they empty income and expenses: the month would take back the year."""
    closed = [_emptied(row) if row.code[0] in "456" else row for row in PUC]
    result = sum(row.closing for row in PUC if row.code[0] in "456")
    closed.append(Row("360505", "Utilidad del ejercicio", 0, max(result, 0), max(-result, 0)))
    delivery, _ = delivery_from_trial_balance(
        written(tmp_path, as_printed(closed)), colombian, Month(2026, 12)
    )
    assert codes(delivery) == ["ledger_closing_entries"]
    assert "Net sales" in delivery.problems[0].message()
    assert "Ventas netas" in delivery.problems[0].message("es")


def _emptied(row: Row) -> Row:
    """The account after the entry that closes it into the year's result."""
    left = row.closing
    return row._replace(debit=row.debit + max(-left, 0), credit=row.credit + max(left, 0))


def test_movements_of_several_months_are_noticed(colombian: Reading, tmp_path: Path) -> None:
    """In March, income and expenses that begin at nothing hold three months; in January one."""
    whole = [
        Row(row.code, row.name, 0, max(row.closing, 0), max(-row.closing, 0))
        if row.code[0] in "456"
        else row
        for row in PUC
    ]
    path = written(tmp_path, as_printed(whole))
    assert "ledger_cumulative" in codes(delivery_from_trial_balance(path, colombian, MARCH)[0])
    january, _ = delivery_from_trial_balance(path, colombian, Month(2026, 1))
    assert "ledger_cumulative" not in codes(january)


def test_an_input_without_a_matching_account_is_told_and_left(
    colombian: Reading, tmp_path: Path
) -> None:
    """No training in this ledger: nothing, rather than zero."""
    rows = [row for row in PUC if row.code != "510563"]
    delivery, _ = delivery_from_trial_balance(written(tmp_path, as_printed(rows)), colombian, MARCH)
    assert "training_spend" not in values(delivery)
    (missing,) = (one for one in delivery.problems if one.code == "ledger_no_match")
    assert missing.severity == "warning"
    assert "“Spending on training” (510563*, 520563*, 720563*)" in missing.message()


@pytest.mark.parametrize(
    ("month", "told"), [(Month(2024, 12), "2024-12"), (Month(2027, 1), "2027-01")]
)
def test_a_month_that_the_workbook_does_not_have_is_refused(
    month: Month, told: str, colombian: Reading, tmp_path: Path
) -> None:
    """It holds its year and the one before."""
    with pytest.raises(ProblemsError, match=f"“{told}” is no month of 2026"):
        delivery_from_trial_balance(written(tmp_path, as_printed(PUC)), colombian, month)


def test_a_figure_of_the_wrong_chart_is_none(colombian: Reading, tmp_path: Path) -> None:
    """A chart for which nothing is mapped is refused with those that there are."""
    path = written(tmp_path, as_printed(PUC))
    with pytest.raises(ProblemsError, match="Use one for which there are: pcge, puc"):
        delivery_from_trial_balance(path, colombian, MARCH, chart="niif")


def test_of_several_charts_one_must_be_known(tmp_path: Path) -> None:
    """Dollars are nobody's own; the company can say its chart once and for all."""
    path = written(tmp_path, as_printed(PUC))
    unsure = company("cano", tmp_path, currency="USD")
    with pytest.raises(ProblemsError, match="Say it with --chart: pcge, puc"):
        delivery_from_trial_balance(path, unsure, MARCH)
    sure = company("cano", tmp_path, currency="USD", chart="puc")
    assert values(delivery_from_trial_balance(path, sure, MARCH)[0]) == OF_CANO
