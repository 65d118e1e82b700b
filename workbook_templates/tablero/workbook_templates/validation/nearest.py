"""The known name that a mistyped one probably means."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The most similar of the known names, if any is similar enough.

    >>> nearest("net_sale", ["net_sales", "net_income"])
    'net_sales'
    >>> nearest("weather", ["net_sales", "net_income"]) is None
    True
    """
    spelled = {one.casefold(): one for one in known}
    matches = get_close_matches(name[:100].casefold(), spelled, n=1, cutoff=0.6)
    return spelled[matches[0]] if matches else None
