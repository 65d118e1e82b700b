"""What the accounts of an input must be: each said once, and at least one that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.filling.accounts import Pattern
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation.places import Location, found


def accounts(definition: Definition) -> Iterator[Problem]:
    """Inputs whose accounts come to nothing: all of them are deducted."""
    for location, id_, patterns in _located(definition):
        if patterns and all(one.is_minus for one in patterns):
            yield found(definition, "accounts_all_deducted", location, id=id_)


def repeated_accounts(definition: Definition) -> Iterator[Problem]:
    """Accounts that are said twice, or that a wider pattern of the same sign covers already."""
    for location, _, patterns in _located(definition):
        for number, one in enumerate(patterns):
            others = (*patterns[:number], *patterns[number + 1 :])
            place = (*location, number)
            if any(one.code == other.code for other in patterns[:number]):
                yield found(definition, "accounts_twice", place, "warning", account=one.text)
            elif wider := _wider(one, others):
                told = {"account": one.text, "wider": wider.text}
                yield found(definition, "accounts_covered", place, "warning", **told)


def unused_chart(definition: Definition) -> Iterator[Problem]:
    """A company's chart for which no input has accounts."""
    chart = definition.company.chart
    mapped = [one.accounts for one in definition.inputs if one.accounts]
    if chart and mapped and not any(chart in one or "" in one for one in mapped):
        known = ", ".join(sorted({name for one in mapped for name in one}))
        place = ("company", "chart")
        yield found(definition, "chart_unused", place, "warning", chart=chart, known=known)


def _located(definition: Definition) -> Iterator[tuple[Location, str, tuple[Pattern, ...]]]:
    """The patterns of every input, list by list, with the list's place."""
    for number, item in enumerate(definition.inputs):
        for chart, patterns in item.accounts.items():
            steps = (chart,) if chart else ()
            location: Location = ("inputs", number, "accounts", *steps)
            yield location, item.id, tuple(map(Pattern.read, patterns))


def _wider(one: Pattern, others: Sequence[Pattern]) -> Pattern | None:
    """The pattern of the same sign that would decide if this one were not there."""
    covering = [
        other
        for other in others
        if other.is_open and other.code != one.code and one.code.startswith(other.code)
    ]
    nearest = max(covering, key=lambda other: other.precision, default=None)
    return nearest if nearest is not None and nearest.is_minus == one.is_minus else None
