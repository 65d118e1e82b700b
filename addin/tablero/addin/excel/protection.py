"""The protection of a sheet that is open in Excel, lifted for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import xlwings

# In the order in which Excel's Protect takes them, after those of drawings, contents, scenarios.
_ALLOWED = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows",
    "AllowInsertingColumns", "AllowInsertingRows", "AllowInsertingHyperlinks",
    "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting", "AllowFiltering",
    "AllowUsingPivotTables",
)  # fmt: skip
_NO_PASSWORD = ""


class ProtectedError(Exception):
    """A password protects the sheet."""


@contextmanager
def unprotected(sheet: xlwings.Sheet) -> Iterator[None]:
    """A sheet without its protection; afterwards it is protected as it was, whatever happens.

    Raises
    ------
    ProtectedError
        The protection has a password.
    """
    native = sheet.api
    before, selection = _protection(native), native.EnableSelection
    # An empty password, since Excel would ask the user for one that is left out. The type of its
    # refusal is there on Windows only.
    with suppress(Exception):
        native.Unprotect(_NO_PASSWORD)
    if native.ProtectContents:
        raise ProtectedError
    try:
        yield
    finally:
        native.Protect(*before)
        native.EnableSelection = selection


def _protection(native: Any) -> tuple[Any, ...]:
    """What Excel's Protect takes to protect a sheet as it is now."""
    return (
        _NO_PASSWORD,
        native.ProtectDrawingObjects,
        native.ProtectContents,
        native.ProtectScenarios,
        native.ProtectionMode,
        *(getattr(native.Protection, allowed) for allowed in _ALLOWED),
    )
