"""What becomes of each column of a portfolio's tables before strangers see it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Rule = Literal[
    "keep", "company", "file", "kpi", "objective", "perspective", "input", "band",
    "word", "name", "drop", "percent", "two_figures", "group", "starts", "copy_code", "copy_period",
]  # fmt: skip
"""What is done with a column.

``keep``: nothing. ``drop``: emptied. ``company``, ``file``: a pseudonym. ``kpi``, ``objective``,
``perspective``, ``input``, ``band``: a pseudonym unless the library has this id. ``word``: emptied
unless the library says this in any language. ``name``: likewise, with the id in its place.
``percent``: rounded to whole percents. ``two_figures``: rounded to two figures. ``group``: emptied
where too few share it (:mod:`.anonymising_groups`). ``starts``: its first four signs.
``copy_code``, ``copy_period``: the code of the problem, of the period, in its place.
"""

_COMPANY: Mapping[str, Rule] = {"company_id": "company", "file": "file"}
_FACT: Mapping[str, Rule] = {
    **_COMPANY,
    "period_id": "keep",
    "achievement": "percent",
    "coverage": "percent",
    "band_id": "band",
}
_DIM: Mapping[str, Rule] = {**_COMPANY, "name": "name", "weight": "percent", "sort": "keep"}

RULES: Mapping[str, Mapping[str, Rule]] = MappingProxyType(
    {
        "companies": {
            **_COMPANY,
            "name": "company",
            "sector": "group",
            "size": "group",
            "employees": "drop",
            "currency": "group",
            "scale": "drop",
            "year": "starts",
            "fiscal_start_month": "drop",
            "language": "group",
            "period_id": "keep",
            "period": "copy_period",
            "coverage": "percent",
            "owed": "keep",
            "problems": "keep",
        },
        "fact_strategy": _FACT,
        "fact_perspective": {**_FACT, "perspective_id": "perspective", "part": "percent"},
        "fact_objective": {**_FACT, "objective_id": "objective", "part": "percent"},
        "fact_kpi": {
            **_FACT,
            "kpi_id": "kpi",
            "value": "two_figures",
            "goal": "two_figures",
            "desired": "keep",
            "weight": "percent",
            "part": "percent",
            "contribution": "percent",
            "points": "percent",
            "months": "keep",
        },
        "dim_perspective": {**_DIM, "perspective_id": "perspective"},
        "dim_objective": {
            **_DIM,
            "objective_id": "objective",
            "perspective_id": "perspective",
        },
        "dim_kpi": {
            **_DIM,
            "kpi_id": "kpi",
            "objective_id": "objective",
            "perspective_id": "perspective",
            "unit": "word",
            "owner": "drop",
        },
        "dim_band": {
            **_COMPANY,
            "band_id": "band",
            "name": "name",
            "plan": "word",
            "term": "word",
            "from_achievement": "percent",
            "symbol": "keep",
            "ink": "keep",
            "paper": "keep",
            "sort": "keep",
        },
        "owed": {
            **_COMPANY,
            "period_id": "keep",
            "owner": "drop",
            "input_id": "input",
            "name": "name",
            "months": "keep",
            "missing": "drop",
        },
        "problems": {
            **_COMPANY,
            "severity": "keep",
            "code": "keep",
            "sheet": "drop",
            "cell": "drop",
            "message": "copy_code",
            "remedy": "drop",
        },
        "files": {
            "path": "file",
            "size": "drop",
            "mtime": "drop",
            "hash": "drop",
            "company_id": "company",
            "status": "keep",
            "asked": "keep",
            "schema": "keep",
            "version": "keep",
            "seconds": "drop",
        },
    }
)
"""By table and column; a column without a rule is dropped, so that none is shared unawares."""
