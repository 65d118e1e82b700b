"""The chart of how far objectives and key results have come, against what is expected by now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from tablero.workbook_templates.okrs.layout import GRADES
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, Status
from tablero.workbook_templates.reports.charts import marks
from tablero.workbook_templates.reports.charts.chart import Chart, Column, Row, Spec
from tablero.workbook_templates.reports.charts.look import Look
from tablero.workbook_templates.reports.charts.wording import wrapped
from tablero.workbook_templates.reports.report import Report

_SHAPES = ("triangle-down", "diamond", "triangle-up", "circle")


def okr_progress(report: Report, look: Look | None = None) -> Chart | None:
    """Bars of progress from 0 to 100 %, with the mark of what is expected by now.

    None for a company without objectives of OKR.
    """
    if not report.okrs.okrs:
        return None
    rows = tuple(_rows(report, report.okrs.okrs))
    told = "; ".join(str(row["told"]) for row in rows if row["is_group"])
    return Chart(
        title=report.say("chart.title.okrs", day=report.okrs.as_of),
        description=report.say("chart.alt.okrs", told=told),
        spec=_spec(look or Look.of(report)),
        rows=rows,
        columns=(
            Column("name", report.say("okr.column.name")),
            Column("achieved", report.say("okr.column.progress")),
            Column("expected_shown", report.say("okr.column.expected")),
            Column("word", report.say("okr.column.status")),
        ),
    )


def _rows(report: Report, okrs: Sequence[OkrScore]) -> Iterator[Row]:
    places = count()
    for one in okrs:
        yield {
            **_row(report, next(places), report.word(one.okr.name), one, one.score),
            "is_group": 1,
            "key": f"okr:{one.okr.id}",
        }
        for each in one.key_results:
            name = report.word(each.key_result.name)
            yield _row(report, next(places), name, each, each.progress)


def _row(
    report: Report, place: int, name: str, found: OkrScore | KeyResultScore, done: float | None
) -> dict[str, str | float | None]:
    share = report.share(float("nan") if done is None else done, 0)
    word = _status(report, found.status)
    expected = float("nan") if found.expected is None else found.expected
    length = None if done is None else max(0.0, min(done, 1.0))
    return {
        "place": place,
        "key": "",
        "name": name,
        "label": wrapped(name),
        "is_group": 0,
        "progress": done,
        "drawn": length,
        "whole": 1.0,
        "expected": found.expected,
        "position": GRADES.index(found.status) if found.status else -1,
        "achieved": share,
        "expected_shown": report.share(expected, 0),
        "word": word,
        "shown": word if done is None else f"{share}  {word}",
        "told": f"{name}: {share}, {word}",
    }


def _status(report: Report, status: Status) -> str:
    return report.say(f"okr_status.{status}") if status else report.say("map.no_figures")


def _spec(look: Look) -> Spec:
    expected = {
        "mark": {"type": "tick", "color": look.text, "thickness": 2, "height": {"band": 0.72},
                 "orient": "vertical"},
        "encoding": {"x": marks.across("expected"), "y": marks.PLACE, **marks.tooltip()},
    }  # fmt: skip
    layers = [
        marks.outline(look, "whole", 0.5),
        marks.bar("drawn", look.accent, 0.42),
        expected,
        marks.beside("shown", "achieved", {"color": _status_scale(_inks(look))}),
    ]
    return marks.bars(look, layers, _sign(look))


def _sign(look: Look) -> Spec:
    """The sign of each status."""
    return {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {
            "x": {"value": marks.SIGN},
            "y": marks.PLACE,
            "color": _status_scale(_inks(look)),
            "shape": _status_scale(["stroke", *_SHAPES]),
        },
    }


def _status_scale(values: list[str]) -> Spec:
    """What stands for each status, and before all for none."""
    scale = {"domain": list(range(-1, len(GRADES))), "range": values}
    return {"field": "position", "type": "ordinal", "legend": None, "scale": scale}


def _inks(look: Look) -> list[str]:
    """The inks of the statuses, those of four bands without that of the third."""
    worst, poor, best = (look.four[place].ink for place in (0, 1, 3))
    return [look.muted, worst, poor, best, look.muted]
