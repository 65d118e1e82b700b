"""Reading a trial balance from a source: its rows as accounts with amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from tablero.workbook_templates.filling import amounts
from tablero.workbook_templates.filling.accounts import Side, bare_code
from tablero.workbook_templates.filling.tables import Content, Source, shown
from tablero.workbook_templates.filling.trial_balance import Account, TrialBalance, balanced
from tablero.workbook_templates.filling.trial_balance_columns import Columns, found_columns
from tablero.workbook_templates.filling.trial_balance_sides import apart, letter_columns, on_side
from tablero.workbook_templates.filling.trial_balance_signs import signed
from tablero.workbook_templates.filling.trial_balance_words import Part, side_of
from tablero.workbook_templates.filling.words import bare
from tablero.workbook_templates.problems import Problem

# 4135, 41.35.05, "41-35 05", and with the name behind it: "4135 - Comercio".
_CODE = re.compile(r"(\d(?:[\d.\- ]*\d)?\.?)(?:\s*[-–:.]?\s+|\s*[-–:]\s*)?(?P<name>[^\d\s].*)?")
_LETTERED = re.compile(r"(?=.*\d)[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*")
_TOTALS = re.compile(
    r"(?:gran )?(?:sub ?)?(?:total|totale?s|totais|sumas?|somas?|balance|diferencia|diferenca)\b"
)
_MAX_TOLD = 20
_LONGEST = 200
_MOST_DIGITS = 40
_LARGEST = 1e15
"""Beyond it no spreadsheet keeps every unit; no ledger of a company does either."""


def read_trial_balance(
    source: Source,
    said: Mapping[Part, str],
    chart: str,
    mark: amounts.Mark | None = None,
    sheet: str = "",
) -> tuple[TrialBalance, Columns]:
    """The accounts of a trial balance, each amount once and positive on the debit side.

    Parameters
    ----------
    source
        What was read from a file.
    said
        Which columns hold what, as far as somebody said it.
    chart
        The chart of accounts, which says on which side a balance usually stands.
    mark
        The decimal mark, where somebody said it.
    sheet
        The worksheet; without it the first that holds a trial balance.

    Raises
    ------
    ProblemsError
        No sheet has the columns of a trial balance.
    """
    columns = found_columns(source, said, sheet)
    reader = _Reader(source, columns, mark)
    rows = list(reader.accounts())
    rows = rows if reader.sided else signed(rows, chart)
    balance = balanced(rows, frozenset(reader.unread), source.name)
    problems = (*reader.problems[:_MAX_TOLD], *balance.problems)
    return TrialBalance(balance.accounts, balance.subtotals, balance.doubtful, problems), columns


@dataclass(frozen=True)
class _Reader:
    """Reads the rows of one table."""

    source: Source
    columns: Columns
    said: amounts.Mark | None
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    sided: set[Part] = field(default_factory=set)
    """Balances of which letters say the side."""

    def accounts(self) -> Iterator[Account]:
        """Every row that has the code of an account and anything else."""
        for row in self._body:
            told = {part: self._content(row, part) for part in self._parts}
            content = self._content(row, "account")
            if content is None or content == "":
                continue
            code, name = code_of(content)
            if code:
                yield self._account(row, code, name)
            elif any(_is_told(one) for one in told.values()):
                self._no_code(row, content)

    def _account(self, row: int, code: str, name: str) -> Account:
        sums = {part: self._amount(row, part, code) for part in self._parts}
        column = self.columns.places["account"]
        return Account(
            code,
            name or shown(self._content(row, "name")),
            self.columns.table.origin(row, column),
            opening=_netted(sums, "opening"),
            debit=sums.get("debit"),
            credit=sums.get("credit"),
            closing=_netted(sums, "closing"),
        )

    def _no_code(self, row: int, content: Content) -> None:
        """Totals are no accounts; a number with decimals has lost what its code was."""
        if isinstance(content, str) and (
            _TOTALS.match(bare(content)) or not re.search(r"\d", content)
        ):
            return
        problem = self._problem("ledger_no_code", row, "account", text=shown(content))
        is_text = isinstance(content, str)
        self.problems.append(replace(problem, severity="warning" if is_text else "error"))

    @property
    def _parts(self) -> list[Part]:
        return [part for part in self.columns.places if part not in ("account", "name")]

    def _content(self, row: int, part: Part) -> Content:
        column = self.columns.places.get(part)
        return None if column is None else self.columns.table.content(row, column)

    def _amount(self, row: int, part: Part, code: str) -> float:
        """An amount; an empty cell is nothing, what cannot be read makes the account doubtful."""
        content = self._content(row, part)
        if not _is_told(content):
            return 0.0
        value = self._meant(content, part) if isinstance(content, str) else content
        value = self._beside(row, part, value) if isinstance(value, float) else value
        if not isinstance(value, float) or not abs(value) < _LARGEST:
            self.unread.add(code)
            problem = "source_decimal" if self._is_unsure(content) else "ledger_no_amount"
            self.problems.append(self._problem(problem, row, part, text=shown(content)))
            return 0.0
        return value

    def _meant(self, text: str, part: Part) -> float | None:
        amount, side = apart(text)
        parts = amounts.taken_apart(amount)
        value = None if parts is None else parts.value(self._mark)
        return value if value is None or side is None else self._on_side(value, side, part)

    def _is_unsure(self, content: Content) -> bool:
        """Whether a text is an amount but for its decimal mark."""
        parts = amounts.taken_apart(apart(content)[0]) if isinstance(content, str) else None
        return parts is not None and parts.value(self._mark) is None

    def _beside(self, row: int, part: Part, value: float) -> float | None:
        """A balance with the side that the column beside it says."""
        column = self._letters.get(part)
        side = None if column is None else side_of(self.columns.table.label(row, column))
        return value if side is None else self._on_side(value, side, part)

    def _on_side(self, value: float, side: Side, part: Part) -> float | None:
        if part in ("opening", "closing"):
            self.sided.add(part)
        return on_side(value, side, part)

    @cached_property
    def _letters(self) -> Mapping[Part, int]:
        """The columns of sides; balances that are signed need none."""
        columns = letter_columns(self.columns)
        return {part: column for part, column in columns.items() if not self._has_minus(part)}

    def _has_minus(self, part: Part) -> bool:
        contents = (self._content(row, part) for row in self._body)
        values = (self._meant(one, part) if isinstance(one, str) else one for one in contents)
        return any(isinstance(one, float) and one < 0 for one in values)

    @property
    def _body(self) -> range:
        return range(self.columns.head + 1, len(self.columns.table.rows))

    @cached_property
    def _mark(self) -> amounts.Mark | None:
        """The decimal mark, as it was said, or as all amounts together show it."""
        contents = (self._content(row, part) for row in self._body for part in self._parts)
        parts = (amounts.taken_apart(apart(one)[0]) for one in contents if isinstance(one, str))
        return self.said or amounts.decimal_mark(filter(None, parts))

    def _problem(self, code: str, row: int, part: Part, **values: object) -> Problem:
        table, column = self.columns.table, self.columns.places[part]
        return self.source.problem(code, table, row, column, **values)


def code_of(content: Content) -> tuple[str, str]:
    """The code of an account, and its name where it stands behind it; empty where there is none.

    >>> code_of(4105.0), code_of("41.35.05"), code_of("4135 - Comercio al por mayor")
    (('4105', ''), ('413505', ''), ('4135', 'Comercio al por mayor'))
    >>> code_of("Totales"), code_of(41.05)
    (('', ''), ('', ''))
    """
    if isinstance(content, float):
        is_whole = content.is_integer() and 0 <= content < _LARGEST
        return (f"{content:.0f}", "") if is_whole else ("", "")
    text = content[:_LONGEST].strip().lstrip("'") if isinstance(content, str) else ""
    found = _CODE.fullmatch(text)
    if found:
        code, name = bare_code(found[1]), (found["name"] or "").strip()
    else:
        code, name = bare_code(text) if _LETTERED.fullmatch(text) else "", ""
    return (code, name) if len(code) <= _MOST_DIGITS else ("", "")


def _is_told(content: Content) -> bool:
    return not (content is None or (isinstance(content, str) and amounts.is_nothing(content)))


def _netted(sums: Mapping[Part, float], when: Literal["opening", "closing"]) -> float | None:
    """A balance from its one column, or from the two of its sides."""
    if when in sums:
        return sums[when]
    sides: tuple[Part, Part] = (
        ("opening_debit", "opening_credit")
        if when == "opening"
        else ("closing_debit", "closing_credit")
    )
    if not sums.keys() & set(sides):
        return None
    return sums.get(sides[0], 0.0) - sums.get(sides[1], 0.0)
