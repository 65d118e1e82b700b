"""Reading a definition: every problem found at once, each with its code and its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.definition import (
    DEFAULT_BANDS,
    Definition,
    InputFigures,
    LocalText,
)
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.validation import (
    check_definition,
    dump_definition,
    load,
    read_definition,
)
from tests.definition.documents import SOUND, problems_of, spoiled


def test_a_sound_definition_is_read_without_a_problem() -> None:
    """Nothing is reported, and what was left out is as usual."""
    definition, problems = load(SOUND)
    assert problems == ()
    assert definition.bands == DEFAULT_BANDS
    assert [kpi.id for kpi in definition.kpis()] == ["margin", "growing", "output"]
    assert definition.figures["sales"].months == (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, None)


def test_errors_stop_the_reading_and_warnings_do_not() -> None:
    """Warnings come with the definition; errors come with the warnings."""
    doubtful = spoiled(("goal: 50, ", ""))
    definition, warnings = load(doubtful, file="acme.yaml")
    assert definition == read_definition(doubtful)
    assert [problem.severity for problem in warnings] == ["warning"]
    assert warnings[0].file == "acme.yaml"
    with pytest.raises(ProblemsError) as refusal:
        read_definition(spoiled(("goal: 50, ", ""), ("weight: 0.6", "weight: 0.5")))
    assert [problem.severity for problem in refusal.value.problems] == ["error", "warning"]


def test_a_definition_that_did_not_come_from_yaml_is_checked_alike() -> None:
    """A definition read back out of a workbook passes through the same rules."""
    definition = read_definition(SOUND)
    changed = definition.model_copy(update={"figures": {"rain": InputFigures(last_year=1)}})
    newer = definition.model_copy(update={"schema_version": 9})
    assert [problem.code for problem in check_definition(changed)] == ["figures_unknown"]
    assert [problem.code for problem in check_definition(newer)] == ["schema_newer"]


def test_problems_beyond_what_a_reader_can_take_in_are_cut_off_visibly() -> None:
    """After two hundred a note says that there are more."""
    links = "\n".join("  - {cause: zzz, effect: yyy}" for _ in range(300))
    problems = problems_of(spoiled(("links:", f"links:\n{links}")))
    assert len(problems) == 201
    assert problems[-1].code == "more_problems"


@pytest.mark.parametrize("scalar", ["1.10", "2.0", "007", "1e3", "no"])
def test_ids_keep_the_text_that_was_typed(scalar: str) -> None:
    """An unquoted 1.10 is not the number 1.1, and an unquoted no is not false."""
    text = spoiled(('id: "2.1"', f"id: {scalar}"), ('cause: "2.1"', f"cause: {scalar}"))
    definition = read_definition(text)
    assert [objective.id for objective in definition.objectives()] == ["1.1", scalar]
    assert definition.links[0].cause == scalar


def test_a_name_may_look_like_a_formula_or_a_number() -> None:
    """It stays a text; how it is stored in a workbook is the workbook's concern."""
    definition = read_definition(
        spoiled(("name: Acme", "name: =1+1"), ("name: Sales", "name: 2026"))
    )
    assert definition.company.name == "=1+1"
    assert definition.inputs[0].name == {"": "2026"}


def test_a_field_left_empty_is_as_if_it_were_not_there() -> None:
    """Only an explicit null says that there is to be no floor."""
    definition = read_definition(spoiled(("schema: 1", "title:\npolicies: {floor: null, cap: }")))
    assert definition.title == {}
    assert (definition.policies.floor, definition.policies.cap) == (None, None)


def test_texts_are_read_in_one_language_or_several() -> None:
    """A plain string stands for all languages; a missing language falls back on another."""
    earn = LocalText({"en": "Earn", "es": "Ganar"})
    assert next(read_definition(SOUND).objectives()).name == earn
    assert earn.in_language("es") == "Ganar"
    assert LocalText({"": "Acme"}).in_language("es") == "Acme"
    assert LocalText({"en": "Earn"}).in_language("es") == "Earn"
    assert LocalText().in_language("en") == ""


UNPRINTABLE = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
SIGNS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=UNPRINTABLE)
NAMES = st.text(SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool)


@given(name=NAMES, months=st.lists(st.none() | st.floats(-1e9, 1e9), min_size=12, max_size=12))
def test_a_definition_survives_writing_and_reading(name: str, months: list[float | None]) -> None:
    """As YAML text and as JSON data, whatever the names and figures are."""
    base = read_definition(SOUND)
    company = base.company.model_copy(update={"name": name, "sector": LocalText({"es": name})})
    figures = {"sales": InputFigures(months=tuple(months))}
    definition = base.model_copy(update={"company": company, "figures": figures})
    told_as_json = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert Definition.model_validate(told_as_json) == definition
    assert read_definition(dump_definition(definition)) == definition


def test_a_text_for_all_languages_is_written_as_a_plain_text() -> None:
    """So that the file stays as simple as it was typed."""
    definition = read_definition(SOUND)
    written = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert written["inputs"][0]["name"] == "Sales"
    assert written["perspectives"][0]["objectives"][0]["name"] == {"en": "Earn", "es": "Ganar"}
    assert dump_definition(definition).startswith("schema: 1\n")


def test_a_file_is_named_in_its_problems(tmp_path: Path) -> None:
    """Without another name the path is told."""
    file = tmp_path / "acme.yaml"
    file.write_text(spoiled(("goal: 50, ", "")), "utf-8-sig")
    _, warnings = load(file)
    assert warnings[0].file == str(file)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "definition_not_there"),
        (b"x" * 1_000_001, "definition_too_large"),
        (b"PK\x03\x04\xff\xfe", "definition_not_text"),
        (b"", "definition_empty"),
        (b"# nothing\n", "definition_empty"),
        (b"- a\n- b\n", "definition_without_fields"),
        (b"just text", "definition_without_fields"),
    ],
)
def test_a_file_that_is_no_definition_is_refused(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    """One sentence says what is wrong with it."""
    file = tmp_path / "acme.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ProblemsError) as refusal:
        read_definition(file)
    assert [problem.code for problem in refusal.value.problems] == [code]
    assert str(refusal.value).startswith(str(file))


def test_a_folder_is_not_a_definition(tmp_path: Path) -> None:
    """What cannot be opened is told like everything else."""
    with pytest.raises(ProblemsError) as refusal:
        read_definition(tmp_path)
    assert [problem.code for problem in refusal.value.problems] == ["definition_unreadable"]
