"""The commands that look across the workbooks of many companies."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tablero.addin.cli import options
from tablero.addin.cli.options import examples
from tablero.addin.cli.running import finish, guarded

# What a command needs is imported when it runs: --help stays quick.
# ruff: noqa: PLC0415


class _PathsOrCommand(TyperGroup):
    """Takes the first word for a command if there is one of that name, else for a path."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            return super().parse_args(ctx, args)
        super().parse_args(ctx, ["--"])
        # As the group does it for itself where it takes no paths.
        ctx._protected_args, ctx.args = args[:1], args[1:]  # noqa: SLF001
        return args


class Answer(StrEnum):
    """As what the answer to a query is shown."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


portfolio = typer.Typer(
    cls=_PathsOrCommand,
    invoke_without_command=True,
    no_args_is_help=True,
    subcommand_metavar="",
    context_settings={"help_option_names": ["-h", "--help"], "allow_interspersed_args": True},
    epilog=examples(
        "tablero portfolio clients",
        'tablero portfolio clients "archive/*/2025*.xlsx" -o firm --period ytd',
        "tablero portfolio s3://firm/scorecards --scheduler tcp://10.0.0.5:8786",
        'tablero portfolio query "SELECT name, owed FROM companies" -o firm',
    ),
)

_Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATHS...",
        help="Workbooks, folders (with those below), patterns in quotes, or URLs (s3, sftp, https, "
        "zip and whatever else fsspec reaches).",
    ),
]
_Out = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="The folder of the data set."),
]
_Period = Annotated[
    str,
    typer.Option(
        metavar="CODE",
        help="year, ytd or latest (month) for what each workbook has; or 2026-06, 2026-Q2, "
        "ytd-2026-06, 2026. Without it what each workbook shows.",
    ),
]
_Scheduler = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="Read on a cluster of dask, such as tcp://10.0.0.5:8786. Its workers need the same "
        "Tablero, and reach the workbooks by the same paths or URLs.",
    ),
]
_Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="Processes on this machine; else one a core, for few files 1.",
    ),
]
_Speech = Annotated[
    options.Language | None,
    typer.Option(help="Language of names, problems and messages; else the environment's."),
]
_Full = Annotated[bool, typer.Option("--full", help="Read all, also what has not changed.")]
_Force = Annotated[
    bool, typer.Option("--force", help="Write into a folder that holds other things, too.")
]
_Patience = Annotated[
    float,
    typer.Option(
        metavar="SECONDS", min=1, max=86_400, help="How long a server may take for one file."
    ),
]
_Anonymise = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Also write the tables into another folder without names, to be handed to others.",
    ),
]
_Bare = Annotated[
    bool, typer.Option("--data-only", help="Make the tables, and no summary and no page.")
]
_Query = Annotated[str, typer.Argument(metavar="SELECT", help="A question in DuckDB's SQL.")]
_Answer = Annotated[Answer, typer.Option("--format", help="How to show the answer.")]
_Sample = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is empty, or new.")]
_Count = Annotated[int, typer.Option(metavar="N", min=1, max=1_000_000, help="How many companies.")]
_Seed = Annotated[int, typer.Option(metavar="N", min=0, help="Another one makes others.")]
_DEFAULT = Path("portfolio")


@portfolio.callback()
@guarded
def read_portfolio(  # noqa: PLR0913 - one a choice that people have
    context: typer.Context,
    *,
    paths: _Paths = None,
    output: _Out = _DEFAULT,
    period: _Period = "shown",
    scheduler: _Scheduler = "",
    workers: _Workers = None,
    patience: _Patience = 60,
    anonymise: _Anonymise = None,
    data_only: _Bare = False,
    full: _Full = False,
    force: _Force = False,
    json: options.AsJson = False,
    lang: _Speech = None,
) -> None:
    """Read the workbooks of many companies, score them, and keep all of it as one data set.

    The data set is a folder of Parquet tables for DuckDB, pandas and Power BI, with a summary
    workbook and a page. A second run reads only what changed. What is wrong with a file stands in
    the table problems and stops nothing.

    tablero portfolio query asks the data set; a folder of that name is written ./query.

    Exit code 0 when nothing is wrong with any file, 1 when something is, 2 when nothing could be
    done.
    """
    if context.invoked_subcommand is not None:
        return
    from tablero.addin.cli import portfolio_reading as reading

    wish = reading.Wish(
        paths or [],
        output,
        period,
        full=full,
        force=force,
        patience=patience,
        anonymised=anonymise,
        is_bare=data_only,
    )
    place = reading.Place(scheduler, workers)
    finish(reading.read_portfolio(wish, place, lang, as_json=json))


@portfolio.command(
    "query",
    short_help="Ask the data set of a portfolio.",
    epilog=examples(
        'tablero portfolio query "FROM companies ORDER BY owed DESC LIMIT 10"',
        'tablero portfolio query "FROM problems" -o firm --format csv > problems.csv',
        'tablero portfolio query "SHOW TABLES"',
    ),
)
@guarded
def query_portfolio(
    query: _Query,
    *,
    output: _Out = _DEFAULT,
    shape: _Answer = Answer.TABLE,
    lang: options.Speech = None,
) -> None:
    """Ask the data set of a portfolio in DuckDB's SQL.

    Its tables go by their names: companies, fact_strategy, fact_kpi, dim_kpi, owed, problems, files
    and so on. Nothing can be changed, and nothing but the data set be read.
    """
    from tablero.addin.cli import portfolio_querying as querying

    finish(querying.show_answer(query, output, shape.value, lang))


@portfolio.command(
    "sample",
    short_help="Make workbooks of made-up companies, to try things with.",
    epilog=examples(
        "tablero portfolio sample clients",
        "tablero portfolio sample clients --count 1000 --seed 7",
    ),
)
@guarded
def sample_portfolio(
    folder: _Sample,
    *,
    count: _Count = 200,
    seed: _Seed = 1,
    lang: options.Speech = None,
) -> None:
    """Write workbooks of made-up companies into an empty folder: all sectors, three languages.

    Their figures are plausible, with gaps and mistakes; the same seed makes the same companies.
    """
    from tablero.addin.cli import portfolio_sample

    finish(portfolio_sample.make_sample(folder, count, seed, lang))
