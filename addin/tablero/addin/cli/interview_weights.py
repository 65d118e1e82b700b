"""Asking what weighs how much: by comparing in pairs, or by sharing 100 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tablero.addin.cli.asking import Asker
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.formats import decimal_text, number_text
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.tailoring import (
    Comparison,
    Judgement,
    Tailoring,
    compare,
    rounded,
    tailor,
)
from tablero.workbook_templates.tailoring.pairwise import MOST_ITEMS, pairs, spelt
from tablero.workbook_templates.tailoring.weighing import (
    WHOLE,
    Group,
    groups,
    in_proportion,
    pointed,
)

_AS_IS, _PAIRS, _POINTS = "1", "2", "3"
_JUDGE_AGAIN, _AGREE, _ACCEPT = "1", "2", "3"
_FIRST, _SECOND, _EQUALLY = "1", "2", "="
_SOMEWHAT, _SCALE = "3", tuple(map(str, range(2, 10)))


def ask_weights(asker: Asker, definition: Definition, tailoring: Tailoring) -> Tailoring:
    """How weights are found, and the weights; nothing where the command line gave some."""
    if tailoring.points or tailoring.comparisons:
        return tailoring
    made = tailor(definition, tailoring).definition
    weighty = [group for group in groups(made) if len(group.members) > 1]
    top = [group for group in weighty if group.level == "perspectives"]
    way = _way(asker, made, top[0]) if top else _POINTS
    if not weighty or way == _AS_IS:
        return tailoring
    if way == _PAIRS:
        tailoring = _compared(asker, top[0], tailoring)
    texts = [_shared(asker, one) for one in top if way == _POINTS]
    inner = weighty[len(top) :]
    if inner and asker.agrees(asker.phrase("within"), usual=False):
        texts += [_shared(asker, one) for one in inner]
    return replace(tailoring, points=tuple(texts))


def weights_in_words(definition: Definition, language: str) -> str:
    """The perspectives with their weights."""
    return ", ".join(
        f"{one.name.in_language(language)} {in_percent(one.weight, language)}"
        for one in definition.perspectives
    )


def in_percent(weight: float, language: str) -> str:
    """A weight as it is said.

    >>> in_percent(0.125, "pt"), in_percent(0.3, "en")
    ('12,5 %', '30 %')
    """
    return f"{number_text(round(100 * weight, 1), language)} %"


def _way(asker: Asker, definition: Definition, top: Group) -> str:
    asker.show()
    weights = weights_in_words(definition, asker.language)
    asker.show(asker.phrase("weights", weights=weights))
    while True:
        way = asker.choice(asker.phrase("way"), _AS_IS, (_AS_IS, _PAIRS, _POINTS))
        if way != _PAIRS or len(top.members) <= MOST_ITEMS:
            return way
        told = {"items": ", ".join(top.ids), "most": MOST_ITEMS}
        asker.tell([Problem("pairwise_many", values=told)])


def _names(asker: Asker, group: Group) -> dict[str, str]:
    return {one.id: one.name.in_language(asker.language) for one in group.members}


def _compared(asker: Asker, group: Group, tailoring: Tailoring) -> Tailoring:
    """Judgements of every pair that go together, or are accepted all the same."""
    names = _names(asker, group)
    asker.show()
    asker.show(asker.phrase("pairs", count=len(pairs(group.ids))))
    judged = {pair: _judged(asker, *pair, names) for pair in pairs(group.ids)}
    while True:
        made = compare(group.ids, tuple(judged.values()))
        _show_weights(asker, group, made)
        is_accepted = not made.is_consistent and _mended(asker, made, judged, names) == _ACCEPT
        if made.is_consistent or is_accepted:
            text = group.spelt + ",".join(map(spelt, made.judgements))
            return replace(tailoring, comparisons=(text,), accepts_inconsistent=is_accepted)


def _judged(asker: Asker, first: str, second: str, names: dict[str, str]) -> Judgement:
    called = {"first": names[first], "second": names[second]}
    choices = (_FIRST, _SECOND, _EQUALLY)
    answer = asker.choice(asker.phrase("pair", **called), _EQUALLY, choices)
    if answer == _EQUALLY:
        return Judgement(first, second, 1.0)
    value = float(asker.choice(f"  {asker.phrase('more')}", _SOMEWHAT, _SCALE))
    upright = (first, second) if answer == _FIRST else (second, first)
    return Judgement(*upright, value)


def _show_weights(asker: Asker, group: Group, made: Comparison) -> None:
    names = _names(asker, group)
    for name, share in zip(group.ids, rounded(made.priorities), strict=True):
        weight = in_percent(share, asker.language)
        asker.show(f"  {asker.phrase('weight', name=names[name], weight=weight)}")
    ratio = decimal_text(made.ratio, asker.language, 2)
    if made.is_consistent:
        asker.show(f"  {asker.phrase('consistent', ratio=ratio)}")
    else:
        asker.show(f"  {asker.phrase('inconsistent', ratio=ratio)}")


def _mended(
    asker: Asker,
    made: Comparison,
    judged: dict[tuple[str, str], Judgement],
    names: dict[str, str],
) -> str:
    """What is done about the judgement that contradicts the others most."""
    worst = made.most_contradicting
    agreeing = made.agreeing(worst)
    told = {
        "first": names[worst.first],
        "second": names[worst.second],
        "value": asker.phrase("equally") if worst.value == 1 else f"{worst.value:g}",
        "agreeing": _in_words(asker, agreeing, names),
    }
    asker.show(f"  {asker.phrase('worst', **told)}")
    answer = asker.choice(asker.phrase("mend"), _JUDGE_AGAIN, (_JUDGE_AGAIN, _AGREE, _ACCEPT))
    pair = next(one for one in judged if set(one) == {worst.first, worst.second})
    if answer == _JUDGE_AGAIN:
        judged[pair] = _judged(asker, *pair, names)
    elif answer == _AGREE:
        judged[pair] = agreeing
    return answer


def _in_words(asker: Asker, judgement: Judgement, names: dict[str, str]) -> str:
    if judgement.value == 1:
        return asker.phrase("equally")
    value = f"{judgement.value:g}"
    return asker.phrase("judged", first=names[judgement.first], value=value)


def _shared(asker: Asker, group: Group) -> str:
    """100 points shared among a group, as they are typed for ``--points``."""
    asker.show()
    asker.show(_head(asker, group), "bold")
    while True:
        points = [_points(asker, group, number) for number in range(len(group.members))]
        try:
            pointed(group, dict(zip(group.ids, points, strict=True)))
        except ProblemsError as refused:
            points = _in_proportion(asker, points, refused.problems)
        if points:
            told = zip(group.ids, points, strict=True)
            return group.spelt + ",".join(f"{name}={share:g}" for name, share in told)


def _head(asker: Asker, group: Group) -> str:
    if group.level == "perspectives":
        return asker.phrase("of_perspectives")
    name = group.name.in_language(asker.language)
    key = "of_objectives" if group.level == "objectives" else "of_kpis"
    return asker.phrase(key, name=name)


def _points(asker: Asker, group: Group, number: int) -> float:
    one = group.members[number]

    def read(text: str) -> float:
        try:
            points = round(float(text.removesuffix("%").strip().replace(",", ".")), 1)
        except ValueError:
            points = -1.0
        if not 0 <= points <= WHOLE:
            raise ProblemsError([Problem("answer_points", values={"text": text})])
        return points

    question = f"  {asker.phrase('points', name=one.name.in_language(asker.language))}"
    return asker.until(question, f"{100 * one.weight:.4g}", read)


def _in_proportion(
    asker: Asker, points: Sequence[float], problems: Sequence[Problem]
) -> list[float]:
    """The same proportion in points that sum to 100, if somebody wants it; else nothing."""
    total = sum(points)
    if not total:
        asker.tell(problems)
        return []
    asker.show(f"  {problems[0].message(asker.language)}")
    scaled = in_proportion(points)
    listed = "; ".join(number_text(one, asker.language) for one in scaled)
    is_taken = asker.agrees(f"  {asker.phrase('proportion', points=listed)}", usual=True)
    return list(scaled) if is_taken else []
