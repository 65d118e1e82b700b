"""The commands with which a workbook is kept up to date through the year."""

from __future__ import annotations

import typer

from tablero.addin.cli import options
from tablero.addin.cli.options import examples
from tablero.addin.cli.running import finish, guarded

# What a command needs is imported when it runs: --help stays quick.
# ruff: noqa: PLC0415

commands = typer.Typer()


@commands.command(
    short_help="Bring the results in a workbook up to date.",
    epilog=examples("tablero refresh acme.xlsx"),
)
@guarded
def refresh(file: options.Workbook, *, lang: options.Speech = None) -> None:
    """Recalculate a workbook into which figures were typed, without a spreadsheet program.

    Only results that are no longer right change, and nothing else in the file; a backup is kept.
    """
    from tablero.addin.cli import refreshing

    finish(refreshing.refresh(file, lang))
