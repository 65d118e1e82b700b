"""The functions whose results the engine gives as Excel does; what calls others is left to Excel.

A test compares every one of them with another spreadsheet program. The engine knows more; what has
not been compared, or was found to differ, keeps the result that Excel gave it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tablero.udfs.registry import BY_NAME
from tablero.workbook_templates.editing.formulas import OPERATOR, Formula


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPARED = _words(
    """
    SUM SUMIF SUMIFS COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS AVERAGE AVERAGEIF AVERAGEIFS MAX
    MAXIFS MIN MINIFS SUMPRODUCT SUBTOTAL PRODUCT MEDIAN MODE.SNGL STDEV.S VAR.P LARGE SMALL
    STDEV STDEV.P STDEVP VAR VAR.S VARP RANK RANK.AVG PERCENTILE PERCENTILE.EXC QUARTILE MODE
    FORECAST INTERCEPT RSQ STEYX COVARIANCE.P PEARSON AVERAGEA MAXA MINA AVEDEV DEVSQ HARMEAN
    RANK.EQ PERCENTILE.INC QUARTILE.INC CORREL SLOPE FORECAST.LINEAR SUMSQ SUMXMY2 SUMX2MY2
    SUMX2PY2 GEOMEAN PERMUT
    NORM.S.DIST NORM.INV FACT COMBIN GCD LCM
    ROUND ROUNDUP ROUNDDOWN MROUND CEILING CEILING.MATH FLOOR.MATH INT TRUNC MOD QUOTIENT ABS SIGN
    POWER SQRT EXP LN LOG LOG10 PI CEILING FLOOR EVEN ODD SIN COS TAN DEGREES RADIANS
    VLOOKUP HLOOKUP LOOKUP XLOOKUP XMATCH INDEX MATCH CHOOSE OFFSET INDIRECT ROWS COLUMNS ROW COLUMN
    ADDRESS
    IF IFERROR IFNA IFS SWITCH AND OR XOR NOT ISBLANK ISNUMBER ISTEXT ISERROR ISEVEN ISNA ISFORMULA
    ISERR ISLOGICAL ISNONTEXT ISODD ISREF TRUE FALSE
    N T NA ERROR.TYPE TYPE LET
    LEFT RIGHT MID LEN FIND SEARCH SUBSTITUTE REPLACE TRIM UPPER LOWER PROPER CONCATENATE CONCAT
    REPT EXACT CHAR CODE UNICHAR CLEAN ROMAN HEX2DEC UNICODE
    DEC2BIN BASE
    DATE YEAR MONTH DAY EOMONTH EDATE DATEDIF DAYS DAYS360 YEARFRAC NETWORKDAYS NETWORKDAYS.INTL
    WORKDAY WORKDAY.INTL WEEKDAY WEEKNUM ISOWEEKNUM TIME HOUR MINUTE
    NPV IRR MIRR XNPV XIRR PMT IPMT PPMT CUMIPMT CUMPRINC PV FV NPER RATE EFFECT NOMINAL SLN SYD DB
    DDB VDB RRI ISPMT PDURATION DOLLARDE DOLLARFR
    FILTER UNIQUE SEQUENCE
    """
)

LEFT: Mapping[str, str] = {
    "NOW": "the time",
    "TODAY": "the day, and where that begins depends on the place",
    "RAND": "chance",
    "RANDBETWEEN": "chance",
    "RANDARRAY": "chance",
    "TEXT": "names of months and signs between digits are those of the reader's language",
    "VALUE": "reads signs between digits as the reader's language has them",
    "NUMBERVALUE": "as VALUE, unless both signs are given",
    "DATEVALUE": "reads the order of day and month as the reader's language has it",
    "TIMEVALUE": "as DATEVALUE",
    "FIXED": "writes signs between digits as the reader's language has them",
    "DOLLAR": "writes the reader's currency",
    "TEXTJOIN": "the engine keeps empty texts that are to be ignored, and takes no arrays",
    "SORT": "the engine does not take it without its second argument",
    "AGGREGATE": "the engine does not know it",
    "CELL": "tells of the file and its formats",
    "INFO": "tells of the machine",
    "CONVERT": "engines differ in their units",
    "FORMULATEXT": "the engine writes formulas in a spelling of its own",
    "SINGLE": "the engine does not take the one cell of the same row",
}
"""Functions known not to be trusted, and why; tests show each difference that can be shown."""

LIFTED = frozenset({OPERATOR, "ABS", "LEN", "LEFT", "YEAR", "MONTH", "COLUMN", "ROW"})
"""What the engine does to many cells one by one as Excel does, where a formula is an array's."""

_COMPUTES_ON_MANY = frozenset({"SUMPRODUCT", "LOOKUP"})
"""Functions in which Excel computes on many cells without being told that it is an array."""

_ALL = range(255)
_CRITERIA = frozenset({0, *range(1, 255, 2)})
_RANGES: Mapping[str, frozenset[int] | range] = {
    **dict.fromkeys(
        _words("""
        SUM COUNT COUNTA COUNTBLANK AVERAGE MAX MIN SUMPRODUCT PRODUCT MEDIAN MODE.SNGL MODE
        STDEV STDEV.S STDEV.P STDEVP VAR VAR.S VAR.P VARP INTERCEPT RSQ STEYX COVARIANCE.P
        PEARSON AVERAGEA MAXA MINA AVEDEV DEVSQ HARMEAN SUMX2MY2 SUMX2PY2 ISREF CORREL SLOPE
        SUMSQ SUMXMY2 GEOMEAN GCD LCM AND OR XOR ROWS COLUMNS CONCAT XIRR FILTER UNIQUE
        """),
        _ALL,
    ),
    **dict.fromkeys(("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"), _CRITERIA),
    **dict.fromkeys(("SUMIF", "AVERAGEIF"), frozenset({0, 2})),
    **dict.fromkeys(
        _words("""COUNTIF LARGE SMALL PERCENTILE PERCENTILE.INC
        PERCENTILE.EXC QUARTILE QUARTILE.INC INDEX OFFSET IRR MIRR
        ISFORMULA"""),
        frozenset({0}),
    ),
    **dict.fromkeys(
        ("RANK", "RANK.AVG", "RANK.EQ", "VLOOKUP", "HLOOKUP", "MATCH", "XMATCH"), frozenset({1})
    ),
    **dict.fromkeys(
        ("LOOKUP", "XLOOKUP", "FORECAST", "FORECAST.LINEAR", "XNPV"), frozenset({1, 2})
    ),
    **dict.fromkeys(("NETWORKDAYS", "WORKDAY"), frozenset({2})),
    **dict.fromkeys(("NETWORKDAYS.INTL", "WORKDAY.INTL"), frozenset({3})),
    **dict.fromkeys(("SUBTOTAL", "NPV"), range(1, 255)),
    "COUNTIFS": range(0, 255, 2),
}


def takes_range(function: str, argument: int) -> bool:
    """Whether a function takes a range as such, as the argument of a number (from 0).

    >>> takes_range("SUMIFS", 1), takes_range("SUMIFS", 2)
    (True, False)
    """
    return function in BY_NAME or argument in _RANGES.get(function, ())


def is_trusted(formula: Formula, *, is_array: bool, known: frozenset[str] = frozenset()) -> bool:
    """Whether the engine computes this formula as Excel does.

    ``known`` are the functions that the workbook itself defines.
    """
    if not formula.functions <= COMPARED | BY_NAME.keys() | known:
        return False
    return all(
        (is_array and one in LIFTED) or _is_native(one, around)
        for one, around in formula.lifted
        if one not in known
    )


def asks_as_array(formula: Formula) -> bool:
    """Whether the engine computes this ordinary formula only when it is told it is an array's."""
    return any(one not in (OPERATOR, "COLUMN", "ROW") for one, _ in formula.lifted)


def _is_native(lifted: str, around: tuple[str, ...]) -> bool:
    return lifted in LIFTED and not _COMPUTES_ON_MANY.isdisjoint(around)
