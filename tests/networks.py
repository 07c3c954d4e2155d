"""Networks for the tests: small ones with every oddity, and seeded random ones. All of it is invented."""

from __future__ import annotations

from random import Random

from mase_docs.model.network import KINDS, SURENESS, Network, Node, Tie

HOW = ("goes to", "seen at", "suspected of harming", "lives at", "wrote to", "possibly the same as")
NAMES = ("Marshgate Academy", "Fern Park", "Testa Sample", "Zoë Ğürsoy-Łącz", "AB12 XYZ", "07700 900123", "Invented Lane Centre")


def case(n: int) -> Node:
    label = f"MASE-2026-{n:04} / T{'ABCDEFG'[n % 7]} / {12 + n % 6}{'FM'[n % 2]}"
    return Node(f"case {n}", "case", label, ("open", "out of borough")[n % 2])


def thing(n: int, kind: str = "school", name: str = "Marshgate Academy") -> Node:
    return Node(f"thing {n}", kind, name, "adult" if kind == "person" else "")


def tied(*pairs: tuple[Node, Node], how: str = "goes to", sure: str = "confirmed", source: str = "") -> Network:
    """A network of nodes that are tied in pairs."""
    return Network(tuple({node for pair in pairs for node in pair}), tuple(Tie(a.id, b.id, how, sure, source) for a, b in pairs))


def together(*networks: Network) -> Network:
    return Network(tuple({node for n in networks for node in n.nodes}), tuple({tie for n in networks for tie in n.ties}))


def group(seed: int, cases: int, things: int, first: int = 1) -> Network:
    """Cases that hang together: each thing joins a case to one before it, and some others."""
    chance = Random(seed)
    young = [case(first + n) for n in range(cases)]
    ties: set[Tie] = set()
    nodes = []
    for n in range(max(things, cases - 1)):
        kind = chance.choice([kind for kind in KINDS if kind != "case"])
        node = thing(first * 100 + n, kind, f"{chance.choice(NAMES)} {n}")
        ends = (young[n % (cases - 1) + 1], young[chance.randrange(n % (cases - 1) + 1)])
        ties |= {Tie(end.id, node.id, chance.choice(HOW), chance.choice(list(SURENESS)), "a form") for end in ends}
        nodes.append(node)
    return Network((*young, *nodes), tuple(ties))


def month(seed: int = 1) -> Network:
    """Sixty cases: nine groups, and eight cases that nothing joins."""
    sizes, first, groups = (12, 9, 7, 6, 5, 4, 4, 3, 2), 1, []
    for number, cases in enumerate(sizes):
        groups.append(group(seed * 100 + number, cases, cases, first))
        first += cases
    return together(*groups, Network(tuple(case(n) for n in range(first, 61))))
