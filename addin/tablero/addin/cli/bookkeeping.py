"""The commands with which a workbook is kept up to date through the year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tablero.addin.cli import options
from tablero.addin.cli.options import examples
from tablero.addin.cli.running import finish, guarded

# What a command needs is imported when it runs: --help stays quick.
# ruff: noqa: PLC0415

commands = typer.Typer()

_CheckIns = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE.csv",
        help="A CSV or Excel file of check-ins: date, key result (its id or name), value, "
        "confidence, note; without it what is due is asked.",
    ),
]
_Day = Annotated[
    str,
    typer.Option(
        "--date",
        metavar="DATE",
        help="The day of check-ins that do not say theirs, such as 2026-03-27; else today.",
    ),
]
_Benchmarks = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="The data set of tablero portfolio: quartiles of companies of the same sector and "
        "size go beside the KPIs on the sheet Matrix.",
    ),
]
_Quarter = Annotated[
    str,
    typer.Option(
        metavar="QUARTER",
        help="Close the objectives of a quarter, such as Q2, and open the next, in this workbook.",
    ),
]


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
    short_help="Say what stands behind the scores.",
    epilog=examples(
        "tablero analyse acme.xlsx",
        "tablero analyse acme.xlsx --period ytd-2026-06 --json",
    ),
)
@guarded
def analyse(
    file: options.Workbook,
    *,
    period: options.PeriodCode = None,
    lang: options.NameSpeech = None,
    json: options.AsJson = False,
) -> None:
    """Say what each KPI costs the strategy, where the year will end, and which KPIs go together.

    Also what each remaining month needs for the year's goal. Correlations are of KPIs whose
    objectives are linked, the effect up to three months later. Nothing is written to the workbook.
    """
    from tablero.addin.cli import analysing

    finish(analysing.analyse(file, period, lang, as_json=json))


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
        "tablero fill acme.xlsx --benchmarks portfolio",
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
    benchmarks: _Benchmarks = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    lang: options.Speech = None,
    json: options.AsJson = False,
) -> None:
    """Fill in the figures of a file, of a trial balance or of a database, and recalculate.

    Shows each figure that changes, old and new, and asks. Nothing is written while anything is
    wrong; empty cells of the source change nothing; every change is logged, and a backup kept.
    --benchmarks takes no figures but puts quartiles of companies alike on the sheet Matrix.
    """
    from tablero.addin.cli import filling, ledger

    if benchmarks is not None:
        from tablero.addin.cli import benchmarking

        manner = filling.Manner(yes, dry_run, reopen, json)
        alone = not any((source, trial_balance, sql, query, month, reopen))
        finish(benchmarking.benchmark(file, benchmarks, manner, lang, alone=alone))
    wish = filling.wish(month, decimal and decimal.value, sheet)
    asked = ledger.Asked(trial_balance, columns, chart, wish)
    if asked.is_asked:
        deliver = asked.deliverer(lang, others=(source, sql, query), quiet=json)
    else:
        deliver = filling.deliverer(source, sql, query, wish)
    manner = filling.Manner(yes, dry_run, reopen, json)
    finish(filling.fill(file, deliver, manner, lang))


@commands.command(
    short_help="Check in where key results stand.",
    epilog=examples(
        "tablero checkin acme.xlsx",
        "tablero checkin acme.xlsx --from week.csv --date 2026-03-27",
        "tablero checkin acme.xlsx --dry-run",
    ),
)
@guarded
def checkin(  # noqa: PLR0913 - one a choice that people have
    file: options.Workbook,
    *,
    source: _CheckIns = None,
    date: _Day = "",
    decimal: options.Decimal = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    lang: options.Speech = None,
    json: options.AsJson = False,
) -> None:
    """Check in: say of each key result where it stands, how sure you are, and why.

    Asks for those whose value is typed and that have no recent check-in. Lines are
    appended to the sheet Check-ins, results recalculated, a backup kept, every change logged. With
    --dry-run or --json and no file it tells what is due and who owes it.
    """
    from tablero.addin.cli import checkin as checking_in

    manner = checking_in.Manner(date, decimal and decimal.value, yes, dry_run, json)
    finish(checking_in.check_in(file, source, manner, lang))


@commands.command(
    short_help="Export what is missing, the definition or tables.",
    epilog=examples(
        "tablero export acme.xlsx --fill-in --owner finance --month 2026-04",
        "tablero export acme.xlsx --fill-in -o missing.csv",
        "tablero export acme.xlsx --definition -o acme.yaml",
        "tablero export acme.xlsx --as-template -o sector.yaml",
        "tablero export acme.xlsx --to csv -o scores",
        "tablero export acme.xlsx --to parquet --force",
        "tablero export acme.xlsx --to powerbi -o board",
    ),
)
@guarded
def export(  # noqa: PLR0913 - one a choice that people have
    file: options.Workbook,
    *,
    fill_in: options.FillIn = False,
    owner: options.OwnerName = "",
    month: options.OwedPeriod = "",
    definition: options.AsDefinition = False,
    with_figures: options.DefinitionFigures = False,
    as_template: options.AsTemplate = False,
    to: options.AsTables = None,
    output: options.ExportOutput = None,
    force: options.Force = False,
    lang: options.NameSpeech = None,
) -> None:
    """Export the figures that an owner owes, what the workbook measures, or tables of its scores.

    tablero fill takes back what was filled in. The definition is YAML, with all that people
    changed in the workbook; tablero new makes a workbook of it, and tablero rebuild takes it, once
    it is edited, for the workbook that there is. The tables hold every score of every period, for
    Power BI and other programs.
    """
    from tablero.addin.cli import exporting, taking

    exporting.refuse_unclear(
        {"--fill-in": fill_in, "--definition": definition or as_template, "--to": to is not None},
        {
            "--owner": ("--fill-in", owner),
            "--month": ("--fill-in", month),
            "--with-figures": ("--definition", with_figures),
        },
    )
    if fill_in:
        finish(exporting.export_fill_in(file, owner, month, output, lang, force=force))
    if to:
        finish(exporting.export_scores(file, to.value, output, lang, force=force))
    manner = taking.Manner(as_template=as_template, with_figures=with_figures, force=force)
    finish(taking.export_definition(file, output, lang, manner))


@commands.command(
    short_help="Make next year's workbook, or close a quarter.",
    epilog=examples(
        "tablero roll acme-2026.xlsx",
        "tablero roll acme.xlsx -o acme-2027.xlsx",
        "tablero roll acme.xlsx --quarter Q2",
    ),
)
@guarded
def roll(
    file: options.Workbook,
    *,
    output: options.NextOutput = None,
    force: options.Force = False,
    quarter: _Quarter = "",
    leave: options.Leave = False,
    lang: options.Speech = None,
) -> None:
    """Make next year's workbook: this year's figures become last year's, the rest goes on.

    Goals, weights, owners, settings, bands, closed months and notes are carried over; everything
    that was, and was not, is listed. This year's workbook stays as it is. Key results that are not
    reached in the last quarter go on in the first of the new year.

    With --quarter it closes that quarter's objectives in the workbook itself instead: they are
    graded and stay, and key results that are not reached go on in the next quarter.
    """
    from tablero.addin.cli import quarter as quarters
    from tablero.addin.cli import rolling

    if quarter:
        quarters.refuse_output(output)
        finish(quarters.close_quarter(file, quarter, lang, leave=leave))
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


@commands.command(
    short_help="Make a workbook anew from another definition.",
    epilog=examples(
        "tablero rebuild acme.xlsx --definition acme.yaml --dry-run",
        "tablero rebuild acme.xlsx --definition acme.yaml -o acme-new.xlsx",
    ),
)
@guarded
def rebuild(  # noqa: PLR0913 - one a choice that people have
    file: options.Workbook,
    *,
    definition: options.NewDefinition,
    output: options.RebuiltOutput = None,
    drop: options.Drop = False,
    dry_run: options.DryRun = False,
    force: options.Force = False,
    lang: options.Speech = None,
) -> None:
    """Make a workbook anew from another definition, keeping what people put into it.

    Figures stay with the input of their id, closed months, change log, check-ins and notes too.
    Says what moved, what was added and what no longer has a place; where figures would be dropped
    it changes nothing unless you say --drop. A backup is kept.
    """
    from tablero.addin.cli import rebuilding

    manner = rebuilding.Manner(drop=drop, dry_run=dry_run, force=force)
    finish(rebuilding.rebuild(file, definition, output, lang, manner))
