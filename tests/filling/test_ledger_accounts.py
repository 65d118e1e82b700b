"""Patterns of accounts: which accounts an input takes, and with which sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.definition import Definition, Input
from tablero.workbook_templates.filling.ledger_sums import Recipe, total
from tablero.workbook_templates.filling.trial_balance import Account, balanced
from tablero.workbook_templates.filling.trial_balance_signs import signed
from tablero.workbook_templates.validation import read_definition
from tests.definition.documents import SOUND, problems_of, spoiled, told

# Debit positive: sales and their returns, interest, expenses, investments among assets.
LEDGER = tuple(
    Account(code, "", "", opening, debit, credit, opening + debit - credit)
    for code, opening, debit, credit in (
        ("1105", 500, 200, 100),
        ("1205", 300, 0, 50),
        ("4135", -9_000, 0, 1_000),
        ("4175", 400, 50, 0),
        ("4210", -70, 0, 7),
        ("5105", 3_000, 300, 0),
    )
)  # fmt: skip


def taken(*patterns: str, natural: str = "credit", takes: str = "flow") -> float:
    """What patterns come to in the ledger above."""
    item = Input.model_validate(
        {
            "id": "one", "name": "One", "perspective": "money", "aggregation": "T",
            "accounts": patterns, "natural": natural, "takes": takes,
        }
    )  # fmt: skip
    return total(Recipe.of(item, "").lines(LEDGER))


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (("4135",), 1_000),  # an account
        (("41*",), 950),  # all that begin so; returns are on the other side and lower it
        (("41*", "-4175*"), 950),  # a minus says the same and never raises a figure
        (("4*", "-5*"), 657),  # income less expenses: 1,000 - 50 + 7 - 300
        (("4*", "-42*"), 950),  # interest is on the same side, and is left out
        (("4135", "-4210"), 993),  # nothing counts it, so it is subtracted
        (("4*", "-42*", "4210"), 957),  # the most precise decides
        (("41*", "4135", "41*"), 950),  # nothing counts twice
        (("41.35*",), 1_000),  # dots mean nothing
        (("413*", "5*"), 700),  # without a minus expenses lower income as well
    ],
)
def test_the_movement_of_income(patterns: tuple[str, ...], expected: float) -> None:
    """Credits less debits of the accounts that are meant, each once."""
    assert taken(*patterns) == expected


@pytest.mark.parametrize(
    ("patterns", "natural", "expected"),
    [
        (("1*",), "debit", 850),
        (("1*", "-12*"), "debit", 600),  # assets but for investments
        (("1105", "-1205"), "debit", 350),
        (("4*", "-5*"), "credit", 6_327),  # 10,000 - 450 + 77 - 3,300
    ],
)
def test_the_balance_at_the_months_end(
    patterns: tuple[str, ...], natural: str, expected: float
) -> None:
    """Closing balances, positive on the figure's own side."""
    assert taken(*patterns, natural=natural, takes="balance") == expected


def test_a_month_in_which_returns_are_taken_back_raises_sales() -> None:
    """What an account is against another is seen by its balance, not by a single month."""
    late = [
        Account("4135", "", "", -9_000, 0, 1_000, -10_000),
        Account("4175", "", "", 400, 0, 30, 370),
    ]
    item = Input.model_validate(
        {"id": "one", "name": "One", "perspective": "money", "aggregation": "T",
         "accounts": ["41*", "-4175*"]}
    )  # fmt: skip
    assert total(Recipe.of(item, "puc").lines(late)) == 1_030


@pytest.mark.parametrize(
    ("chart", "pattern", "natural"),
    [
        ("puc", "1*", "debit"), ("puc", "2*", "credit"), ("puc", "3*", "credit"),
        ("puc", "41*", "credit"), ("puc", "51*", "debit"), ("puc", "61*", "debit"),
        ("pcge", "2*", "debit"), ("pcge", "33*", "debit"), ("pcge", "42*", "credit"),
        ("pcge", "50*", "credit"), ("pcge", "62*", "debit"), ("pcge", "70*", "credit"),
        ("pcge", "94*", "debit"), ("", "4100", "credit"), ("", "5100", "debit"),
    ],
)  # fmt: skip
def test_the_side_of_an_input_is_that_of_its_class(chart: str, pattern: str, natural: str) -> None:
    """Unless the definition says it: in Peru class 3 holds fixed assets, in Colombia equity."""
    item = Input.model_validate(
        {"id": "one", "name": "One", "perspective": "money", "aggregation": "T",
         "accounts": [pattern]}
    )  # fmt: skip
    assert Recipe.of(item, chart).natural == natural


def test_totals_take_movements_and_the_rest_balances() -> None:
    """Sales of a month, cash at its end; a definition may say otherwise."""
    taken_by = {}
    for aggregation in ("T", "A", "L"):
        item = Input.model_validate(
            {"id": "one", "name": "One", "perspective": "money", "aggregation": aggregation,
             "accounts": ["1*"]}
        )  # fmt: skip
        taken_by[aggregation] = Recipe.of(item, "").takes
    assert taken_by == {"T": "flow", "A": "balance", "L": "balance"}


MAPPED = ("id: sales, name: Sales", "id: sales, accounts: {}, name: Sales")


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        ('["41*", "-4175*"]', []),
        ('{puc: ["41*"], pcge: ["70*"]}', []),
        ("[]", []),
        ('"41*"', [("list_wanted", "inputs[sales].accounts")]),
        ('["41*", "*"]', [("account_form", "inputs[sales].accounts[#2]")]),
        ('["=4*"]', [("account_form", "inputs[sales].accounts[#1]")]),
        ('{Puc: ["41*"]}', [("chart_form", "inputs[sales].accounts.Puc")]),
        ('{puc: ["-41*"]}', [("accounts_all_deducted", "inputs[sales].accounts.puc")]),
        ('["41*", "41*"]', [("accounts_twice", "inputs[sales].accounts[#2]")]),
        ('{puc: ["41*", "4135"]}', [("accounts_covered", "inputs[sales].accounts.puc[#2]")]),
        ('["41*", "-4175*", "417505"]', []),
    ],
)
def test_a_definition_with_accounts_is_checked(
    accounts: str, expected: list[tuple[str, str]]
) -> None:
    """Each problem with its place."""
    assert told(spoiled((MAPPED[0], MAPPED[1].format(accounts)))) == expected


def test_the_side_and_the_measure_are_choices() -> None:
    """Anything else is told with what can be chosen."""
    wrong = spoiled((MAPPED[0], "id: sales, natural: left, takes: all, name: Sales"))
    assert [one.values["choices"] for one in problems_of(wrong)] == [
        "debit, credit",
        "flow, balance",
    ]


def test_a_company_whose_chart_no_input_has_is_warned() -> None:
    """The name may be mistyped."""
    text = spoiled(
        (MAPPED[0], MAPPED[1].format('{puc: ["41*"]}')), ("year: 2026", "year: 2026, chart: pcg")
    )
    assert told(text) == [("chart_unused", "company.chart")]


def test_a_definition_of_before_still_reads() -> None:
    """Workbooks of earlier versions hold inputs without accounts, or with a plain list of none."""
    definition = read_definition(SOUND)
    stored = definition.model_dump(mode="json", by_alias=True)
    stored["company"].pop("chart")
    for one in stored["inputs"]:
        one["accounts"] = []
        one.pop("natural")
        one.pop("takes")
    assert Definition.model_validate(stored) == definition


CODES = st.lists(
    st.text(alphabet="123", min_size=4, max_size=4), min_size=2, max_size=12, unique=True
)


@given(CODES, st.data())
def test_every_form_of_a_trial_balance_comes_to_the_same(
    codes: list[str], data: st.DataObject
) -> None:
    """With sums among the accounts or without, balances signed or as positive where usual."""
    amount = st.integers(0, 10_000).map(lambda units: units * 100.0)
    plain = []
    for code in sorted(codes):
        side = -1 if code[0] != "1" else 1  # class 1 holds debits, 2 and 3 credits
        opening, more = side * data.draw(amount), 100 + data.draw(amount)
        debit, credit = (more, 0.0) if side > 0 else (0.0, more)
        closing = opening + debit - credit
        plain.append(Account(code, "", code, opening, debit, credit, closing))
    summed = [*plain, *_sums(plain)]
    turned = [_as_positive(one) for one in summed]
    for rows in (plain, summed, turned):
        assert balanced(signed(rows, "puc")).accounts == tuple(plain)


def _sums(rows: list[Account]) -> list[Account]:
    groups = {row.code[0]: [one for one in rows if one.code[0] == row.code[0]] for row in rows}
    return [
        Account(
            code,
            "",
            code,
            sum(one.opening or 0 for one in below),
            sum(one.debit or 0 for one in below),
            sum(one.credit or 0 for one in below),
            sum(one.closing or 0 for one in below),
        )
        for code, below in groups.items()
    ]


def _as_positive(row: Account) -> Account:
    opening, closing = row.opening or 0.0, row.closing or 0.0
    return Account(row.code, "", row.place, abs(opening), row.debit, row.credit, abs(closing))
