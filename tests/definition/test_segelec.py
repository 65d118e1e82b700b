"""SEGELEC's system: the paper's objectives and key results, its two clear results, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.sheets.page import Page
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.validation import check_definition
from tablero.workbook_templates.workbook import make_pages
from tests.definition.documents import SOUND, told
from tests.engines.ironcalc_engine import Workbook
from tests.engines.openxml import Validator, own_findings
from tests.workbook.comparing import differences, shown, stored
from tests.workbook.making import NAMES_OF_VARIANTS, PORTABLE, VARIANTS, Variant

SEGELEC = load_template("segelec")

# Tables 1 to 4 and sections 4.4.1 to 4.4.4: start, target and what is followed, by key result.
KEY_RESULTS = {
    "okr1": {
        "margin": (0.0, 0.10, "npm_change"),
        "revenue": (0.0, 0.15, "revenue_growth"),
        "equity": (None, 0.15, "return_on_equity"),
        "costs": (0.0, 0.01, "cost_reduction"),
    },
    "okr2": {
        "perception": (None, 0.20, "customer_satisfaction"),
        "sustainability": (0.0, 0.15, "sustainability_change"),
    },
    "okr3": {
        "productivity": (0.0, 0.10, "productivity_improvement"),
        "on_time": (0.0, 0.20, "time_improvement"),
    },
    "okr4": {"environment": (None, None, None)},
}
# What contradicts in the paper, each by a word of the note on it.
CONTRADICTIONS = (
    "upside down", "MBN and NPM", "customer ROI", "ROI without", "results 2 and 3",
    "fraction lost", "less than or by 1%", "in its own formula", "viability",
    "Three satisfaction targets", "multiplied by three", "level or increase", "77.6%", "303,110",
    "22.9%", "354", "Quarter, year or month", "On time and in budget", "without a number",
    "in one number", "learning and growth", "Few results", "Reference 18",
)  # fmt: skip


def test_four_objectives_have_the_nine_key_results_of_the_paper() -> None:
    """With the start and target that the paper gives, and none where it gives none."""
    found = {
        okr.id: {one.id: (one.start, one.target, one.kpi) for one in okr.key_results}
        for okr in SEGELEC.okrs
    }
    assert found == KEY_RESULTS
    assert sum(map(len, found.values())) == 9


def test_the_formulas_are_the_corrected_ones() -> None:
    """The margin the right way up, costs over the initial ones, satisfied over respondents."""
    assert {kpi.id: kpi.formula for kpi in SEGELEC.kpis()} == {
        "net_profit_margin": "net_profit / total_revenue",
        "npm_change": "growth(net_profit / total_revenue)",
        "revenue_growth": "growth(sales)",
        "return_on_equity": "net_profit / total_equity",
        "cost_reduction": "(initial_costs - final_costs) / initial_costs",
        "customer_satisfaction": "satisfied_customers / respondents",
        "sustainability_rate": "mean(environmental_score, social_score, governance_score)",
        "sustainability_change": (
            "growth(mean(environmental_score, social_score, governance_score))"
        ),
        "productivity_improvement": (
            "(productivity_after - productivity_before) / productivity_before"
        ),
        "time_improvement": "(time_before - time_after) / time_before",
        "satisfaction_improvement": (
            "(satisfaction_final - satisfaction_initial) / satisfaction_initial"
        ),
        "retention_improvement": "(retention_final - retention_initial) / retention_initial",
    }


def test_the_published_quarters_come_out_as_published() -> None:
    """Productivity +10.5% and +11.0%, sales +18% in the second quarter; nothing else is known."""
    calendar = Calendar(2024)
    scores = score(SEGELEC)
    known = {}
    for code in ("2024-Q1", "2024-Q2"):
        card = scores.at(calendar.parse(code))
        kpis = [kpi for one in card.perspectives for two in one.objectives for kpi in two.kpis]
        known[code] = {kpi.kpi.id: kpi.value for kpi in kpis if kpi.value is not None}
    assert known["2024-Q1"] == pytest.approx({"productivity_improvement": 0.105})
    expected = {"productivity_improvement": 0.11, "revenue_growth": 0.18}
    assert known["2024-Q2"] == pytest.approx(expected)


def test_only_those_two_results_stand_in_the_figures() -> None:
    """No figure in soles, no counts of services or customers."""
    assert set(SEGELEC.figures) == {"sales", "productivity_before", "productivity_after"}


def test_what_the_paper_does_not_give_is_not_scored() -> None:
    """Progress only of sales and productivity; the others wait, the fourth objective without."""
    okrs = PORTABLE.board(SEGELEC).okrs
    progress = {one.key_result.id: one.progress for okr in okrs.okrs for one in okr.key_results}
    known = {name: made for name, made in progress.items() if made is not None}
    assert okrs.as_of == date(2024, 6, 30)
    assert known == pytest.approx({"revenue": 1.2, "productivity": 1.1})
    scored = {one.okr.id: one.score for one in okrs.okrs}
    assert scored == {"okr1": 1.0, "okr2": None, "okr3": 1.0, "okr4": None}


def test_the_template_says_what_it_leaves_open() -> None:
    """Warnings, no errors: three key results without a number, four KPIs without a goal."""
    problems = check_definition(SEGELEC)
    assert {problem.severity for problem in problems} == {"warning"}
    assert [(problem.code, problem.values["id"]) for problem in problems] == [
        ("okr_number_missing", "equity"),
        ("okr_number_missing", "perception"),
        ("okr_number_missing", "environment"),
        ("okr_number_missing", "environment"),
        ("goal_missing", "net_profit_margin"),
        ("goal_missing", "sustainability_rate"),
        ("goal_missing", "satisfaction_improvement"),
        ("goal_missing", "retention_improvement"),
    ]


def test_every_contradiction_and_the_assumed_weights_have_a_note() -> None:
    """Each of the 23 contradictions, what was entered, and that equal weights are ours."""
    topics = [note.topic.in_language("en") for note in SEGELEC.notes]
    assert [words for words in CONTRADICTIONS if not any(words in one for one in topics)] == []
    (weights,) = (note for note in SEGELEC.notes if "Weights" in note.topic["en"])
    assert "our assumption" in weights.done["en"]


def test_everything_is_said_in_three_languages() -> None:
    """English, Spanish and Portuguese, down to the notes."""
    assert [words for words in _texts(SEGELEC) if not _is_complete(words)] == []


def _texts(definition: Definition) -> Iterator[LocalText]:
    yield from (definition.title, definition.description, definition.company.sector)
    for item in definition.inputs:
        yield from (item.name, item.unit)
    for kpi in definition.kpis():
        yield from (kpi.name, kpi.unit, kpi.description, kpi.source)
    for okr in definition.okrs:
        yield from (okr.name, *(one.name for one in okr.key_results))
    for perspective in definition.perspectives:
        yield from (perspective.name, *(one.name for one in perspective.objectives))
    for note in definition.notes:
        yield from (note.topic, note.place, note.found, note.done)


def _is_complete(words: LocalText) -> bool:
    if set(words) == {""}:
        return words[""] in {"%", "currency"}
    return set(words) == {"en", "es", "pt"} and all(words.values())


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES_OF_VARIANTS)
def test_its_workbook_calculates_and_is_valid(
    variant: Variant, tmp_path: Path, validator: Validator
) -> None:
    """Every stored result is the engine's; read back, the notes are those of the definition."""
    path = variant.write(SEGELEC, tmp_path / "segelec.xlsx")
    assert differences(shown(Workbook.load(path)), stored(path)) == []
    assert (validator if variant == PORTABLE else own_findings)(path) == []
    if variant == PORTABLE:
        assert read_workbook(path).definition.notes == SEGELEC.notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_notes_shows_every_note_whole(language: str) -> None:
    """One row a note, high enough for its longest text."""
    page = _notes_page(language)
    rows = sorted({cell.row for cell in page.cells if cell.style != "title"})[2:]
    assert len(rows) == len(SEGELEC.notes)
    widths = {width.first: width.characters for width in page.widths}
    for cell in page.cells:
        if cell.row in rows and isinstance(cell.content, str):
            lines = len(cell.content) / widths[cell.column]
            assert page.heights[cell.row] >= 13 * lines


def _notes_page(language: str) -> Page:
    pages = make_pages(Variant("plain", language).board(SEGELEC))
    (page,) = (page for page in pages if page.key == "notes")
    return page


def test_only_a_definition_with_notes_gets_their_sheet() -> None:
    """The paper's other company has none."""
    keys = [page.key for page in make_pages(PORTABLE.board(load_template("cano")))]
    assert "notes" not in keys


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("{topic: A, found: B, done: C}", None),
        ("{topic: A, found: B}", "field_missing"),
        ('{topic: A, found: "", done: C}', "text_blank"),
        ("{topic: A, fond: B, found: B, done: C}", "field_unknown_similar"),
        ("{topic: A, found: [B], done: C}", "text_wanted"),
    ],
)
def test_a_note_is_checked_like_every_field(note: str, code: str | None) -> None:
    """A topic, what was found and what was done; the place may be left out."""
    problems = told(f"{SOUND}notes:\n  - {note}\n")
    assert [problem[0] for problem in problems] == ([code] if code else [])
