"""What the fuzz run found, each as the smallest file that shows it."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import binary_workbook, old_workbook
from mase_docs.intake.number_formats import GENERAL, as_seen
from mase_docs.intake.package import parse_xml
from mase_docs.intake.pasted_lines import HTML
from mase_docs.intake.pdf_open import read_pdf
from mase_docs.intake.reader import read_source
from mase_docs.intake.workbook import Workbook
from mase_docs.model.submission import Submission
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import BOROUGHS, EASTWICK, PLACE, SEEDS, unpacked
from tests.intake.files import workbook
from tests.intake.handmade_pdf import form
from tests.intake.test_workbook_formats import at, record, xlsb

TODAY = date(2026, 11, 23)
DRAWS = "<</Length %d>>stream\n/Tx BMC BT /Helv 9 Tf 2 5 Td (%s) Tj ET EMC\nendstream"


def read(data: bytes, home: Home) -> Submission:
    return read_source("form", data, home, TODAY)


def codes(found: Submission) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_sheet_whose_relationship_is_broken_is_damage(home: Home) -> None:
    assert codes(read(mutated_part(PLACE.read_bytes(), "xl/_rels/workbook.xml.rels", b'Id="rId2"', b'Id="rId77"'), home)) == ["AR27"]


def mutated_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            assert part != name or old in content
            after.writestr(part, content.replace(old, new) if part == name else content)
    return out.getvalue()


@pytest.mark.parametrize("piece", [b"<?xml version='1.0'?>", b"<!-- a -->"])
def test_many_small_pieces_before_a_document_do_not_keep_the_reader_busy(piece: bytes) -> None:
    with pytest.raises(InputRefusedError, match="damaged"):
        parse_xml(piece * 500 + b"<a")
    with pytest.raises(InputRefusedError, match="no office program"):
        parse_xml(piece * 500 + b"<!DOCTYPE a><a/>")
    assert not HTML.match((piece * 500).decode() + "words")


def test_two_cells_that_claim_one_place_are_damage() -> None:
    with pytest.raises(InputRefusedError, match="damaged"):
        Workbook(workbook('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')).sheet("One")
    with pytest.raises(InputRefusedError, match="damaged"):
        binary_workbook.binary_workbook(xlsb(2 * record(5, at(0) + struct.pack("<d", 7.5))))
    twice = old_workbook._PassedOver()
    twice.put(0x0203, bytes(14))
    with pytest.raises(InputRefusedError, match="damaged"):
        twice.put(0x00FD, bytes(10))


def test_a_text_that_is_not_in_the_file_is_damage_and_no_blank() -> None:
    with pytest.raises(InputRefusedError, match="damaged"):
        Workbook(workbook('<row><c t="s"><v>99</v></c></row>')).sheet("One")
    with pytest.raises(InputRefusedError, match="damaged"):
        binary_workbook.binary_workbook(xlsb(record(7, at(0) + struct.pack("<I", 99))))


def test_a_merged_range_that_lies_over_other_answers_is_not_read_as_theirs(home: Home) -> None:
    """Here from the address, B17, over the postcode, the school and the border, all of them blank, to row 30."""
    good = PLACE.read_bytes()
    found = read(mutated_part(good, "xl/worksheets/sheet1.xml", b'ref="C17:H17"', b'ref="B17:H30"'), home)
    values = {path: answer.value for path, answer in read(good, home).answers.items()}
    assert {path: answer.value for path, answer in found.answers.items()} == values


def test_bytes_that_are_no_number_are_damage() -> None:
    with pytest.raises(InputRefusedError, match="damaged"):
        as_seen(1.697596634e-315, GENERAL)
    assert (as_seen(0, GENERAL), as_seen(0.001, GENERAL)) == (0, 0.001)


def field(name: str, value: str, look: int) -> str:
    return f"<</Type/Annot/Subtype/Widget/FT/Tx/T({name}){value}/Rect[10 10 99 30]/AP<</N {look} 0 R>>>>"


def looks(*shown: str) -> dict[int, str | bytes]:
    return {20 + number: DRAWS % (45 + len(text), text) for number, text in enumerate(shown)}


def doubted(data: bytes) -> list[str]:
    return [f.name for f in read_pdf(data).fields if f.doubtful]


def test_a_pdf_field_that_draws_something_else_than_it_holds_is_in_doubt() -> None:
    right, clipped = field("right", "/V(Zoe Bee)", 20), field("clipped", "/V(A long answer that has no room in its box)", 21)
    wrong, lost, by_name = field("wrong", "/V(Ann)", 22), field("lost", "", 23), field("name", "/V/Sect", 24)
    drawn = looks("Zoe Bee", "A long answer that", "Quillon-Marsh", "3 July 2011", "Sect")
    assert doubted(form(right, clipped, wrong, lost, by_name, extra=drawn)) == ["wrong", "lost", "name"]


def test_looks_that_are_out_of_date_or_cannot_be_read_are_no_reason_to_doubt() -> None:
    fields = field("one", "/V(Zoe Bee)", 20), field("two", "/V(Quillon)", 21)
    unreadable = looks("!#$%5x81y", "7q0zz1")
    assert doubted(form(*fields, extra=unreadable)) == []
    assert doubted(form(*fields, field("three", "", 22), extra=looks("old", "older", "oldest"), acroform="/NeedAppearances true")) == []
    assert doubted(form(field("one", "", 20), field("two", "", 21), extra=looks("DD/MM/YYYY", "DD/MM/YYYY"))) == []


def test_an_answer_of_a_pdf_that_is_drawn_and_not_held_is_asked_for_again() -> None:
    data = unpacked(EASTWICK.read_bytes()).replace(b"/V (2 November 2026)", b"/W (2 November 2026)")
    answer = read(data, Home(BOROUGHS)).answers["referral_date"]
    assert (answer.value, answer.confidence, answer.issues) == (None, "low", ("AR37",))


def test_a_list_that_is_drawn_and_not_held_is_asked_for_again() -> None:
    data = unpacked(EASTWICK.read_bytes()).replace(b"/V (Marsh Lane", b"/W (Marsh Lane")
    assert read(data, Home(BOROUGHS)).answers["locations[1].name"].issues == ("AR37",)


def test_the_table_of_a_boroughs_word_form_without_a_column_label_is_not_taken_for_empty() -> None:
    seed = SEEDS["docx"][1]
    found = read(mutated_part(seed.data, "word/document.xml", b">Who<", b"><"), seed.home)
    assert codes(found) == ["AR34"]


def test_words_among_the_properties_of_a_cell_are_damage_and_no_blank() -> None:
    seed, words = SEEDS["docx"][1], b"<w:r><w:t>IMAGINED</w:t></w:r>"
    moved = mutated_part(seed.data, "word/document.xml", b"</w:tcPr>", words + b"</w:tcPr>")
    assert codes(read(moved, seed.home)) == ["AR27"]


def test_the_same_seed_always_breaks_a_file_in_the_same_way() -> None:
    for kind in ("xlsx", "pdf_flat", "email"):
        data = SEEDS[kind][0].data
        assert {mutated(f"{kind} {number}", data) for number in (3, 3, 3)} == {mutated(f"{kind} 3", data)}


def test_a_printed_page_that_has_no_size_is_damage(home: Home) -> None:
    data = SEEDS["pdf_flat"][1].data
    start = data.index(b"/MediaBox")
    end = data.index(b"]", start) + 1
    broken = data[:start] + b"/MediaBox [ /No /Size /At /All ]".ljust(end - start) + data[end:]
    assert codes(read(broken, home)) in (["AR27"], ["AR4"])
