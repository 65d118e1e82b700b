"""Fields of a definition that are missing, unknown or of the wrong kind, told as problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tablero.workbook_templates.brand import PATTERN as COLOUR
from tablero.workbook_templates.definition import (
    Band,
    Company,
    DatedCheckIn,
    Definition,
    Input,
    InputFigures,
    KeyResult,
    Kpi,
    Link,
    Objective,
    Okr,
    Perspective,
    Policies,
    Remark,
)
from tablero.workbook_templates.filling.accounts import CHART, PATTERN
from tablero.workbook_templates.okrs.parts import PERIOD, OkrPolicies, StatusBounds
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation.nearest import nearest
from tablero.workbook_templates.validation.places import MAX_PROBLEMS, Location, path_of

_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "company": Company,
    "inputs": Input,
    "perspectives": Perspective,
    "objectives": Objective,
    "kpis": Kpi,
    "links": Link,
    "bands": Band,
    "policies": Policies,
    "okr_status": OkrPolicies,
    "at_risk": StatusBounds,
    "on_track": StatusBounds,
    "okrs": Okr,
    "key_results": KeyResult,
    "check_ins": DatedCheckIn,
    "notes": Remark,
    "figures": InputFigures,
}

_EVERY_MODEL: Final[tuple[type[BaseModel], ...]] = (Definition, *_MODELS.values())

FIELDS: Final = frozenset(
    info.alias or name for model in _EVERY_MODEL for name, info in model.model_fields.items()
)

# Kinds of pydantic's errors that need no more than one text.
PLAIN_CODES: Final[Mapping[str, str]] = {
    "missing": "field_missing",
    "string_type": "text_wanted",
    "string_unicode": "control_character",
    "text_wanted": "text_wanted",
    "text_blank": "text_blank",
    "string_too_short": "text_blank",
    "control_character": "control_character",
    "line_break": "line_break",
    "tuple_type": "list_wanted",
    "model_type": "fields_wanted",
    "dict_type": "fields_wanted",
    "mapping_type": "fields_wanted",
    "bool_type": "yes_or_no_wanted",
    "bool_parsing": "yes_or_no_wanted",
    "finite_number": "number_not_finite",
    "date_from_datetime_parsing": "date_wanted",
    "date_from_datetime_inexact": "date_wanted",
    "date_parsing": "date_wanted",
    "date_type": "date_wanted",
}
_NUMBER_KINDS = {"float_type", "float_parsing", "int_type", "int_parsing", "int_from_float"}
_FORMS: Final[Mapping[str, str]] = {
    "^[a-z][a-z0-9_]*$": "id_form",
    "^[A-Z]{3}$": "currency_form",
    "^([a-z]{2})?$": "language_form",
    PATTERN: "account_form",
    CHART: "chart_form",
    COLOUR: "colour_form",
    PERIOD: "okr_period_form",
}
_THOUSANDS = re.compile(r"\s*[-+]?\d{1,3},\d{3}\s*")  # 1,234 may be either
_DIGITS = re.compile(r"\d+\s*%?")
_MAX_SHOWN = 60
_PERCENT = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)\s*%\s*")
_COMMA = re.compile(r"\s*[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+\s*")


def shape_problems(error: ValidationError, data: object) -> tuple[Problem, ...]:
    """What pydantic found in the raw data of a definition, up to one more than is shown."""
    details = islice(real_errors(error), MAX_PROBLEMS + 1)
    return tuple(_problem(detail, data) for detail in details)


def real_errors(error: ValidationError) -> Iterator[ErrorDetails]:
    """The errors but for those that only follow from others.

    A list whose items are wrong is called too short, although it is not.
    """
    for detail in error.errors(include_url=False):
        items = detail["input"]
        follows = detail["type"] == "too_short" and isinstance(items, Sequence)
        if not (follows and len(items) >= detail["ctx"]["min_length"]):
            yield detail


def _problem(detail: ErrorDetails, data: object) -> Problem:
    code, values = _told(detail)
    told = {"field": _field(detail["loc"]), "found": _shown(detail["input"]), **values}
    return Problem(code, values=told, path=path_of(detail["loc"], data))


def _told(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    kind = detail["type"]
    if kind in PLAIN_CODES:
        return PLAIN_CODES[kind], {}
    if kind in _NUMBER_KINDS:
        return _number(detail)
    known: Mapping[str, Callable[[ErrorDetails], tuple[str, Mapping[str, Any]]]] = {
        "extra_forbidden": _unknown_field,
        "literal_error": _choice,
        "string_pattern_mismatch": _form,
        "greater_than_equal": _range,
        "less_than_equal": _range,
    }
    tell = known.get(kind, _size)
    return tell(detail)


def _unknown_field(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    parents = (step for step in reversed(detail["loc"][:-1]) if step in _MODELS)
    model = next((_MODELS[str(step)] for step in parents), Definition)
    known = [info.alias or name for name, info in model.model_fields.items()]
    name = str(detail["loc"][-1])
    if _DIGITS.fullmatch(name):
        return "field_of_digits", {}
    similar = nearest(name, known)
    if similar:
        return "field_unknown_similar", {"suggestion": similar}
    return "field_unknown", {"known": ", ".join(known)}


def _number(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    raw = str(detail["input"])
    percent = _PERCENT.fullmatch(raw)
    if percent:
        fraction = float(percent[1].replace(",", ".")) / 100
        return "number_as_percent", {"suggestion": f"{fraction:.10g}"}
    if _COMMA.fullmatch(raw) and not _THOUSANDS.fullmatch(raw):
        return "number_with_comma", {"suggestion": raw.strip().replace(".", "").replace(",", ".")}
    whole = detail["type"].startswith("int")
    return ("whole_number_wanted" if whole else "number_wanted"), {}


def _choice(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    choices = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
    return "field_choice", {"choices": ", ".join(choices)}


def _form(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    return _FORMS.get(detail["ctx"]["pattern"], "node_id_form"), {}


def _range(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    fractions = {"weight": "weight_range", "confidence": "confidence_range"}
    if detail["loc"][-1] in fractions:
        return fractions[str(detail["loc"][-1])], {}
    least = detail["ctx"].get("ge")
    if least is not None:
        return "number_too_small", {"limit": least}
    return "number_too_large", {"limit": detail["ctx"]["le"]}


def _size(detail: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    limits = detail.get("ctx", {})
    match detail["type"]:
        case "too_short":
            return "list_too_short", {"limit": limits["min_length"]}
        case "too_long":
            return "list_too_long", {"limit": limits["max_length"]}
        case "string_too_long":
            return "text_too_long", {"limit": limits["max_length"]}
        case "text_too_long":
            return "text_too_long", {"limit": limits["limit"]}
        case _:
            return "field_invalid", {}


def _field(location: Location) -> str:
    names = (step for step in reversed(location) if isinstance(step, str) and step != "[key]")
    return next((name for name in names if name), "")


def _shown(raw: object) -> str:
    """What was found, short enough for a sentence and without anything unprintable."""
    shown = raw if isinstance(raw, str) else repr(raw) if isinstance(raw, (int, float)) else "…"
    printable = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown
    )
    return printable if len(printable) <= _MAX_SHOWN else f"{printable[: _MAX_SHOWN - 1]}…"
