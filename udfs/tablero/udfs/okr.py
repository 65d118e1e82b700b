"""How far key results have come, and the score of the objective that they stand for."""

from __future__ import annotations

from math import fsum

from tablero.udfs.aggregation import weighted_children
from tablero.udfs.errors import CellNumberError, CellValueError
from tablero.udfs.shapes import MISSING, Answer, Cell, Cells, elementwise, is_missing, number

OKR_SLACK = 1e-9
"""What may be lacking of a bound that is reached all the same: the rounding error of sums."""


def okr_progress(
    start: Cells, current: Cells, target: Cells, kind: Cells = "Change", upper: Cells = None
) -> Answer:
    """Progress of a key result: 0 where it started, 1 at its target, neither floor nor cap.

    Parameters
    ----------
    start : number or range
        Where it stood when the quarter (or the year) began.
    current : number or range
        Where it stands, in the same unit: the newest check-in or the linked KPI.
    target : number or range
        Where it should come to; the lower bound of Between; for a milestone what counts as done,
        usually 1 where 0 is typed for "not yet" and 1 for "done".
    kind : {"Change", "Between", "Milestone"} or range, default "Change"
        Change is an increase or a decrease, as start and target say themselves.  Between keeps a
        figure from `target` to `upper`.  A milestone is reached or not.  Capitals do not matter; a
        missing word means Change.
    upper : number or range, optional
        The upper bound of Between; the other kinds do not look at it.

    Returns
    -------
    number, "" or range
        The progress as a fraction: below 0 where things got worse, above 1 beyond the target.
        `okr_score` keeps it between 0 and 1, so that no key result makes up for another.  ""
        where a cell that the kind needs is missing.

    Raises
    ------
    CellValueError
        A text where a number belongs, an unknown kind, or ranges that differ in shape.
    CellNumberError
        A target that equals the start (Change), or bounds that are the wrong way round (Between).

    Notes
    -----
    Change is ``(current - start) / (target - start)``, the usual form (BSC Designer and OpenOKR
    have it, too): for a decrease both differences are negative.

    Between is 1 inside the bounds.  Outside, with ``d(x)`` for the distance of x to the nearest
    bound, it is ``1 - d(current) / d(start)``: 0 as far away as at the start, on either side.  A
    start that is missing or already inside leaves no way to measure by: then it is 0 outside.

    A milestone needs no start: 1 when ``current >= target``, else 0.

    Current and target are looked at first: where one is missing the answer is "" whatever the
    rest may hold.

    Examples
    --------
    Revenue from 200 to 260 stands at 230, complaints from 40 down to 10 stand at 34:

    >>> okr_progress(200, 230, 260)
    0.5
    >>> okr_progress(40, 34, 10)
    0.2

    A stock of 90 days is to be kept between 30 and 45, a certificate has been obtained, and the
    last key result has no check-in yet:

    >>> okr_progress([90, None, 0], [54, 1, None], [30, 1, 8], ["Between", "Milestone", ""], 45)
    [0.8, 1.0, '']
    """
    return elementwise(_progress, start, current, target, kind, upper)


def _progress(start: Cell, current: Cell, target: Cell, kind: Cell, upper: Cell) -> float | str:
    if is_missing(current) or is_missing(target):
        return MISSING
    word = str(kind).lower()
    if word == "between":
        return _kept(start, current, target, upper)
    if word == "milestone":
        return _reached(current, target)
    if word == "change" or is_missing(kind):
        return _changed(start, current, target)
    raise CellValueError(f"kind must be Change, Between or Milestone, not {kind!r}")


def _changed(start: Cell, current: Cell, target: Cell) -> float | str:
    if is_missing(start):
        return MISSING
    base = number(start, "the start")
    reached, aim = number(current, "the current value"), number(target, "the target")
    if aim == base:
        raise CellNumberError(f"the target {aim:g} equals the start: there is no way to go")
    return (reached - base) / (aim - base)


def _kept(start: Cell, current: Cell, target: Cell, upper: Cell) -> float | str:
    if is_missing(upper):
        return MISSING
    reached, low = number(current, "the current value"), number(target, "the lower bound")
    high = number(upper, "the upper bound")
    base = low if is_missing(start) else number(start, "the start")
    if low > high:
        raise CellNumberError(f"the lower bound {low:g} lies above the upper bound {high:g}")
    away, first = max(low - reached, reached - high, 0), max(low - base, base - high, 0)
    if away <= OKR_SLACK:
        return 1.0
    return 1 - away / first if first > OKR_SLACK else 0.0


def _reached(current: Cell, target: Cell) -> float:
    done = number(current, "the current value") + OKR_SLACK >= number(target, "the target")
    return float(done)


def okr_score(progress: Cells, weights: Cells) -> float | str:
    """Score of an objective: the weighted mean of its key results, each from 0 to 1.

    Parameters
    ----------
    progress : number or range
        The key results' progress as `okr_progress` gives it; missing ones are left out, never
        counted as 0.  Below 0 counts as 0, above 1 as 1.
    weights : number or range of the same shape
        Their weights as fractions; a missing weight counts as 0.

    Returns
    -------
    number or ""
        One number from 0 to 1, whatever the ranges' shape; "" when no weighted key result has a
        progress.

    Raises
    ------
    CellValueError
        A text where a number belongs, or ranges that differ in shape.
    CellNumberError
        A negative weight, or weights that do not sum to 1 (within 1e-6).

    Notes
    -----
    ``sum(w * min(1, max(0, p))) / sum(w)`` over the key results that have a progress.  Doerr,
    "Measure What Matters" (2018), averages the key results of an objective; Google's re:Work guide
    on grading OKRs grades each from 0.0 to 1.0 and weights some; Perdoo counts negative ones as 0.
    The weights follow the rules of `weighted_agg`.

    Examples
    --------
    The second key result has gone beyond its target, the third below its start:

    >>> okr_score([0.5, 1.4, -0.2], [0.5, 0.25, 0.25])
    0.5

    The second has no check-in, so the others share its weight:

    >>> round(okr_score([0.8, "", 0.4], [0.25, 0.5, 0.25]), 4)
    0.6
    """
    children = weighted_children(progress, weights, "a progress", "progress and weights")
    known = [(min(1.0, max(0.0, made)), weight) for made, weight in children if made is not None]
    present = fsum(weight for _, weight in known)
    return fsum(made * weight for made, weight in known) / present if present else MISSING
