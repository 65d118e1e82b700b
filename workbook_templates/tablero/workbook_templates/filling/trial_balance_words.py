"""The words at the heads of a trial balance's columns, in English and in Spanish."""

from __future__ import annotations

from typing import Final, Literal, get_args

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


CODES: Final = _phrases(
    "code|account code|account no|account number|gl code|gl account|codigo|codigo cuenta"
    "|codigo de cuenta|codigo de la cuenta|codigo contable|codigo cuenta contable|codigo puc"
    "|codigo pcge|cod|cod cuenta|cod cta|cod contable|no cuenta|nro cuenta|n cuenta"
    "|numero cuenta|numero de cuenta"
)
ACCOUNTS: Final = _phrases(
    "account|accounts|cuenta|cuentas|cuenta contable|cta|cta contable|puc|pcge"
)
"""Heads of codes too, unless a column of codes stands beside: then of names."""

_NAMES = _phrases(
    "name|account name|description|nombre|nombre cuenta|nombre de cuenta|nombre de la cuenta"
    "|nombre cuenta contable|descripcion|descripcion cuenta|descripcion de la cuenta"
    "|denominacion|denominacion de la cuenta|concepto|detalle"
)
_OPENING = _words("opening beginning initial previous inicial iniciales anterior anteriores")
_CLOSING = _words("closing ending final finales actual actuales nuevo nuevos cierre")
_DEBIT = _words("debit debits debito debitos debe cargo cargos db dr")
_CREDIT = _words("credit credits credito creditos haber abono abonos cr")
_DEBTOR, _CREDITOR = _words("deudor deudores"), _words("acreedor acreedores")
_BALANCE = _words("balance balances saldo saldos")
_BESIDE = _words(
    "movement movements movimiento movimientos mov sumas del de la el los al mayor total totals"
    " month period mes periodo cop pen usd s"
)
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
