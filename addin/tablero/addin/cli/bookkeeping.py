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


@commands.command(
    short_help="Close a month, so that its figures stay.",
    epilog=examples("tablero close acme.xlsx --month 2026-03"),
)
@guarded
def close(
    file: options.Workbook,
    *,
    month: options.MonthCode,
    incomplete: options.Incomplete = False,
    lang: options.Speech = None,
) -> None:
    """Close a month: its cells are locked and marked, its figures put on record.

    tablero check tells when somebody changes them all the same.
    """
    from tablero.addin.cli import closing

    finish(closing.close(file, month, lang, incomplete=incomplete))


@commands.command(
    short_help="Open a closed month again.",
    epilog=examples("tablero reopen acme.xlsx --month 2026-03"),
)
@guarded
def reopen(
    file: options.Workbook, *, month: options.MonthCode, lang: options.Speech = None
) -> None:
    """Open a closed month again, so that its figures can be corrected."""
    from tablero.addin.cli import closing

    finish(closing.reopen(file, month, lang))


@commands.command(
    short_help="Fill in the figures of a file or a database.",
    epilog=examples(
        "tablero fill acme.xlsx --from march.csv --month 2026-03",
        "tablero fill acme.xlsx --from figures.xlsx --dry-run",
        "tablero fill acme.xlsx --trial-balance march.xlsx --month 2026-03",
        'tablero fill acme.xlsx --sql sqlite:///ledger.db --query "SELECT ..." --yes',
    ),
)
@guarded
def fill(  # noqa: PLR0913 - one a choice that people have
    file: options.Workbook,
    *,
    source: options.SourceFile = None,
    trial_balance: options.TrialBalance = None,
    columns: options.LedgerColumns = "",
    chart: options.Chart = "",
    sql: options.DatabaseAddress = None,
    query: options.DatabaseQuery = None,
    month: options.FigureMonth = "",
    sheet: options.SourceSheet = "",
    decimal: options.Decimal = None,
    reopen: options.Reopen = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    lang: options.Speech = None,
    json: options.AsJson = False,
) -> None:
    """Fill in the figures of a file, of a trial balance or of a database, and recalculate.

    Shows each figure that changes, old and new, and asks. Nothing is written while anything is
    wrong; empty cells of the source change nothing; every change is logged, and a backup kept.
    """
    from tablero.addin.cli import filling, ledger

    wish = filling.wish(month, decimal and decimal.value, sheet)
    asked = ledger.Asked(trial_balance, columns, chart, wish)
    if asked.is_asked:
        deliver = asked.deliverer(lang, others=(source, sql, query), quiet=json)
    else:
        deliver = filling.deliverer(source, sql, query, wish)
    manner = filling.Manner(yes, dry_run, reopen, json)
    finish(filling.fill(file, deliver, manner, lang))


@commands.command(
    short_help="Export a file in which owners fill in what is missing.",
    epilog=examples(
        "tablero export acme.xlsx --fill-in --owner finance --month 2026-04",
        "tablero export acme.xlsx --fill-in -o missing.csv",
    ),
)
@guarded
def export(  # noqa: PLR0913 - one a choice that people have
    file: options.Workbook,
    *,
    fill_in: options.FillIn = False,
    owner: options.OwnerName = "",
    month: options.OwedPeriod = "",
    output: options.ExportOutput = None,
    force: options.Force = False,
    lang: options.NameSpeech = None,
) -> None:
    """Export a small file with just the figures that an owner owes; tablero fill takes it back."""
    from tablero.addin.cli import exporting

    exporting.refuse_nothing(is_fill_in=fill_in)
    finish(exporting.export_fill_in(file, owner, month, output, lang, force=force))


@commands.command(
    short_help="Make next year's workbook.",
    epilog=examples("tablero roll acme-2026.xlsx", "tablero roll acme.xlsx -o acme-2027.xlsx"),
)
@guarded
def roll(
    file: options.Workbook,
    *,
    output: options.NextOutput = None,
    force: options.Force = False,
    lang: options.Speech = None,
) -> None:
    """Make next year's workbook: this year's figures become last year's, the rest goes on.

    Goals, weights, owners, settings, bands, closed months and notes are carried over; everything
    that was, and was not, is listed. This year's workbook stays as it is.
    """
    from tablero.addin.cli import rolling

    finish(rolling.roll(file, output, lang, force=force))


@commands.command(
    short_help="Bring a workbook of an older Tablero up to date.",
    epilog=examples("tablero upgrade acme.xlsx"),
)
@guarded
def upgrade(
    file: options.Workbook, *, leave: options.Leave = False, lang: options.Speech = None
) -> None:
    """Bring a workbook that an older Tablero made to the present form, data and edits kept.

    It also puts back a sheet Changes that was removed.
    """
    from tablero.addin.cli import rolling

    finish(rolling.upgrade(file, lang, leave=leave))
