"""The currency of the user's country, as the environment tells it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

# ISO 3166 countries of Latin America, with their neighbours in language, and ISO 4217 currencies.
_CURRENCIES = {
    "AR": "ARS", "BO": "BOB", "BR": "BRL", "CL": "CLP", "CO": "COP", "CR": "CRC", "CU": "CUP",
    "DO": "DOP", "EC": "USD", "ES": "EUR", "GT": "GTQ", "HN": "HNL", "MX": "MXN", "NI": "NIO",
    "PA": "USD", "PE": "PEN", "PR": "USD", "PT": "EUR", "PY": "PYG", "SV": "USD", "US": "USD",
    "UY": "UYU", "VE": "VES",
}  # fmt: skip
_VARIABLES = ("LC_ALL", "LC_MONETARY", "LANG")
_COUNTRY = re.compile(r"[a-z]{2,3}_([A-Z]{2})\b")


def usual_currency(environment: Mapping[str, str] | None = None) -> str | None:
    """The currency of the country of the environment's locale; None where it tells none.

    >>> usual_currency({"LANG": "es_PE.UTF-8"})
    'PEN'
    >>> usual_currency({"LANG": "C.UTF-8"}) is None
    True
    """
    environment = os.environ if environment is None else environment
    said = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    country = _COUNTRY.match(said)
    return _CURRENCIES.get(country[1]) if country else None
