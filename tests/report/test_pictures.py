"""The two pictures: what is placed where, whatever the numbers."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclaims.report import sankey, scale
from newsclaims.report.picture import draw
from newsclaims.report.sankey import UNSTATED, Flow
from newsclaims.report.scale import Sum


def flow(origin: str, destination: str, people: int = 1, certainty: str = "asserted") -> Flow:
    return Flow(origin, destination, certainty, people, f"{origin} to {destination}", "flow-1")


def money(low: float | None, high: float | None, row: str = "pay", **how: object) -> Sum:
    fields = {
        "look": "pay",
        "certainty": "asserted",
        "approximate": False,
        "many": 1,
        "claims": (1,),
        "said": row,
    }
    return Sum(row=row, low=low, high=high, **fields | how)  # type: ignore[arg-type]


def test_columns_are_ordered_so_that_ribbons_do_not_cross() -> None:
    left, right = sankey.ranks([flow("a", "z", 3), flow("b", "y", 2), flow("c", "x", 1)])
    assert left == ["a", "b", "c"]
    assert right == ["z", "y", "x"]


names = st.sampled_from(["", "acme", "bexley", "copperfen", "dorset"])


@given(st.lists(st.builds(flow, names, names, st.integers(1, 40)), min_size=1, max_size=20))
def test_every_employer_has_one_place_and_what_is_not_stated_the_last(flows: list[Flow]) -> None:
    left, right = sankey.ranks(flows)
    assert sorted(left) == sorted({one.origin for one in flows})
    assert sorted(right) == sorted({one.destination for one in flows})
    for column in (left, right):
        assert UNSTATED not in column[:-1]


def ribbons(flows: list[Flow], width: int) -> list[list[float]]:
    """Numbers of the paths of the drawn ribbons: left end, top there, …"""
    known = {key: key for one in flows for key in (one.origin, one.destination) if key}
    root = ElementTree.fromstring(draw(sankey.specification(flows, known, width), "Flows", "wide"))
    paths = [link.find("path") for link in root.iter("a")]
    return [
        [float(n) for n in re.findall(r"-?\d+\.?\d*", path.get("d", ""))]
        for path in paths
        if path is not None
    ]


@pytest.mark.parametrize("width", [340, 1000])
def test_ribbons_are_as_thick_as_people_are_many_and_stand_upon_each_other(width: int) -> None:
    thick, thin, other = ribbons([flow("a", "z", 6), flow("a", "y", 2), flow("b", "z", 2)], width)
    height = 8  # place of the ribbon's height among the numbers of its path
    assert thick[height] + 1 == pytest.approx(3 * (thin[height] + 1))
    assert thin[height] == pytest.approx(other[height])
    assert thick[1] == pytest.approx(thin[1] + thin[height] + 1)  # both leave a, one below the other


def test_a_name_with_markup_is_a_name() -> None:
    spec = sankey.specification([flow("<b>", "&amp;")], {"<b>": "<b>", "&amp;": "&amp;"}, 1000)
    root = ElementTree.fromstring(draw(spec, 'a "label" <of> it', "wide"))
    assert {text.text for text in root.iter("text")} == {"<b>  1", "&amp;  1"}
    assert root.get("aria-label") == 'a "label" <of> it'


def marks(sums: list[Sum], width: int = 1000) -> list[dict[str, Any]]:
    made = scale.specify(sums, dict.fromkeys(one.row for one in sums), width)
    return made.specification["data"][0]["values"]


@pytest.mark.parametrize("width", [320, 358])
def test_two_long_names_have_room_upon_a_ribbon_of_a_narrow_page(width: int) -> None:
    known = {"a": "Lakeshore Symphony Orchestra", "b": "Gothenburg Philharmonic Society"}
    spec = sankey.specification([flow("a", "b", 12)], known, width)
    left, right = (node["name"] for node in spec["data"][0]["values"])
    letter = 6.6  # pixels of a letter of 12, on average
    assert (len(left) + len(right)) * letter < width
    assert left.startswith("Lakeshore")
    assert right.startswith("Gothenburg")


def test_equal_steps_on_the_axis_are_equal_ratios() -> None:
    one, ten, hundred = (mark["x"] for mark in marks([money(n, n) for n in (1e6, 1e7, 1e8)]))
    assert ten - one == pytest.approx(hundred - ten)


@pytest.mark.parametrize(("rows", "times"), [(2, 1), (7, 2)])
def test_a_tall_picture_has_its_axis_above_and_below(rows: int, times: int) -> None:
    sums = [money(1e6, 1e8, row=f"row {number}") for number in range(rows)]
    made = scale.specify(sums, [one.row for one in sums], 1000)
    root = ElementTree.fromstring(draw(made.specification, "Amounts", "wide"))
    assert [text.text for text in root.iter("text")].count("10m") == times


def test_a_bar_runs_from_bound_to_bound() -> None:
    by_form = {mark["said"]: mark for mark in marks([money(1e6, 1e6, said="a"), money(1e8, 1e8, said="b"),
                                                     money(1e6, 1e8, said="bar")])}  # fmt: skip
    assert by_form["bar"]["form"] == "bar"
    assert (by_form["bar"]["x"], by_form["bar"]["x2"]) == (by_form["a"]["x"], by_form["b"]["x"])


def test_an_open_end_is_equally_long_for_every_amount_since_nobody_knows_where_it_ends() -> None:
    opens = marks([money(1e6, None), money(1e9, None), money(None, 1e6), money(None, 1e9)])
    assert {mark["form"] for mark in opens} == {"open"}
    assert len({round(mark["x2"] - mark["x"], 6) for mark in opens}) == 1
    assert [mark["up"] for mark in opens].count(True) == 2


values = st.floats(0.01, 1e13)
forms = st.sampled_from(["exact", "range", "up", "down"])


@given(st.lists(st.tuples(values, values, forms), min_size=1, max_size=120), st.sampled_from([340, 1000]))
def test_no_two_amounts_of_a_lane_overlap_and_none_leaves_the_picture(
    bounds: list[tuple[float, float, str]], width: int
) -> None:
    sums = []
    for first, second, form in bounds:
        low, high = sorted((first, second))
        low_high = {"exact": (low, low), "range": (low, high), "up": (low, None), "down": (None, high)}[form]
        sums.append(money(*low_high))
    made = scale.specify(sums, ["pay"], width)
    placed = made.specification["data"][0]["values"]
    assert len(placed) + made.left_out == len(sums)
    lanes: dict[float, float] = {}
    for mark in sorted(placed, key=lambda mark: mark["x"]):
        assert mark["x"] >= lanes.get(mark["y"], 0)
        assert 0 <= mark["x"] <= mark["x2"] <= width
        lanes[mark["y"]] = mark["x2"]


@pytest.mark.parametrize(("low", "high"), [(None, None), (0, 0), (0, 5), (-3, None)])
def test_an_amount_of_nothing_has_no_place_on_the_axis(low: float | None, high: float | None) -> None:
    assert not scale.drawable(low, high)


@pytest.mark.parametrize(
    ("value", "words"), [(0.01, "0.01"), (100, "100"), (1e4, "10k"), (1e7, "10m"), (1e12, "1tn")]
)
def test_ticks_are_brief(value: float, words: str) -> None:
    assert scale.tick_words(value) == words
