"""Files as Brazilian companies have them: trial balances with D and C, heads, months and reais."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Input
from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.ledger import LedgerReport, delivery_from_trial_balance
from tablero.workbook_templates.filling.recognition import Wish
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.filling.trial_balance_words import part_of
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.numerals import meant_number
from tablero.workbook_templates.okrs.answers import day_of
from tablero.workbook_templates.okrs.delivery import delivered
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.read import Reading
from tests.filling.delivering import codes, figures, of_text
from tests.filling.ledgers import Row, company, pesos, reading_of, with_subtotals

MARCH = Month(2026, 3)

# A trading company, in cents: sales of 900 thousand less returns of 20 and ICMS of 158.4, cost of
# 420, expenses of 155. Depreciation and the allowance for bad debts are credits among the assets,
# and do not move.
LEDGER = (
    Row("111010001", "Caixa", 12_000_00, 6_000_00, 6_000_00),
    Row("111020001", "Banco do Brasil S.A.", 240_000_00, 850_000_00, 640_000_00),
    Row("112010001", "Clientes nacionais", 310_000_00, 900_000_00, 870_000_00),
    Row("112010009", "(-) Perdas estimadas (PECLD)", -9_000_00),
    Row("113010001", "Mercadorias para revenda", 180_000_00, 400_000_00, 420_000_00),
    Row("123010001", "Veículos", 150_000_00),
    Row("123090001", "(-) Depreciação acumulada", -45_000_00),
    Row("211010001", "Fornecedores nacionais", -160_000_00, 485_000_00, 400_000_00),
    Row("213010002", "ICMS a recolher", -38_000_00, 0, 158_400_00),
    Row("231010001", "Capital social", -300_000_00),
    Row("235010001", "Lucros acumulados", -60_000_00),
    Row("311010001", "Venda de mercadorias", -1_700_000_00, 0, 900_000_00),
    Row("312010001", "(-) Devoluções de vendas", 30_000_00, 20_000_00),
    Row("313010001", "(-) ICMS sobre vendas", 300_000_00, 158_400_00),
    Row("411010001", "Custo das mercadorias vendidas", 780_000_00, 420_000_00),
    Row("421010001", "Salários e ordenados", 220_000_00, 110_000_00),
    Row("422010001", "Aluguéis", 90_000_00, 45_000_00),
)
ROWS = with_subtotals(LEDGER, (1, 2, 3, 5))
ACCOUNTS = {
    "net_sales": ["3.1*"], "net_profit": ["3*", "-4*"], "total_assets": ["1*"],
    "cash": ["1.1.1*"], "inventory": ["1.1.3*"],
}  # fmt: skip
OF_MARCH = {
    "net_sales": 721_600, "net_profit": 146_600, "total_assets": 1_058_000, "cash": 462_000,
    "inventory": 160_000,
}  # fmt: skip
FOOTER = (
    "Maria Aparecida de Souza;;;;;;\nContadora - Reg. no CRC - SP sob o No. 1SP123456/O-5;;;;;;\n"
)


def accounts_of(one: Input) -> dict[str, Sequence[str]]:
    """Those of the template, and the company's own."""
    own = {"nosso": ACCOUNTS[one.id]} if one.id in ACCOUNTS else {}
    return {**one.accounts, **own}


@pytest.fixture(scope="module")
def brazilian(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("br")
    definition = company("blank-sme", folder, currency="BRL", chart="nosso").definition
    inputs = [
        type(one).model_validate({**one.model_dump(), "accounts": accounts_of(one)})
        for one in definition.inputs
    ]
    return reading_of(definition.model_copy(update={"inputs": tuple(inputs)}), folder / "br.xlsx")


def dotted(code: str) -> str:
    """1.1.1.01.0001"""
    parts = (code[:1], code[1:2], code[2:3], code[3:5], code[5:])
    return ".".join(filter(None, parts))


def reais(cents: int) -> str:
    return pesos(cents / 100)


def lettered(cents: int) -> str:
    """1.234,56D on the debit side, 1.234,56C on the other, 0,00 where there is nothing."""
    return reais(abs(cents)) + ("D" if cents > 0 else "C" if cents else "")


def beside(cents: int) -> str:
    """The letter in a column of its own."""
    return f"{reais(abs(cents))};{'D' if cents > 0 else 'C' if cents else ''}"


def written(folder: Path, head: str, line: Callable[[int, Row], Sequence[str]]) -> Path:
    """As programs export it: Windows' letters, the company above, signatures below."""
    lines = [
        "Comércio de Peças São João Ltda.;;;;;;", "CNPJ: 12.345.678/0001-90;;;;;;",
        "BALANCETE;;;;;;", "Período: 01/03/2026 - 31/03/2026;;;;;;", head,
    ]  # fmt: skip
    lines += [";".join(line(number, row)) for number, row in enumerate(ROWS, start=1)]
    path = folder / "balancete.csv"
    path.write_bytes(("\r\n".join(lines) + "\r\n" + FOOTER).encode("cp1252"))
    return path


def read(path: Path, reading: Reading) -> tuple[Delivery, LedgerReport]:
    return delivery_from_trial_balance(path, reading, MARCH)


def values(delivery: Delivery) -> dict[str, float]:
    return {figure.input: figure.value for figure in delivery.figures}


def movements(row: Row) -> tuple[str, str]:
    return reais(row.debit), reais(row.credit)


FORMS: dict[str, tuple[str, Callable[[int, Row], Sequence[str]]]] = {
    "a short code beside the classification": (
        "Código;Classificação;Descrição da conta;Saldo Anterior;Débito;Crédito;Saldo Atual",
        lambda number, row: (
            str(number), dotted(row.code), row.name,
            lettered(row.opening), *movements(row), lettered(row.closing),
        ),
    ),
    "letters that the heads tell of": (
        "Conta;Nome da conta;Saldo anterior (D/C);Mov. Débito;Mov. Crédito;Saldo atual (D/C)",
        lambda _, row: (
            dotted(row.code), row.name,
            lettered(row.opening), *movements(row), lettered(row.closing),
        ),
    ),
    "letters in columns of their own": (
        "Conta contábil;Descrição;Saldo anterior;D/C;Débitos;Créditos;Saldo atual;D/C",
        lambda _, row: (
            dotted(row.code), row.name,
            beside(row.opening), *movements(row), beside(row.closing),
        ),
    ),
    "a column for each side": (
        "Conta;Nome;Saldo anterior devedor;Saldo anterior credor;Débito;Crédito;Devedor;Credor",
        lambda _, row: (
            row.code, row.name, reais(max(row.opening, 0)), reais(max(-row.opening, 0)),
            *movements(row), reais(max(row.closing, 0)), reais(max(-row.closing, 0)),
        ),
    ),
    "a column of what the month changed": (
        "Conta;Descrição;Saldo anterior;Débito;Crédito;Saldo do período;Saldo final",
        lambda _, row: (
            dotted(row.code), row.name, lettered(row.opening), *movements(row),
            lettered(row.debit - row.credit), lettered(row.closing),
        ),
    ),
    "letters behind movements as well": (
        "Classificação;Conta;Saldo inicial;Débitos;Créditos;Saldo final",
        lambda _, row: (
            dotted(row.code), row.name, lettered(row.opening),
            reais(row.debit) + "D", reais(row.credit) + "  C", lettered(row.closing),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_brazilian_trial_balance_gives_the_figures_of_the_month(
    form: str, brazilian: Reading, tmp_path: Path
) -> None:
    """Each balance on the side that its letter says, also of accounts that do not move."""
    delivery, report = read(written(tmp_path, *FORMS[form]), brazilian)
    assert delivery.problems == ()
    assert values(delivery) == OF_MARCH
    assert report.accounts == len(LEDGER)
    (sales,) = (figure for figure in report.figures if figure.input.id == "net_sales")
    assert [(line.account.code, line.account.name) for line in sales.lines] == [
        ("311010001", "Venda de mercadorias"),
        ("312010001", "(-) Devoluções de vendas"),
        ("313010001", "(-) ICMS sobre vendas"),
    ]


def test_letters_beside_signed_balances_are_not_needed(brazilian: Reading, tmp_path: Path) -> None:
    """A minus and a C say the same once."""
    head, _ = FORMS["letters in columns of their own"]

    def line(_: int, row: Row) -> Sequence[str]:
        opening, closing = (
            f"{reais(cents)};{'C' if cents < 0 else 'D'}" for cents in (row.opening, row.closing)
        )
        return dotted(row.code), row.name, opening, *movements(row), closing

    delivery, _ = read(written(tmp_path, head, line), brazilian)
    assert (values(delivery), delivery.problems) == (OF_MARCH, ())


def test_a_minus_and_a_letter_in_one_cell_are_told(brazilian: Reading, tmp_path: Path) -> None:
    """Nobody knows whether they say the same or the contrary."""
    head, line = FORMS["letters that the heads tell of"]
    path = written(tmp_path, head, line)
    path.write_bytes(path.read_bytes().replace(b";227.000,00D", b";-227.000,00D"))
    path.write_bytes(path.read_bytes().replace(b";160.000,00D", b";-160.000,00D"))
    delivery, _ = read(path, brazilian)
    assert "ledger_no_amount" in {problem.code for problem in delivery.problems}
    assert "inventory" not in values(delivery)


def test_a_classification_in_words_is_no_code(brazilian: Reading, tmp_path: Path) -> None:
    """The codes stand in the other column then."""
    path = written(
        tmp_path,
        "Código;Conta;Classificação;Débito;Crédito;Saldo",
        lambda _, row: (
            dotted(row.code), row.name, "Analítica", *movements(row), lettered(row.closing),
        ),
    )  # fmt: skip
    delivery, _ = read(path, brazilian)
    assert values(delivery) == OF_MARCH


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("Código da conta", "account"), ("Classificação", "account"), ("Conta", "account"),
        ("Conta contábil", "account"), ("Descrição", "name"), ("Nome da conta", "name"),
        ("Saldo Anterior", "opening"), ("Saldo do exercício anterior", "opening"),
        ("Saldo Inicial (R$)", "opening"),
        ("Movimento a Débito", "debit"), ("Vlr. Déb.", "debit"), ("Valor dos créditos", "credit"),
        ("Saldo Atual", "closing"), ("Saldos atuais", "closing"), ("Saldo final", "closing"),
        ("Saldo devedor", "closing_debit"), ("Credor", "closing_credit"),
        ("Saldo anterior credor", "opening_credit"), ("D/C", None), ("Natureza", None),
        ("CNPJ", None), ("Código reduzido", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_portuguese_words(head: str, part: str | None) -> None:
    """A head with any word that is not known says nothing."""
    assert part_of(head) == part


MONTHS = (
    "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez",
)  # fmt: skip
WHOLE = (
    "Janeiro", "Fevereiro", "Março", "Abril", "Maio", "Junho", "Julho", "Agosto", "Setembro",
    "Outubro", "Novembro", "Dezembro",
)  # fmt: skip
YEAR = {("net_sales", f"2016-{number:02d}"): 1_000 + number / 4 for number in range(1, 13)}
TYPED = [f"1.{number // 4:03d},{25 * number % 100:02d}" for number in range(1, 13)]


@pytest.mark.parametrize(
    "heads",
    [
        MONTHS, WHOLE, [f"{one}/16" for one in MONTHS], [f"{one.upper()}." for one in MONTHS],
        [f"{one} de 2016" for one in WHOLE],
        [one.replace("ç", "c").lower() for one in WHOLE],
    ],
)  # fmt: skip
def test_a_line_of_twelve_portuguese_months_is_read(
    heads: Sequence[str], reading: Reading, tmp_path: Path
) -> None:
    """Short or whole, with or without a year, with or without a cedilla; sums are left."""
    text = ";".join(["Dado", "Unidade", "Responsável", *heads, "Total do ano", "Média"])
    line = ";".join(["Ventas netas", "R$", "Financeiro", *TYPED, "12.019,50", "1.001,63"])
    found = of_text(f"{text}\n{line}\n", reading, tmp_path, encoding="cp1252")
    assert (figures(found), codes(found)) == (YEAR, [])


@pytest.mark.parametrize(
    "text",
    [
        "Chave;Descrição;Mês;Valor\nnet_sales;Vendas;março;1.234,50\n",
        "Nome;Competência;Quantia;Observações\nVentas netas;03/2016;R$ 1.234,50;provisório\n",
        "Conceito;Data;Montante\nnet_sales;31/03/2016;1.234,50\n",
        "Variável;Mês/Ano;Quantidade\nnet_sales;mar/16;1234,50\n",
        "Rubrica;Ano;Mês;Valor (R$)\nnet_sales;2016;3;1.234,50\n".replace(" (R$)", ""),
    ],
)
def test_a_list_with_portuguese_heads_is_read(text: str, reading: Reading, tmp_path: Path) -> None:
    """Month after month, with the decimal comma."""
    found = of_text(text, reading, tmp_path)
    assert (figures(found), codes(found)) == ({("net_sales", "2016-03"): 1234.5}, [])


def test_an_amount_with_the_letter_of_a_side_is_no_figure(reading: Reading, tmp_path: Path) -> None:
    """Outside a ledger nobody knows on which side a figure is positive."""
    found = of_text("Dado;Mês;Valor\nnet_sales;mar;1.234,50C\n", reading, tmp_path)
    assert (figures(found), codes(found)) == ({}, ["source_text C2"])


def test_a_month_that_is_asked_for_may_be_portuguese(reading: Reading, tmp_path: Path) -> None:
    """As it is typed behind the option."""
    found = of_text("dado;valor\nnet_sales;5\n", reading, tmp_path, Wish(month="outubro"))
    assert figures(found) == {("net_sales", "2016-10"): 5}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("R$ 1.234,56", 1234.56), ("R$1.234,56", 1234.56), ("-R$ 1.234,56", -1234.56),
        ("R$ -1.234,56", -1234.56), ("(R$ 1.234,56)", -1234.56), ("BRL 0,5", 0.5),
        ("r$ 2.345.678", 2_345_678), ("R$ 1.234", None), ("R 5", None), ("R$", None),
    ],
)  # fmt: skip
def test_reais_typed_into_a_cell_are_a_number(typed: str, number: float | None) -> None:
    """A single mark before three digits is not guessed at in any currency."""
    assert meant_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["31 de março de 2026", "31 mar 2026", "31/03/2026", "31/3/26", "2026-03-31"]
)
def test_a_day_is_known_as_brazilians_write_it(typed: str) -> None:
    """In words or in digits."""
    assert day_of(typed) == date(2026, 3, 31)
    assert day_of("1º de outubro de 2026") == date(2026, 10, 1)


def test_check_ins_with_portuguese_heads_are_read(tmp_path: Path) -> None:
    """A line each, by id, its date beginning with the day; the confidence is a share."""
    definition = load_template("segelec")
    one, other = list(definition.key_results())[:2]
    path = tmp_path / "check-ins.csv"
    path.write_text(
        "Data;Chave;Valor atual;Confiança;Observação\n"
        f"05/02/2026;{one.id};0,5;70 %;No prazo\n;{other.id};;0,4;Atrasado\n",
        "utf-8",
    )
    told, problems = delivered(read_source(path), definition, language="pt", day=date(2026, 2, 20))
    assert problems == ()
    assert [(item.check_in.day.day, item.check_in.key_result) for item in told] == [
        (5, one.id), (20, other.id),
    ]  # fmt: skip
    assert [item.check_in.note for item in told] == ["No prazo", "Atrasado"]
    assert [item.check_in.confidence for item in told] == [0.7, 0.4]


def test_a_quarter_may_be_called_by_its_portuguese_letter() -> None:
    """T for trimestre, in Spanish as well."""
    calendar = Calendar(2026)
    assert calendar.parse("2026-T3") == calendar.parse("2026-Q3")
