"""Every problem of a definition, by its code and its place."""

from __future__ import annotations

import pytest

from tests.definition.documents import SOUND, spoiled, told

FORMULA = "(sales - costs) / sales"
KPIS = "perspectives[money].objectives[1.1].kpis"
MARGIN = f"{KPIS}[margin]"
OUTPUT = "perspectives[people].objectives[2.1].kpis[output]"
PEOPLE = "perspectives[people].objectives"
STAFF = "inputs[staff].perspective"
WORK = "name: Work\n        weight: 1"
BAND = "{from: 0, id: a, name: a, plan: a, term: a}"
LINK = 'links:\n  - {cause: "2.1", effect: "1.1"}'
OUTPUT_LINE = "- {id: output, name: Output, formula: sales / staff, goal: 50, weight: 1}"


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        # fields
        ("name: Acme, ", "", "field_missing", "company.name"),
        ("name: Acme", "name: ''", "text_blank", "company.name"),
        ("name: Acme", "name: [a, b]", "text_wanted", "company.name"),
        ("name: Acme", f"name: {'x' * 121}", "text_too_long", "company.name"),
        ("name: Acme", 'name: "Ac\\u0007me"', "control_character", "company.name"),
        ("name: Acme", 'name: "Ac\\u202eme"', "control_character", "company.name"),
        ("name: Acme", 'name: "Ac\\nme"', "line_break", "company.name"),
        ("year: 2026", "yaer: 2026, year: 2026", "field_unknown_similar", "company.yaer"),
        ("year: 2026", "zzz: 1, year: 2026", "field_unknown", "company.zzz"),
        ("year: 2026", "zzz: , year: 2026", "field_unknown", "company.zzz"),
        ("goal: 0.2", "goal: 12,5", "field_of_digits", f"{MARGIN}.5"),
        ("goal: 0.2", "goal: 12,5%", "field_of_digits", f"{MARGIN}.5%"),
        ("year: 2026", "year: soon", "whole_number_wanted", "company.year"),
        ("year: 2026", "year: 2026.5", "whole_number_wanted", "company.year"),
        ("year: 2026", "year: 1026", "number_too_small", "company.year"),
        ("year: 2026", "year: 20266", "number_too_large", "company.year"),
        ("year: 2026", "year: 2026, currency: usd", "currency_form", "company.currency"),
        ("year: 2026", "year: 2026, language: de", "field_choice", "company.language"),
        ("year: 2026", "sector: {eng: x}, year: 2026", "language_form", "company.sector.eng"),
        ("name: Sales, ", "", "field_missing", "inputs[sales].name"),
        ("name: Sales, ", "name: {}, ", "text_blank", "inputs[sales].name"),
        ("name: Sales, ", "name: {en: [1]}, ", "text_wanted", "inputs[sales].name.en"),
        ("name: Sales, ", f"name: {'x' * 201}, ", "text_too_long", "inputs[sales].name"),
        ("name: Sales, ", "name: A, negative: x, ", "yes_or_no_wanted", "inputs[sales].negative"),
        ("{id: costs", "{id: Costs of 2025", "id_form", "inputs[Costs of 2025].id"),
        ("{id: costs, ", "{", "field_missing", "inputs[#2].id"),
        ("id: money", "id: m/n", "node_id_form", "perspectives[m/n].id"),
        ("aggregation: A", "aggregation: M", "field_choice", "inputs[staff].aggregation"),
        ("goal: 0.2", "goal: 12%", "number_as_percent", f"{MARGIN}.goal"),
        ("goal: 0.2", "goal: '12,5'", "number_with_comma", f"{MARGIN}.goal"),
        ("goal: 0.2", "goal: '1.234,56'", "number_with_comma", f"{MARGIN}.goal"),
        ("goal: 0.2", "goal: '1,234'", "number_wanted", f"{MARGIN}.goal"),
        ("goal: 0.2", "goal: high", "number_wanted", f"{MARGIN}.goal"),
        ("goal: 0.2", "goal: inf", "number_not_finite", f"{MARGIN}.goal"),
        ("goal: 0.2", "goal: 0.2, monthly_goals: [1]", "list_too_short", f"{MARGIN}.monthly_goals"),
        ("goal: 0.2, weight: 0.5", "goal: 0.2, weight: 55", "weight_range", f"{MARGIN}.weight"),
        (FORMULA, "''", "text_blank", f"{MARGIN}.formula"),
        ("[1, 2,", "[1, x,", "number_wanted", "figures[sales].months[#2]"),
        ("[1, 2,", "[1, 2, 2,", "list_too_long", "figures[sales].months"),
        ("{last_year:", "{lastyear:", "field_unknown_similar", "figures[sales].lastyear"),
        (LINK, "links: none", "list_wanted", "links"),
        ("company: {name: Acme, year: 2026}", "company: Acme", "fields_wanted", "company"),
        ("schema: 1", "schema: 0", "number_too_small", "schema"),
        ("schema: 1", f"bands: [{BAND}]", "list_too_short", "bands"),
        # rules
        ("schema: 1", "schema: 2", "schema_newer", "schema"),
        ("weight: 0.6", "weight: 0.5", "weights_of_perspectives", "perspectives"),
        (WORK, WORK.replace("1", "0.9"), "weights_of_objectives", PEOPLE),
        ("goal: 0.2, weight: 0.5", "goal: 0.2, weight: 0.4", "weights_of_kpis", KPIS),
        (FORMULA, "(sales - costs) / sals", "formula_unknown_input_similar", f"{MARGIN}.formula"),
        (FORMULA, "(sales - costs) / weather", "formula_unknown_input", f"{MARGIN}.formula"),
        (FORMULA, "margin + costs / sales", "formula_names_itself", f"{MARGIN}.formula"),
        (FORMULA, "growing + costs / sales", "formula_names_kpi", f"{MARGIN}.formula"),
        (FORMULA, "costs + staff", "formula_total_and_average", f"{MARGIN}.formula"),
        (FORMULA, "sales * costs + sales", "formula_degrees", f"{MARGIN}.formula"),
        (FORMULA, "costs / (1 - 1)", "formula_zero_division", f"{MARGIN}.formula"),
        (FORMULA, "sales / costs)", "formula_bracket_closed", f"{MARGIN}.formula"),
        ("perspective: people", "perspective: peple", "perspective_unknown_similar", STAFF),
        ("perspective: people", "perspective: zzz", "perspective_unknown", STAFF),
        ("cause: \"2.1\"", "cause: \"2.2\"", "link_unknown_similar", "links[#1].cause"),
        ("cause: \"2.1\"", "cause: zzz", "link_unknown", "links[#1].cause"),
        ("cause: \"2.1\"", "cause: \"1.1\"", "link_to_itself", "links[#1]"),
        ("schema: 1", "policies: {floor: 1, cap: 0.5}", "cap_below_floor", "policies.cap"),
        ("  sales: {last_year", "  salez: {last_year", "figures_unknown_similar", "figures[salez]"),
        ("  sales: {last_year", "  zzz: {last_year", "figures_unknown", "figures[zzz]"),
        # warnings and notes
        ("links:", LINK, "link_twice", "links[#2]"),
        ("links:", "links:\n  - {cause: \"1.1\", effect: \"2.1\"}", "link_circle", "links"),
        ("goal: 50, ", "", "goal_missing", f"{OUTPUT}.goal"),
        ("goal: 50", "goal: 0", "goal_zero", f"{OUTPUT}.goal"),
        (FORMULA, "1 / sales", "input_unused", "inputs[costs]"),
        ("[1, 2,", "[1, -2,", "figures_negative", "figures[sales]"),
    ],
)  # fmt: skip
def test_each_problem_is_told_by_itself_at_its_place(
    old: str, new: str, code: str, path: str
) -> None:
    """One fault in an otherwise sound definition gives one problem: its code and its path."""
    assert told(spoiled((old, new))) == [(code, path)]


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        (
            [("inputs:", "inputs:\n  - {id: sales, name: A, perspective: money, aggregation: T}")],
            "id_twice",
            "inputs[#2].id",
        ),
        ([("id: growing", "id: margin")], "id_twice", f"{KPIS}[#2].id"),
        (
            [("id: people", "id: money"), ("perspective: people", "perspective: money")],
            "id_twice",
            "perspectives[#2].id",
        ),
        (
            [('id: "2.1"', 'id: "1.1"'), (LINK, "")],
            "id_twice",
            "perspectives[people].objectives[1.1].id",
        ),
        (
            [('id: "2.1"', "id: 1-1"), ('cause: "2.1"', "cause: 1-1")],
            "id_alike",
            "perspectives[people].objectives[1-1].id",
        ),
        (
            [("id: people", "id: Money"), ("perspective: people", "perspective: Money")],
            "id_alike",
            "perspectives[Money].id",
        ),
        ([("id: margin", "id: costs")], "id_of_input_and_kpi", f"{KPIS}[costs].id"),
        ([("id: margin", "id: growth")], "id_reserved", f"{KPIS}[growth].id"),
    ],
)
def test_an_id_names_one_thing(changes: list[tuple[str, str]], code: str, path: str) -> None:
    """Among inputs, KPIs, objectives and perspectives, also where a workbook sees no difference."""
    assert told(spoiled(*changes)) == [(code, path)]


def test_a_formula_without_inputs_is_a_problem() -> None:
    """It would have the same value in every period."""
    problems = told(spoiled(("sales / staff", "12")))
    output = f"{OUTPUT}.formula"
    assert problems == [("formula_without_inputs", output), ("input_unused", "inputs[staff]")]


def test_a_formula_too_long_for_a_cell_is_a_problem() -> None:
    """Nested divisions repeat their denominators, so that a short formula may become long."""
    nested = "1/(sales+" * 25 + "costs" + ")" * 25
    codes = [code for code, _ in told(spoiled((FORMULA, nested)))]
    assert "formula_too_long_in_excel" in codes


def test_bands_have_to_ascend() -> None:
    """A bound that is not above the one before it leaves a band without room."""
    band = "{{from: {}, id: {}, name: a, plan: a, term: a}}"
    bands = ", ".join(
        band.format(bound, name) for bound, name in ((0, "a"), (0.5, "b"), (0.5, "c"))
    )
    assert told(spoiled(("schema: 1", f"bands: [{bands}]"))) == [("bands_order", "bands[c].from")]


def test_all_problems_are_reported_at_once() -> None:
    """A fault in a field hides none between the fields, and the other way round."""
    text = spoiled(
        ("year: 2026", "yaer: 2026"),
        ("name: Costs, ", ""),
        ("goal: 0.2, weight: 0.5", "goal: 12%, weight: 0.4"),
        ("growth(sales)", "growth(salse)"),
        ("perspective: people", "perspective: peple"),
        ("sales / staff", "sales +* staff"),
        ("weight: 0.6", "weight: 0.7"),
        ('effect: "1.1"', "effect: zzz"),
    )
    assert set(told(text)) == {
        ("field_unknown_similar", "company.yaer"),
        ("field_missing", "company.year"),
        ("field_missing", "inputs[costs].name"),
        ("number_as_percent", f"{MARGIN}.goal"),
        ("weights_of_kpis", KPIS),
        ("formula_unknown_input_similar", f"{KPIS}[growing].formula"),
        ("perspective_unknown_similar", "inputs[staff].perspective"),
        ("formula_unexpected", f"{OUTPUT}.formula"),
        ("weights_of_perspectives", "perspectives"),
        ("link_unknown", "links[#1].effect"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{id: costs, ", "{id: Costs, ", {"id_form"}),
        ("aggregation: A", "aggregation: M", {"field_choice"}),
        ("goal: 50, weight: 1", "goal: 50, weight: all", {"number_wanted"}),
        ("formula: sales / staff, ", "", {"field_missing"}),
        ('  - {cause: "2.1", effect: "1.1"}', "  - 2.1 leads to 1.1", {"fields_wanted"}),
        ('  - {cause: "2.1", effect: "1.1"}', "  - {cause: '2.1'}", {"field_missing"}),
        (
            OUTPUT_LINE,
            "- nothing",
            {"fields_wanted"},
        ),
        (
            OUTPUT_LINE,
            "[]",
            {"list_too_short"},
        ),
    ],
)
def test_a_broken_field_gives_no_false_alarm_elsewhere(
    old: str, new: str, expected: set[str]
) -> None:
    """What would only follow from the broken field is not reported as well."""
    assert {code for code, _ in told(spoiled((old, new)))} == expected


@pytest.mark.parametrize("missing", ["company", "inputs", "perspectives"])
def test_a_definition_without_a_main_part_says_which(missing: str) -> None:
    """The parts that are there are still checked as far as possible."""
    parts = {"company": "company: {name: Acme, year: 2026}\n"}
    inputs = SOUND[SOUND.index("inputs:") : SOUND.index("perspectives:")]
    perspectives = SOUND[SOUND.index("perspectives:") : SOUND.index("links:")]
    parts |= {"inputs": inputs, "perspectives": perspectives}
    text = "".join(part for name, part in parts.items() if name != missing)
    assert ("field_missing", missing) in told(text)
