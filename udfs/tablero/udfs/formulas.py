"""The spreadsheet's form of a cell function: its LAMBDA, or a call written out as plain formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby

from tablero.udfs.registration import CellFunction

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")         # a text, in which nothing is a name
    |(?P<error>\#[A-Z0-9/]+[!?]?)        # an error such as #VALUE!
    |(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)
    |(?P<function>[A-Za-z_][\w.]*(?=\())
    |(?P<name>[A-Za-z_]\w*)
    |(?P<mark>\s+|.)""",
    re.VERBOSE,
)
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\{[^{}]*\}|\[(?:[^\[\]]|\[[^\]]*\])*\]")
_BRACKET = re.compile(r"[()]")
_SIMPLE = re.compile(r"[\w.$!:#]*")
_NEWER_THAN_2010 = frozenset({"LAMBDA", "LET", "MAP"})
_NOT_A_NAME = frozenset({"TRUE", "FALSE"})


def lambda_text(function: CellFunction) -> str:
    """LAMBDA of a cell function as a workbook stores it in a defined name, without "=".

    Parameters
    ----------
    function : CellFunction
        An entry of the registry.

    Returns
    -------
    text
        ``_xlfn.LAMBDA(parameters, formula)`` with the prefixes of the file format: ``_xlpm.`` for
        names, ``_xlop.`` for optional parameters in the list, ``_xlfn.`` for functions newer than
        Excel 2010.  Steps become a LET.

    Examples
    --------
    >>> from tablero.udfs.registry import BY_NAME
    >>> lambda_text(BY_NAME["IMPROVEMENT_RATE"])[:52]
    '_xlfn.LAMBDA(_xlpm.before,_xlpm.after,IF((_xlpm.befo'
    """
    parameters = [
        ("_xlop." if argument.optional else "_xlpm.") + argument.name
        for argument in function.arguments
    ]
    return f"_xlfn.LAMBDA({','.join([*parameters, _prefixed(_with_let(function))])})"


def substituted(function: CellFunction, arguments: Sequence[str]) -> str:
    """Write a call out as a formula of Excel 2010 that any spreadsheet computes, without "=".

    Parameters
    ----------
    function : CellFunction
        An entry of the registry.
    arguments : sequence of text
        The arguments as formula texts, in order; an empty or absent optional one gets its default.

    Returns
    -------
    text
        The function's formula with the arguments in place of their names, in brackets where they
        are more than a reference or constant.

    Raises
    ------
    ValueError
        Too many arguments, or a required one that is absent.

    Examples
    --------
    >>> from tablero.udfs.registry import BY_NAME
    >>> substituted(BY_NAME["IMPROVEMENT_RATE"], ["B2", "C2-1"])[:32]
    'IF((B2="")+((C2-1)="")>0,"",IF(('
    """
    texts = dict(zip(_names(function), _filled(function, arguments), strict=True))
    for step in function.steps:
        texts[step.name] = _bracketed(_replaced(step.formula, texts))
    return _replaced(function.formula, texts)


def _with_let(function: CellFunction) -> str:
    body = function.range_formula or function.formula
    if not function.steps:
        return body
    steps = [f"{step.name},{step.formula}" for step in function.steps]
    return f"LET({','.join([*steps, body])})"


def _prefixed(formula: str) -> str:
    return _mapped(formula, _with_prefix)


def _with_prefix(kind: str | None, token: str) -> str:
    if kind == "name" and token not in _NOT_A_NAME:
        return f"_xlpm.{token}"
    return f"_xlfn.{token}" if kind == "function" and token in _NEWER_THAN_2010 else token


def _replaced(formula: str, texts: Mapping[str, str]) -> str:
    return "".join(texts[piece] if is_name else piece for is_name, piece in _pieces(formula))


@cache
def _pieces(formula: str) -> tuple[tuple[bool, str], ...]:
    """The names in a formula, and what stands between them; a workbook asks thousands of times."""
    tokens = ((one.lastgroup == "name", one.group()) for one in _TOKEN.finditer(formula))
    return tuple(
        piece
        for is_name, run in groupby(tokens, key=lambda one: one[0])
        for piece in (run if is_name else [(False, "".join(token for _, token in run))])
    )


def _mapped(formula: str, change: Callable[[str | None, str], str]) -> str:
    return "".join(change(match.lastgroup, match.group()) for match in _TOKEN.finditer(formula))


def _names(function: CellFunction) -> list[str]:
    return [argument.name for argument in function.arguments]


def _filled(function: CellFunction, arguments: Sequence[str]) -> list[str]:
    """Give one text for each argument of the function, defaults included."""
    if len(arguments) > len(function.arguments):
        raise ValueError(f"{function.name} takes at most {len(function.arguments)} arguments")
    given = [*arguments, *[""] * (len(function.arguments) - len(arguments))]
    for argument, text in zip(function.arguments, given, strict=True):
        if not text and not argument.optional:
            raise ValueError(f"{function.name} needs the argument {argument.name}")
    return [
        _bracketed(text) if text else argument.default
        for argument, text in zip(function.arguments, given, strict=True)
    ]


def _bracketed(text: str) -> str:
    """Put an expression in brackets; leave a reference, a constant or a single call alone."""
    bare = _QUOTED.sub("", text)
    return text if _SIMPLE.fullmatch(bare) or _is_call(bare) else f"({text})"


def _is_call(text: str) -> bool:
    """Whether a text is one function call: the bracket behind its name closes at the end."""
    name = re.match(r"[A-Za-z_][\w.]*(?=\()", text)
    if not name or not text.endswith(")"):
        return False
    depth = 0
    for bracket in _BRACKET.finditer(text, name.end()):
        depth += 1 if bracket.group() == "(" else -1
        if depth == 0:
            return bracket.end() == len(text)
    return False
