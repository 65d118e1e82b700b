"""The strategy map: arrows run from box to box, between the others, for any definition."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition, Link, LocalText
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.sheets import strategy_map
from tablero.workbook_templates.sheets.page import Formula, Page
from tablero.workbook_templates.strategy_map.bands import MOST_ACROSS, arrows_of, rows_of
from tablero.workbook_templates.strategy_map.placing import placed
from tablero.workbook_templates.workbook import make_board
from tablero.workbook_templates.write import write_workbook
from tests.engines.openxml import Validator
from tests.scoring.companies import a_company, a_kpi, a_perspective, an_input, an_objective
from tests.workbook.companies import large
from tests.workbook.drawn import Point, Read, Shape, Stretch, read_drawing
from tests.workbook.making import PLAIN, Variant
from tests.workbook.okr_companies import ambitious, records

SECTORS = [template.id for template in available()]
SLACK = 40
"""EMUs by which rounding moves a point; a pixel has 9525."""


def company(
    *sizes: int, links: tuple[tuple[str, str], ...] = (), name: str = "Objective"
) -> Definition:
    """A company with so many objectives in each perspective, the first one on top."""
    perspectives = []
    for place, size in enumerate(sizes):
        ids = [f"{place}.{number}" for number in range(size)]
        objectives = [
            an_objective(one, 1 / size, a_kpi(f"k{one.replace('.', '_')}", "x", 1.0)) for one in ids
        ]
        perspectives.append(a_perspective(f"p{place}", 1 / len(sizes), *objectives))
    made = a_company([an_input("x", "T", perspective="p0")], perspectives=perspectives)
    named = {
        one.id: one.model_copy(update={"name": LocalText({"": f"{name} {one.id}"})})
        for one in made.objectives()
    }
    shown = tuple(
        one.model_copy(update={"objectives": tuple(named[each.id] for each in one.objectives)})
        for one in made.perspectives
    )
    arrows = tuple(Link(cause=cause, effect=effect) for cause, effect in links)
    return made.model_copy(update={"perspectives": shown, "links": arrows})


def with_random_links(definition: Definition, chance: random.Random, share: float) -> Definition:
    """Links mostly upwards, some to the same perspective, downwards and in circles."""
    ids = [one.id for one in definition.objectives()]
    count = round(len(ids) * share)
    links = [
        Link(cause=one, effect=other)
        for one, other in (chance.sample(ids, 2) for _ in range(count))
    ]
    return definition.model_copy(update={"links": tuple(links)})


def random_company(seed: int) -> Definition:
    """Up to seven perspectives with up to nine objectives each."""
    chance = random.Random(seed)  # noqa: S311 - shapes for tests
    sizes = [chance.randint(1, 9) for _ in range(chance.randint(2, 7))]
    return with_random_links(company(*sizes), chance, chance.uniform(0.5, 1.5))


def page_of(definition: Definition, variant: Variant = PLAIN) -> Page:
    return strategy_map.build(variant.board(definition))


def drawn(definition: Definition, folder: Path) -> Read:
    """The map of a company, written and read back."""
    board = PLAIN.board(definition)
    page = strategy_map.build(board)
    write_workbook(board, [page], folder / "map.xlsx")
    return read_drawing(folder / "map.xlsx", page.title)


def near(one: Point, other: Point) -> bool:
    return abs(one.x - other.x) <= SLACK and abs(one.y - other.y) <= SLACK


def boxes(read: Read) -> list[Shape]:
    """The boxes of the objectives, without the one that tells of the whole map."""
    return [box for box in read.boxes.values() if box.name.startswith("objective ")]


def crossed(read: Read) -> Iterator[tuple[str, Stretch]]:
    """Every stretch that passes through a box."""
    for stretch in read.stretches:
        for box in boxes(read):
            if box.holds(stretch.start, stretch.end):
                yield box.name, stretch


def ends(read: Read, link: list[Stretch]) -> tuple[str, str]:
    """The objectives to whose boxes a connector is glued; its ends stand on their sites."""
    first, last = link[0], link[-1]
    assert first.glued
    assert last.glued_at_end
    found = []
    for (number, site), point in ((first.glued, first.start), (last.glued_at_end, last.end)):
        assert near(read.boxes[number].sites[site], point)
        found.append(read.boxes[number].name.removeprefix("objective "))
    return found[0], found[1]


def check(definition: Definition, read: Read) -> None:
    """Each link is drawn from its cause to its effect without a gap and without crossing a box."""
    links = list(read.links())
    asked = Counter((arrow.cause, arrow.effect) for arrow in arrows_of(definition))
    assert Counter(ends(read, link) for link in links) == asked
    for link in links:
        for one, other in pairwise(link):
            assert near(one.end, other.start)
    assert list(crossed(read)) == []


@pytest.mark.parametrize("seed", range(10))
def test_arrows_begin_and_end_on_their_boxes_and_cross_no_other(seed: int, tmp_path: Path) -> None:
    """Whatever the perspectives and links: they climb between the boxes."""
    definition = random_company(seed)
    read = drawn(definition, tmp_path)
    check(definition, read)
    assert list(hidden(read)) == []


@pytest.mark.parametrize("name", SECTORS)
def test_arrows_of_the_shipped_definitions_cross_no_box(name: str, tmp_path: Path) -> None:
    """The paper's company, the empty one and every sector."""
    definition = load_template(name)
    check(definition, drawn(definition, tmp_path))


def hidden(read: Read) -> Iterator[tuple[Stretch, Stretch]]:
    """Stretches of different arrows that run on top of each other, so that one hides the other."""
    flat = [(number, one) for number, link in enumerate(read.links()) for one in link]
    for place, (number, one) in enumerate(flat):
        for other_number, other in flat[place + 1 :]:
            if number != other_number and overlap(one, other):
                yield one, other


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two upright or two level lines share more than a point."""
    pixel = 9525
    for along, across in ((0, 1), (1, 0)):
        lines = [
            (sorted((line.start[along], line.end[along])), line.start[across], line.end[across])
            for line in (one, other)
        ]
        (first, at, to), (second, other_at, other_to) = lines
        is_flat = abs(at - to) <= SLACK and abs(other_at - other_to) <= SLACK
        shared = min(first[1], second[1]) - max(first[0], second[0])
        if is_flat and abs(at - other_at) < pixel < shared:
            return True
    return False


@pytest.mark.parametrize("name", SECTORS)
def test_no_arrow_hides_another(name: str, tmp_path: Path) -> None:
    """Each has sites and tracks of its own."""
    assert list(hidden(drawn(load_template(name), tmp_path))) == []


def test_the_top_band_is_the_first_perspective() -> None:
    """Finance stands on top, learning at the bottom, as in figure 3 of the paper."""
    page = page_of(load_template("cano"), Variant("plain", "en"))
    names = {cell.row: shown(cell.content) for cell in page.cells if "band_name" in cell.style}
    assert [names[row] for row in sorted(names)] == [
        "Financial", "Customers", "Internal processes", "Growth and learning",
    ]  # fmt: skip


def shown(content: object) -> str:
    return str(content.result) if isinstance(content, Formula) else str(content)


def test_a_crowded_perspective_takes_two_rows() -> None:
    """Names stay legible: no more boxes side by side than a page takes."""
    rows = rows_of(company(3, 2 * MOST_ACROSS - 1))
    assert [len(row.objectives) for row in rows] == [3, MOST_ACROSS - 1, MOST_ACROSS]
    assert [row.is_first for row in rows] == [True, True, False]


def test_boxes_stand_where_arrows_are_short_and_do_not_cross() -> None:
    """Two crossing links are drawn straight."""
    definition = company(2, 2, links=(("1.0", "0.1"), ("1.1", "0.0")))
    slots = placed(rows_of(definition), arrows_of(definition))
    assert slots["1.0"].column == slots["0.1"].column
    assert slots["1.1"].column == slots["0.0"].column


def test_a_link_to_a_neighbour_runs_straight_from_side_to_side(tmp_path: Path) -> None:
    """Within a perspective no detour is made where nothing stands between."""
    read = drawn(company(2, links=(("0.0", "0.1"),)), tmp_path)
    (link,) = read.links()
    assert len(link) == 1
    assert link[0].start.y == link[0].end.y


def test_without_links_the_sheet_says_where_to_list_them(tmp_path: Path) -> None:
    """Boxes without arrows, and a sentence instead of silence."""
    definition = company(2, 3)
    page = page_of(definition)
    assert "links" in shown(next(cell.content for cell in page.cells if cell.row == 1))
    read = drawn(definition, tmp_path)
    assert len(boxes(read)) == 5
    assert read.stretches == []


def test_a_circle_of_links_is_drawn_and_told(tmp_path: Path) -> None:
    """Both arrows are there, and the chain is written under the map."""
    definition = company(1, 1, links=(("0.0", "1.0"), ("1.0", "0.0")))
    check(definition, drawn(definition, tmp_path))
    told = [shown(cell.content) for cell in page_of(definition).cells if cell.style == "doubt"]
    assert "Objective 1.0 → Objective 0.0 → Objective 1.0" in " ".join(told)


def test_links_given_twice_or_to_nowhere_are_drawn_once_or_not() -> None:
    """A map is drawn even of a definition that has problems."""
    links = (("1.0", "0.0"), ("1.0", "0.0"), ("0.0", "0.0"), ("1.0", "9.9"))
    assert list(arrows_of(company(1, 1, links=links))) == [("1.0", "0.0")]


def test_the_whole_is_told_to_those_who_do_not_see_it(tmp_path: Path) -> None:
    """One sentence lists the links; each arrow and each box says what it is."""
    read = drawn(company(1, 1, links=(("1.0", "0.0"),)), tmp_path)
    whole, *others = (box.alt for box in read.boxes.values())
    assert "Objective 1.0 → Objective 0.0" in whole
    assert others == ["Objective 0.0", "Objective 1.0"]
    assert [one.alt for one in read.stretches] == ["Objective 1.0 → Objective 0.0"]


def test_a_very_long_name_gets_small_letters_and_more_lines() -> None:
    """It wraps in its box, which grows."""
    usual, long = (page_of(company(6, name=name)) for name in ("Short", "A very long name " * 9))
    assert not any("tight" in cell.style for cell in usual.cells)
    assert any("tight" in cell.style for cell in long.cells)
    assert max(long.heights.values()) > max(usual.heights.values())


def test_thirty_objectives_can_be_read_on_one_page() -> None:
    """On A4 across, letters of ten points are printed with six points or more."""
    page = page_of(with_random_links(large(), random.Random(3), 1.2))  # noqa: S311
    wide = sum(one.characters * 7 + 5 for one in page.widths)
    high = sum(page.heights.values()) * 4 / 3
    scale = min(10.69 * 96 / wide, 7.07 * 96 / high, 1)
    assert page.pages_high == 1
    assert 10 * scale >= 6


def test_excel_finds_nothing_wrong_with_a_map(validator: Validator, tmp_path: Path) -> None:
    """With climbs, detours, arrows in circles, and boxes in two rows of a band."""
    chance = random.Random(5)  # noqa: S311 - links for tests
    definition = with_random_links(company(3, 2, 7, 2), chance, 1.5)
    assert validator(PLAIN.write(definition, tmp_path / "map.xlsx")) == []


def test_objectives_of_okr_are_counted_on_what_they_serve() -> None:
    """By status, best first, on the box of their objective or in the band of their perspective."""
    company = ambitious()
    okrs = [one.model_copy(update={"objective": None}) for one in company.okrs]
    objective = company.perspectives[0].objectives[0].id
    okrs[0] = okrs[0].model_copy(update={"objective": objective})
    board = make_board(
        company.model_copy(update={"okrs": tuple(okrs)}),
        language="en",
        dialect="plain",
        records=records(),
    )
    lines = [
        shown(cell.content)
        for cell in strategy_map.build(board).cells
        if shown(cell.content).startswith("OKR ")
    ]
    running = [
        one.status
        for one in board.okrs.okrs
        if board.okrs.span(one.okr).first <= board.okrs.as_of <= board.okrs.span(one.okr).last
    ]
    counted = sum(int(part) for line in lines for part in line.split() if part.isdigit())
    assert len(lines) == 2
    assert counted == len([status for status in running if status]) > 0
