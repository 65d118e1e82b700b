"""The language in which the user is spoken to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from tablero.workbook_templates.texts import LANGUAGES, text

# In the order in which POSIX lets them decide; the first that is set does.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
DEFAULT = "en"


def users_language(asked: str | None = None, environment: Mapping[str, str] | None = None) -> str:
    """The language asked for, else that of the environment, else English.

    >>> users_language(None, {"LANG": "es_PE.UTF-8"})
    'es'
    >>> users_language("en", {"LANG": "es_PE.UTF-8"})
    'en'
    """
    environment = os.environ if environment is None else environment
    said = asked or next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return said[:2].lower() if said[:2].lower() in LANGUAGES else DEFAULT


def told(key: str, language: str, **values: Any) -> str:
    """A text of the command line."""
    return text(f"cli.{key}", language, **values)
