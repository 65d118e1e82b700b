"""The parts of a package in which the xlwings Lite add-in keeps a workbook's Python code.

The forms are those of [MS-OWEXML] (Office web extensions), such as CT_CustomFunctionList for the
list of functions.  The add-in keeps its settings as properties of its web extension, each value a
text in JSON.  It does not document them; their names and their spelling are those in workbooks
that it saved in Excel and that their makers published (the versions 1.0.0.0-11, -18 and -35 of
the add-in; for one, those of github.com/amararun/xlwings-lite-apps-codes-docs).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tablero.addin.lite.program import LiteCode
from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.dialects import LITE_PREFIX

FOLDER = "xl/webextensions"
TASK_PANES = f"{FOLDER}/taskpanes.xml"
WEB_EXTENSION = f"{FOLDER}/webextension1.xml"

STORE_ID = "wa200008175"
"""xlwings Lite in Microsoft's store of Office add-ins."""

_ADDIN_VERSION = "1.0.0.0-28"
"""The version whose changelog (February 2026) brought the setting of how the add-in starts."""

_PYODIDE_VERSION = "0.27.5"
"""The Python runtime in those of the versions -18 and -35; the tests run one of its series."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.microsoft.com/office"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_TASK_PANES_TYPE = f"{_OFFICE}/2011/relationships/webextensiontaskpanes"
_WEB_EXTENSION_TYPE = f"{_OFFICE}/2011/relationships/webextension"

CONTENT_TYPES = (
    f'<Override PartName="/{TASK_PANES}" '
    'ContentType="application/vnd.ms-office.webextensiontaskpanes+xml"/>'
    f'<Override PartName="/{WEB_EXTENSION}" '
    'ContentType="application/vnd.ms-office.webextension+xml"/>'
)
RELATIONSHIP = f'<Relationship Id="rIdLite" Type="{_TASK_PANES_TYPE}" Target="{TASK_PANES}"/>'


def lite_parts(code: LiteCode) -> Mapping[str, str]:
    """The parts to add to a package, by their names."""
    return {
        TASK_PANES: _HEAD + _TASK_PANES_XML,
        f"{FOLDER}/_rels/taskpanes.xml.rels": _HEAD + _TASK_PANE_RELATIONSHIPS,
        WEB_EXTENSION: _HEAD + _web_extension(_properties(code)),
    }


_TASK_PANES_XML = (
    f'<wetp:taskpanes xmlns:wetp="{_OFFICE}/webextensions/taskpanes/2010/11">'
    '<wetp:taskpane dockstate="right" visibility="1" width="350" row="3">'
    f'<wetp:webextensionref xmlns:r="{_DOCUMENT_RELATIONSHIPS}" r:id="rId1"/>'
    "</wetp:taskpane></wetp:taskpanes>"
)
_TASK_PANE_RELATIONSHIPS = (
    f'<Relationships xmlns="{_RELATIONSHIPS}">'
    f'<Relationship Id="rId1" Type="{_WEB_EXTENSION_TYPE}" Target="webextension1.xml"/>'
    "</Relationships>"
)


def _properties(code: LiteCode) -> Mapping[str, object]:
    return {
        "main.py": code.main_py,
        "requirements.txt": code.requirements_txt,
        "pyodideVersion": _PYODIDE_VERSION,
        "addinVersion": _ADDIN_VERSION,
        "xlwingsWorkbookId": str(uuid.uuid4()),
        "xlwingsSettingsWorkbook": {"startupBehavior": "taskpane"},
    }


def _web_extension(properties: Mapping[str, object]) -> str:
    stored = "".join(
        f'<we:property name="{name}" value="{_stored(value)}"/>'
        for name, value in properties.items()
    )
    return (
        f'<we:webextension xmlns:we="{_OFFICE}/webextensions/webextension/2010/11" '
        f'id="{{{str(uuid.uuid4()).upper()}}}">'
        f'<we:reference id="{STORE_ID}" version="1.0.0.0" store="en-US" storeType="OMEX"/>'
        f'<we:alternateReferences><we:reference id="{STORE_ID.upper()}" version="1.0.0.0" '
        f'store="{STORE_ID.upper()}" storeType="OMEX"/></we:alternateReferences>'
        f"<we:properties>{stored}</we:properties><we:bindings/>"
        f'<we:snapshot xmlns:r="{_DOCUMENT_RELATIONSHIPS}"/>{_function_list()}</we:webextension>'
    )


def _function_list() -> str:
    """What tells Excel that the add-in serves functions, and which."""
    names = "".join(
        f"<we:customFunctionIds>{LITE_PREFIX}{function.name}</we:customFunctionIds>"
        for function in FUNCTIONS
    )
    return (
        f'<we:extLst><a:ext xmlns:a="{_DRAWING}" uri="{{D87F86FE-615C-45B5-9D79-34F1136793EB}}">'
        "<we:containsCustomFunctions/></a:ext>"
        f'<a:ext xmlns:a="{_DRAWING}" uri="{{7C84B067-C214-45C3-A712-C9D94CD141B2}}">'
        f"<we:customFunctionIdList>{names}</we:customFunctionIdList></a:ext></we:extLst>"
    )


def _stored(value: object) -> str:
    """A value as Office keeps it: JSON with its slashes escaped, between double quotes."""
    stored = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    return escape(stored, {'"': "&quot;"})
