"""What joins cases: groups, what is left out of the picture, and the same facts in words."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from mase_docs.model.network import Network, Node, Tie
from mase_docs.model.network_words import ITSELF, facts, summary
from tests.networks import case, group, month, thing, tied, together

ONE, TWO, THREE, FOUR = (case(n) for n in (1, 2, 3, 4))
SCHOOL, PARK, TESTA = thing(1), thing(2, "place", "Fern Park"), thing(3, "person", "Testa Sample")


def names(network: Network) -> set[str]:
    return {node.id for node in network.nodes}


def test_groups_are_what_hangs_together_with_the_most_cases_first() -> None:
    small, large = tied((ONE, TWO)), tied((THREE, SCHOOL), (FOUR, SCHOOL), (case(5), SCHOOL))
    assert [names(found) for found in together(small, large, Network((case(9),))).groups()] == [names(large), names(small), {"case 9"}]


def test_a_month_has_its_groups_and_its_cases_that_nothing_joins() -> None:
    assert [len(found.cases) for found in month().linked()] == [12, 9, 7, 6, 5, 4, 4, 3, 2]
    assert [node.id for node in month().alone()] == [f"case {n}" for n in range(53, 61)]


def test_what_only_one_case_names_is_a_loose_end() -> None:
    assert tied((ONE, SCHOOL), (TWO, SCHOOL), (ONE, PARK)).without_loose_ends() == tied((ONE, SCHOOL), (TWO, SCHOOL))


def test_a_chain_that_comes_back_to_the_same_case_is_a_loose_end() -> None:
    joined = tied((ONE, SCHOOL), (TWO, SCHOOL))
    round_about = tied((ONE, PARK), (PARK, TESTA), (TESTA, thing(4, "phone", "07700 900123")), (thing(4, "phone", "07700 900123"), PARK))
    assert together(joined, round_about, tied((ONE, TESTA))).without_loose_ends() == joined


def test_a_chain_from_one_case_to_another_is_kept_whole() -> None:
    chain = tied((ONE, PARK), (TESTA, PARK), (TESTA, TWO))
    assert chain.without_loose_ends() == chain


def test_a_case_is_never_a_loose_end() -> None:
    assert names(together(tied((ONE, SCHOOL)), Network((TWO,))).without_loose_ends()) == {ONE.id, TWO.id}


@pytest.mark.parametrize("seed", range(40))
def test_what_is_kept_lies_on_a_way_between_two_cases_and_nothing_else_does(seed: int) -> None:
    """Against every way there is, in networks small enough to walk through."""
    chance = Random(seed)
    nodes = [*(case(n) for n in range(3)), *(thing(n) for n in range(6))]
    ties = [Tie(a.id, b.id, "known to") for a, b in combinations(nodes, 2) if chance.random() < 0.2 + seed / 200]
    network = Network(tuple(nodes), tuple(ties))
    on_a_way: set[str] = set()

    def walk(way: list[str]) -> None:
        if len(way) > 1 and network.node[way[-1]].kind == "case":
            on_a_way.update(way)
        for near in network.beside[way[-1]]:
            if near not in way:
                walk([*way, near])

    for young in network.cases:
        walk([young.id])
    assert names(network.without_loose_ends()) == on_a_way | {young.id for young in network.cases}


def test_the_order_of_what_is_given_makes_no_difference() -> None:
    given = month(3)
    assert Network(given.nodes[::-1], given.ties[::-1] + given.ties) == given
    assert facts(Network(given.nodes[::-1], given.ties[::-1])) == facts(given)


@pytest.mark.parametrize(
    "ties", [(Tie(ONE.id, "nobody", "knows"),), (Tie(ONE.id, ONE.id, "knows"),), (Tie(ONE.id, TWO.id, "knows", "surely"),)]
)
def test_a_tie_that_joins_nothing_is_refused(ties: tuple[Tie, ...]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Network((ONE, TWO), ties)


def test_two_nodes_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="id of its own"):
        Network((ONE, Node(ONE.id, "person", "Testa Sample")))


def test_each_pair_has_a_row_for_each_thing_it_shares() -> None:
    network = together(tied((ONE, SCHOOL), (TWO, SCHOOL), (THREE, SCHOOL)), tied((ONE, PARK), (TWO, PARK), how="seen at", sure="likely"))
    rows = network.rows()
    assert [(row["case"][:14], row["other"][:14], row["through"]) for row in rows] == [
        ("MASE-2026-0001", "MASE-2026-0002", "Marshgate Academy (school)"),
        ("MASE-2026-0001", "MASE-2026-0002", "Fern Park (place)"),
        ("MASE-2026-0001", "MASE-2026-0003", "Marshgate Academy (school)"),
        ("MASE-2026-0002", "MASE-2026-0003", "Marshgate Academy (school)"),
    ]
    assert rows[1]["how"] == f"{ONE.label} seen at Fern Park (place): likely; {TWO.label} seen at Fern Park (place): likely"


def test_a_row_is_as_sure_as_its_least_sure_fact() -> None:
    weak = together(tied((ONE, SCHOOL)), tied((TWO, SCHOOL), sure="unconfirmed"))
    assert [row["sure"] for row in weak.rows()] == ["unconfirmed"]


def test_a_chain_is_told_in_full_and_in_its_order() -> None:
    [row] = tied((ONE, PARK), (TESTA, PARK), (TESTA, TWO)).rows()
    assert row["through"] == "Fern Park (place), then Testa Sample (person, adult)"
    long = tied((ONE, PARK), (TESTA, PARK), (TESTA, SCHOOL), (SCHOOL, TWO))
    assert [row["through"].count(", then ") for row in long.rows()] == [2]


def test_cases_that_only_a_third_case_joins_have_no_row() -> None:
    rows = tied((ONE, SCHOOL), (TWO, SCHOOL), (TWO, PARK), (THREE, PARK)).rows()
    assert {(row["case"], row["other"]) for row in rows} == {(ONE.label, TWO.label), (TWO.label, THREE.label)}


def test_cases_tied_themselves_need_nothing_between() -> None:
    network = tied((ONE, TWO), how="possibly the same as")
    assert [row["through"] for row in network.rows()] == [""]
    assert [(fact.thing, fact.words) for fact in facts(network)] == [(ITSELF, f"{ONE.label} possibly the same as {TWO.label}")]


def test_every_tie_is_a_fact_once_with_all_who_say_so() -> None:
    network = together(tied((ONE, SCHOOL), source="school"), tied((ONE, SCHOOL), source="police"), tied((TWO, SCHOOL)))
    assert [(fact.words.split(" goes")[0], fact.sources) for fact in facts(network)] == [(ONE.label, "police; school"), (TWO.label, "")]


def test_facts_of_one_thing_stand_together() -> None:
    things = [fact.thing for fact in facts(group(5, 10, 12))]
    assert len(set(things)) == len([one for one, other in zip(things, ["", *things], strict=False) if one != other])


def test_the_summary_says_how_many_groups_and_through_what() -> None:
    network = together(tied((ONE, SCHOOL), (TWO, SCHOOL), (THREE, SCHOOL)), Network((FOUR,)))
    assert summary(network) == (
        "1 group of linked cases. Group 1: 3 cases, joined through Marshgate Academy (school), 3 cases. 1 case linked with no other."
    )
    assert summary(Network((ONE, TWO))) == "No links between cases. 2 cases linked with no other."
