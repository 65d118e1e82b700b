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


def check_numbers(
    definition: Definition, of_key_results: tuple[Problem, ...] | None = None
) -> tuple[Problem, ...]:
    """Find what `check_definition` does, of one whose structure is known to be sound.

    Only goals, weights, bounds, policies and key results are looked at, which people type into
    workbooks; ids, formulas, links and accounts are not. What is wrong with key results may be
    known already.
    """
    if of_key_results is None:
        of_key_results = check_key_results(definition)
    found = tuple(problem for rule in _OF_NUMBERS for problem in rule(definition))
    return (*found, *of_key_results, *advice.goals(definition))


def check_key_results(definition: Definition) -> tuple[Problem, ...]:
    """Find what `check_definition` does of objectives with key results."""
    return tuple(problem for rule in _OF_KEY_RESULTS for problem in rule(definition))


_OF_KEY_RESULTS = (
    okr_rules.ids,
    okr_rules.alignment,
    okr_rules.periods,
    okr_rules.weights,
    okr_rules.sources,
    okr_rules.check_ins,
    okr_rules.bounds,
    okr_rules.numbers,
)
_OF_NUMBERS = (rules.weights, rules.bands, rules.policies)


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
        *(rule(definition) for rule in _OF_KEY_RESULTS),
        advice.unused_inputs(definition),
        advice.goals(definition),
        advice.links(definition),
        advice.negative_figures(definition),
        account_rules.repeated_accounts(definition),
        account_rules.unused_chart(definition),
    )
