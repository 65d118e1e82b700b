"""The parts of the extension that tell LibreOffice what is in it, written from the registry."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from tablero.addin.libreoffice.naming import (
    ANSWER_TEXTS,
    IDENTIFIER,
    IMPLEMENTATION,
    INTERFACE,
    MODULE,
    SERVICE,
    method_name,
)
from tablero.udfs.registry import FUNCTIONS, Argument, CellFunction

OLDEST_VERSION = "25.2"
"""Older ones do not find the functions of an extension in workbooks of Excel."""

TYPES, COMPONENTS, HELP, COMPONENT = (
    "functions.idl",
    "functions.components",
    "CalcAddIns.xcu",
    "functions.py",
)

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = "http://openoffice.org/2001/manifest"
_MEDIA_TYPES = {
    TYPES: "application/vnd.sun.star.uno-typelibrary;type=RDB",
    COMPONENTS: "application/vnd.sun.star.uno-components",
    HELP: "application/vnd.sun.star.configuration-data",
}
# LibreOffice sorts functions into its own categories only; this is the one of extensions.
_CATEGORY = "Add-In"
_LOCALES = {"en": "en-US", "es": "es", "pt": "pt"}


def type_library() -> str:
    """The interface of the functions in UNOIDL.

    LibreOffice reads this source as it is, so that no compiler of its development kit is needed.
    Each function is told in which document it is called.
    """
    methods = "\n".join(f"    {_signature(function)};" for function in FUNCTIONS)
    opening = " ".join(f"module {name} {{" for name in MODULE.split("."))
    closing = " ".join("};" for _ in MODULE.split("."))
    return (
        f"{opening}\n"
        f"interface {INTERFACE} : com::sun::star::uno::XInterface\n{{\n{methods}\n}};\n"
        f"{closing}\n"
    )


def _signature(function: CellFunction) -> str:
    arguments = ["[in] com::sun::star::beans::XPropertySet document"]
    arguments += [f"[in] any {method_name(argument.name)}" for argument in function.arguments]
    answer = "sequence< sequence<string> >" if function.name in ANSWER_TEXTS else "any"
    return f"{answer} {method_name(function.name)}( {', '.join(arguments)} )"


def components() -> str:
    """Which file of the extension makes the service."""
    return (
        f"{_XML}"
        '<components xmlns="http://openoffice.org/2010/uno-components">\n'
        f' <component loader="com.sun.star.loader.Python" uri="{COMPONENT}">\n'
        f'  <implementation name="{IMPLEMENTATION}">\n'
        f'   <service name="{SERVICE}"/>\n'
        "  </implementation>\n"
        " </component>\n"
        "</components>\n"
    )


def manifest() -> str:
    """What LibreOffice shall do with which part."""
    entries = "\n".join(
        f' <manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media_type}"/>'
        for name, media_type in _MEDIA_TYPES.items()
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_MANIFEST}">\n{entries}\n</manifest:manifest>\n'
    )


def description(version: str, names: Mapping[str, str]) -> str:
    """The extension as LibreOffice's list of extensions shows it, and what it needs."""
    shown = "\n".join(
        f"  <name lang={quoteattr(language)}>{escape(name)}</name>"
        for language, name in names.items()
    )
    return (
        f"{_XML}"
        '<description xmlns="http://openoffice.org/extensions/description/2006"\n'
        '  xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f" <identifier value={quoteattr(IDENTIFIER)}/>\n"
        f" <version value={quoteattr(version)}/>\n"
        " <dependencies>\n"
        f'  <l:LibreOffice-minimal-version value="{OLDEST_VERSION}" '
        f'name="LibreOffice {OLDEST_VERSION}"/>\n'
        " </dependencies>\n"
        f" <display-name>\n{shown}\n </display-name>\n"
        "</description>\n"
    )


def function_help() -> str:
    """Names, help and category of the functions, as the function wizard shows them.

    The display name is what people type; the compatibility name is what stands in files of
    Excel. Both are the plain name of the registry.
    """
    functions = "".join(map(_function_node, FUNCTIONS))
    return (
        f"{_XML}"
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        '<node oor:name="AddInInfo">\n'
        f'<node oor:name="{SERVICE}" oor:op="replace">\n'
        f'<node oor:name="AddInFunctions">\n{functions}</node>\n'
        "</node>\n</node>\n</oor:component-data>\n"
    )


def _function_node(function: CellFunction) -> str:
    arguments = "".join(map(_argument_node, function.arguments))
    return (
        f'<node oor:name="{method_name(function.name)}" oor:op="replace">\n'
        f"{_property('DisplayName', _everywhere(function.name))}"
        f"{_property('Description', function.help)}"
        f'<prop oor:name="Category"><value>{_CATEGORY}</value></prop>\n'
        f"{_property('CompatibilityName', _everywhere(function.name))}"
        f'<node oor:name="Parameters">\n{arguments}</node>\n'
        "</node>\n"
    )


def _argument_node(argument: Argument) -> str:
    return (
        f'<node oor:name="{method_name(argument.name)}" oor:op="replace">\n'
        f"{_property('DisplayName', _everywhere(argument.name))}"
        f"{_property('Description', argument.help)}"
        "</node>\n"
    )


def _property(name: str, texts: Mapping[str, str]) -> str:
    values = "".join(
        f'<value xml:lang="{_LOCALES[language]}">{escape(text)}</value>'
        for language, text in texts.items()
    )
    return f'<prop oor:name="{name}">{values}</prop>\n'


def _everywhere(name: str) -> Mapping[str, str]:
    """A name that is the same in every language."""
    return dict.fromkeys(_LOCALES, name)
