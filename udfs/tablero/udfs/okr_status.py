"""How key results and objectives stand against what was to be expected of them by now."""

from __future__ import annotations

from tablero.udfs.errors import CellNumberError, CellValueError
from tablero.udfs.okr import OKR_SLACK
from tablero.udfs.shapes import MISSING, Answer, Cell, Cells, elementwise, is_missing, number
from tablero.udfs.tables import filled_rows, is_left_out, require_rising

LEAST_EXPECTED = 1e-12
"""What is added to the expected progress, so that one may divide by it on the first day."""

DAYS_LIMIT = 7
"""The most days that a check-in may be old: one is due each week."""

DEFAULT_GRADES: tuple[tuple[float, float, float, str, str], ...] = (
    (0.0, 0.0, 0.0, "Off track", "Off track"),
    (0.4, 0.7, 0.2, "At risk", "At risk"),
    (0.7, 1.0, 0.5, "On track", "Outdated"),
)
"""From which pace a grade reaches (aspirational, committed), the confidence that it asks for, its
word, and its word when the last check-in is too old."""

_COMMITTED, _CONFIDENCE, _STATUS, _STATUS_IF_OUTDATED = range(1, 5)


def okr_status(  # noqa: PLR0913, PLR0917 - as cells call it
    progress: Cells,
    expected: Cells,
    commitment: Cells = "Aspirational",
    confidence: Cells = None,
    days: Cells = None,
    limit: Cells = DAYS_LIMIT,
    grades: Cells = None,
) -> Answer:
    """Status of a key result or an objective: "On track", "At risk", "Off track" or "Outdated".

    Parameters
    ----------
    progress : number or range
        A key result's progress or an objective's score, as a fraction.
    expected : number or range
        The progress that was to be expected by now: the elapsed share, from 0 to 1, of the quarter
        or of the year on the as-of date; 1 from its last day on.  A milestone has no pace: nothing
        (0) is expected of it before its last day, so that until then its confidence speaks.
    commitment : {"Committed", "Aspirational"} or range, default "Aspirational"
        Whether all of it was promised, or it was set higher than one hopes to reach.  Capitals do
        not matter; a missing word means Aspirational.
    confidence : number or range, optional
        How likely its owner holds it to be that the target is reached, from 0 to 1; missing: not
        asked for.
    days : number or range, optional
        Days from the newest check-in to the as-of date; missing where none is due, as for a key
        result that is linked to a KPI.
    limit : number or range, default 7
        The most days that a check-in may be old; missing: 7.
    grades : rows of (aspirational from, committed from, confidence from, word, word if outdated), \
optional
        From which pace on each grade reaches, ascending, and its words; empty rows and further
        columns do not matter.  Missing or wholly empty: `DEFAULT_GRADES`.

    Returns
    -------
    text or range of texts
        The word of the grade; "" where progress or expected progress is missing.

    Raises
    ------
    CellValueError
        A text where a number belongs, an unknown commitment, a row of grades without its columns,
        or ranges that differ in shape.
    CellNumberError
        An expected progress or a confidence outside 0 to 1, a check-in of the future (days below
        0), bounds of grades that do not ascend, or a table of no rows.

    Notes
    -----
    The pace is ``progress / expected``: where the quarter would end if it went on like this.  The
    grade is the highest whose bound the pace reaches (with a slack of 1e-9) and whose confidence is
    there.  As nothing is expected on the first day, whatever is not below its start is then on
    track.  At the end the pace is the progress itself.

    Aspirational: 0.7 and more is on track, 0.4 and more at risk, less is off track.  These are the
    colours of Doerr, "Measure What Matters" (2018), without the gaps between his; Google's re:Work
    guide on grading OKRs has the sweet spot at 0.6 to 0.7.

    Committed: only all of it will do.  Google's OKR playbook, which Doerr reprints, expects 1.0 of
    a commitment and wants to hear promptly of one that cannot be kept; so a pace below 1 is at
    risk.  Below 0.7, which would do for an aspiration, it is off track; that bound is our choice.

    A confidence below 0.5 takes "on track" away: Wodtke, "Radical Focus" (2016), starts each
    quarter at five of ten and asks anew each week.  Below 0.2, which is our choice, it is off track
    whatever the pace.

    A check-in older than the limit turns "on track" into "outdated"; bad news stays as it is, for
    it calls for something in any case.

    Missing is looked at first: a missing progress or expected progress answers "" whatever the
    rest may hold.

    Examples
    --------
    Half of the quarter is over, and 40 % of the way is made:

    >>> okr_status(0.4, 0.5)
    'On track'
    >>> okr_status(0.4, 0.5, "Committed")
    'At risk'

    Its owner does not believe in it, and a check-in is nine days old:

    >>> okr_status(0.4, 0.5, "Aspirational", [0.3, 0.8], [2, 9])
    ['At risk', 'Outdated']

    The words come from the workbook's settings:

    >>> okr_status(0.1, 0.5, grades=[(0, 0, 0, "Rojo", "Rojo"), (0.7, 1, 0, "Verde", "Gris")])
    'Rojo'
    """
    table = _grade_table(grades)

    def status(made: Cell, due: Cell, *asked: Cell) -> str:
        return (
            MISSING if is_missing(made) or is_missing(due) else _word_for(table, made, due, asked)
        )

    return elementwise(status, progress, expected, commitment, confidence, days, limit)


def _word_for(table: list[list[Cell]], made: Cell, due: Cell, asked: tuple[Cell, ...]) -> str:
    commitment, confidence, days, limit = asked
    made, due = number(made, "the progress"), number(due, "the expected progress")
    belief = _or_else(confidence, 1, "the confidence")
    age = _or_else(days, 0, "the days since the check-in")
    oldest = _or_else(limit, DAYS_LIMIT, "the limit of days")
    bound = _bound_of(commitment)
    _require_possible(due, belief, age)
    pace = (made + OKR_SLACK) / (due + LEAST_EXPECTED)
    row = table[_place(table, bound, pace, belief + OKR_SLACK)]
    word = row[_STATUS_IF_OUTDATED if age > oldest else _STATUS]
    return MISSING if is_missing(word) else str(word)


def _or_else(cell: Cell, default: float, noun: str) -> float:
    return default if is_missing(cell) else number(cell, noun)


def _bound_of(commitment: Cell) -> int:
    """Give the column of the bounds that a commitment is measured by."""
    word = str(commitment).lower()
    if word == "aspirational" or is_missing(commitment):
        return 0
    if word == "committed":
        return _COMMITTED
    raise CellValueError(f"commitment must be Committed or Aspirational, not {commitment!r}")


def _require_possible(due: float, belief: float, age: float) -> None:
    for share, noun in ((due, "the expected progress"), (belief, "the confidence")):
        if not 0 <= share <= 1 + OKR_SLACK:
            raise CellNumberError(f"{noun} must lie from 0 to 1, not at {share:g}")
    if age < 0:
        raise CellNumberError(f"the newest check-in lies {-age:g} days after the as-of date")


def _place(table: list[list[Cell]], bound: int, pace: float, belief: float) -> int:
    """Give the row of the highest grade that is reached; the lowest one is in any case."""
    reached = [row for row in table if row[bound] <= pace and row[_CONFIDENCE] <= belief]
    return max(len(reached), 1) - 1


def _grade_table(grades: Cells) -> list[list[Cell]]:
    """Give the filled rows of the grades with their bounds as numbers, ascending."""
    if is_left_out(grades):
        return [list(grade) for grade in DEFAULT_GRADES]
    table = [_grade(row) for row in filled_rows(grades)]
    for bound in (0, _COMMITTED):
        require_rising([row[bound] for row in table], "grades")
    return table


def _grade(row: Cell) -> list[Cell]:
    if len(row) <= _STATUS_IF_OUTDATED:
        raise CellValueError("a grade must have two bounds, a confidence and two words")
    bounds = [number(cell, "a grade's bound") for cell in row[:_STATUS]]
    return [*bounds, *row[_STATUS:]]
