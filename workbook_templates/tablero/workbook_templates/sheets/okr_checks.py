"""What is checked of objectives, key results and check-ins before one trusts them."""

from __future__ import annotations

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.okrs.layout import key_result_key, okr_key
from tablero.workbook_templates.okrs.parts import KeyResult
from tablero.workbook_templates.tables import Table
from tablero.workbook_templates.vectorised import WEIGHT_TOLERANCE

_OVERWRITTEN = "overwritten_okr"
MUST = (
    "okr_weights", "okr_numbers", "okr_ways", _OVERWRITTEN, "check_ins_lost", "check_ins_texts",
)  # fmt: skip
KEYS = (*MUST, "okr_missing", "check_ins_ahead", "okrs_outdated")


def label(board: Board, key: str) -> str:
    """What a check counts."""
    if key == _OVERWRITTEN:
        return board.say("checks.overwritten", sheet=board.layout.titles["okr"])
    return board.say(f"checks.{key}")


def place(board: Board, key: str) -> tuple[Table, str, str]:
    """Where what it finds is mended."""
    layout = board.okr_layout
    if key.startswith("check_ins"):
        return layout.check_ins, layout.check_ins.row_keys[0], "day"
    okr = board.definition.okrs[0]
    columns = {
        "okr_weights": "weight", "okr_numbers": "start", "okr_ways": "target",
        "okr_missing": "start",
    }  # fmt: skip
    if key in columns:
        return layout.okr, key_result_key(okr.key_results[0]), columns[key]
    return layout.okr, okr_key(okr), "status" if key == _OVERWRITTEN else "outdated"


def counts(board: Board) -> dict[str, tuple[str, float]]:
    """The formula of each check with what it finds now."""
    scores = board.okrs
    key_results = list(board.definition.key_results())
    ahead = sum(one.day > scores.as_of for one in board.records.check_ins)
    late = sum(one.is_outdated for okr in scores.okrs for one in okr.key_results)
    off = sum(abs(sum(one.weight for one in okr.key_results) - 1) > WEIGHT_TOLERANCE
              for okr in board.definition.okrs)  # fmt: skip
    formulas = _formulas()
    found = {
        "okr_weights": off,
        "okr_ways": sum(map(_is_wayless, key_results)),
        "okr_missing": sum(map(_is_open, key_results)),
        "check_ins_ahead": ahead,
        "okrs_outdated": late,
    }
    return {key: (formulas[key], float(found.get(key, 0))) for key in KEYS}


def _is_wayless(one: KeyResult) -> bool:
    """Whether start and target, or the bounds, contradict each other."""
    start, target, upper = one.numbers
    if one.kind == "between":
        return None not in (target, upper) and (upper or 0) < (target or 0)
    return one.kind == "change" and target is not None and start == target


def _is_open(one: KeyResult) -> bool:
    """Whether a number is missing without which there is no progress."""
    start, target, upper = one.numbers
    other = {"between": upper, "change": start}.get(one.kind, target)
    return target is None or other is None


def _formulas() -> dict[str, str]:
    low, high = f"{1 - WEIGHT_TOLERANCE:.6f}", f"{1 + WEIGHT_TOLERANCE:.6f}"
    groups = 'COUNTIFS(okrs_level,"okr",okrs_weight'
    texts = (
        f'SUMPRODUCT(({name}<>"")*({name}>1E+300))'
        for name in ("okrs_weight", "okrs_start", "okrs_target", "okrs_upper", "okrs_initial")
    )
    both = '(okrs_target<>"")*(okrs_kind='
    change = f'SUMPRODUCT({both}"change")*(okrs_start<>"")*(okrs_start=okrs_target))'
    between = f'SUMPRODUCT({both}"between")*(okrs_upper<>"")*(okrs_upper<okrs_target))'
    needed = '(okrs_kind="change")*(okrs_start="")+(okrs_kind="between")*(okrs_upper="")'
    missing = f'(okrs_level="key_result")*((okrs_target="")+{needed}>0)'
    said = '((check_ins_day<>"")+(check_ins_key_result<>"")+(check_ins_value<>"")>0)'
    share = "check_ins_confidence"
    return {
        "okr_weights": f'{groups},">{high}")+{groups},"<{low}")',
        "okr_numbers": "+".join(texts),
        "okr_ways": f"{change}+{between}",
        "okr_missing": f"SUMPRODUCT({missing})",
        _OVERWRITTEN: "COUNTIF(okrs_intact,FALSE)",
        "check_ins_lost": f"SUMPRODUCT({said}*(check_ins_counted=0))",
        "check_ins_texts": (
            'SUMPRODUCT((check_ins_value<>"")*(check_ins_value>1E+300))'
            f'+SUMPRODUCT(({share}<>"")*(({share}>1)+({share}<0)>0))'
        ),
        "check_ins_ahead": "SUMPRODUCT((check_ins_counted>okrs_as_of)*1)",
        "okrs_outdated": 'COUNTIFS(okrs_level,"key_result",okrs_days,">"&okrs_limit)',
    }
