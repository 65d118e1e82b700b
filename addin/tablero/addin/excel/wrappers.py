"""The VBA functions behind which xlwings calls Python, written from the registry as text."""

from __future__ import annotations

from collections.abc import Sequence
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

_FUNCTION = """\
Function {name}({parameters})
Attribute {name}.VB_Description = {help}
Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n14"
    If TypeOf Application.Caller Is Range Then On Error GoTo failed
    {name} = WithErrors(XLPy.CallUDF("{module}", "{name}", Array({arguments}), {book}, \
Application.Caller))
    Exit Function
failed:
    {name} = {not_served} & " (" & Err.Description & ")"
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
    language : {"en", "es"}
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
    head = (
        f'Attribute VB_Name = "{MODULE_NAME}"\nOption Explicit\n'
        "' Made by Tablero from its list of functions; changes here are lost.\n"
    )
    functions = (_function(function, language, book) for function in FUNCTIONS)
    return "\n".join([head, *functions, _describe(language), _ANSWERS.format(cases=_cases())])


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
        not_served=quoted(text("excel.not_served", language)),
    )


def _parameter(argument: Argument) -> str:
    return f"Optional {argument.name}" if argument.optional else argument.name


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
