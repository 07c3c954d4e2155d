"""The first tables, and what keeps the boroughs apart on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None

KINDS = {"text": sa.Text, "number": sa.Integer, "date": sa.Date, "yes_no": sa.Boolean, "bytes": sa.LargeBinary}
TABLES = {
    "agency": "code!, name!, group, committed yes_no!",
    "chain": "seq number!, hash!",
    "context": "kind!, name!, location_type, address, postcode, urn, confirmed yes_no!, same_as number",
    "counter": "name!, last number!",
    "history": "seq number!, at!, who!, did!, table, row number, why!, detail, digest!, previous!, hash!",
    "meeting": """
        held_on date!, referrals_close_on date, remind_on date, papers_on date, minutes_due_on date, venue, chair, minute_taker, state!""",
    "original": "sha256!, kind!, data bytes!",
    "person": """
        family_name, given_names, known_as, dob date, dob_status, age, under_18, sex, gender, ethnicity, first_language,
        interpreter_language, disabilities, learning_difficulty yes_no, nhs_number, upn, social_care_id, yjs_ref, police_ref,
        home_address, home_postcode, current_address, current_postcode, address_sensitive yes_no, do_not_disclose yes_no,
        do_not_disclose_reason, social_care_status, legal_status, care_leaver yes_no, education_status, allocated_worker,
        allocated_team, same_as number""",
    "reference": "number!, sha256!, given_on date!",
    "attendance": """
        meeting_id number!, agency_id number, attendance!, name, representing, observer yes_no!, statement_signed yes_no,
        information_on date""",
    "case": """
        reference!, label!, person_id number, context_id number, status!, opened_on date!, owner, lead_agency, concern_types,
        subject_role, exploitation_models, primary_model, peer_on_peer, gang_association, placed_out_of_borough yes_no, placement_type,
        host_authority, host_authority_notified_date date, host_liaison_contact, host_liaison_summary, placed_in_by_other_la yes_no,
        responsible_authority, cross_border, crime_recorded yes_no, investigation_status, police_outcome, nfa yes_no, nfa_date date,
        nfa_reason, nfa_plan, nfa_plan_owner, next_review date, review_asked_on date, review_asked_of, restricted_to_agencies,
        closed_on date, outcome, closing_agency, closing_reason, re_referral_of number, merged_into number""",
    "contact": "agency_id number!, role!, name, email, until date",
    "context_name": "context_id number!, name!, key!",
    "match": "person_id number!, other_id number!, band!, score number!, reasons!, against!, state!, decided_by, decided_on date",
    "person_key": "key!, person_id number!",
    "action": """
        number!, meeting_id number, case_id number, context_id number, action!, agency, lead_person, due date, status!,
        completed_on date, evidence, reason_not_done, times_carried number!""",
    "discussion": """
        meeting_id number!, case_id number, context_id number, heard_under!, information, decision, review_on date,
        minutes_spent number""",
    "referral": """
        reference!, form!, version number!, original_id number, case_id number!, person_id number, context_id number, corrects number,
        received_on date!, received_by!, source_name!, sha256!, kind!, mail_subject, mail_sender, message_id, referral_date date,
        referrer_name, referrer_agency, referrer_email, answers!, problems!, accepted_because""",
    "assessment": """
        person_id number!, case_id number!, referral_id number, scheme!, code!, category_source, category_date date, category_chair""",
    "disruption": """
        case_id number!, referral_id number, measure!, target, target_under_18, requested_date date, decision, served_date date,
        expiry_date date, breached""",
    "intervention": "case_id number!, referral_id number, intervention!, stage!",
    "involvement": "case_id number!, referral_id number, agency!, worker, contact, role, since date, doing",
    "link": """
        person_id number, other_id number, context_id number, case_id number!, referral_id number, role!, relationship,
        information_source, confidence, evidence, first_seen date, last_seen date, ended_on date""",
    "missing_episode": """
        person_id number!, case_id number!, referral_id number, start, end, type, rhi_offered, rhi_accepted, rhi_date date,
        found_where, found_with""",
    "panel_link": "case_id number!, referral_id number, panel!, last_heard date, outcome",
}
"""Table → its columns, each with its kind where that isn't text, and ! where it must hold something. Each has `borough` before them, and
`id` where KEYS says nothing else; those that others are tied to come first."""
KEYS = {"history": ("seq",), "chain": (), "counter": ("name",), "person_key": ("key", "person_id")}
"""What a row is known by in its borough, where that is not its `id`."""
TIES = {
    "action": {"meeting_id": "meeting", "case_id": "case", "context_id": "context"},
    "assessment": {"person_id": "person", "case_id": "case", "referral_id": "referral"},
    "attendance": {"meeting_id": "meeting", "agency_id": "agency"},
    "case": {"person_id": "person", "context_id": "context", "re_referral_of": "case", "merged_into": "case"},
    "contact": {"agency_id": "agency"},
    "context": {"same_as": "context"},
    "context_name": {"context_id": "context"},
    "discussion": {"meeting_id": "meeting", "case_id": "case", "context_id": "context"},
    "disruption": {"case_id": "case", "referral_id": "referral"},
    "intervention": {"case_id": "case", "referral_id": "referral"},
    "involvement": {"case_id": "case", "referral_id": "referral"},
    "link": {"person_id": "person", "other_id": "person", "context_id": "context", "case_id": "case", "referral_id": "referral"},
    "match": {"person_id": "person", "other_id": "person"},
    "missing_episode": {"person_id": "person", "case_id": "case", "referral_id": "referral"},
    "panel_link": {"case_id": "case", "referral_id": "referral"},
    "person": {"same_as": "person"},
    "person_key": {"person_id": "person"},
    "referral": {"original_id": "original", "case_id": "case", "person_id": "person", "context_id": "context", "corrects": "referral"},
}
"""Table → the columns that name a row of another, looked at when a transaction ends."""
ONCE = {
    "action": ("number",),
    "agency": ("code",),
    "case": ("reference",),
    "match": ("person_id", "other_id"),
    "meeting": ("held_on",),
    "original": ("sha256",),
    "reference": ("sha256",),
}
"""Table → what may be there once in a borough."""
INDEXES = {"context_name": ("key",), "reference": ("number",), "referral": ("message_id", "reference", "sha256")}

BOROUGHS = "ARRAY(SELECT substr(rolname, 11) FROM pg_roles WHERE starts_with(rolname, 'mase_docs_') AND pg_has_role(oid, 'usage'))"
"""The boroughs of whoever asks: those whose roles `mase_docs_<borough>` they are members of. Worked out once a statement."""


def upgrade() -> None:
    for table, words in TABLES.items():
        made(table, words, TIES.get(table, {}), INDEXES.get(table, ()))


def made(table: str, words: str, ties: Mapping[str, str], indexes: Iterable[str]) -> None:
    """A table with the columns that words tell of, as TABLES has them; on a server, its rows kept apart by borough."""
    op.create_table(table, *_columns(table, words), *_constraints(table, ties))
    for column in indexes:
        op.create_index(f"ix_{table}_{column}", table, [column])
    if op.get_bind().dialect.name == "postgresql":
        _separate(table)


def _columns(table: str, words: str) -> Iterator[sa.Column[Any]]:
    for told in ["borough!", *([] if table in KEYS else ["id number!"]), *(word.strip() for word in words.split(","))]:
        name, _, kind = told.removesuffix("!").partition(" ")
        yield sa.Column(name, KINDS[kind or "text"], nullable=not told.endswith("!"), autoincrement=False)


def _constraints(table: str, ties: Mapping[str, str]) -> Iterator[sa.Constraint]:
    yield sa.PrimaryKeyConstraint("borough", *KEYS.get(table, ("id",)), name=f"pk_{table}")
    for column, other in ties.items():
        there = [f"{other}.borough", f"{other}.id"]
        yield sa.ForeignKeyConstraint(["borough", column], there, f"fk_{table}_{column}", deferrable=True, initially="DEFERRED")
    if table in ONCE:
        yield sa.UniqueConstraint("borough", *ONCE[table], name=f"uq_{table}_{ONCE[table][0]}")


def _separate(table: str) -> None:
    """The server gives a row to the members of its borough's role alone, the owner of the table included."""
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY boroughs ON "{table}" USING (borough = ANY ({BOROUGHS})) WITH CHECK (borough = ANY ({BOROUGHS}))')
