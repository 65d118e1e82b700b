"""Groups of companies that are large enough to hide each of their members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)

SMALLEST = 5
"""Companies that a group needs to be told apart from the others."""


def too_small(groups: Mapping[Group, int], smallest: int = SMALLEST) -> frozenset[Group]:
    """The groups that must not be told apart, so that nothing follows from the total.

    Those below ``smallest`` are taken together. If they are still too few, whoever knows the total
    could work them out, so the next larger groups join them until they are enough.

    Parameters
    ----------
    groups
        How many companies each group has.
    smallest
        How many companies may be told apart.

    Examples
    --------
    One group of two beside larger ones: the total less the others would tell it.

    >>> sorted(too_small({"mining": 2, "retail": 9, "transport": 6}))
    ['mining', 'transport']
    >>> sorted(too_small({"retail": 9, "transport": 6}))
    []
    """
    ordered = sorted(groups.items(), key=lambda item: (item[1], str(item[0])))
    joined: list[Group] = []
    hidden = 0
    for group, size in ordered:
        if size >= smallest and (not joined or hidden >= smallest):
            break
        joined.append(group)
        hidden += size
    return frozenset(joined)


def hidden_values(values: Sequence[str | None], smallest: int = SMALLEST) -> list[str | None]:
    """The values of a column, empty where too few companies share one.

    >>> hidden_values(["PEN"] * 6 + ["COP"] * 2 + ["USD"] * 5)[5:9]
    ['PEN', None, None, None]
    """
    small = too_small(Counter(one for one in values if one is not None), smallest)
    unknown = sum(one is None for one in values)
    if 0 < unknown < smallest and not small:
        counts = Counter(one for one in values if one is not None)
        small = frozenset(one for one, _ in counts.most_common()[-1:])
    return [None if one in small else one for one in values]


def told_apart(
    lines: Iterable[tuple[str | None, ...]], smallest: int = SMALLEST
) -> list[tuple[str | None, ...]]:
    """Lines of what is known of companies, made coarser until every combination is shared.

    From the last column on, values of too few companies are emptied within those that share the
    columns before; so the first column keeps most.

    >>> lines = [("retail", "small")] * 7 + [("retail", "large")] + [("mining", "small")] * 5
    >>> sorted(set(told_apart(lines)), key=str)
    [('mining', 'small'), ('retail', None)]
    """
    made = [tuple(line) for line in lines]
    width = len(made[0]) if made else 0
    for column in range(width):
        within: dict[tuple[str | None, ...], list[int]] = {}
        for row, line in enumerate(made):
            within.setdefault(line[:column], []).append(row)
        for rows in within.values():
            values = hidden_values([made[row][column] for row in rows], smallest)
            for row, value in zip(rows, values, strict=True):
                line = made[row]
                made[row] = (*line[:column], value, *line[column + 1 :])
    return made
