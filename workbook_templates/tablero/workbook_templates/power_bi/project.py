"""The project as a folder that Power BI Desktop opens: data, semantic model, report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import accumulate
from pathlib import Path

from tablero.workbook_templates.facts.writing import Export, write_parquet
from tablero.workbook_templates.folders import save_folder
from tablero.workbook_templates.power_bi.report import dumped, report_files
from tablero.workbook_templates.power_bi.semantic_model import model_files
from tablero.workbook_templates.power_bi.tmdl import one_line, tag
from tablero.workbook_templates.saving import Saved
from tablero.workbook_templates.scored_model import ScoredModel

DATA = "data"
_MODEL, _REPORT, _PROJECT = ".SemanticModel", ".Report", ".pbip"
_SCHEMAS = "https://developer.microsoft.com/json-schemas/fabric"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%#&{}$!\'`@+=\[\]~^;,()\x00-\x1f\x7f]')
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)
# The paths inside a project are long already, and Windows takes 260 characters.
_LONGEST_NAME = 40


def save_project(model: ScoredModel, path: Path, *, force: bool = False) -> Saved:
    """Write the Power BI project of a scored model into a folder, all of it at once.

    Parameters
    ----------
    model
        The scores of all periods; the one shown is where measures start.
    path
        The folder: new, or empty.
    force
        Whether an earlier project there gives way; it is kept beside the new one.

    Returns
    -------
    Saved
        The folder, and where the former one is kept.

    Raises
    ------
    ProblemsError
        The folder cannot be there, holds something else, or an earlier project without ``force``.
    """
    write = partial(write_project, model, place=path.resolve())
    return save_folder(path, write, is_ours=is_of_project, force=force)


def write_project(model: ScoredModel, folder: Path, *, place: Path | None = None) -> None:
    """Write the project into an empty folder.

    Parameters
    ----------
    model
        What it shows.
    folder
        Where it is written.
    place
        Where it will stand, which its queries have to know; by default the same folder.
    """
    export = Export.of(model)
    name = project_name(export.company)
    data = (place or folder.resolve()) / DATA
    definition = model_files(model, export.tables, data)
    _write(folder, _project_files(name))
    _write(folder / f"{name}{_MODEL}" / "definition", definition)
    _write(folder / f"{name}{_REPORT}", report_files(model, export.tables))
    (folder / DATA).mkdir()
    write_parquet(export, folder / DATA)


def project_file(model: ScoredModel) -> str:
    """The name of the file that one opens."""
    return f"{project_name(model.definition.company.name)}{_PROJECT}"


def is_of_project(path: Path) -> bool:
    """Whether something in a folder is what a project consists of, with data that it had before."""
    if path.is_dir():
        return path.suffix in (_MODEL, _REPORT) or path.name.split(".")[0] == DATA
    return path.suffix == _PROJECT or path.name == ".gitignore"


def project_name(company: str) -> str:
    r"""What the files are called: the company, without what no file may be called.

    >>> project_name("Acme / \"South\" [1]\n"), project_name("Ñandú S.A."), project_name("con")
    ('Acme South 1', 'Ñandú S.A', 'Tablero con')
    """
    words = _FORBIDDEN.sub(" ", one_line(company)).split()
    lengths = accumulate(len(f"{word} ".encode()) for word in words)
    short = " ".join(word for word, end in zip(words, lengths, strict=True) if end <= _LONGEST_NAME)
    cut = "".join(words).encode()[:_LONGEST_NAME].decode(errors="ignore")
    name = short.strip(" .") or cut.strip(".")
    return f"Tablero {name}".strip() if not name or _RESERVED.fullmatch(name) else name


def _project_files(name: str) -> Mapping[str, str]:
    return {
        f"{name}{_PROJECT}": dumped(
            {
                "$schema": f"{_SCHEMAS}/pbip/pbipProperties/1.0.0/schema.json",
                "version": "1.0",
                "artifacts": [{"report": {"path": f"{name}{_REPORT}"}}],
                "settings": {"enableAutoRecovery": True},
            }
        ),
        f"{name}{_REPORT}/definition.pbir": dumped(
            {
                "$schema": f"{_SCHEMAS}/item/report/definitionProperties/2.0.0/schema.json",
                "version": "4.0",
                "datasetReference": {"byPath": {"path": f"../{name}{_MODEL}"}},
            }
        ),
        f"{name}{_MODEL}/definition.pbism": dumped(
            {
                "$schema": f"{_SCHEMAS}/item/semanticModel/definitionProperties/1.0.0/schema.json",
                "version": "4.2",
                "settings": {},
            }
        ),
        **dict(_platforms(name)),
    }


def _platforms(name: str) -> Iterator[tuple[str, str]]:
    """What Fabric knows each part by when the project is put under version control."""
    for kind, ending in (("SemanticModel", _MODEL), ("Report", _REPORT)):
        content = {
            "$schema": f"{_SCHEMAS}/gitIntegration/platformProperties/2.0.0/schema.json",
            "metadata": {"type": kind, "displayName": name},
            "config": {"version": "2.0", "logicalId": tag("platform", kind, name)},
        }
        yield f"{name}{ending}/.platform", dumped(content)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
