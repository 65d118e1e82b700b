"""The ribbon tab "Tablero" of the add-in: its buttons, and the VBA that each of them runs."""

from __future__ import annotations

from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from tablero.addin.excel.wrappers import quoted
from tablero.workbook_templates.texts import text

MODULE_NAME = "tablero_ribbon"
MACROS = "tablero.addin.excel.macros"


class Button(NamedTuple):
    """A button: the macro in Python that it runs, and which of Office's own pictures it shows."""

    macro: str
    picture: str

    @property
    def callback(self) -> str:
        """The VBA procedure behind the button."""
        return f"Tablero_{self.macro}"


BUTTONS = (
    Button("new", "FileNew"),
    Button("check", "DataValidation"),
    Button("score", "CalculateNow"),
    Button("switch_language", "SetLanguage"),
    Button("help", "Help"),
)

_TAB = """\
<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">
  <ribbon><tabs><tab id="tablero" label="Tablero"><group id="tablero_scorecard" label={group}>
{buttons}
  </group></tab></tabs></ribbon>
</customUI>
"""

_CALLBACK = """\
Public Sub {name}(control As IRibbonControl)
    RunMacro "{macro}"
End Sub
"""

_RUN = """\
Private Sub RunMacro(macro As String)
    Dim interpreter As String
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    interpreter = GetConfig("INTERPRETER_WIN", "")
    If InStr(interpreter, "\\") > 0 And Not FileExists(interpreter) Then
        Err.Raise vbObjectError + 1, Description:=interpreter
    End If
    RunPython "from {package} import {module}; {module}.run('" & macro & "', '{language}')"
    Exit Sub
failed:
    MsgBox {not_served} & vbCrLf & vbCrLf & Err.Description, vbExclamation, "Tablero"
End Sub
"""


def ribbon_xml(language: str) -> str:
    """The tab as Office reads it since 2010 (part ``customUI14.xml``)."""
    buttons = "\n".join(_button(button, language) for button in BUTTONS)
    return _TAB.format(group=quoteattr(text("excel.ribbon.group", language)), buttons=buttons)


def ribbon_module(language: str) -> str:
    """The VBA module of the callbacks, each of which runs a macro in Python."""
    package, _, module = MACROS.rpartition(".")
    run = _RUN.format(
        package=package,
        module=module,
        language=language,
        not_served=quoted(text("excel.macro.not_run", language)),
    )
    callbacks = (_CALLBACK.format(name=one.callback, macro=one.macro) for one in BUTTONS)
    head = f'Attribute VB_Name = "{MODULE_NAME}"\nOption Explicit\n'
    return "\n".join([head, *callbacks, run])


def _button(button: Button, language: str) -> str:
    label = quoteattr(text(f"excel.ribbon.{button.macro}", language))
    tip = quoteattr(text(f"excel.ribbon.{button.macro}_tip", language))
    return (
        f'    <button id="{button.callback}" label={label} screentip={label} supertip={tip}'
        f' size="large" imageMso="{button.picture}" onAction="{MODULE_NAME}.{button.callback}"/>'
    )
