"""What is wrong with a workbook file: by Microsoft's Open XML SDK, and by rules of our own."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from tests.engines.formula_rules import formula_findings
from tests.engines.package import read_package
from tests.engines.package_rules import package_findings

PROGRAM = Path(__file__).parents[2] / ".ci" / "node_modules" / ".bin" / "ooxml-validator"
# .NET needs no language data for this, which not every machine has; and what lives for a second
# gains nothing from being optimised while it runs.
SETTINGS = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "DOTNET_TieredPGO": "0"}
NEWEST_OFFICE = "Microsoft365"
FOUND_SOMETHING = 1
SECONDS = 120


class Validator(Protocol):
    """Tells everything that is known to be wrong with a workbook file."""

    def __call__(self, path: Path, *, served: Collection[str] = ()) -> list[str]: ...


class ValidatorError(Exception):
    """The validator itself could not run."""


def findings(path: Path, *, served: Collection[str] = ()) -> list[str]:
    """Everything that is known to be wrong with a workbook file; nothing for a sound one.

    ``served`` are the names of functions that the workbook calls and an add-in provides.
    """
    own = own_findings(path, served=served) if zipfile.is_zipfile(path) else []
    return [*validate(path), *own]


def validate(path: Path) -> list[str]:
    """What the Open XML SDK finds, one sentence each, with its place in the file."""
    report = json.loads(_run(path))
    return [_sentence(error) for error in report["errors"]]


def own_findings(path: Path, *, served: Collection[str] = ()) -> list[str]:
    """What the SDK misses, though Excel would repair the file, show an error or tell too much."""
    package = read_package(path)
    return [*package_findings(package), *formula_findings(package, served)]


def _sentence(error: dict[str, str | None]) -> str:
    place = " ".join(part for part in (error["path"], error["xPath"]) if part)
    return f"{place or 'file'}: {error['description']}"


def _run(path: Path) -> str:
    if not PROGRAM.exists():
        raise ValidatorError("The Open XML validator is missing; .ci/setup --test installs it.")
    done = subprocess.run(
        [PROGRAM, path, "--officeVersion", NEWEST_OFFICE],
        env={**os.environ, **SETTINGS},
        capture_output=True,
        check=False,
        timeout=SECONDS,
        encoding="utf-8",
    )
    if done.returncode not in (0, FOUND_SOMETHING):
        raise ValidatorError(f"The Open XML validator could not run: {done.stderr.strip()}")
    return done.stdout
