"""YAML that is damaged, ambiguous or hostile is refused with the line where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.validation import load
from tests.definition.documents import SOUND, problems_of, spoiled

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("company: {name: Acme\ninputs: 1", "yaml_syntax", 2),
        ("company:\n\tname: Acme", "yaml_syntax", 2),
        ("company: 'Acme", "yaml_syntax", 1),
        ("company: Acme: Ltd", "yaml_syntax", 1),
        ("company: \x07", "yaml_character", 1),
        (BOMB, "yaml_alias", 2),
        ("company: !!python/object:os.system x", "yaml_tag", 1),
        ("company: a\n---\ncompany: b", "yaml_documents", 2),
        ("? [a, b]\n: c", "yaml_key", 1),
        ("a: 1\nb: 2\na: 3", "yaml_key_twice", 3),
        ("[" * 500_000, "yaml_too_deep", 1),
        ("{a: " * 100_000, "yaml_too_deep", 1),
        ("- " * 400_000, "yaml_too_deep", 1),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_yaml_should_not_hold_is_told_with_its_line(text: str, code: str, line: int) -> None:
    """No alias is expanded, no object is built, no depth exhausts the reader."""
    first = problems_of(text)[0]
    assert (first.code, first.values["line"]) == (code, line)


def test_a_key_given_twice_hides_no_other_problem() -> None:
    """The first one counts, and the fields are checked all the same."""
    text = spoiled(("name: Acme,", "name: Acme, name: Other,"), ("goal: 0.2", "goal: much"))
    problems = problems_of(text)
    assert [problem.code for problem in problems] == ["yaml_key_twice", "number_wanted"]
    assert problems[0].values == {"line": 2, "name": "name", "first": 2}


@given(st.text(max_size=200))
def test_arbitrary_text_never_gives_anything_but_problems(text: str) -> None:
    """Whatever is in the file, the answer is a list of problems in words."""
    with pytest.raises(ProblemsError) as refusal:
        load(text)
    assert all(problem.sentence("es") for problem in refusal.value.problems)


@given(st.data())
def test_a_damaged_definition_is_read_or_refused_with_problems(data: st.DataObject) -> None:
    """Cutting out and replacing any piece never leads to a traceback."""
    start = data.draw(st.integers(0, len(SOUND)))
    end = data.draw(st.integers(start, min(start + 40, len(SOUND))))
    patch = data.draw(
        st.sampled_from(("", "x", "[", "{}", "[]", "null", ": ", "- ", "\n", "1e999"))
    )
    for problem in problems_of(SOUND[:start] + patch + SOUND[end:]):
        assert problem.sentence("en")
        assert problem.sentence("es")
