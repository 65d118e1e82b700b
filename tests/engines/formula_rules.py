"""Rules for formulas that the Open XML SDK does not know: each yields what breaks it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl.formula.tokenizer import Token
from openpyxl.utils import FORMULAE

from tests.engines.formula_text import PARAMETER, BrokenFormulaError, Call, FormulaText, parse
from tests.engines.package import MAIN, LocatedFormula, Package, all_formulas

LONGEST_FORMULA = 8192
PREFIX = "_xlfn."
LAMBDA = PREFIX + "LAMBDA"
LET = PREFIX + "LET"
FUTURE_FUNCTIONS = frozenset(
    line
    for line in Path(__file__).with_name("future_functions.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
)
FUTURE_WORDS = frozenset(name.removeprefix("_xlws.") for name in FUTURE_FUNCTIONS)


@dataclass(frozen=True)
class Vocabulary:
    """What the formulas of one workbook may speak of, in lower case where case does not count."""

    sheets: frozenset[str]
    names: frozenset[str]
    tables: frozenset[str]
    functions: frozenset[str]
    lambdas: frozenset[str]


def vocabulary(package: Package, served: Collection[str] = ()) -> Vocabulary:
    """What a workbook defines; ``served`` are the functions that come from outside of it."""
    names = frozenset(name.name.lower() for name in package.names)
    lambdas = frozenset(
        name.name.lower() for name in package.names if name.text.startswith(LAMBDA + "(")
    )
    tables = (root for _, root in package.xml_parts(r"xl/tables/.*\.xml"))
    return Vocabulary(
        sheets=frozenset(sheet.name.lower() for sheet in package.sheets),
        names=names,
        tables=frozenset(root.get("name", "").lower() for root in tables),
        functions=lambdas | {name.lower() for name in served},
        lambdas=lambdas,
    )


def formula_findings(package: Package, served: Collection[str] = ()) -> Iterator[str]:
    """What is wrong with any formula of the file."""
    known = vocabulary(package, served)
    for formula in all_formulas(package):
        for finding in _findings(formula, known):
            yield f"{formula.place}: {finding}"
    yield from _calls_outside_dynamic_cells(package, known)


def _findings(formula: LocatedFormula, known: Vocabulary) -> Iterator[str]:
    if len(formula.text) > LONGEST_FORMULA:
        yield f"the formula has {len(formula.text)} characters, more than {LONGEST_FORMULA}"
    if formula.text.startswith("="):
        yield "a file stores formulas without their equals sign"
    try:
        parsed = parse(formula.text)
    except BrokenFormulaError as error:
        yield f"{formula.text!r} is not a formula: {error}"
        return
    yield from _unknown_things(parsed, known)
    for call in parsed.calls:
        yield from _wrong_call(call, known)
    yield from _undeclared_parameters(parsed)


def _unknown_things(parsed: FormulaText, known: Vocabulary) -> Iterator[str]:
    if parsed.has_lost_reference:
        yield "it has a lost reference, #REF!"
    spoken_of = (
        ("sheet", parsed.sheets, known.sheets),
        ("name", parsed.names, known.names | known.tables),
        # Inside a table its own columns need no name of the table.
        ("table", parsed.tables - {""}, known.tables),
    )
    for what, used, defined in spoken_of:
        for word in sorted(used):
            if word.lower() not in defined:
                yield f"there is no {what} {word!r}"


def _wrong_call(call: Call, known: Vocabulary) -> Iterator[str]:
    plain = call.function.removeprefix(PREFIX)
    if call.function.startswith(PREFIX):
        if plain not in FUTURE_FUNCTIONS:
            yield f"{call.function} is not a function that is stored with the prefix {PREFIX}"
    elif call.function.upper() in FUTURE_WORDS:
        yield f"{call.function} is newer than Excel 2007 and lacks the prefix {PREFIX}"
    elif not _is_known(call.function, known):
        yield f"there is no function {call.function!r}"
    for argument in _declarations(call):
        if len(argument) != 1 or not PARAMETER.fullmatch(argument[0].value):
            shown = "".join(token.value for token in argument)
            yield f"the parameter {shown!r} of {plain} lacks the prefix _xlpm."


def _is_known(function: str, known: Vocabulary) -> bool:
    return (
        function.upper() in FORMULAE
        or function.lower() in known.functions
        or PARAMETER.fullmatch(function) is not None
    )


def _declarations(call: Call) -> tuple[tuple[Token, ...], ...]:
    """The arguments in which a call declares parameters."""
    if call.function == LAMBDA:
        return call.arguments[:-1]
    if call.function == LET:
        return call.arguments[:-1:2]
    return ()


# An optional parameter is declared as _xlop.name and used as _xlpm.name.
def _undeclared_parameters(parsed: FormulaText) -> Iterator[str]:
    declared = {
        token.value for call in parsed.calls for part in _declarations(call) for token in part
    }
    used = declared | {name.replace("_xlop.", "_xlpm.") for name in declared}
    for parameter in sorted(parsed.parameters - used):
        yield f"the parameter {parameter} is not declared"


# Excel shows @ before such calls, and takes only one value of a range, where the mark is missing.
def _calls_outside_dynamic_cells(package: Package, known: Vocabulary) -> Iterator[str]:
    marks = _dynamic_marks(package)
    for sheet in package.sheets:
        for cell in sheet.cells:
            called = _called_lambdas(cell.formula or "", known)
            if called and (cell.metadata is None or cell.formula_kind != "array"):
                yield f"{sheet.name}!{cell.address}: {called} is called outside a dynamic cell"
            if cell.metadata is not None and not 1 <= cell.metadata <= marks:
                yield f"{sheet.name}!{cell.address}: its dynamic-array mark points to nothing"


def _called_lambdas(formula: str, known: Vocabulary) -> str:
    words = re.findall(r"[\w.]+(?=\()", formula)
    return ", ".join(sorted({word for word in words if word.lower() in known.lambdas}))


def _dynamic_marks(package: Package) -> int:
    if "xl/metadata.xml" not in package.parts:
        return 0
    return len(package.xml("xl/metadata.xml").findall(f"{MAIN}cellMetadata/{MAIN}bk"))
