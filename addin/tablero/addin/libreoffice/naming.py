"""The names under which LibreOffice knows the extension and its functions."""

from __future__ import annotations

IDENTIFIER = "org.tablero.functions"
SERVICE = "org.tablero.Functions"
IMPLEMENTATION = "org.tablero.FunctionsImplementation"
MODULE = "org.tablero"
INTERFACE = "XFunctions"

ANSWER_TEXTS = ("ACTION_BAND", "ACTION_PLAN", "ACTION_TERM", "OKR_STATUS")
"""The functions that answer with nothing but texts, of which LibreOffice takes whole ranges.

Of numbers it takes one at a time: an extension in Python cannot say of a value that may be either
that it is a range.  Were every answer declared to be one, single answers too would be ranges of
anything, and in these nothing shows what is missing: a "" is not equal to "" elsewhere, and an
element that is not there counts as 0.
"""


def method_name(name: str) -> str:
    """The name of a cell function, or of an argument, as LibreOffice's type library allows it.

    >>> method_name("KPI_ACHIEVEMENT"), method_name("in_period")
    ('kpiAchievement', 'inPeriod')
    """
    first, *others = name.lower().split("_")
    return first + "".join(word.capitalize() for word in others)


def stored_name(function: str) -> str:
    """The name that stands in the formulas of LibreOffice itself and of its files (.ods).

    People see the plain name, and files of Excel hold it; this one is LibreOffice's own rule.

    >>> stored_name("KPI_ACHIEVEMENT")
    'ORG.TABLERO.FUNCTIONS.KPIACHIEVEMENT'
    """
    return f"{SERVICE}.{method_name(function)}".upper()
