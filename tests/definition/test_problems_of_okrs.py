"""Objectives and key results: what is wrong is told with its place, all at once."""

from __future__ import annotations

import pytest

from tablero.workbook_templates.validation import dump_definition, read_definition
from tests.definition.documents import SOUND, told

OKRS = """\
okrs:
  - id: earn
    name: {en: Earn more, es: Ganar más}
    period: 2026-Q1
    perspective: money
    objective: "1.1"
    commitment: committed
    owner: Ana
    key_results:
      - {id: grow, name: Grow, weight: 0.5, start: 0.1, target: 0.2, kpi: margin, confidence: 0.6}
      - {id: sell, name: Sell, weight: 0.3, start: 0, target: 90, input: sales}
      - {id: keep, name: Keep, weight: 0.2, kind: between, start: 9, target: 2, upper: 4}
  - id: learn
    name: Learn
    period: 2026
    perspective: people
    key_results:
      - {id: certified, name: Be certified, weight: 1, kind: milestone}
check_ins:
  - {day: 2026-01-31, key_result: keep, value: 3, confidence: 0.8, note: counted twice}
"""


def spoiled_okrs(old: str, new: str) -> str:
    """The sound objectives with one part of their text replaced."""
    assert OKRS.count(old) == 1, old
    return SOUND + OKRS.replace(old, new)


def test_sound_objectives_have_no_problem_and_survive_being_written() -> None:
    """Quarter and year, every kind of key result, linked and typed."""
    assert told(SOUND + OKRS) == []
    definition = read_definition(SOUND + OKRS)
    assert read_definition(dump_definition(definition)) == definition
    assert [one.is_typed for one in definition.key_results()] == [False, False, True, True]


GROW = "okrs[earn].key_results[grow]"
CHECK_IN = "check_ins[#1].key_result"
KEEP = "okrs[earn].key_results[keep]"


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("2026-Q1", "2026-Q5", "okr_period_form", "okrs[earn].period"),
        ("2026-Q1", "2025-Q1", "okr_period_outside", "okrs[earn].period"),
        (
            "perspective: money",
            "perspective: mony",
            "okr_perspective_unknown_similar",
            "okrs[earn].perspective",
        ),
        ('"1.1"', '"2.1"', "okr_objective_unknown_similar", "okrs[earn].objective"),
        ("commitment: committed", "commitment: sure", "field_choice", "okrs[earn].commitment"),
        ("kpi: margin", "kpi: margins", "okr_kpi_unknown_similar", f"{GROW}.kpi"),
        ("input: sales", "input: zzz", "okr_input_unknown", "okrs[earn].key_results[sell].input"),
        ("kpi: margin", "kpi: margin, input: sales", "okr_two_sources", GROW),
        ("target: 0.2", "target: 0.1", "okr_target_is_start", f"{GROW}.target"),
        ("start: 0.1, ", "", "okr_number_missing", GROW),
        ("upper: 4", "upper: 1", "okr_upper_below_target", f"{KEEP}.upper"),
        (", upper: 4", "", "okr_number_missing", KEEP),
        ("key_result: keep", "key_result: keeps", "check_in_key_result_similar", CHECK_IN),
        ("2026-01-31", "2026-01-32", "date_wanted", "check_ins[#1].day"),
        ("kpi: margin", "kpi: margin, upper: 1", "okr_upper_unused", f"{GROW}.upper"),
        ("weight: 0.5", "weight: 0.6", "weights_of_key_results", "okrs[earn].key_results"),
        ("confidence: 0.6", "confidence: 6", "confidence_range", f"{GROW}.confidence"),
        ("confidence: 0.6", "confidence: 60%", "number_as_percent", f"{GROW}.confidence"),
        ("id: learn", "id: earn", "id_twice", "okrs[#2].id"),
        ("id: certified", "id: grow", "id_twice", "okrs[learn].key_results[grow].id"),
        (
            "kind: milestone",
            "kind: mile",
            "field_choice",
            "okrs[learn].key_results[certified].kind",
        ),
        ("owner: Ana", "ownr: Ana", "field_unknown_similar", "okrs[earn].ownr"),
    ],
)
def test_each_problem_is_told_with_its_place(old: str, new: str, code: str, path: str) -> None:
    """One slip, one problem."""
    assert (code, path) in told(spoiled_okrs(old, new))


def test_an_input_that_only_a_key_result_follows_is_used() -> None:
    """It is not typed for nothing."""
    more = SOUND.replace(
        "perspectives:\n",
        "  - {id: visits, name: Visits, perspective: people, aggregation: T}\nperspectives:\n",
        1,
    )
    assert ("input_unused", "inputs[visits]") in told(more)
    assert told(more + OKRS.replace("input: sales", "input: visits")) == []
