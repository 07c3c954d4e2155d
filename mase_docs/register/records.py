"""The record model: what the panel remembers, as typed tables. docs/record-model.md is made from this file.

Columns are called as the questions of the forms are; codes are those of `forms/codes/`. Every row belongs to one borough and has a
number of its own there, never given twice. Rows are written through `writing.py` alone, which puts each change into the history.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Date, ForeignKeyConstraint, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_1_name)s",
    "uq": "uq_%(table_name)s_%(column_1_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


class Listed(TypeDecorator[list[str]]):
    """Several codes or words in their order, kept as a JSON list: text on every store, so that all of them give it back alike."""

    impl, cache_ok = Text, True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str] | None:
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, date: Date, list[str]: Listed, bytes: LargeBinary}


def told(comment: str, **options: Any) -> Any:
    """A column with what it holds, in words: docs/record-model.md prints them."""
    return mapped_column(comment=comment, **options)


ONCE = {"once": True}
"""Of a column that is written once and never changed: the history keeps its SHA-256 in place of what it holds."""


def storable(words: str) -> str:
    """Words without what not every store takes: halves of characters, which UTF-8 has not, and NUL, which PostgreSQL has not."""
    return words.encode(errors="replace").decode().replace("\0", "?")


class Kept(Base):
    """A row that the panel keeps: it belongs to a borough and has a number there."""

    __abstract__ = True

    def __setattr__(self, name: str, value: Any) -> None:
        kept = storable(value) if isinstance(value, str) else list(map(storable, value)) if isinstance(value, list) else value
        super().__setattr__(name, kept)

    borough: Mapped[str] = told("The borough's three-digit DfE number", primary_key=True, sort_order=-2)
    id: Mapped[int] = told(
        "Number of the row in its table and borough, never given twice", primary_key=True, autoincrement=False, sort_order=-1
    )


def tied(*uniques: tuple[str, ...], **columns: str) -> tuple[Any, ...]:
    """The table's ties: column → the table whose row of the same borough it names; and what may be there once in a borough."""
    keys = [foreign(column, table) for column, table in columns.items()]
    return (*keys, *(UniqueConstraint("borough", *names) for names in uniques))


def foreign(column: str, table: str) -> ForeignKeyConstraint:
    """Looked at when a transaction ends, so that the order of writing within one doesn't matter."""
    return ForeignKeyConstraint(["borough", column], [f"{table}.borough", f"{table}.id"], deferrable=True, initially="DEFERRED")


class Original(Kept):
    """A completed form's file, byte for byte as it arrived."""

    __tablename__ = "original"
    __table_args__ = tied(("sha256",))
    sha256: Mapped[str] = told("SHA-256 of the bytes")
    kind: Mapped[str] = told("What the bytes proved to be: xlsx, pdf, docx …")
    data: Mapped[bytes] = told("The bytes", info=ONCE)


class Person(Kept):
    """A child, young person or adult known to the panel. What part they play stands on what ties them to something, never here."""

    __tablename__ = "person"
    __table_args__ = tied(same_as="person")
    family_name: Mapped[str | None] = told("Surname; of a linked person the whole name, as it was written")
    given_names: Mapped[str | None] = told("First name and any middle names")
    known_as: Mapped[list[str] | None] = told("Nicknames and other names")
    dob: Mapped[date | None] = told("Date of birth")
    dob_status: Mapped[str | None] = told("How sure the date of birth is (codes: dob_status)")
    age: Mapped[str | None] = told("Age as it was written of a linked person, where there is no date of birth")
    under_18: Mapped[str | None] = told("Whether a linked person is under 18 (codes: yes_no_not_known)")
    sex: Mapped[str | None] = told("Sex (codes: sex)")
    gender: Mapped[str | None] = told("Gender identity (codes: gender)")
    ethnicity: Mapped[str | None] = told("Ethnicity (codes: ethnicity)")
    first_language: Mapped[str | None] = told("First language")
    interpreter_language: Mapped[str | None] = told("Language of the interpreter, where one is needed")
    disabilities: Mapped[list[str] | None] = told("Disabilities (codes: disability)")
    learning_difficulty: Mapped[bool | None] = told("Any learning difficulty or disability: matters from 18 to 25")
    nhs_number: Mapped[str | None] = told("NHS number, ten digits")
    upn: Mapped[str | None] = told("Unique pupil number; on no paper")
    social_care_id: Mapped[str | None] = told("Number in the social care case system")
    yjs_ref: Mapped[str | None] = told("Youth justice reference")
    police_ref: Mapped[list[str] | None] = told("Police references")
    home_address: Mapped[str | None] = told("Home address")
    home_postcode: Mapped[str | None] = told("Home postcode")
    current_address: Mapped[str | None] = told("Where the person is staying, if elsewhere")
    current_postcode: Mapped[str | None] = told("Postcode of where the person is staying")
    address_sensitive: Mapped[bool | None] = told("The address stays out of circulated copies")
    do_not_disclose: Mapped[bool | None] = told("Something about the person must not be disclosed")
    do_not_disclose_reason: Mapped[str | None] = told("What, to whom and why")
    social_care_status: Mapped[str | None] = told("Social care status (codes: social_care_status)")
    legal_status: Mapped[str | None] = told("Legal status of a looked-after child (codes: legal_status)")
    care_leaver: Mapped[bool | None] = told("A care leaver: matters from 18 to 25")
    education_status: Mapped[str | None] = told("Education status (codes: education_status)")
    allocated_worker: Mapped[str | None] = told("Allocated social worker")
    allocated_team: Mapped[str | None] = told("Their team")
    died_on: Mapped[date | None] = told("Day of death")
    keep_until: Mapped[date | None] = told("Kept at least until this day, whatever the rules of retention say")
    keep_reason: Mapped[str | None] = told("Why it is kept until then")
    same_as: Mapped[int | None] = told("The person that the coordinator confirmed this one to be; both rows stay, and it can be undone")


class PersonKey(Base):
    """What a person may be found by: derived from names, dates and numbers, made anew whenever they change; not in the history."""

    __tablename__ = "person_key"
    __table_args__ = (foreign("person_id", "person"),)
    borough: Mapped[str] = told("The borough's three-digit DfE number", primary_key=True)
    key: Mapped[str] = told("A key that people who may be the same share", primary_key=True)
    person_id: Mapped[int] = told("Whose it is", primary_key=True, autoincrement=False)


class Match(Kept):
    """Two persons who may be the same. The register proposes, a person decides; what was decided is remembered and can be undone."""

    __tablename__ = "match"
    __table_args__ = tied(("person_id", "other_id"), person_id="person", other_id="person")
    person_id: Mapped[int] = told("The person met later")
    other_id: Mapped[int] = told("The person known before")
    band: Mapped[str] = told("certain (the same number), probably or possibly")
    score: Mapped[int] = told("Likeness in thousandths")
    reasons: Mapped[list[str]] = told("Why they may be the same, in words without names or dates")
    against: Mapped[list[str]] = told("What speaks against it")
    state: Mapped[str] = told("proposed, confirmed or refused")
    decided_by: Mapped[str | None] = told("Who decided")
    decided_on: Mapped[date | None] = told("When")


class Context(Kept):
    """A school, place, peer group or online space, or a telephone, vehicle, user name or household that people have in common."""

    __tablename__ = "context"
    __table_args__ = tied(same_as="context")
    kind: Mapped[str] = told("school, place, peer_group, online, phone, vehicle, username or household")
    name: Mapped[str] = told("Its name as the coordinator confirmed it, else as it was first written")
    location_type: Mapped[str | None] = told("What kind of place (codes: location_type)")
    address: Mapped[str | None] = told("Address, or where it is")
    postcode: Mapped[str | None] = told("Postcode")
    urn: Mapped[str | None] = told("A school's number")
    confirmed: Mapped[bool] = told("Whether the coordinator has confirmed the name")
    same_as: Mapped[int | None] = told("The context that the coordinator confirmed this one to be")


class ContextName(Kept):
    """A way of writing a context's name that was met, or that the coordinator gave."""

    __tablename__ = "context_name"
    __table_args__ = tied(context_id="context")
    context_id: Mapped[int] = told("Whose name it is")
    name: Mapped[str] = told("As it was written")
    key: Mapped[str] = told("The same without accents, case, spaces and punctuation: what it is found by (domain rule DU8)", index=True)


class Case(Kept):
    """A person, or a context, before the panel."""

    __tablename__ = "case"
    __table_args__ = tied(("reference",), person_id="person", context_id="context", re_referral_of="case", merged_into="case")
    reference: Mapped[str] = told("MASE-2026-0007: the number it goes by, that of its first referral")
    label: Mapped[str] = told("How it is named in wider copies: reference, initials, age and sex when it was opened")
    person_id: Mapped[int | None] = told("The child or young person")
    context_id: Mapped[int | None] = told("The place, school or group, where it was referred in its own right")
    status: Mapped[str] = told("New, review … at the next meeting (codes: case_status)")
    opened_on: Mapped[date] = told("Day it was received")
    owner: Mapped[str | None] = told("Who manages the case")
    lead_agency: Mapped[str | None] = told("The agency that leads (codes: agency)")
    concern_types: Mapped[list[str] | None] = told("Concerns (codes: concern_type)")
    subject_role: Mapped[list[str] | None] = told("How the young person is involved (codes: subject_role)")
    exploitation_models: Mapped[list[str] | None] = told("Models of exploitation (codes: exploitation_model)")
    primary_model: Mapped[str | None] = told("The main model (codes: exploitation_model)")
    peer_on_peer: Mapped[str | None] = told("Everyone directly involved is under 18 (codes: yes_no_not_known)")
    gang_association: Mapped[str | None] = told("Link to a gang (codes: gang_association)")
    placed_out_of_borough: Mapped[bool | None] = told("Placed outside the borough")
    placement_type: Mapped[str | None] = told("Kind of placement (codes: placement)")
    host_authority: Mapped[str | None] = told("Area where placed (codes: la)")
    host_authority_notified_date: Mapped[date | None] = told("Day that area was told")
    host_liaison_contact: Mapped[str | None] = told("Who is liaised with there")
    host_liaison_summary: Mapped[str | None] = told("The risks they report")
    placed_in_by_other_la: Mapped[bool | None] = told("Placed here by another authority")
    responsible_authority: Mapped[str | None] = told("That authority (codes: la)")
    cross_border: Mapped[list[str] | None] = told("Other boroughs touched (codes: la)")
    crime_recorded: Mapped[bool | None] = told("A crime has been recorded")
    investigation_status: Mapped[str | None] = told("Police investigation (codes: investigation_status)")
    police_outcome: Mapped[str | None] = told("Its outcome (codes: police_outcome)")
    nfa: Mapped[bool | None] = told("The police took no further action")
    nfa_date: Mapped[date | None] = told("When")
    nfa_reason: Mapped[str | None] = told("Why (codes: nfa_reason)")
    nfa_plan: Mapped[str | None] = told("The plan instead (domain rule CO7)")
    nfa_plan_owner: Mapped[str | None] = told("Who owns that plan")
    next_review: Mapped[date | None] = told("Day by which it is reviewed")
    review_asked_on: Mapped[date | None] = told(
        "Day a review of the category was asked for: the panel asks, it never sets one (domain rule CA4)"
    )
    review_asked_of: Mapped[str | None] = told("Who is asked")
    restricted_to_agencies: Mapped[list[str] | None] = told("Only these agencies may have it in their copy (codes: agency)")
    closed_on: Mapped[date | None] = told("Day it was closed; empty while it is open")
    outcome: Mapped[str | None] = told("Outcome (codes: case_outcome)")
    closing_agency: Mapped[str | None] = told("The agency that goes on with it (codes: agency)")
    closing_reason: Mapped[str | None] = told("In words, and what would bring it back")
    re_referral_of: Mapped[int | None] = told("The case of the same person that was closed less than 12 months before (domain rule DU4)")
    merged_into: Mapped[int | None] = told("The case that goes on, where two persons were confirmed to be one")


class Referral(Kept):
    """One completed form as it was received: never edited. A correction is another referral that names the one it corrects."""

    __tablename__ = "referral"
    __table_args__ = tied(original_id="original", case_id="case", person_id="person", context_id="context", corrects="referral")
    reference: Mapped[str] = told("MASE-2026-0007; a correction has that of the form it corrects", index=True)
    form: Mapped[str] = told("The form: referral, context_referral …")
    version: Mapped[int] = told("Its version")
    original_id: Mapped[int | None] = told("The file; empty where a password protects it, or a list was imported")
    case_id: Mapped[int] = told("The case it belongs to")
    person_id: Mapped[int | None] = told("The child or young person")
    context_id: Mapped[int | None] = told("The place, school or group")
    corrects: Mapped[int | None] = told("The referral that this one corrects")
    received_on: Mapped[date] = told("Day it was received")
    received_by: Mapped[str] = told("Who received it")
    source_name: Mapped[str] = told("What the file was called, never a path; inside an e-mail “monday.eml › form.xlsx”")
    sha256: Mapped[str] = told("SHA-256 of the file", index=True)
    kind: Mapped[str] = told("How it arrived: xlsx, pdf, pdf_flat, docx, email_body, import …")
    mail_subject: Mapped[str | None] = told("Subject of the e-mail it came with")
    mail_sender: Mapped[str | None] = told("Its sender")
    message_id: Mapped[str | None] = told("Its Message-ID", index=True)
    referral_date: Mapped[date | None] = told("Date of the referral")
    referrer_name: Mapped[str | None] = told("Who referred")
    referrer_agency: Mapped[str | None] = told("Their agency (codes: agency)")
    referrer_email: Mapped[str | None] = told("Their e-mail address")
    answers: Mapped[str] = told("Every answer with what was typed, its place and how sure the reading is, as JSON", info=ONCE)
    problems: Mapped[str] = told("What the checks found when it was received, as JSON", info=ONCE)
    accepted_because: Mapped[str | None] = told("Why it was recorded although it has errors")


class Assessment(Kept):
    """A CSE category or HSB level with where and when it was set. All are kept; the newest counts; the panel never sets one."""

    __tablename__ = "assessment"
    __table_args__ = tied(person_id="person", case_id="case", referral_id="referral")
    person_id: Mapped[int] = told("Whose it is")
    case_id: Mapped[int] = told("In which case")
    referral_id: Mapped[int | None] = told("The form that said so")
    scheme: Mapped[str] = told("The code list: cse_category or hsb_level")
    code: Mapped[str] = told("The category or level")
    category_source: Mapped[str | None] = told("Where it was set (codes: category_source)")
    category_date: Mapped[date | None] = told("When")
    category_chair: Mapped[str | None] = told("Who chaired")


class Link(Kept):
    """What ties a person to another, or to a context: the part they play in it, how it is known and how sure it is."""

    __tablename__ = "link"
    __table_args__ = tied(person_id="person", other_id="person", context_id="context", case_id="case", referral_id="referral")
    person_id: Mapped[int | None] = told("The young person whose form says so; empty where a context's form does")
    other_id: Mapped[int | None] = told("The other person")
    context_id: Mapped[int | None] = told("Or the context")
    case_id: Mapped[int] = told("In which case it was said")
    referral_id: Mapped[int | None] = told("On which form")
    role: Mapped[str] = told(
        "The other's part (codes: linked_role), or attends, seen_at, member, uses, lives_at, household, parent_carer …"
    )
    relationship: Mapped[str | None] = told("Relationship, in words")
    information_source: Mapped[str | None] = told("How it is known (codes: information_source)")
    confidence: Mapped[str | None] = told("How sure it is (codes: confidence)")
    evidence: Mapped[str | None] = told("What was said of it")
    first_seen: Mapped[date | None] = told("First known")
    last_seen: Mapped[date | None] = told("Last known")
    ended_on: Mapped[date | None] = told("Day since which it holds no more: a corrected form does not say it")


class Agency(Kept):
    """An agency of the panel, as the profile has it."""

    __tablename__ = "agency"
    __table_args__ = tied(("code",))
    code: Mapped[str] = told("Its code")
    name: Mapped[str] = told("Its name")
    group: Mapped[str | None] = told("Police, health …")
    committed: Mapped[bool] = told("Named in the terms of reference as committed to attend")


class Contact(Kept):
    """A person who speaks for an agency: its single point of contact (SPOC) or deputy."""

    __tablename__ = "contact"
    __table_args__ = tied(agency_id="agency")
    agency_id: Mapped[int] = told("The agency")
    role: Mapped[str] = told("spoc or deputy")
    name: Mapped[str | None] = told("Name")
    email: Mapped[str | None] = told("Secure address")
    until: Mapped[date | None] = told("Until when; empty while it holds")


class Involvement(Kept):
    """An agency that works with a young person: who, and since when."""

    __tablename__ = "involvement"
    __table_args__ = tied(case_id="case", referral_id="referral")
    case_id: Mapped[int] = told("The case")
    referral_id: Mapped[int | None] = told("The form that said so")
    agency: Mapped[str] = told("The agency (codes: agency), or its name as written")
    worker: Mapped[str | None] = told("Who works with the young person")
    contact: Mapped[str | None] = told("How to reach them")
    role: Mapped[str | None] = told("Their role")
    since: Mapped[date | None] = told("Since when")
    doing: Mapped[str | None] = told("What they are doing")


class Meeting(Kept):
    """A meeting of the panel."""

    __tablename__ = "meeting"
    __table_args__ = tied(("held_on",))
    held_on: Mapped[date] = told("Its day")
    referrals_close_on: Mapped[date | None] = told("Last day for forms")
    remind_on: Mapped[date | None] = told("Day the reminders go out")
    papers_on: Mapped[date | None] = told("Day the agenda goes out")
    minutes_due_on: Mapped[date | None] = told("Day the minutes go out")
    venue: Mapped[str | None] = told("Where, or online")
    chair: Mapped[str | None] = told("Who chaired")
    minute_taker: Mapped[str | None] = told("Who took the minutes")
    started: Mapped[str | None] = told("When it began, as the minutes say")
    finished: Mapped[str | None] = told("When it ended")
    state: Mapped[str] = told("planned, held, minutes_draft or minutes_agreed")


class Attendance(Kept):
    """Who spoke for an agency at a meeting, or that nobody did."""

    __tablename__ = "attendance"
    __table_args__ = tied(meeting_id="meeting", agency_id="agency")
    meeting_id: Mapped[int] = told("The meeting")
    agency_id: Mapped[int | None] = told("The agency; empty for an observer from elsewhere")
    attendance: Mapped[str] = told(
        "SPOC, representative, apologies with information sent, apologies, absent (codes: attendance); of an observer: observer"
    )
    name: Mapped[str | None] = told("Who came")
    representing: Mapped[str | None] = told("Whom a representative came for; where an observer is from")
    observer: Mapped[bool] = told("An observer")
    statement_signed: Mapped[bool | None] = told("The confidentiality statement is signed")
    information_on: Mapped[date | None] = told("Day that information came in place of a person")


class Discussion(Kept):
    """A case, context or theme at a meeting, as its minutes say. The panel decides nothing about a category (domain rule CA4)."""

    __tablename__ = "discussion"
    __table_args__ = tied(meeting_id="meeting", case_id="case", context_id="context")
    meeting_id: Mapped[int] = told("The meeting")
    case_id: Mapped[int | None] = told("The case")
    context_id: Mapped[int | None] = told("Or the context; with neither, the heading as a whole")
    heard_under: Mapped[str] = told("The agenda's heading (codes: agenda_section)")
    response: Mapped[str | None] = told("Of a theme, the response discussed")
    disruption_considered: Mapped[str | None] = told("Which disruption was considered")
    decision: Mapped[str | None] = told("The decision (codes: decision_case or decision_theme)")
    reasons: Mapped[str | None] = told("Why")
    category_review: Mapped[bool | None] = told("A review of the category was asked for")
    review_on: Mapped[date | None] = told("Day of the next review")
    filed_by: Mapped[str | None] = told("Who puts the outcome on the young person's own file, and when")
    minutes_spent: Mapped[int | None] = told("Minutes spent on it")


class Information(Kept):
    """What an agency shared about a case or context for a meeting: its own words, which other agencies' copies leave out."""

    __tablename__ = "information"
    __table_args__ = tied(meeting_id="meeting", case_id="case", context_id="context", return_id="agency_return")
    meeting_id: Mapped[int] = told("The meeting")
    case_id: Mapped[int | None] = told("The case")
    context_id: Mapped[int | None] = told("Or the context")
    agency: Mapped[str] = told("Whose information it is (codes: agency), or its name as written")
    information: Mapped[str] = told("What was shared")
    received_on: Mapped[date | None] = told("Day it came; empty where it was said at the meeting")
    return_id: Mapped[int | None] = told("The returned form that said so; empty where the minutes do")


class Action(Kept):
    """Something an agency was asked to do."""

    __tablename__ = "action"
    __table_args__ = tied(("number",), case_id="case", context_id="context", meeting_id="meeting")
    number: Mapped[str] = told("A-2026-0031: never changes")
    meeting_id: Mapped[int | None] = told("The meeting that set it")
    case_id: Mapped[int | None] = told("For which case")
    context_id: Mapped[int | None] = told("Or which context")
    action: Mapped[str] = told("What is to be done")
    agency: Mapped[str | None] = told("The lead agency (codes: agency)")
    lead_person: Mapped[str | None] = told("Who does it")
    due: Mapped[date | None] = told("By when")
    status: Mapped[str] = told("open, done, and the two kinds of not done (codes: action_status)")
    status_on: Mapped[date | None] = told("Day the status was last set")
    completed_on: Mapped[date | None] = told("When it was done")
    evidence: Mapped[str | None] = told("How that is known")
    reason_not_done: Mapped[str | None] = told("Why it was not done")
    times_carried: Mapped[int] = told("How many meetings carried it forward")
    carried_on: Mapped[date | None] = told("Day of the last of those meetings")
    minuted_as: Mapped[str | None] = told("The paper (its number) and the row of it that it was read from: `12/case7_new1`")


class Paper(Kept):
    """A file that was made for somebody: what went to whom, known again by its hash. The file itself isn't kept."""

    __tablename__ = "paper"
    __table_args__ = tied(meeting_id="meeting")
    meeting_id: Mapped[int | None] = told("The meeting it is for")
    paper: Mapped[str] = told("agenda, minutes, extract, reminder, action_return, intelligence_return, invite, case_note or action_log")
    audience: Mapped[str] = told("chair (with the coordinator), or the agency whose copy it is (codes: agency)")
    made_on: Mapped[date] = told("When")
    sha256: Mapped[str] = told("SHA-256 of the file", index=True)
    known: Mapped[str | None] = told("Of minutes, by salted digests: what stood in them, so that what people typed is told from it")


class AgencyReturn(Kept):
    """A form that an agency sent back: the state of its actions, or information for a meeting. What it says stands in their records."""

    __tablename__ = "agency_return"
    __table_args__ = tied(meeting_id="meeting", original_id="original")
    meeting_id: Mapped[int | None] = told("The meeting it is for")
    form: Mapped[str] = told("The form: action_return or intelligence_return")
    version: Mapped[int] = told("Its version")
    agency: Mapped[str | None] = told("Who sent it (codes: agency)")
    received_on: Mapped[date] = told("Day it was received")
    source_name: Mapped[str] = told("What the file was called, never a path")
    sha256: Mapped[str] = told("SHA-256 of the file", index=True)
    kind: Mapped[str] = told("How it arrived: xlsx, pdf …")
    original_id: Mapped[int | None] = told("The file; it goes with the first of the young people in it whose record is disposed of")


class Disruption(Kept):
    """A notice, an order or another step against a person or in a place."""

    __tablename__ = "disruption"
    __table_args__ = tied(case_id="case", referral_id="referral")
    case_id: Mapped[int] = told("For which case")
    referral_id: Mapped[int | None] = told("The form that said so")
    measure: Mapped[str] = told("The measure (codes: disruption)")
    target: Mapped[str | None] = told("Person or place")
    target_under_18: Mapped[str | None] = told("The person is under 18 (codes: yes_no_not_applicable)")
    requested_date: Mapped[date | None] = told("Requested")
    decision: Mapped[str | None] = told("Decision (codes: disruption_decision)")
    served_date: Mapped[date | None] = told("Served or made")
    expiry_date: Mapped[date | None] = told("Expires")
    breached: Mapped[str | None] = told("Breached (codes: yes_no_not_known)")


class Intervention(Kept):
    """Help for a young person."""

    __tablename__ = "intervention"
    __table_args__ = tied(case_id="case", referral_id="referral")
    case_id: Mapped[int] = told("For which case")
    referral_id: Mapped[int | None] = told("The form that said so")
    intervention: Mapped[str] = told("The help (codes: intervention)")
    stage: Mapped[str] = told("current or proposed")


class PanelLink(Kept):
    """Another panel that heard about a young person."""

    __tablename__ = "panel_link"
    __table_args__ = tied(case_id="case", referral_id="referral")
    case_id: Mapped[int] = told("For which case")
    referral_id: Mapped[int | None] = told("The form that said so")
    panel: Mapped[str] = told("The panel (codes: panel), or its name as written")
    last_heard: Mapped[date | None] = told("When it last heard about the young person")
    outcome: Mapped[str | None] = told("What came of it")


class MissingEpisode(Kept):
    """A time when a young person was missing or away."""

    __tablename__ = "missing_episode"
    __table_args__ = tied(person_id="person", case_id="case", referral_id="referral")
    person_id: Mapped[int] = told("Who was missing")
    case_id: Mapped[int] = told("In which case it was said")
    referral_id: Mapped[int | None] = told("The form that said so")
    start: Mapped[str | None] = told("From (ISO 8601, as exact as it is known)")
    end: Mapped[str | None] = told("To; empty while still missing")
    type: Mapped[str | None] = told("Missing or away (codes: missing_type)")
    rhi_offered: Mapped[str | None] = told("Return interview offered (codes: yes_no_not_applicable)")
    rhi_accepted: Mapped[str | None] = told("Accepted")
    rhi_date: Mapped[date | None] = told("When it was held")
    found_where: Mapped[str | None] = told("Where the person was found")
    found_with: Mapped[str | None] = told("With whom")


class Reference(Kept):
    """A number given to a form: when it was recorded, or when it went back to its sender with questions."""

    __tablename__ = "reference"
    __table_args__ = tied(("sha256",))
    number: Mapped[str] = told("MASE-2026-0007: the panel, the year, a number; nothing of a person", index=True)
    sha256: Mapped[str] = told("SHA-256 of the form's file")
    given_on: Mapped[date] = told("When")


class History(Base):
    """Everything that was looked at or changed: who, when, what, from, to. Each row carries the hash of the row before it."""

    __tablename__ = "history"
    borough: Mapped[str] = told("The borough's three-digit DfE number", primary_key=True)
    seq: Mapped[int] = told("1, 2, 3 … without a gap", primary_key=True, autoincrement=False)
    at: Mapped[str] = told("When, in universal time (ISO 8601)")
    who: Mapped[str] = told("The system's name of the user")
    did: Mapped[str] = told("added, changed, removed, looked, disposed, exported …")
    table: Mapped[str | None] = told("The table of the row that it was done to")
    row: Mapped[int | None] = told("The number of that row")
    why: Mapped[str] = told("The command or the reason; never a name or an answer")
    detail: Mapped[str | None] = told("From and to, as JSON; emptied when what it tells of is disposed of")
    digest: Mapped[str] = told("SHA-256 of the detail")
    previous: Mapped[str] = told("Hash of the row before")
    hash: Mapped[str] = told("SHA-256 of all of this row but the detail")


class Chain(Base):
    """The history's newest row, and who may write next: whoever writes locks this row first."""

    __tablename__ = "chain"
    borough: Mapped[str] = told("The borough's three-digit DfE number", primary_key=True)
    seq: Mapped[int] = told("The newest row's number")
    hash: Mapped[str] = told("Its hash")


class Counter(Base):
    """The last number given in a table, so that none is ever given twice."""

    __tablename__ = "counter"
    borough: Mapped[str] = told("The borough's three-digit DfE number", primary_key=True)
    name: Mapped[str] = told("The table, or what else is numbered", primary_key=True)
    last: Mapped[int] = told("The last number given")


def _kept() -> list[type[Kept]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Kept)]


RECORDS: dict[str, type[Kept]] = {kind.__tablename__: kind for kind in sorted(_kept(), key=lambda kind: kind.__tablename__)}
"""Table → class, of everything whose changes are in the history."""
THEMED = ("action", "discussion", "information")
"""Tables whose rows may be of a place, school or group itself, as a theme, without any case of its own."""
