"""The words of a trial balance: at the heads of its columns, and for the sides of its balances."""

from __future__ import annotations

from typing import Final, Literal, get_args

from tablero.workbook_templates.filling.accounts import Side
from tablero.workbook_templates.filling.words import bare

Part = Literal[
    "account", "name", "opening", "debit", "credit", "closing",
    "opening_debit", "opening_credit", "closing_debit", "closing_credit",
]  # fmt: skip
"""What a column holds; balances stand in one column, or in one for each side."""
PARTS: Final[tuple[Part, ...]] = get_args(Part)


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(listed.split("|"))


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


CLASSIFICATIONS: Final = _phrases(
    "classificacao|classificacao da conta|classificacao contabil|codigo de classificacao"
)
"""Heads of codes that tell what an account is part of; beside them stands a short code."""
CODES: Final = CLASSIFICATIONS | _phrases(
    "code|account code|account no|account number|gl code|gl account|codigo|codigo cuenta"
    "|codigo de cuenta|codigo de la cuenta|codigo contable|codigo cuenta contable|codigo puc"
    "|codigo pcge|cod|cod cuenta|cod cta|cod contable|no cuenta|nro cuenta|n cuenta"
    "|numero cuenta|numero de cuenta|codigo da conta|codigo conta|codigo contabil"
    "|codigo da conta contabil|cod conta|cod da conta|no da conta|n da conta|numero da conta"
)
ACCOUNTS: Final = _phrases(
    "account|accounts|cuenta|cuentas|cuenta contable|cta|cta contable|puc|pcge|conta|contas"
    "|conta contabil"
)
"""Heads of codes too, unless a column of codes stands beside: then of names."""

_NAMES = _phrases(
    "name|account name|description|nombre|nombre cuenta|nombre de cuenta|nombre de la cuenta"
    "|nombre cuenta contable|descripcion|descripcion cuenta|descripcion de la cuenta"
    "|denominacion|denominacion de la cuenta|concepto|detalle|nome|nome da conta|nome conta"
    "|nome da conta contabil|descricao|descricao da conta|descricao conta"
    "|descricao da conta contabil|denominacao|denominacao da conta|titulo da conta"
)
_OPENING = _words(
    "opening beginning initial previous inicial iniciales iniciais anterior anteriores"
)
_CLOSING = _words(
    "closing ending final finales finais actual actuales nuevo nuevos cierre atual atuais novo"
)
_DEBIT = _words("debit debits debito debitos debe cargo cargos db dr deb")
_CREDIT = _words("credit credits credito creditos haber abono abonos cr cred")
_DEBTOR = _words("deudor deudores devedor devedores devedora")
_CREDITOR = _words("acreedor acreedores credor credores credora")
_BALANCE = _words("balance balances saldo saldos")
_BESIDE = _words(
    "movement movements movimiento movimientos mov sumas del de la el los al mayor total totals"
    " month period mes periodo cop pen usd s movimento movimentos movimentacao totais do da dos das"
    " exercicio a valor valores vl vlr brl r d c"  # R$; (D/C) where balances say their side
)
_DEBIT_LETTERS, _CREDIT_LETTERS = _words("d db dr dv deb"), _words("c cr cred")
_KNOWN = _OPENING | _CLOSING | _DEBIT | _CREDIT | _DEBTOR | _CREDITOR | _BALANCE | _BESIDE


def part_of(head: str) -> Part | None:
    """What the words at a column's head say that it holds; None where they say nothing known.

    >>> part_of("Saldo anterior"), part_of("Movimiento débito"), part_of("Saldos finales Acreedor")
    ('opening', 'debit', 'closing_credit')
    """
    words = bare(head)
    if words in CODES | ACCOUNTS:
        return "account"
    return "name" if words in _NAMES else _balance_of(frozenset(words.split()))


def _balance_of(words: frozenset[str]) -> Part | None:
    debit = bool(words & (_DEBIT | _DEBTOR))
    credit = bool(words & (_CREDIT | _CREDITOR))
    if not words or not words <= _KNOWN or (debit and credit):
        return None
    when = "opening" if words & _OPENING else "closing" if words & _CLOSING else ""
    if not when and words & (_BALANCE | _DEBTOR | _CREDITOR):
        when = "closing"
    side = "debit" if debit else "credit" if credit else ""
    name = "_".join(filter(None, (when, side)))
    return next((part for part in PARTS if part == name), None)


def is_outright(head: str) -> bool:
    """Whether a head says which balance it means, if any; another may be that at the end.

    >>> is_outright("Saldo final"), is_outright("Débito"), is_outright("Saldo do mês")
    (True, True, False)
    """
    words = frozenset(bare(head).split())
    return not words & _BALANCE or bool(words & (_OPENING | _CLOSING))


def side_of(text: str) -> Side | None:
    """The side of a balance that a letter, or a word, says.

    >>> side_of("D"), side_of("Cr."), side_of("Credora"), side_of("A")
    ('debit', 'credit', 'credit', None)
    """
    word = bare(text)
    if word in _DEBIT_LETTERS | _DEBTOR:
        return "debit"
    return "credit" if word in _CREDIT_LETTERS | _CREDITOR else None
