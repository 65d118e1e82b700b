"""Every text that a person reads, looked up by key in the catalogue of their language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "es")


class MissingTextError(KeyError):
    """A key that the catalogue does not hold: a defect of ours, never of the user's file."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language, keyed ``section.name``; one TOML file a concern."""
    folder = files(__package__).joinpath("locale", language)
    entries: dict[str, str] = {}
    for page in sorted(folder.iterdir(), key=lambda item: item.name):
        if page.name.endswith(".toml"):
            entries.update(_flattened(tomllib.loads(page.read_text("utf-8"))))
    return entries


def text(key: str, language: str = "en", **values: Any) -> str:
    """The text of ``key`` in ``language`` with its placeholders filled.

    >>> text("term.strategy", "es")
    'Estrategia'
    """
    try:
        pattern = catalogue(language)[key]
    except KeyError:
        raise MissingTextError(f"{language}: {key}") from None
    return pattern.format(**values) if values else pattern


def _flattened(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in table.items():
        key = f"{prefix}{name}"
        if isinstance(entry, Mapping):
            yield from _flattened(entry, f"{key}.")
        else:
            yield key, str(entry)
