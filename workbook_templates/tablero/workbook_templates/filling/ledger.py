"""Figures from the ledger: what each input's accounts come to in a month's trial balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tablero.workbook_templates.definition import Company, Definition, Input
from tablero.workbook_templates.filling.accounts import CHARTS
from tablero.workbook_templates.filling.delivery import Delivery, Figure
from tablero.workbook_templates.filling.ledger_checks import first_of_year, traps
from tablero.workbook_templates.filling.ledger_sums import LedgerFigure, Line, Recipe, total
from tablero.workbook_templates.filling.months import MonthReader
from tablero.workbook_templates.filling.recognition import NO_WISH, Wish
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.filling.tables import shown
from tablero.workbook_templates.filling.trial_balance import Account, TrialBalance
from tablero.workbook_templates.filling.trial_balance_columns import columns_said
from tablero.workbook_templates.filling.trial_balance_reading import read_trial_balance
from tablero.workbook_templates.filling.trial_balance_words import Part
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading

_SCALES = {"units": 1, "thousands": 1_000, "millions": 1_000_000}
_NAMED = 6


@dataclass(frozen=True)
class LedgerReport:
    """Which accounts were used for what, and which were left over."""

    company: Company
    chart: str
    """The chart of accounts; empty where the inputs have accounts of no chart."""
    figures: tuple[LedgerFigure, ...]
    left_over: tuple[Account, ...]
    """Accounts with a balance or a movement that no input takes."""
    without_accounts: tuple[Input, ...]
    """Inputs that do not come from the ledger."""
    accounts: int
    """How many accounts the trial balance has, without rows that only sum others."""
    subtotals: int


def delivery_from_trial_balance(
    path: Path,
    reading: Reading,
    month: Month,
    columns: Mapping[Part, str] | str | None = None,
    chart: str | None = None,
    wish: Wish = NO_WISH,
) -> tuple[Delivery, LedgerReport]:
    """The figures of a month that the ledger gives.

    Parameters
    ----------
    path
        A trial balance of that month, in a CSV or Excel file: account, opening, debit, credit,
        closing; amounts in units of money. Movements are those of the month alone.
    reading
        The workbook; its definition says which accounts make up an input.
    month
        The month of the trial balance.
    columns
        Which columns hold what, where their heads do not say it: ``account=Rubro,debit=Cargos``.
    chart
        The chart of accounts; without it the company's, else the only one for which there are
        accounts, else the one that is usual with the company's currency.
    wish
        The decimal mark, where the amounts do not show it, and the worksheet; without it the
        first that holds a trial balance.

    Returns
    -------
    tuple[Delivery, LedgerReport]
        The figures in the company's scale with what is doubtful, and how they came about.

    Raises
    ------
    ProblemsError
        The file cannot be read or is no trial balance, the workbook has no accounts, or the month
        is not one of its.
    """
    definition = reading.definition
    said = columns_said(columns) if isinstance(columns, str) else columns or {}
    chosen = chart_of(definition, chart)
    month_asked(month.code, definition)
    source = read_source(path)
    balance, found = read_trial_balance(source, said, chosen, wish.decimal, wish.sheet)
    maker = _Maker(definition, chosen, balance, source.name)
    figures = tuple(maker.figures())
    start = first_of_year(month, _calendar(definition))
    problems = [*balance.problems, *maker.problems, *traps(figures, found, start=start)]
    if not figures and not any(problem.severity == "error" for problem in problems):
        problems.append(Problem("ledger_no_figures", values={"chart": chosen or "–"}))
    delivered = tuple(Figure(one.input.id, month, one.value, _origin(one.lines)) for one in figures)
    placed = tuple(one if one.file else one.at(file=source.name) for one in problems)
    return Delivery(source.name, source.digest, delivered, placed), maker.report(figures)


def chart_of(definition: Definition, asked: str | None = None) -> str:
    """The chart of accounts of a company's ledger; empty where its inputs need none.

    >>> from tablero.workbook_templates.library import load_template
    >>> cano = load_template("cano")
    >>> chart_of(cano, "PCGE")
    'pcge'
    >>> pesos = cano.company.model_copy(update={"currency": "COP"})
    >>> chart_of(cano.model_copy(update={"company": pesos}))
    'puc'

    Raises
    ------
    ProblemsError
        No input has accounts, none has accounts of the chart, or it could be several charts.
    """
    known = sorted({name for one in definition.inputs for name in one.accounts})
    if not known:
        raise ProblemsError([Problem("ledger_no_accounts")])
    named = [name for name in known if name]
    chart = (asked or definition.company.chart).strip().lower()
    if chart:
        if chart not in named and "" not in known:
            told = {"chart": chart, "known": ", ".join(named)}
            raise ProblemsError([Problem("ledger_chart_unknown", values=told)])
        return chart
    usual = CHARTS.get(definition.company.currency, "")
    if usual in named or not named:
        return usual if usual in named else ""
    if len(known) == 1:
        return named[0]
    raise ProblemsError([Problem("ledger_chart_wanted", values={"known": ", ".join(named)})])


def month_asked(text: str, definition: Definition) -> Month:
    """The month that somebody names; a trial balance does not say of which month it is.

    Raises
    ------
    ProblemsError
        Nothing is named, or no month that the workbook has.
    """
    calendar = _calendar(definition)
    example = calendar.month(3).code
    if not text:
        raise ProblemsError([Problem("ledger_month_wanted", values={"month": example})])
    dates = MonthReader(calendar)
    month = dates.numbered(text)
    if month is None or not dates.is_held(month):
        told = {"text": shown(text), "year": calendar.label, "month": example}
        raise ProblemsError([Problem("fill_month_unknown", values=told)])
    return month


def _calendar(definition: Definition) -> Calendar:
    return Calendar(definition.company.year, definition.company.fiscal_start_month)


def _origin(lines: tuple[Line, ...]) -> str:
    """The accounts that a figure sums, as far as a cell can tell them."""
    codes = [line.account.code for line in lines]
    more = f", … ({len(codes)})" if len(codes) > _NAMED else ""
    return ", ".join(codes[:_NAMED]) + more


class _Maker:
    """Makes the figures of the inputs that have accounts; what is doubtful is withheld."""

    def __init__(
        self, definition: Definition, chart: str, balance: TrialBalance, file: str
    ) -> None:
        self._company = definition.company
        self._chart = chart
        self._balance = balance
        self._file = file
        self._mapped = [one for one in definition.inputs if one.accounts.of(chart)]
        self._others = tuple(one for one in definition.inputs if not one.accounts.of(chart))
        self.problems: list[Problem] = []

    def figures(self) -> Iterator[LedgerFigure]:
        """Every figure that can be made."""
        for item in self._mapped:
            recipe = Recipe.of(item, self._chart)
            lines = recipe.lines(self._balance.accounts)
            trouble = self._trouble(item, recipe, lines)
            if trouble is None:
                value = total(lines) / self._scale(item)
                yield LedgerFigure(item, recipe, lines, value)
            else:
                self.problems.append(trouble.at(file=self._file))

    def _trouble(self, item: Input, recipe: Recipe, lines: tuple[Line, ...]) -> Problem | None:
        """Why there is no figure for an input."""
        told = {"input": item.name, "accounts": ", ".join(one.text for one in recipe.patterns)}
        if not lines:
            return Problem("ledger_no_match", "warning", told)
        if any(recipe.amount(line.account) is None for line in lines):
            code = "ledger_no_flow" if recipe.takes == "flow" else "ledger_no_balance"
            return Problem(code, "warning", told)
        doubtful = [
            code
            for code in sorted(self._balance.doubtful)
            if any(line.account.code.startswith(code) for line in lines)
        ]
        if doubtful:
            return Problem("ledger_withheld", "error", {**told, "doubtful": ", ".join(doubtful)})
        return None

    def _scale(self, item: Input) -> int:
        """What an amount of the ledger is divided by; only money has a scale."""
        is_money = "currency" in item.unit.values() or not item.unit
        return _SCALES[self._company.scale] if is_money else 1

    def report(self, figures: tuple[LedgerFigure, ...]) -> LedgerReport:
        """How the figures came about."""
        used = {line.account.code for figure in figures for line in figure.lines}
        left = (one for one in self._balance.accounts if one.code not in used and not one.is_blank)
        return LedgerReport(
            self._company,
            self._chart,
            figures,
            tuple(left),
            self._others,
            len(self._balance.accounts),
            self._balance.subtotals,
        )
