"""The ribbon tab "Tablero" of the add-in: its buttons, and the VBA that each of them runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
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


GROUPS: Mapping[str, Sequence[Button]] = MappingProxyType(
    {
        "scorecard": (
            Button("new", "FileNew"),
            Button("check", "DataValidation"),
            Button("score", "CalculateNow"),
            Button("switch_language", "SetLanguage"),
        ),
        "year": (
            Button("fill", "GetExternalDataFromText"),
            Button("refresh", "RefreshAll"),
            Button("close_month", "Lock"),
            Button("roll", "FileSaveAs"),
        ),
        "goals": (Button("check_in", "ReviewNewComment"),),
        "sharing": (Button("report", "FileSaveAsPdfOrXps"), Button("page", "WebPagePreview")),
        "about": (Button("help", "Help"),),
    }
)
"""The buttons by the group in which they stand."""
BUTTONS = tuple(button for buttons in GROUPS.values() for button in buttons)

_TAB = """\
<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">
  <ribbon><tabs><tab id="tablero" label="Tablero">
{groups}
  </tab></tabs></ribbon>
</customUI>
"""

_GROUP = """\
  <group id="tablero_{name}" label={label}>
{buttons}
  </group>"""

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
    groups = (_group(name, buttons, language) for name, buttons in GROUPS.items())
    return _TAB.format(groups="\n".join(groups))


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


def _group(name: str, buttons: Sequence[Button], language: str) -> str:
    label = quoteattr(text(f"excel.ribbon.group.{name}", language))
    drawn = "\n".join(_button(button, language) for button in buttons)
    return _GROUP.format(name=name, label=label, buttons=drawn)


def _button(button: Button, language: str) -> str:
    label = quoteattr(text(f"excel.ribbon.{button.macro}", language))
    tip = quoteattr(text(f"excel.ribbon.{button.macro}_tip", language))
    return (
        f'    <button id="{button.callback}" label={label} screentip={label} supertip={tip}'
        f' size="large" imageMso="{button.picture}" onAction="{MODULE_NAME}.{button.callback}"/>'
    )
