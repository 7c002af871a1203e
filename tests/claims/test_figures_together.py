"""Figures of money seen together: what each probably is, by what the others probably are."""

from __future__ import annotations

from newsclaims.claims.figures_together import Setting, together

PAY = {"deal": 0.05, "figure": 0.05, "pay": 0.9}
DEAL = {"deal": 0.9, "figure": 0.05, "pay": 0.05}


def setting(sentence: int = 0, joint: str = "", value: float = 1.0) -> Setting:
    return Setting(sentence, joint, (value, value, "USD"))


def test_a_figure_alone_has_no_neighbours_and_no_share() -> None:
    (names,) = together([setting()], [PAY])
    assert {"last=none", "next=none"} <= set(names)
    assert not any(name.startswith(("share.", "twin")) for name in names)


def test_a_neighbour_in_the_sentence_tells_how_it_is_joined() -> None:
    _, names = together([setting(value=1), setting(joint="and", value=2)], [PAY, DEAL])
    assert {"last.here.pay>1.3", "last.and.pay>0.85"} <= set(names)
    assert not any(name.startswith("last.elsewhere") for name in names)


def test_a_neighbour_of_another_sentence_stands_elsewhere() -> None:
    names, _ = together([setting(0, value=1), setting(9, value=2)], [PAY, DEAL])
    assert "next.elsewhere.deal>1.3" in names


def test_the_same_amount_elsewhere_is_a_twin() -> None:
    names, _ = together([setting(0, value=5), setting(9, value=5)], [PAY, DEAL])
    assert {"twin", "twin.deal>2"} <= set(names)


def test_the_share_of_a_type_is_that_of_the_others() -> None:
    first, *_ = together([setting(n, value=n) for n in range(3)], [PAY, DEAL, DEAL])
    assert "share.deal>0.7" in first
    assert "share.pay>0.1" not in first


def test_of_no_figures_nothing_is_told() -> None:
    assert together([], []) == []
