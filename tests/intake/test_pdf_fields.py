"""The walk of a PDF's field tree, against what viewers and fillers really leave in /V, /AS and /AP."""

from __future__ import annotations

import pytest

from mase_docs.errors import InputRefusedError
from mase_docs.intake.pdf_fields import PdfField
from mase_docs.intake.pdf_open import read_pdf
from tests.intake.handmade_pdf import form, pdf, text_field, tick


def fields(data: bytes) -> dict[str, PdfField]:
    return {f.name: f for f in read_pdf(data).fields}


def only(*args: str | bytes, **more: object) -> PdfField:
    found = fields(form(*args, **more))  # type: ignore[arg-type]
    assert len(found) == 1
    return next(iter(found.values()))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"(plain)", "plain"),
        (b"(one\\rtwo)", "one\ntwo"),
        (b"(one\\r\\ntwo)", "one\ntwo"),
        (b"(one\\ntwo)", "one\ntwo"),
        (b"<FEFF01410075006B>", "Łuk"),
        (b"<FFFE41017500>", "Łu"),
        (b"<EFBBBFC581>", "Ł"),
        (b"(\\215Bee\\216 \\222)", "“Bee” ™"),
        (b"<FEFF001B0065006E001B004F006B>", "Ok"),
        (b"(O'Shea \\(& Sons\\) <x>)", "O'Shea (& Sons) <x>"),
        (b"({{ 7*7 }})", "{{ 7*7 }}"),
        (b"/AName", "/AName"),
        (b"42", "42"),
    ],
)
def test_text_is_read_however_it_is_encoded(written: bytes, read: str) -> None:
    assert only(text_field("a", written)).value == read


@pytest.mark.parametrize("written", [b"()", b"null", b"[1 2]"])
def test_a_field_with_nothing_in_it_is_blank(written: bytes) -> None:
    assert not only(text_field("a", written)).value


def test_a_long_answer_kept_as_a_stream_is_read() -> None:
    stream = b"<</Length 11>>stream\nlong\ranswer\nendstream"
    assert only(text_field("a", b"20 0 R"), extra={20: stream}).value == "long\nanswer"


def test_rich_text_is_read_where_there_is_no_plain_text() -> None:
    rich = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/RV(<body><p>A &amp; B</p><p>C</p></body>)/Rect[0 0 9 9]>>"
    assert only(rich).value == "A & B\nC"


def test_type_and_value_are_inherited_and_names_are_joined() -> None:
    parent = "<</T(child)/FT/Tx/V(Sam)/Kids[20 0 R]>>"
    kids = {20: "<</T(first)/Parent 10 0 R/Subtype/Widget/Rect[0 0 9 9]>>"}
    assert only(parent, extra=kids).name == "child.first"
    assert only(parent, extra=kids).value == "Sam"


def test_a_field_left_out_of_the_form_list_is_found_on_its_page() -> None:
    lost = {20: text_field("lost", b"(here)")}
    assert fields(form(text_field("a", b"(x)"), extra=lost))["lost"].value == "here"


def test_the_place_names_the_page_and_the_field() -> None:
    assert only(text_field("dob", b"(x)")).place == "page 1, dob"


def test_a_field_without_a_page_is_placed_by_its_name() -> None:
    data = pdf(
        {
            1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[10 0 R]>>>>",
            2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
            10: text_field("form_id", b"(referral)"),
        }
    )
    assert fields(data)["form_id"].place == "form_id"


@pytest.mark.parametrize(
    ("entries", "states", "value", "doubtful"),
    [
        ("/V/Yes/AS/Yes", "/Yes null/Off null", "Yes", False),
        ("/V/Off/AS/Off", "/Yes null/Off null", None, False),
        ("/V(Yes)/AS/Yes", "/Yes null/Off null", "Yes", False),
        ("/V/Yes", "/Yes null", "Yes", False),
        ("/AS/On", "/On null", "On", False),
        ("", "/On null", None, False),
        ("/V/Yes/AS/On", "/On null/Off null", "On", False),
        ("/V/1/AS/1", "", "1", False),
        ("/V/S#ed/AS/S#ed", "/S#ed null/Off null", "Sí", False),
        ("/V(S#ed)/AS/S#ed", "/S#ed null/Off null", "Sí", False),
        ("/V/Yes/AS/Off", "/Yes null/Off null", "Yes", True),
        ("/V/Off/AS/Yes", "/Yes null/Off null", "Yes", True),
    ],
)
def test_a_tick_is_read_by_rule(entries: str, states: str, value: str | None, doubtful: bool) -> None:
    found = only(tick("t", entries, states))
    assert (found.value, found.doubtful) == (value, doubtful)


def radio(entries: str, shows: tuple[str, str], more: str = "") -> PdfField:
    group = f"<</FT/Btn/Ff 49152/T(sex){entries}/Kids[20 0 R 21 0 R]{more}>>"
    kids = {20 + n: f"<</Subtype/Widget/Parent 10 0 R{s}/AP<</N<</{'FM'[n]} null/Off null>>>>/Rect[0 0 9 9]>>" for n, s in enumerate(shows)}
    return only(group, extra=kids)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entries", "shows", "value", "doubtful"),
    [
        ("/V/F", ("/AS/F", "/AS/Off"), "F", False),
        ("/V(M)", ("/AS/Off", "/AS/M"), "M", False),
        ("/V(/M)", ("/AS/Off", "/AS/M"), "M", False),
        ("/V/F", ("", ""), "F", False),
        ("", ("/AS/Off", "/AS/M"), "M", False),
        ("/V/Off", ("/AS/Off", "/AS/Off"), None, False),
        ("/V/F", ("/AS/Off", "/AS/M"), "F", True),
        ("/V/Off", ("/AS/Off", "/AS/M"), "M", True),
        ("/V/F", ("/AS/F", "/AS/M"), "F", True),
        ("/V/1", ("/AS/Off", "/AS/M"), "M", True),
    ],
)
def test_a_radio_group_is_read_by_rule(entries: str, shows: tuple[str, str], value: str | None, doubtful: bool) -> None:
    found = radio(entries, shows)
    assert (found.kind, found.value, found.doubtful) == ("radio", value, doubtful)


def test_a_radio_whose_states_stand_for_an_opt_entry_gives_that_entry() -> None:
    assert radio("/V/M", ("/AS/Off", "/AS/M"), "/Opt[(female)(male)]").value == "male"


@pytest.mark.parametrize("stored", ["(WBRI)", "(White British)", "[(WBRI)]"])
def test_a_drop_down_is_read_by_export_value_or_by_what_it_displays(stored: str) -> None:
    found = only(f"<</Subtype/Widget/FT/Ch/Ff 131072/T(eth)/V{stored}/Opt[[( )( )][(WBRI)(White British)]]/Rect[0 0 9 9]>>")
    assert (found.value, found.export) == ("White British", "WBRI")


def test_the_blank_first_choice_of_a_drop_down_is_no_answer() -> None:
    assert only("<</Subtype/Widget/FT/Ch/Ff 131072/T(eth)/V( )/Opt[( )(A)]/Rect[0 0 9 9]>>").value is None


def test_a_choice_typed_into_a_combo_is_kept() -> None:
    assert only("<</Subtype/Widget/FT/Ch/Ff 393216/T(eth)/V(Mine)/Opt[(A)]/Rect[0 0 9 9]>>").value == "Mine"


def test_push_buttons_and_signatures_are_not_questions() -> None:
    button = "<</Subtype/Widget/FT/Btn/Ff 65536/T(b)/Rect[0 0 9 9]>>"
    signature = "<</Subtype/Widget/FT/Sig/T(s)/V<</Type/Sig>>/Rect[0 0 9 9]>>"
    assert [*fields(form(button, signature, text_field("a", b"(x)")))] == ["a"]


def test_a_name_that_comes_twice_with_two_answers_is_doubtful() -> None:
    assert only(text_field("a", b"(one)"), text_field("a", b"(two)")).doubtful
    assert not only(text_field("a", b"()"), text_field("a", b"(two)")).doubtful


def test_a_tree_that_bites_its_tail_is_walked_once() -> None:
    assert only("<</T(a)/FT/Tx/Kids[10 0 R 20 0 R]>>", extra={20: "<</T(b)/Parent 10 0 R/V(x)/Kids[10 0 R]>>"}).name == "a.b"


def test_a_tree_deeper_than_any_form_is_refused() -> None:
    deep = {n: f"<</T(x)/Parent {n - 1} 0 R/Kids[{n + 1} 0 R]>>" for n in range(20, 90)}
    with pytest.raises(InputRefusedError) as refused:
        fields(form("<</T(a)/FT/Tx/Kids[20 0 R]>>", extra=deep))
    assert refused.value.code == "AR28"
