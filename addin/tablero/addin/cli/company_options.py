"""What can be typed behind ``tablero new`` to fit a definition to a company."""

from __future__ import annotations

from typing import Annotated

import typer

OptionalOrigin = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE|FILE.yaml",
        help="A shipped definition, as tablero templates lists them, or a file of your own; "
        "without it you are asked.",
        show_default=False,
    ),
]
StartMonth = Annotated[
    int | None,
    typer.Option(
        "--start-month",
        "--fiscal-start",
        metavar="MONTH",
        min=1,
        max=12,
        help="The month in which the fiscal year begins.",
    ),
]
Colour = Annotated[
    str | None,
    typer.Option(
        metavar="#RRGGBB",
        help="The company's colour, such as #7A1F3D; darkened where white letters need it.",
    ),
]
Keep = Annotated[
    str,
    typer.Option(
        metavar="KPI,...", help="The KPIs that stay, by id; weights of the rest are rescaled."
    ),
]
Drop = Annotated[
    str,
    typer.Option(
        metavar="KPI,...", help="The KPIs that go, by id; weights of the rest are rescaled."
    ),
]
Points = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID=POINTS,...",
        help="Weights as shares of 100 points: of the perspectives, or of a perspective's "
        "objectives or an objective's KPIs, named first: 'financial: 1.1=60,1.2=40'. Can be "
        "repeated.",
    ),
]
Compare = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID>ID:VALUE,...",
        help="Weights by comparing each pair (AHP): 'financial>customers:3' matters 3 times as "
        "much on the scale from 1 to 9, 'financial=customers' as much. Can be repeated.",
    ),
]
AcceptInconsistent = Annotated[
    bool,
    typer.Option("--accept-inconsistent", help="Take comparisons that contradict each other, too."),
]
