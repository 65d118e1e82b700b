"""Reading a file with figures, whatever kind it is: text with delimiters, or a workbook."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tablero.workbook_templates.filling.delimited import read_delimited
from tablero.workbook_templates.filling.spreadsheets import read_spreadsheet
from tablero.workbook_templates.filling.tables import MAX_BYTES, Source, refusal, too_large

_ARCHIVE = b"PK\x03\x04"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


def read_source(path: Path) -> Source:
    """Read the tables of a file.

    Raises
    ------
    ProblemsError
        The file is missing, a folder, unreadable, neither text nor a workbook, damaged, encrypted,
        or far larger than figures of two years are.
    """
    data = _data(path)
    if data.startswith((_ARCHIVE, _COMPOUND)):
        tables = read_spreadsheet(path)
    else:
        tables = (read_delimited(data, path.name),)
    return Source(path.name, sha256(data).hexdigest(), tables)


def _data(path: Path) -> bytes:
    """The file's bytes; no more are read than a source may have."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refusal("source_missing", path.name) from None
    except IsADirectoryError:
        raise refusal("source_folder", path.name) from None
    except OSError as defect:
        reason = defect.strerror or str(defect)
        raise refusal("source_unreadable", path.name, reason=reason) from None
    except ValueError:  # a name that no system has, with a NUL in it
        raise refusal("source_missing", path.name) from None
    if len(data) > MAX_BYTES:
        raise too_large(path.name)
    if not data.strip():
        raise refusal("source_empty", path.name)
    return data
