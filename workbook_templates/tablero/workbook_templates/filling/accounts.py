"""Which accounts of a ledger an input is made of: patterns, by chart of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field, GetCoreSchemaHandler, StringConstraints, TypeAdapter
from pydantic_core import CoreSchema, core_schema

Side = Literal["debit", "credit"]
Measure = Literal["flow", "balance"]

PATTERN = r"^-?\s*[0-9A-Za-z][0-9A-Za-z. -]*\*?$"
CHART = r"^([a-z][a-z0-9_]*)?$"
CHARTS: Final[Mapping[str, str]] = {"COP": "puc", "PEN": "pcge"}
"""The chart that is usual in a company which counts in this currency."""

ChartId = Annotated[str, Field(pattern=CHART, max_length=30)]
AccountPattern = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=40, pattern=PATTERN)
]
AccountPatterns = Annotated[tuple[AccountPattern, ...], Field(max_length=200)]
_LIST: Final = TypeAdapter(AccountPatterns)

# Classes of accounts that usually hold a credit balance, by chart; elsewhere those that are
# usual where class 4 is income: liabilities, equity, income, and their memorandum accounts.
_CREDIT_CLASSES: Final = {"pcge": "4578"}
_USUAL_CREDIT_CLASSES: Final = "2349"
_FILLERS = str.maketrans("", "", ". -\t\u00a0")


class Accounts(dict[str, tuple[AccountPattern, ...]]):
    """Patterns of accounts by chart; a plain list stands for whatever chart there is."""

    def of(self, chart: str) -> tuple[Pattern, ...]:
        """The patterns for a chart, else those of the plain list.

        >>> [one.text for one in Accounts({"puc": ("41*",), "pcge": ("70*",)}).of("pcge")]
        ['70*']
        """
        return tuple(map(Pattern.read, self.get(chart) or self.get("", ())))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read from a list or a mapping by chart; write as plainly as it was read."""
        by_chart = handler.generate_schema(dict[ChartId, AccountPatterns])
        return core_schema.no_info_wrap_validator_function(
            cls._read,
            by_chart,
            serialization=core_schema.plain_serializer_function_ser_schema(_plainly),
        )

    @classmethod
    def _read(cls, raw: object, by_chart: core_schema.ValidatorFunctionWrapHandler) -> Accounts:
        if isinstance(raw, Mapping):
            return cls(by_chart(raw))
        listed = _LIST.validate_python(raw)
        return cls({"": listed}) if listed else cls()


def _plainly(accounts: Accounts) -> list[str] | dict[str, list[str]]:
    by_chart = {chart: list(patterns) for chart, patterns in accounts.items()}
    return by_chart.get("", []) if set(by_chart) <= {""} else by_chart


@dataclass(frozen=True)
class Pattern:
    """An account, or with a star all whose code begins so; with a minus they are deducted."""

    text: str
    code: str
    is_open: bool
    is_minus: bool

    @classmethod
    def read(cls, text: str) -> Pattern:
        """The pattern that a text stands for; dots, dashes and spaces mean nothing.

        >>> Pattern.read("-41.75*")
        Pattern(text='-41.75*', code='4175', is_open=True, is_minus=True)
        """
        bare = text.strip()
        return cls(bare, bare_code(bare.rstrip("*")), bare.endswith("*"), bare.startswith("-"))

    @property
    def precision(self) -> tuple[int, bool]:
        """The longer the code, the more precise; the account itself before all below it."""
        return len(self.code), not self.is_open

    def covers(self, code: str) -> bool:
        """Whether an account is meant.

        >>> Pattern.read("41*").covers("413505"), Pattern.read("41").covers("413505")
        (True, False)
        """
        return code.startswith(self.code) if self.is_open else code == self.code


def bare_code(text: str) -> str:
    """The code of an account without what only makes it easier to read.

    >>> bare_code("41.35-05 01")
    '41350501'
    """
    return text.translate(_FILLERS).upper()


def governing(patterns: Iterable[Pattern], code: str) -> Pattern | None:
    """The pattern that decides about an account: the most precise one that covers it.

    >>> governing(map(Pattern.read, ["41*", "-4175*"]), "417505").text
    '-4175*'
    """
    covering = (one for one in patterns if one.covers(code))
    return max(covering, key=lambda one: one.precision, default=None)


def usual_side(patterns: Iterable[Pattern], chart: str) -> Side:
    """The side on which the first of the accounts usually has its balance, by their class.

    >>> usual_side([Pattern.read("41*")], "puc"), usual_side([Pattern.read("62*")], "pcge")
    ('credit', 'debit')
    """
    credit = _CREDIT_CLASSES.get(chart, _USUAL_CREDIT_CLASSES)
    first = next((one for one in patterns if not one.is_minus), None)
    return "credit" if first is not None and first.code[0] in credit else "debit"
