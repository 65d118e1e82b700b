"""The check of a whole definition: every rule, in the order in which a reader mends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from tablero.workbook_templates.definition import SCHEMA_VERSION, Definition
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation import account_rules, advice, okr_rules, rules
from tablero.workbook_templates.validation.formula_rules import formulas
from tablero.workbook_templates.validation.places import MAX_PROBLEMS


def check_definition(definition: Definition) -> tuple[Problem, ...]:
    """Find everything that is wrong or doubtful between the fields of a definition.

    Errors come first, then warnings and notes. After 200 problems a last one says that there
    are more.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> check_definition(load_template("cano"))
    ()
    """
    problems = tuple(islice(_all(definition), MAX_PROBLEMS + 1))
    return shortened(problems)


def check_numbers(definition: Definition) -> tuple[Problem, ...]:
    """Find what `check_definition` does, of one whose structure is known to be sound.

    Only goals, weights, bounds and policies are looked at, which people type into workbooks; ids,
    formulas, links and accounts are not.
    """
    found = (rules.weights, rules.bands, rules.policies, advice.goals)
    return tuple(problem for rule in found for problem in rule(definition))


def shortened(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """No more problems than a reader can take in, with a note where some were left out."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    return (*problems[:MAX_PROBLEMS], Problem("more_problems", "note", {"shown": MAX_PROBLEMS}))


def _all(definition: Definition) -> Iterator[Problem]:
    return chain(
        rules.schema_version(definition, SCHEMA_VERSION),
        rules.ids(definition),
        rules.weights(definition),
        formulas(definition),
        rules.input_perspectives(definition),
        rules.links(definition),
        rules.bands(definition),
        rules.policies(definition),
        rules.figures(definition),
        account_rules.accounts(definition),
        okr_rules.ids(definition),
        okr_rules.alignment(definition),
        okr_rules.periods(definition),
        okr_rules.weights(definition),
        okr_rules.sources(definition),
        okr_rules.check_ins(definition),
        okr_rules.bounds(definition),
        okr_rules.numbers(definition),
        advice.unused_inputs(definition),
        advice.goals(definition),
        advice.links(definition),
        advice.negative_figures(definition),
        account_rules.repeated_accounts(definition),
        account_rules.unused_chart(definition),
    )
