"""The blank PDF: the right fields, each as large as its answer, on pages that anybody can read and no mail gateway stops."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from mase_docs.blanks import pdf, wording
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from tests.blanks.pdf_blanks import FORMS, HOME, PROSE, blank
from tests.fillers.pdf_places import places
from tests.fillers.pdfium_fill import fill_with_pdfium

REQUIRED, READ_ONLY, RADIO, EDITABLE, NO_SCROLL = 1 << 1, 1 << 0, 1 << 15, 1 << 18, 1 << 23
HIDDEN = 1 << 1
every_form = pytest.mark.parametrize("form_id", FORMS)


@every_form
def test_each_place_for_an_answer_is_a_field_of_its_name_and_nothing_else_is(form_id: str) -> None:
    made = blank(form_id)
    assert list(made.fields) == [*dict.fromkeys(slot.name for slot in made.slots), "form_id", "form_version"]


def test_what_only_the_coordinator_knows_is_not_asked() -> None:
    made = blank("referral")
    not_asked = {name for name, field in made.form.fields.items() if not field.asked}
    assert "date_received" in not_asked
    assert not not_asked & {name.split("_1_")[0] for name in made.fields} - {"form_version"}


@every_form
def test_the_form_says_which_it_is_in_fields_that_nobody_sees_or_changes(form_id: str) -> None:
    made = blank(form_id)
    for name, value in (("form_id", made.form.id), ("form_version", str(made.form.version))):
        field = made.fields[name]
        assert field["/V"] == value
        assert field["/F"] & HIDDEN
        assert field["/Ff"] & READ_ONLY


@every_form
def test_it_is_the_same_to_the_byte_when_built_again(form_id: str) -> None:
    assert pdf.build(HOME.form(form_id), HOME) == blank(form_id).data


def test_the_referral_form_has_at_most_eight_pages_of_a4() -> None:
    pages = blank("referral").reader.pages
    assert len(pages) <= 8
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}


@every_form
def test_every_page_carries_the_marking_twice_the_stamp_and_its_number(form_id: str) -> None:
    made = blank(form_id)
    for number, page in enumerate(made.reader.pages, 1):
        text = page.extract_text()
        assert text.count("OFFICIAL-SENSITIVE when completed") == 2
        assert made.form.stamp in text
        assert f"Page {number} of {len(made.reader.pages)}" in text


@every_form
def test_every_label_hint_and_choice_stands_on_the_page(form_id: str) -> None:
    made = blank(form_id)
    page = "".join("".join(page.extract_text() for page in made.reader.pages).split())
    for slot in made.slots:
        assert "".join(slot.field.label.split()) in page, slot.name
        assert "".join(slot.field.hint.split()) in page, slot.name
        if slot.field.required:
            assert "".join(f"{slot.field.label}required".split()) in page, slot.name
        if slot.option and slot.field.choices:
            assert "".join(HOME.codes(slot.field.choices).label_of(slot.option).split()) in page, slot.name


@every_form
@pytest.mark.needs("pdfinfo")
def test_it_is_a_tagged_form_without_scripts_in_english_by_its_title(form_id: str, tmp_path: Path) -> None:
    made = blank(form_id)
    said = dict(line.split(":", 1) for line in made.told_by(tmp_path, "pdfinfo").splitlines())
    found = {key: said[key].strip() for key in ("Tagged", "Form", "JavaScript", "Encrypted", "Title")}
    title = f"{made.form.title} ({made.form.stamp})"
    assert found == {"Tagged": "yes", "Form": "AcroForm", "JavaScript": "no", "Encrypted": "no", "Title": title}
    root = made.reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert not {"/OpenAction", "/AA"} & root.keys()
    assert not [widget for widget in made.widgets if {"/A", "/AA"} & widget.keys()]


@every_form
@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(form_id: str, tmp_path: Path) -> None:
    assert "No syntax or stream encoding errors found" in blank(form_id).told_by(tmp_path, "qpdf", "--check")


@every_form
def test_pdfua_finds_no_breach_of_the_accessibility_standard(form_id: str, tmp_path: Path) -> None:
    assert "no findings" in blank(form_id).told_by(tmp_path, sys.executable, "-m", "pdfua", "check")


EXPLAINED = {
    "TBL-012": "tables of empty cells: they are boxes to fill in",
    "LNK-010": "an e-mail address that is no link: nobody should be led to send an empty form from inside it",
}


@every_form
def test_outloud_finds_nothing_that_is_not_explained(form_id: str, tmp_path: Path) -> None:
    path, report = blank(form_id).saved(tmp_path), tmp_path / "report.json"
    subprocess.run([Path(sys.executable).with_name("outloud"), "--json", report, path], capture_output=True, timeout=120)
    (result,) = json.loads(report.read_text(encoding="utf-8"))["results"]
    assert result["error"] is None
    assert {finding["rule"] for finding in result["findings"]} <= EXPLAINED.keys()


@every_form
@pytest.mark.needs("pdfinfo")
def test_it_is_read_out_in_the_order_of_the_form(form_id: str, tmp_path: Path) -> None:
    made = blank(form_id)
    told = made.told_by(tmp_path, "pdfinfo", "-struct-text")
    said = " ".join(" ".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE)).split())
    place = said.index(made.form.title)
    for section in made.form.section:
        asked = [field.label for field in section.field if field.asked and "pdf" in field.media]
        for label in [section.label, *asked] if asked else []:
            place = said.index(" ".join(label.split()), place)


@every_form
def test_the_tab_key_goes_from_place_to_place_in_the_order_of_the_form(form_id: str) -> None:
    made = blank(form_id)
    walked = [widget.get("/T") or widget["/Parent"]["/T"] for widget in made.widgets if not widget["/F"] & HIDDEN]
    assert list(dict.fromkeys(walked)) == list(dict.fromkeys(slot.name for slot in made.slots))
    assert {page["/Tabs"] for page in made.reader.pages} == {"/S"}


@every_form
def test_each_field_says_what_it_asks_and_whether_it_must_be_answered(form_id: str) -> None:
    made = blank(form_id)
    for slot in made.slots:
        field = made.fields[slot.name]
        needed = slot.field.required and slot.option is None
        assert field["/TU"].startswith(slot.label)
        assert bool(field.get("/Ff", 0) & REQUIRED) == needed
        assert field["/TU"].endswith("Required.") == needed
        condition = wording.condition(slot.field, made.form, HOME)
        assert slot.option or f"Required {condition}." in field["/TU"] or not condition


@every_form
def test_a_text_takes_as_many_letters_as_the_form_allows_and_never_scrolls(form_id: str) -> None:
    made = blank(form_id)
    for slot in made.slots:
        field = made.fields[slot.name]
        if field.get("/FT") == "/Tx":
            allowed = slot.field.length_on("pdf")
            assert field["/Ff"] & NO_SCROLL
            assert field["/MaxLen"] > 0
            assert allowed is None or field["/MaxLen"] == max(allowed, 10 if slot.field.unknown else 1)


@every_form
def test_a_box_shows_as_much_ordinary_prose_as_it_takes(form_id: str, tmp_path: Path) -> None:
    """PDFium stops typing at the visible end of a box that doesn't scroll, so what is missing had no room."""
    made = blank(form_id)
    typed = {name: PROSE[: field["/MaxLen"]].strip() for name, field in made.fields.items() if "/MaxLen" in field}
    fill_with_pdfium(made.saved(tmp_path), typed, tmp_path / "full.pdf")
    found = PdfReader(tmp_path / "full.pdf").get_fields() or {}
    assert {name: found[name].value for name in typed} == typed


@every_form
def test_a_drop_down_offers_the_choices_after_a_space_that_means_none(form_id: str) -> None:
    made = blank(form_id)
    for slot in made.slots:
        field = made.fields[slot.name]
        if field["/FT"] == "/Ch":
            assert list(field["/Opt"]) == [" ", *wording.choices(slot.field, HOME)]
            assert field["/V"] == " "
            assert bool(field["/Ff"] & EDITABLE) == slot.field.or_other


@every_form
def test_circles_and_ticks_are_off_and_switch_to_the_stored_codes(form_id: str, tmp_path: Path) -> None:
    made = blank(form_id)
    known = places(made.saved(tmp_path))
    for slot in made.slots:
        field, place = made.fields[slot.name], known[slot.name]
        if place.kind in ("tick", "radio"):
            codes = ["Yes"] if slot.option else [code.code for code in wording.offered(slot.field, HOME)]
            assert field["/V"] == "/Off"
            assert [spot.state for spot in place.spots] == codes
        if place.kind == "radio":
            assert all("/T" not in kid.get_object() and kid.get_object()["/AS"] == "/Off" for kid in field["/Kids"])


def test_few_choices_are_circles_and_many_are_a_drop_down(tmp_path: Path) -> None:
    known = places(blank("referral").saved(tmp_path))
    assert (known["sex"].kind, known["ethnicity"].kind, known["concern_types_cse"].kind) == ("radio", "choice", "tick")


@every_form
def test_no_box_touches_another_or_leaves_the_page(form_id: str) -> None:
    made = blank(form_id)
    for page in made.reader.pages:
        widgets = [reference.get_object() for reference in page["/Annots"]]
        boxes = [tuple(map(float, widget["/Rect"])) for widget in widgets if not widget["/F"] & HIDDEN]
        assert all(36 <= left < right <= 560 and 36 <= bottom < top <= 806 for left, bottom, right, top in boxes)
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


LONG = "a question that somebody wrote without ever coming to its end " * 6
MONSTER = f'''
id = "monster"
version = 1
code = "MON"
title = "{LONG}"
section = [
  {{ name = "one", label = "{LONG}", hint = "{LONG}", field = [
    {{ name = "saga", type = "long_text", label = "{LONG}", max_length = 20000 }},
    {{ name = "many", type = "select_multiple", label = "Many", choices = "many" }},
    {{ name = "wide", type = "repeat", label = "Wide", rows = {{ pdf = 9 }}, column = [{
    ", ".join(f'{{ name = "col_{n}", type = "text", label = "Column {n}", max_length = 90 }}' for n in range(15))
}] }},
    {{ name = "tall", type = "repeat", label = "Tall", keys = "many", column = [{{ name = "note", type = "text", label = "Note" }}] }},
  ] }},
  {{ name = "two", label = "Nothing for paper", field = [{{ name = "only_excel", type = "text", label = "X", media = ["xlsx"] }}] }},
]
'''


def test_a_form_that_nobody_should_write_is_built_all_the_same(tmp_path: Path) -> None:
    codes = "\n".join(f'[[code]]\ncode = "choice_{n}"\nlabel = "Choice number {n}"' for n in range(300))
    (tmp_path / "forms" / "codes").mkdir(parents=True)
    (tmp_path / "forms" / "codes" / "many.toml").write_text(f'label = "Many"\n{codes}', encoding="utf-8")
    (tmp_path / "forms" / "monster_v1.toml").write_text(MONSTER, encoding="utf-8")
    home = Home(tmp_path)
    form = home.form("monster")
    found = PdfReader(BytesIO(pdf.build(form, home))).get_fields() or {}
    assert found.keys() == {slot.name for slot in home.slots(form, "pdf")} | {"form_id", "form_version"}


def test_a_form_with_no_question_for_paper_is_a_page_that_says_which_it_is(home: Home) -> None:
    page = PdfReader(BytesIO(pdf.build(Form("bare", 1, "A bare form", "BARE"), home)))
    assert "BARE 1" in page.pages[0].extract_text()
    assert (page.get_fields() or {}).keys() == {"form_id", "form_version"}
