"""Addresses by which a workbook links to files: relative where both lie on one disk."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from tablero.workbook_templates.portfolio.summary_parts import FileAt

MOST_LINKS: Final = 65_000
"""Excel opens no sheet with more than 65,530."""
_LONGEST_LINK = 2_000
_FOLDERS = 4_096
"""Folders whose addresses are remembered."""
# Signs that would end a path in an address, or be taken for an escaped one.
_ESCAPED = {ord(sign): f"%{ord(sign):02X}" for sign in '%# "<>?[]^`{|}'}
# An address of the web is escaped already, but for what no address may hold.
_FORBIDDEN = {ord(sign): f"%{ord(sign):02X}" for sign in ' "<>[]^`{|}\\'}


class Addresses:
    """Addresses of files as seen from one folder.

    Parameters
    ----------
    folder
        Where the workbook that links to them stands.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder.resolve())
        self._beginning = lru_cache(_FOLDERS)(self._relative)

    def of(self, path: str) -> str | None:
        """The address of a file; None where no program would follow it.

        >>> Addresses(Path("/firm")).of("/firm/clients/a #1.xlsx")
        'clients/a%20%231.xlsx'
        >>> Addresses(Path("/firm")).of("s3://bucket/a.xlsx")
        """
        if "://" in path:
            is_followed = path.startswith(("https://", "http://"))
            address = path.translate(_FORBIDDEN) if is_followed else ""
        else:
            address = self._on_disk(path)
        return address if 0 < len(address) < _LONGEST_LINK else None

    def _on_disk(self, path: str) -> str:
        folder, name = os.path.split(path)
        return self._beginning(folder) + name.translate(_ESCAPED) if name else ""

    def _relative(self, folder: str) -> str:
        """The address of a folder, which is the beginning of those of its files."""
        try:
            place, is_near = os.path.relpath(folder, self._folder), True
        except ValueError:  # on another disk of Windows
            place, is_near = folder, False
        address = place.replace(os.sep, "/").translate(_ESCAPED)
        if is_near:
            return "" if address == "." else f"{address}/"
        return f"file:{address}/" if address.startswith("//") else f"file:///{address}/"


def file_at(path: str) -> FileAt:
    """A link to a file by its name.

    >>> file_at("/clients/acme.xlsx").name
    'acme.xlsx'
    """
    return FileAt(path, path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path)
