"""The VBA functions behind which xlwings calls Python, written from the registry as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

from tablero.udfs.registry import FUNCTIONS, Argument, CellFunction
from tablero.workbook_templates.texts import text

MODULE_NAME = "tablero_functions"
PYTHON_MODULE = "tablero.addin.excel.functions"

Book = Literal["ThisWorkbook", "ActiveWorkbook"]
"""Whose configuration is read: a workbook reads its own, an add-in that of the workbook in use."""

ERRORS = {
    "#VALUE!": "xlErrValue",
    "#NUM!": "xlErrNum",
    "#N/A": "xlErrNA",
    "#DIV/0!": "xlErrDiv0",
}
"""What Excel's own errors are called in VBA, by the sign that Python answers."""

_DIGITS = 12
_MARK = re.compile(rf"^' Version: ([0-9a-f]{{{_DIGITS}}})$", re.MULTILINE)

_HEAD = """\
Attribute VB_Name = "{name}"
Option Explicit
' Made by Tablero from its list of functions; changes here are lost.
' Version: {mark}

{body}"""

_FUNCTION = """\
Function {name}({parameters})
Attribute {name}.VB_Description = {help}
Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n14"
    If TypeOf Application.Caller Is Range Then On Error GoTo failed
    {name} = WithErrors(XLPy.CallUDF("{module}", "{name}", Array({arguments}), {book}, \
Application.Caller))
    Exit Function
failed:
    {name} = NotServed(Err.Description)
End Function
"""

_DESCRIPTION = """\
    Application.MacroOptions Macro:=book & "{name}", Description:={help}, _
        Category:="{category}", ArgumentDescriptions:=Array( _
        {arguments})
"""

_DESCRIBE = """\
Public Sub DescribeFunctions()
    ' What the function wizard shows; an Excel that cannot take it has the functions all the same.
    Dim book As String, wasSaved As Boolean
    On Error Resume Next
    wasSaved = ThisWorkbook.Saved
    book = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!"
{descriptions}    ThisWorkbook.Saved = wasSaved
End Sub
"""

_FAILURES = """\
Private Function NotServed(ByVal reason As String) As String
    ' What a cell says when no Python answered.
    NotServed = {not_served} & " (" & reason & ")"
    If IsStoreEdition() Then NotServed = {store}
End Function

Private Function IsStoreEdition() As Boolean
    IsStoreEdition = InStr(1, Application.Path, "\\WindowsApps\\", vbTextCompare) > 0
End Function

Public Sub TellStoreEdition()
    ' Windows lets that Excel start no server of Python's.
    If IsStoreEdition() Then Application.StatusBar = {store}
End Sub
"""

_ANSWERS = """\
Private Function WithErrors(ByVal answer As Variant) As Variant
    ' Python answers an error as its sign, for which cells and formulas want Excel's own error.
    Dim i As Long, j As Long
    If Not IsArray(answer) Then
        WithErrors = OwnError(answer)
        Exit Function
    End If
    If IsTable(answer) Then
        For i = LBound(answer, 1) To UBound(answer, 1)
            For j = LBound(answer, 2) To UBound(answer, 2)
                answer(i, j) = OwnError(answer(i, j))
            Next j
        Next i
    Else
        For i = LBound(answer) To UBound(answer)
            answer(i) = OwnError(answer(i))
        Next i
    End If
    WithErrors = answer
End Function

Private Function IsTable(ByRef answer As Variant) As Boolean
    Dim lastColumn As Long
    On Error Resume Next
    lastColumn = UBound(answer, 2)
    IsTable = (Err.Number = 0)
End Function

Private Function OwnError(ByVal cell As Variant) As Variant
    OwnError = cell
    If VarType(cell) <> vbString Then Exit Function
    Select Case cell
{cases}    End Select
End Function
"""


def wrapper_module(language: str = "en", book: Book = "ThisWorkbook") -> str:
    """The source of the VBA module with a function for each one of the registry.

    Parameters
    ----------
    language : {"en", "es", "pt"}
        Of the descriptions in the function wizard and of the sentence in a cell when Python does
        not answer.
    book : {"ThisWorkbook", "ActiveWorkbook"}
        As xlwings' own generator has it: the former in a workbook, the latter in an add-in.

    Returns
    -------
    str
        Text with its ``Attribute VB_Name`` line, as VBA exports and imports modules.

    Notes
    -----
    Signatures and calls are those that ``xlwings.udfs.generate_vba_wrapper`` writes (a test
    compares them).  What is ours: errors as Excel's own, descriptions that need no import step,
    and a sentence where xlwings shows its bare message.

    Examples
    --------
    >>> wrapper_module().splitlines()[0]
    'Attribute VB_Name = "tablero_functions"'
    """
    functions = (_function(function, language, book) for function in FUNCTIONS)
    parts = [*functions, _describe(language), _failures(language), _ANSWERS.format(cases=_cases())]
    body = "\n".join(parts)
    return _HEAD.format(
        name=MODULE_NAME, mark=sha256(body.encode()).hexdigest()[:_DIGITS], body=body
    )


def mark_of(source: str) -> str | None:
    """By what a module of ours is known, however Excel's editor has spaced it since.

    >>> mark_of(wrapper_module("en")) == mark_of(wrapper_module("es"))
    False
    """
    found = _MARK.search(source)
    return found[1] if found else None


def quoted(content: str) -> str:
    """A text as VBA writes it.

    >>> quoted('the "best" goal')
    '"the ""best"" goal"'
    """
    doubled = content.replace('"', '""')
    return f'"{doubled}"'


def _function(function: CellFunction, language: str, book: Book) -> str:
    return _FUNCTION.format(
        name=function.name,
        parameters=", ".join(map(_parameter, function.arguments)),
        arguments=", ".join(argument.name for argument in function.arguments),
        help=quoted(function.help[language]),
        module=PYTHON_MODULE,
        book=book,
    )


def _parameter(argument: Argument) -> str:
    return f"Optional {argument.name}" if argument.optional else argument.name


def _failures(language: str) -> str:
    told = {key: quoted(text(f"excel.{key}", language)) for key in ("not_served", "store")}
    return _FAILURES.format(**told)


def _describe(language: str) -> str:
    descriptions = (_description(function, language) for function in FUNCTIONS)
    return _DESCRIBE.format(descriptions="".join(descriptions))


def _description(function: CellFunction, language: str) -> str:
    arguments: Sequence[str] = [quoted(one.help[language]) for one in function.arguments]
    return _DESCRIPTION.format(
        name=function.name,
        help=quoted(function.help[language]),
        category=function.category,
        arguments=", _\n        ".join(arguments),
    )


def _cases() -> str:
    return "".join(
        f"        Case {quoted(sign)}: OwnError = CVErr({error})\n"
        for sign, error in ERRORS.items()
    )
