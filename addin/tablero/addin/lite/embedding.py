"""Workbooks that carry the Python code for xlwings Lite in themselves."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tablero.addin.lite.parts import CONTENT_TYPES, FOLDER, RELATIONSHIP, lite_parts
from tablero.addin.lite.program import lite_code
from tablero.udfs.registry import BY_NAME
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.saving import told
from tablero.workbook_templates.workbook import new_workbook

_DEFINED_NAME = re.compile(rb'<definedName [^>]*?name="([^"]+)"')
_WORKBOOK = "xl/workbook.xml"
_ADDITIONS = {
    "[Content_Types].xml": ("</Types>", CONTENT_TYPES),
    "_rels/.rels": ("</Relationships>", RELATIONSHIP),
}


def new_lite_workbook(
    definition: Definition,
    path: Path,
    *,
    language: str | None = None,
    period: Period | None = None,
    figures: Figures | None = None,
    records: Records = NO_RECORDS,
) -> None:
    """Write the workbook of a definition whose functions xlwings Lite serves."""
    language = language or definition.company.language
    new_workbook(
        definition,
        path,
        language=language,
        dialect="lite",
        period=period,
        figures=figures,
        records=records,
    )
    embed(path, language=language)


def embed(path: Path, *, language: str = "en") -> None:
    """Put the Python code into a workbook as the xlwings Lite add-in keeps it there.

    All other parts stay byte for byte.  The new file is written beside the old one and takes its
    place when it is complete.

    Raises
    ------
    ProblemsError
        The file is no workbook, holds LAMBDA names of the functions, which would answer in
        Python's place, has an add-in's parts already, or cannot be read or replaced.
    """
    with told(path):
        _embed(path, language)


def _embed(path: Path, language: str) -> None:
    parts = _read(path)
    _require_free_names(path, parts)
    _require_no_addin(path, parts)
    for name, (end, addition) in _ADDITIONS.items():
        parts[name] = parts[name].replace(end.encode(), f"{addition}{end}".encode())
    added = {name: part.encode() for name, part in lite_parts(lite_code(language)).items()}
    _write(path, {**parts, **added})


def _read(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except zipfile.BadZipFile as defect:
        raise _refusal("lite_no_workbook", path) from defect
    if not {_WORKBOOK, *_ADDITIONS} <= parts.keys():
        raise _refusal("lite_no_workbook", path)
    return parts


def _require_free_names(path: Path, parts: Mapping[str, bytes]) -> None:
    # One LAMBDA of the same name stops all Python functions: xlwings-lite's issue 33 on GitHub.
    names = {name.decode() for name in _DEFINED_NAME.findall(parts[_WORKBOOK])}
    if taken := sorted(names & BY_NAME.keys()):
        raise _refusal("lite_names_taken", path, names=", ".join(taken))


def _require_no_addin(path: Path, parts: Mapping[str, bytes]) -> None:
    if any(name.startswith(f"{FOLDER}/") for name in parts):
        raise _refusal("lite_already_there", path)


def _write(path: Path, parts: Mapping[str, bytes]) -> None:
    target = path.resolve()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{path.stem}-") as folder:
        beside = Path(folder) / path.name
        with zipfile.ZipFile(beside, "w") as package:
            for name, part in parts.items():
                package.writestr(_entry(name), part)
        beside.replace(target)


def _entry(name: str) -> zipfile.ZipInfo:
    """Without a date, as in every workbook that the project writes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _refusal(code: str, path: Path, **values: object) -> ProblemsError:
    return ProblemsError([Problem(code, values=values, file=path.name)])
