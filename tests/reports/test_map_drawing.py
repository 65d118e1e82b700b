"""The strategy map as a picture: in the places of its sheet, arrows between the boxes."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.reports import map_paint, pictures
from tablero.workbook_templates.reports.charts import Look
from tablero.workbook_templates.reports.map_drawing import strategy_map
from tablero.workbook_templates.reports.map_places import MapPlaces, Place, Point
from tablero.workbook_templates.reports.report import Report
from tests.reports.companies import (
    HOSTILE,
    hostile,
    large_report,
    report_of,
    reporting,
    with_okrs,
)
from tests.workbook.companies import large
from tests.workbook.test_strategy_map import SECTORS, random_company, with_random_links

SVG = "{http://www.w3.org/2000/svg}"
_PAIR = re.compile(r"(-?[\d.]+),(-?[\d.]+)")


def drawn(report: Report, *, linked: bool = True) -> ET.Element:
    return ET.fromstring(strategy_map(report, linked=linked).svg)


def groups(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """The groups of a class."""
    return (one for one in root.iter(f"{SVG}g") if one.get("class") == f"map-{name}")


def boxes(root: ET.Element) -> dict[str, Place]:
    """The rectangle of each objective by its key."""
    found = {}
    for group in groups(root, "box"):
        rectangle = group.find(f"{SVG}rect")
        assert rectangle is not None
        sides = [float(rectangle.get(one, "")) for one in ("x", "y", "width", "height")]
        found[group.get("data-key", "")] = Place(*sides)
    return found


def ways(root: ET.Element) -> Iterator[list[Point]]:
    """The corners of each arrow, bends included."""
    for group in groups(root, "arrow"):
        path = group.find(f"{SVG}path")
        assert path is not None
        yield [Point(float(x), float(y)) for x, y in _PAIR.findall(path.get("d", ""))]


def holds(box: Place, one: Point, other: Point, slack: float = 2.0) -> bool:
    """Whether a stretch passes through the inside of a box."""
    left, right = sorted((one.x, other.x))
    top, bottom = sorted((one.y, other.y))
    return (
        left < box.x + box.width - slack
        and right > box.x + slack
        and top < box.y + box.height - slack
        and bottom > box.y + slack
    )


def touches(box: Place, point: Point) -> bool:
    """Whether a point is on the edge of a box."""
    across = min(abs(point.x - box.x), abs(point.x - box.x - box.width))
    down = min(abs(point.y - box.y), abs(point.y - box.y - box.height))
    return min(across, down) < 0.2 and holds(box, point, point, slack=-0.2)


def check(report: Report) -> None:
    """Every arrow runs from its cause to its effect and through no box; boxes lie apart."""
    root = drawn(report)
    found = boxes(root)
    titles = [group.findtext(f"{SVG}title") for group in groups(root, "arrow")]
    arrows = MapPlaces(report).plan.routing.arrows
    names = {one.id: report.word(one.name) for one in report.definition.objectives()}
    assert titles == [f"{names[one.cause]} → {names[one.effect]}" for one in arrows]
    for arrow, way in zip(arrows, ways(root), strict=True):
        assert touches(found[f"objective:{arrow.cause}"], way[0])
        assert touches(found[f"objective:{arrow.effect}"], way[-1])
        for one, other in pairwise(way):
            assert not [key for key, box in found.items() if holds(box, one, other)]
    _check_apart(list(found.values()), *map(float, root.get("viewBox", "").split()[2:]))


def _check_apart(found: Sequence[Place], width: float, height: float) -> None:
    for place, one in enumerate(found):
        assert one.x >= 0 <= one.y
        assert one.x + one.width <= width
        assert one.y + one.height <= height
        corner = Point(one.x + one.width, one.y + one.height)
        assert not any(holds(two, Point(one.x, one.y), corner) for two in found[place + 1 :])


@pytest.mark.parametrize("name", SECTORS)
def test_arrows_of_the_shipped_definitions_cross_no_box(name: str) -> None:
    """The paper's company, the empty one and every sector."""
    check(reporting(load_template(name)))


@pytest.mark.parametrize("seed", range(6))
def test_arrows_cross_no_box_whatever_the_company(seed: int) -> None:
    """Up to seven perspectives with up to nine objectives each, and links of all kinds."""
    check(reporting(random_company(seed)))


def test_thirty_objectives_with_many_links() -> None:
    """The largest company."""
    chance = random.Random(3)  # noqa: S311 - links for tests
    check(reporting(with_random_links(large(), chance, 1.0)))


def test_boxes_stand_in_the_slots_of_the_sheet() -> None:
    """Rows and columns are those of the plan."""
    report = large_report()
    found = boxes(drawn(report))
    slots = MapPlaces(report).plan.routing.slots
    for one, first in slots.items():
        for other, second in slots.items():
            a, b = found[f"objective:{one}"], found[f"objective:{other}"]
            assert (a.y < b.y) == (first.row < second.row)
            assert (a.x < b.x) == (first.column < second.column)


def told(root: ET.Element, name: str) -> dict[str, list[str]]:
    """The words of each group of a class, by key, its title first."""
    return {
        group.get("data-key", ""): [
            one.text or "" for one in group.iter() if one.tag in (f"{SVG}title", f"{SVG}text")
        ]
        for group in groups(root, name)
    }


@pytest.mark.parametrize("linked", [False, True])
def test_each_box_says_how_its_objective_stands(*, linked: bool) -> None:
    """Achievement, band and name are the scored model's, in the report's language."""
    report = report_of("cano", "es")
    root = drawn(report, linked=linked)
    words = told(root, "box") | told(root, "label") | told(root, "roof")
    for node in report.nodes:
        if node.level == "kpi":
            continue
        standing = report.standing(node)
        band = report.verdicts[standing.position].name
        title, *lines = words[node.key]
        assert title == f"{report.word(node.name)}: {standing.achieved}, {band}"
        assert any(line.startswith(standing.achieved) for line in lines)
        assert any(line.endswith(band) for line in lines)


def test_a_page_colours_boxes_by_their_band_and_leads_to_their_objectives() -> None:
    """No colour stands in its picture; every box is a link and knows its band."""
    report = report_of("cano")
    root = drawn(report)
    painted = {name for one in root.iter() for name in one.attrib}
    assert not painted & {"style", "stroke"}
    assert {one.get("fill") for one in root.iter()} <= {None, "none"}
    links = [one.get("href") for one in root.iter(f"{SVG}a")]
    assert Counter(links) == Counter(
        f"#objective-{one.id}" for one in report.definition.objectives()
    )
    positions = {node.key: str(report.standing(node).position) for node in report.nodes}
    for group in (*groups(root, "box"), *groups(root, "label"), *groups(root, "roof")):
        key = group.get("data-key", "")
        assert group.get("data-band") == positions[key]
        assert group.get("id") == f"map-{key.replace(':', '-')}"
    classes = [one.get("class", "").split() for one in root.iter() if one.tag != f"{SVG}g"]
    style = re.sub(r"[{,]", " ", map_paint.style(report))
    unknown = {each for one in classes for each in one if f".{each} " not in style}
    assert unknown == {"map-figure", "map-word"}


def test_on_paper_each_part_has_its_colour_and_one_sign() -> None:
    """The picture needs nothing around it."""
    report = report_of("cano")
    root = drawn(report, linked=False)
    look = Look.of(report)
    assert not list(root.iter(f"{SVG}a"))
    for group in groups(root, "box"):
        tone = look.tones[int(group.get("data-band", ""))]
        signs = [one for one in group if "data-sign" in one.attrib]
        assert [one.get("fill") for one in signs] == [tone.ink]
        assert tone.paper in {one.get("fill") for one in group}


def test_an_objective_without_figures_says_so() -> None:
    """A dash and words, without a band."""
    report = reporting(load_template("cano").model_copy(update={"figures": {}}))
    root = drawn(report)
    assert not any(one.get("data-band") for one in root.iter())
    assert all("–" in words and "No figures" in words for words in told(root, "box").values())


def test_okrs_are_counted_under_what_they_serve() -> None:
    """As on the sheet: how many stand how, of those whose period is running."""
    report = with_okrs()
    words = told(drawn(report, linked=False), "box")["objective:1.1"]
    statuses = [one.status for one in report.okrs.okrs if one.okr.objective == "1.1"]
    assert words[words.index("OKR") + 1 :].count("1") == len([one for one in statuses if one])


def test_names_are_nothing_but_text() -> None:
    """Whatever was typed, the picture has its own elements and attributes only."""
    root = drawn(hostile())
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "g", "a", "path", "rect", "line", "text", "title",
    }  # fmt: skip
    assert all(one.get("href", "").startswith("#objective-") for one in root.iter(f"{SVG}a"))
    written = " ".join(one.text or "" for one in root.iter(f"{SVG}title"))
    assert sum(one in written for one in HOSTILE) > 3


def test_characters_that_xml_forbids_are_left_out() -> None:
    """A bell in a name makes no file that nobody can read."""
    definition = load_template("cano")
    first, *others = definition.perspectives
    named = first.model_copy(update={"name": LocalText({"": "Fin\x07ance \ud800"})})
    report = reporting(definition.model_copy(update={"perspectives": (named, *others)}))
    assert "Fin ance" in strategy_map(report).svg
    drawn(report)


def test_a_very_long_name_is_cut_in_its_box_and_whole_in_its_title() -> None:
    """Four lines at most."""
    definition = _named(load_template("cano"), "A name that goes on " * 20)
    report = reporting(definition)
    lines = MapPlaces(report).lines(report.nodes[2])
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    check(report)


def _named(definition: Definition, name: str) -> Definition:
    first, *others = definition.perspectives
    objectives = tuple(
        one.model_copy(update={"name": LocalText({"": f"{name}{one.id}"})})
        for one in first.objectives
    )
    named = first.model_copy(update={"objectives": objectives})
    return definition.model_copy(update={"perspectives": (named, *others)})


def test_a_circle_of_links_is_remarked() -> None:
    """In words, for whoever shows the picture."""
    definition = load_template("cano")
    link = definition.links[0]
    back = link.model_copy(update={"cause": link.effect, "effect": link.cause})
    report = reporting(definition.model_copy(update={"links": (*definition.links, back)}))
    assert "lead back" in strategy_map(report).remark
    assert strategy_map(report_of("cano")).remark == ""


def test_the_map_is_told_in_a_sentence() -> None:
    """What leads to what, as the sheet tells it."""
    picture = strategy_map(report_of("cano"))
    assert picture.title == "Strategy map, 2016"
    assert picture.description.startswith("Strategy map. Arrows lead from cause to effect: ")
    assert np.isclose(float(drawn(report_of("cano")).get("width", "0")), picture.width)


def test_the_picture_can_be_drawn() -> None:
    """By the engine of the charts."""
    assert pictures.png(strategy_map(report_of("cano")).svg, 0.5).startswith(b"\x89PNG")
