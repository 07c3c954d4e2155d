"""The figures of the board report, counted: one function a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from mase_docs.definition.home import Home
from mase_docs.model.submission import NOT_KNOWN, Submission, Value
from mase_docs.statistics import links
from mase_docs.statistics.children import Child, as_day, as_text
from mase_docs.statistics.counted import UNKNOWN, Choices, Counted, split
from mase_docs.statistics.sameness import Mention

CHILDREN, CSE, HSB, REFERRALS = "children", "children with CSE", "children with HSB", "referrals"
EPISODES, NFA, SHARED_SCHOOL, SHARED_PLACES = "episodes", "children with NFA", "children at a shared school", "shared places"
HARMING, HARMING_REFERRED, MISSING = "young people harming", "children harming", "children missing"


@dataclass(frozen=True)
class Period:
    """Everything that is counted: the referrals of the period and the children they are about."""

    home: Home
    referrals: Sequence[Submission]
    children: Sequence[Child]
    contexts: int
    until: date | None

    def choices(self, codes: str) -> Choices:
        return Choices(self.home.codes(codes))

    @cached_property
    def cse(self) -> list[Child]:
        return [child for child in self.children if "cse" in child.chosen("concern_types")]

    @cached_property
    def hsb(self) -> list[Child]:
        return [child for child in self.children if "hsb" in child.chosen("concern_types")]


def activity(period: Period) -> Counted:
    rows = {
        "Referrals of children": len(period.referrals),
        "Children, each counted once": len(period.children),
        "Children with a concern about CSE": len(period.cse),
        "Children with a concern about HSB": len(period.hsb),
        "Referrals of a place, a school or a peer group": period.contexts,
    }
    return Counted("B1", rows, names=dict(zip(rows, (REFERRALS, CHILDREN, CSE, HSB), strict=False)))


def category(period: Period) -> Counted:
    choices = period.choices("cse_category")
    return Counted("B4", split(period.cse, choices.labels, lambda c: choices.label(_assessed(c, "cse_category", period.until))), CSE)


def hsb_level(period: Period) -> Counted:
    choices = period.choices("hsb_level")
    return Counted("B6", split(period.hsb, choices.labels, lambda c: choices.label(_assessed(c, "hsb_level", period.until))), HSB)


def _assessed(child: Child, path: str, until: date | None) -> Value:
    """The latest category or level set by a day."""
    given = [(as_day(r.value("category_date")), r.value(path)) for r in reversed(child.referrals)]
    known = [(day or date.min, value) for day, value in given if value not in (None, NOT_KNOWN) and (not day or not until or day <= until)]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def age(period: Period) -> Counted:
    bands = {band.label: _years(band.hint) for band in period.home.codes("age_band").code if band.hint}
    unknown = f"{UNKNOWN}, or none of these"

    def label(child: Child) -> str:
        return next((band for band, years in bands.items() if child.age in years), unknown)

    return Counted("B7", split(period.children, [*bands, unknown], label), CHILDREN)


def _years(band: str) -> range:
    """The ages of a band written as "13-15"."""
    first, last = band.split("-")
    return range(int(first), int(last) + 1)


def sex(period: Period) -> Counted:
    choices = period.choices("sex")
    return Counted("B8", split(period.children, choices.labels, lambda child: choices.label(child.latest("sex"))), CHILDREN)


def ethnicity(period: Period) -> Counted:
    codes = period.home.codes("ethnicity")
    group_of = {code.code: codes.groups[code.group] for code in codes.code}
    labels = [*(label for group, label in codes.groups.items() if group != "unknown"), UNKNOWN]
    return Counted("B9", split(period.children, labels, lambda child: group_of.get(str(child.latest("ethnicity")), UNKNOWN)), CHILDREN)


def source_agency(period: Period) -> Counted:
    names = {agency.code: agency.name for agency in period.home.profile.agency}

    def label(referral: Submission) -> str:
        said = referral.value("referrer_agency")
        return names.get(str(said), UNKNOWN if said in (None, "not_known") else "Another agency")

    return Counted("B12", split(period.referrals, [*names.values(), "Another agency", UNKNOWN], label), REFERRALS)


def model(period: Period) -> Counted:
    choices = period.choices("exploitation_model")
    found: Counter[str] = Counter()
    for child in period.cse:
        said = [*child.chosen("exploitation_models"), child.latest("primary_model")]
        found.update({choices.label(code) for code in said} - {choices.unknown} or {choices.unknown})
    return Counted("B13", {label: found[label] for label in choices.labels}, CSE, whole=len(period.cse))


def peer_on_peer(period: Period) -> Counted:
    return Counted("B14", split(period.cse, ("Yes", "Mixed", "No", UNKNOWN), _peer_on_peer), CSE)


def _peer_on_peer(child: Child) -> str:
    ages = links.exploiters(child)
    if not ages:
        return {"yes": "Yes", "no": "No"}.get(str(child.latest("peer_on_peer")), UNKNOWN)
    if True in ages and False in ages:
        return "Mixed"
    return UNKNOWN if None in ages else "Yes" if ages[0] else "No"


def missing(period: Period) -> Counted:
    labels = ("At least one episode", "No episode given")
    rows = split(period.children, labels, lambda child: labels[0] if child.rows("missing_episodes") else labels[1])
    return Counted("B15a", rows, CHILDREN, names={labels[0]: MISSING})


def return_interviews(period: Period) -> Counted:
    labels = ("Offered and accepted", "Offered, not accepted", "Not offered", UNKNOWN)
    episodes = [episode for child in period.children for episode in _episodes(child)]
    return Counted("B15b", split(episodes, labels, _interview), EPISODES)


def _episodes(child: Child) -> list[dict[str, Value]]:
    """The episodes of a child, those that two forms give once (the newer form's words); without a start they can't be compared."""
    rows = child.rows("missing_episodes")
    return list({row.get("start") or f"no start {n}": row for n, row in enumerate(rows)}.values())


def _interview(episode: dict[str, Value]) -> str:
    offered, accepted = episode.get("rhi_offered"), episode.get("rhi_accepted")
    if accepted == "yes" or episode.get("rhi_date"):
        return "Offered and accepted"
    return {"yes": "Offered, not accepted" if accepted == "no" else UNKNOWN, "no": "Not offered"}.get(str(offered), UNKNOWN)


def placement(period: Period) -> Counted:
    labels = (
        "Looked after, placed outside the borough",
        "Looked after, placed in the borough",
        "Looked after, not known where",
        "Placed here by another authority",
        "Not looked after",
        UNKNOWN,
    )
    return Counted("B16", split(period.children, labels, lambda child: labels[_placed(child)]), CHILDREN)


def _placed(child: Child) -> int:
    if child.latest("placed_in_by_other_la") is True:
        return 3
    status, outside = child.latest("social_care_status"), child.latest("placed_out_of_borough")
    if outside is True or status == "looked_after":
        return {True: 0, False: 1}.get(outside, 2) if isinstance(outside, bool) else 2
    return 5 if status in (None, "not_known") else 4


def shared_schools(period: Period) -> Counted:
    schools = sorted(links.schools(period.children), key=_shuffled)
    rows = {f"School {_letters(n)}": len({m.child for m in school}) for n, school in enumerate(schools)}
    return Counted("B17", rows, SHARED_SCHOOL, least=dict.fromkeys(rows, 2))


def _shuffled(thing: Sequence[Mention]) -> str:
    """An order that tells nothing of names or numbers, and is the same for the same forms."""
    return sha256(min(m.key + m.detail for m in thing).encode()).hexdigest()


def _letters(n: int) -> str:
    """A … Z, AA, AB …"""
    return (_letters(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


def shared_places(period: Period) -> Counted:
    choices = period.choices("location_type")
    return Counted("B19", split(links.places(period.children), choices.labels, lambda place: choices.label(_kind(place))), SHARED_PLACES)


def _kind(place: Sequence[Mention]) -> str:
    """The kind that most forms give it; of equals, the first in the alphabet of codes."""
    given = Counter(m.kind for m in place if m.kind)
    return min(given, key=lambda kind: (-given[kind], kind), default="not_known")


def linked_children(period: Period) -> Counted:
    found = {
        "The same person": links.linked(links.people(period.children)),
        "The same school": links.linked(links.schools(period.children)),
        "The same place": links.linked(links.places(period.children)),
        "The same peer group": links.linked(links.peer_groups(period.children)),
    }
    unlinked = len(period.children) - len(set().union(*found.values()))
    rows = {**{label: len(linked) for label, linked in found.items()}, "None of these": unlinked}
    return Counted("B20", rows, CHILDREN, len(period.children), {"The same school": SHARED_SCHOOL}, dict.fromkeys(found, 2))


def suspected_of_harming(period: Period) -> Counted:
    referred = [child for child in period.children if links.is_harming(child)]
    helped = sum(1 for child in referred if _has_intervention(child))
    rows = {
        "Referred, with an intervention in place or proposed": helped,
        "Referred, with none given": len(referred) - helped,
        "Named on another child's form only": links.only_named_as_harming(period.children),
    }
    return Counted("B21", rows, HARMING, subtotals={HARMING_REFERRED: tuple(rows)[:2]})


def _has_intervention(child: Child) -> bool:
    return bool((child.chosen("current_interventions") | child.chosen("proposed_interventions")) - {"none_offered", "declined"})


def nfa(period: Period) -> Counted:
    labels = ("With a plan", "Without a plan")
    ended = [child for child in period.children if child.latest("nfa") is True]
    return Counted("B22", split(ended, labels, lambda child: labels[0] if as_text(child.latest("nfa_plan")) else labels[1]), NFA)


FIGURES = (
    activity,
    source_agency,
    category,
    hsb_level,
    age,
    sex,
    ethnicity,
    placement,
    model,
    peer_on_peer,
    suspected_of_harming,
    nfa,
    missing,
    return_interviews,
    shared_schools,
    shared_places,
    linked_children,
)
"""The figures in the order of the report: those of one theme stand together."""
