"""Scored objectives and key results as data that other programs read."""

from __future__ import annotations

from typing import Any

from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, OkrScores


def okrs_json(scores: OkrScores, language: str = "en") -> dict[str, Any]:
    """The objectives on the as-of date as plain data: shares as fractions, unrounded.

    Parameters
    ----------
    scores
        The objectives of a company on one day.
    language
        Of names and units; ids and the codes of statuses are the same in all.

    Returns
    -------
    dict
        The as-of date and the objectives with their key results. What is missing is None, an
        unknown status an empty text.
    """
    return {
        "as_of": scores.as_of.isoformat(),
        "objectives": [_objective(one, language) for one in scores.okrs],
    }


def _objective(score: OkrScore, language: str) -> dict[str, Any]:
    okr = score.okr
    return {
        "id": okr.id,
        "name": okr.name.in_language(language),
        "period": okr.period,
        "perspective": okr.perspective,
        "objective": okr.objective,
        "commitment": okr.commitment,
        "owner": okr.owner.in_language(language),
        "score": score.score,
        "expected": score.expected,
        "confidence": score.confidence,
        "status": score.status,
        "key_results": [_key_result(one, language) for one in score.key_results],
    }


def _key_result(score: KeyResultScore, language: str) -> dict[str, Any]:
    one = score.key_result
    start, target, upper = one.numbers
    return {
        "id": one.id,
        "name": one.name.in_language(language),
        "kind": one.kind,
        "unit": one.unit.in_language(language),
        "weight": one.weight,
        "follows": one.kpi or one.input,
        "owner": one.owner.in_language(language),
        "start": start,
        "target": target,
        "upper": upper,
        "current": score.current,
        "progress": score.progress,
        "expected": score.expected,
        "confidence": score.confidence,
        "status": score.status,
        "checked": score.checked.isoformat() if score.checked else None,
        "outdated": score.is_outdated,
    }
