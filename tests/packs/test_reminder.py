"""The draft that reminds an agency: valid, addressed where it is safe, and naming cases and actions by their numbers alone."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.definition.profile import Profile
from mase_docs.model.reminder import Owed, Reminder
from mase_docs.model.sitting import Meeting
from mase_docs.packs.invite import invite
from mase_docs.packs.reminder import written
from tests.fillers.mail_read import read_with_postal_mime
from tests.packs.test_draft import body_of, mail_of

MEETING = Meeting(date(2026, 12, 2), venue="Town Hall, room 2")
TO = "spoc@met.police.uk"
OWED = (Owed("A-2026-0031", "MASE-2026-0007", date(2026, 11, 4), 21), Owed("A-2026-0032", "All", None, 0))
FULL = Reminder("borough_police", "Borough Police", TO, True, MEETING, date(2026, 11, 26), OWED, ("MASE-2026-0011",), ("MASE-2026-0007",))
BARE = replace(FULL, owed=(), new=(), review=())


@pytest.fixture(scope="module")
def profile(home: Home) -> Profile:
    return home.profile


def attached(profile: Profile) -> dict[str, bytes]:
    calendar = invite(profile, MEETING, "uid", date(2026, 11, 25))
    return {"actions.xlsx": bytes(range(256)), "actions.pdf": b"%PDF-1.7", "m.ics": calendar}


def test_it_opens_as_a_message_to_be_sent_with_the_marking_first_in_its_subject(profile: Profile) -> None:
    mail = mail_of(written(profile, FULL, attached(profile)))
    assert mail["Subject"] == "OFFICIAL-SENSITIVE: MASE meeting on 2 December 2026: reminder"
    assert (mail["X-Unsent"], mail["To"]) == ("1", TO)
    assert not {"From", "Date", "Message-ID"} & set(mail.keys())


def test_it_says_when_and_where_and_asks_who_comes(profile: Profile) -> None:
    said = body_of(written(profile, FULL, {}))
    assert "Day:   Wednesday 2 December 2026\nTime:  10:00 to 12:30\nPlace: Town Hall, room 2\n" in said
    assert "say who comes for Borough Police" in said
    assert "name the person who represents them" in said
    assert "Place: to be confirmed\n" in body_of(written(profile, replace(FULL, meeting=Meeting(date(2026, 12, 2))), {}))


def test_actions_stand_by_number_and_reference_with_their_days(profile: Profile) -> None:
    said = body_of(written(profile, FULL, {}))
    assert "Actions that your agency has still to do: 2\n" in said
    assert "- A-2026-0031 (MASE-2026-0007), due 4 November 2026, 21 days overdue\n" in said
    assert "- A-2026-0032 (All), no day set\n" in said


def test_cases_stand_by_reference_with_the_day_by_which_information_is_asked_for(profile: Profile) -> None:
    said = body_of(written(profile, FULL, {}))
    assert "- New: MASE-2026-0011\n- For review: MASE-2026-0007\n" in said
    assert "Thursday 26 November 2026" in said
    for words in ("secure e-mail address", profile.documents.confidentiality, profile.panel.coordinator_email, "999"):
        assert words in said


def test_an_agency_without_actions_and_cases_is_told_so_and_asked_for_no_form(profile: Profile) -> None:
    said = body_of(written(profile, BARE, {}))
    assert "Your agency has no outstanding actions." in said
    assert "None of the cases on the agenda is one that we know your agency works with" in said
    assert "attached from" not in said
    assert "forms" not in said


@pytest.mark.parametrize("to", ["spoc@freemail.example", "A. Contact <spoc@met.police.uk>", "", "a@met.police.uk, b@met.police.uk"])
def test_it_is_addressed_only_where_the_address_is_a_plain_and_secure_one(profile: Profile, to: str) -> None:
    assert mail_of(written(profile, replace(FULL, email=to), {}))["To"] is None


def test_what_goes_with_it_arrives_as_it_was(profile: Profile) -> None:
    sent = attached(profile)
    found = list(mail_of(written(profile, FULL, sent)).iter_attachments())
    assert [(part.get_filename(), part.get_payload(decode=True)) for part in found] == list(sent.items())
    assert found[2].get_content_type() == "text/calendar"
    assert found[2].get_param("method") == "PUBLISH"


def test_the_same_reminder_gives_the_same_bytes_and_is_written_as_mail_is(profile: Profile) -> None:
    data = written(profile, FULL, attached(profile))
    assert data == written(profile, FULL, attached(profile))
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert data.isascii()
    assert data.startswith(b"Subject: OFFICIAL-SENSITIVE: ")


@pytest.mark.needs("node", "npm")
def test_another_program_reads_the_same_mail(profile: Profile, tmp_path: Path) -> None:
    data = written(profile, FULL, attached(profile))
    (tmp_path / "reminder.eml").write_bytes(data)
    found = read_with_postal_mime(tmp_path / "reminder.eml")
    assert found["subject"] == mail_of(data)["Subject"]
    assert found["headers"]["x-unsent"] == "1"
    assert [to["address"] for to in found["to"]] == [TO]
    assert found["text"].replace("\r\n", "\n").rstrip() == body_of(data).rstrip()
    came = {part["name"]: base64.b64decode(part["data"]) for part in found["attached"]}
    sent = attached(profile)
    assert came.pop("m.ics").splitlines() == sent.pop("m.ics").splitlines()
    assert came == sent
