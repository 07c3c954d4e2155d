"""What is wrong with the filling in and the reading, whatever the case is: blank and doubtful answers, wrong choices, two children.

CO12, DA6, TY1 to TY5, AR16 and TI1 were noticed by the reading (issues of an Answer) and are put into words here and in
dates.py; RQ1, LE1, NU1 and TY6 come from the cerberus schema. Every one holds for every form.
Left out: what refuses a whole file (AR1 to AR8, AR15 …), which the reading says itself; DU3 (the same form sent twice).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mase_docs.definition.codes import Code, CodeList
from mase_docs.definition.form import Field
from mase_docs.definition.values import ticks_in
from mase_docs.model.submission import NONE
from mase_docs.validation.case import Case
from mase_docs.validation.category import is_of_another_scheme
from mase_docs.validation.rules import Broken, rule

TWO_NAMES = re.compile(
    r"\s(and|plus|\+)\s|[&/;\n]|\b(twins|triplets|siblings)\b|\b1[.)]\s.*\b2[.)]\s|\([^)]*\d[^)]*\).*\([^)]*\d[^)]*\)", re.IGNORECASE
)
"""Two names in one box: "Amy and Ben", "Amy/Ben", "1) Amy 2) Ben", "Amy (14), Ben (12)", "the twins". Never "Ali, Mohammed" alone."""
A_DATE = re.compile(
    r"\b[0-9]{1,4}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{2,4}\b|\b[0-9]{1,2}(st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+[0-9]{2,4}\b", re.I
)
AN_NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
ONE_OF_SEVERAL = ("select_one", "yes_no")
ELSEWHERE = re.compile(
    r"\b(see|as per|refer to|in) (the |my |our )?(attach(ed|ment)|enclosed|enclosure|separate|additional|continuation|accompanying)"
    r"|\b(separate|continuation|additional) (sheet|page|document)|\bcontinued? (on|over)|\b(please )?find attached",
    re.IGNORECASE,
)


def found_by_schema(case: Case, code: str) -> Iterator[str]:
    return (path for found, path in case.against_the_form if found == code)


@rule(
    "RQ1",
    "error",
    "“{label}” is blank.",
    'Ask {who}; "not known" is an answer.',
    "the form itself",
    always=True,
)
def a_required_question_is_answered(case: Case) -> Iterator[str]:
    yield from (path for path in found_by_schema(case, "RQ1") if case.form.at(path).unknown)


@rule(
    "RQ1",
    "error",
    "“{label}” is not answered.",
    'Ask {who}; without it the form cannot be used, so "not known" will not do.',
    "the form itself",
    always=True,
)
def a_question_that_must_be_known_is_answered(case: Case) -> Iterator[str]:
    yield from (path for path in found_by_schema(case, "RQ1") if not case.form.at(path).unknown)


@rule(
    "RQ2",
    "error",
    "There is neither an e-mail address nor a telephone number for the referrer.",
    "Ask the referrer for one of them, so that questions can be answered before the meeting.",
    "the form itself",
    always=True,
)
def the_referrer_can_be_reached(case: Case) -> Iterator[str]:
    asked = [name for name in ("referrer_email", "referrer_phone") if case.asks(name)]
    if asked and all(case.lacks(name) for name in asked):
        yield asked[0]


@rule(
    "RQ3",
    "error",
    "“{label}” is blank, and {panel} takes only referrals that a manager has agreed.",
    "Ask the referrer for the manager's agreement and its date.",
    "the profile's manager_must_agree",
    always=True,
    blank=True,
)
def a_manager_has_agreed(case: Case) -> Iterator[str]:
    if case.profile.checks.manager_must_agree and case.lacks("manager_agreed_date"):
        yield "manager_agreed_date"


@rule(
    "CO12",
    "error",
    "The answer to “{label}” is not one of the choices; the nearest is “{nearest}”.",
    "Ask {who} whether that was meant.",
    "panel practice",
    always=True,
)
def a_wrong_choice_with_a_right_one_near(case: Case) -> Iterator[Broken]:
    for path in _wrong_choices(case):
        answer = case.answer(path)
        if answer and answer.nearest:
            yield Broken(path, {"nearest": answer.nearest})


@rule(
    "CO12",
    "error",
    "The answer to “{label}” is not one of the choices.",
    "Ask {who} which of the form's choices fits.",
    "panel practice",
    always=True,
)
def a_wrong_choice_with_none_near(case: Case) -> Iterator[str]:
    for path in _wrong_choices(case):
        answer = case.answer(path)
        if not (answer and answer.nearest) and not _is_several(case, path):
            yield path


@rule(
    "CO12",
    "error",
    "Several choices are given as the answer to “{label}”, which takes one.",
    "Ask {who} which of them fits best.",
    "panel practice",
    always=True,
)
def several_choices_where_one_is_wanted(case: Case) -> Iterator[str]:
    yield from (path for path in _wrong_choices(case) if _is_several(case, path))


def _is_several(case: Case, path: str) -> bool:
    field, answer = case.form.at(path), case.answer(path)
    if field.type not in ONE_OF_SEVERAL or answer is None or answer.nearest:
        return False
    said = ticks_in(answer.raw or "") or (answer.raw or "").split("; ")
    return len(said) > 1 and (not field.choices or all(map(case.codes(field.choices).match, said)))


def _wrong_choices(case: Case) -> list[str]:
    found = [*case.issue("CO12"), *found_by_schema(case, "CO12")]
    return [path for path in dict.fromkeys(found) if not (path == "cse_category" and is_of_another_scheme(case))]


@rule(
    "CO14",
    "error",
    "“{alone}” is ticked for “{label}”, and other choices with it; they cannot all be right.",
    "Ask {who} which of them stand.",
    "panel practice",
    always=True,
)
def nothing_is_ticked_beside_none_or_not_known(case: Case) -> Iterator[Broken]:
    for path, chosen, codes in _several_chosen(case):
        alone = next((codes.by_code[c] for c in chosen if c in codes.by_code and _stands_alone(codes.by_code[c])), None)
        if alone and len(chosen) > 1:
            yield Broken(path, {"alone": alone.label})


def _several_chosen(case: Case) -> Iterator[tuple[str, list[str], CodeList]]:
    for path, answer in case.submission.answers.items():
        field = case.form.at(path)
        if field.type == "select_multiple" and field.choices and isinstance(answer.value, list):
            yield path, answer.value, case.codes(field.choices)


def _stands_alone(code: Code) -> bool:
    """Whether a choice says that there is none, or that nobody knows."""
    return code.unknown or code.code.casefold() == NONE


@rule(
    "AR39",
    "error",
    "The choices printed for “{label}” were left as they were, and none of them was deleted or struck out.",
    "Ask {who} which of them is the answer.",
    "forms that say “delete as appropriate”",
    always=True,
)
def all_but_one_are_deleted(case: Case) -> Iterator[str]:
    yield from case.issue("AR39")


@rule(
    "TY1",
    "error",
    "The answer to “{label}” could not be understood as a date.",
    "Ask {who} for it as day, month and year, like 3 July 2011.",
    "dates typed as text",
    always=True,
)
def a_date_is_a_date(case: Case) -> Iterator[str]:
    yield from case.issue("TY1")


@rule(
    "TY2",
    "error",
    "The answer to “{label}” is not a whole number.",
    "Ask {who} for the number in figures.",
    "the form itself",
    always=True,
)
def a_number_is_a_number(case: Case) -> Iterator[str]:
    yield from case.issue("TY2")


@rule(
    "TY3",
    "error",
    "The answer to “{label}” is neither yes nor no.",
    'Ask {who} for yes, no or "not known".',
    "the form itself",
    always=True,
)
def yes_or_no_is_yes_or_no(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("TY3") if case.value(path) is None)


@rule(
    "TY3",
    "warning",
    "A mark beside a choice of “{label}” is not plainly a tick; it was taken for one.",
    "Compare with the form, and ask {who} if it stays in doubt.",
    "how PDF forms keep ticks",
    always=True,
)
def a_tick_is_a_tick(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("TY3") if case.value(path) is not None)


@rule(
    "TY4",
    "warning",
    "One answer on the form stands for several questions, and its part for “{label}” could not be told from the rest.",
    "Read that answer on the form, and ask {who} if it does not say.",
    "forms that differ between boroughs",
    always=True,
)
def an_answer_to_several_questions_can_be_split(case: Case) -> Iterator[str]:
    yield from case.issue("TY4")


@rule(
    "TY5",
    "error",
    "In place of an answer to “{label}” the form holds a formula without a result, or an error of the spreadsheet.",
    "Ask {who} to type the answer itself.",
    "how workbooks keep formulas",
    always=True,
)
def an_answer_is_no_formula(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("TY5") if case.value(path) is None)


@rule(
    "TY5",
    "warning",
    "The answer to “{label}” was worked out by a formula; what it last came to was taken.",
    "Compare it with the form.",
    "how workbooks keep formulas",
    always=True,
)
def an_answer_is_typed_and_not_worked_out(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("TY5") if case.value(path) is not None)


@rule(
    "TY6",
    "error",
    "The answer to “{label}” is not of the kind that this question takes.",
    "Read the form again; if it is so in the form, ask {who}.",
    "the form itself",
    always=True,
)
def an_answer_is_of_the_right_kind(case: Case) -> Iterator[str]:
    yield from found_by_schema(case, "TY6")


@rule(
    "LE1",
    "warning",
    "The answer to “{label}” is longer than {length} characters, which is all that the form has room for.",
    "Check that nothing was cut off, and ask {who} for a shorter text if it is to be read out.",
    "boxes that hide what overflows",
    always=True,
)
def an_answer_fits_its_box(case: Case) -> Iterator[Broken]:
    for path in found_by_schema(case, "LE1"):
        yield Broken(path, {"length": f"{case.form.at(path).max_length:,}"})


@rule(
    "NU1",
    "error",
    "The number answered to “{label}” cannot be: it should be {range}.",
    "Ask {who} for the right number.",
    "the form itself",
    always=True,
)
def a_number_is_within_its_range(case: Case) -> Iterator[Broken]:
    for path in found_by_schema(case, "NU1"):
        yield Broken(path, {"range": _range(case.form.at(path))})


def _range(field: Field) -> str:
    ends = (("at least", field.minimum), ("at most", field.maximum))
    return " and ".join(f"{words} {end}" for words, end in ends if end is not None)


@rule(
    "AR14",
    "error",
    "There seems to be more than one child on this form.",
    "Ask the referrer for one form for each child: each has their own risks, dates and consent, and may ask to see their own record.",
    "HALO: a separate form for each child",
    always=True,
)
def a_form_is_about_one_child(case: Case) -> Iterator[str]:
    named = [path for path in ("family_name", "given_names") if TWO_NAMES.search(_typed(case, path))]
    if named:
        yield named[0]
    elif len({found[0] for found in A_DATE.finditer(_typed(case, "dob"))}) > 1:
        yield "dob"
    elif len(set(AN_NHS_NUMBER.findall(_typed(case, "nhs_number")))) > 1:
        yield "nhs_number"


def _typed(case: Case, path: str) -> str:
    answer = case.answer(path)
    return (answer.raw or str(answer.value or "")).strip() if answer and (not answer.value or case.known(path)) else ""


@rule(
    "AR16",
    "warning",
    "The answer to “{label}” only points elsewhere (“as above”, “see attached”).",
    "Look there and, if it is not plain, ask {who} for the answer itself.",
    "Bradford and Herefordshire forms, which ask for not known rather than blanks",
    always=True,
)
def an_answer_is_given_where_it_is_asked(case: Case) -> Iterator[str]:
    yield from case.issue("AR16")


@rule(
    "AR22",
    "warning",
    "The answer to “{label}” speaks of a further sheet or attachment, and the form lists none.",
    "Look whether it came with the form; if not, ask {who} for it.",
    "Berkshire form, continued on separate sheets",
    always=True,
)
def what_is_attached_is_listed(case: Case) -> Iterator[str]:
    if case.known("documents_attached"):
        return
    yield from dict.fromkeys(path for path, text in case.texts("text", "long_text", "text_list") if ELSEWHERE.search(text))


RECOVERED = ("pdf_flat", "pdf_scan", "email_body", "html")
"""Kinds of file whose every answer is recovered: one warning says so for all of them (AR4, AR5, AR17)."""


@rule(
    "LC1",
    "note",
    "“{label}” was read with little certainty.",
    "Compare it with the form.",
    "how sure the reading was",
    always=True,
)
def an_answer_is_read_with_certainty(case: Case) -> Iterator[str]:
    if case.submission.source.kind in RECOVERED:
        return
    for path, answer in case.submission.answers.items():
        if answer.confidence == "low" and answer.value is not None and not answer.issues:
            yield path


@rule(
    "TI1",
    "warning",
    "Two parts of the file disagree about the answer to “{label}”; what is ticked or typed in either was taken.",
    "Check with the sender what was meant.",
    "how forms keep ticks and dates",
    always=True,
)
def a_file_says_one_thing(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("TI1") if case.form.at(path).type not in ONE_OF_SEVERAL)


@rule(
    "TI1",
    "error",
    "Two parts of the file give different answers to “{label}”, which takes one.",
    "Ask {who} which of them stands.",
    "how forms keep ticks and dates",
    always=True,
)
def a_choice_of_one_is_one(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("TI1") if case.form.at(path).type in ONE_OF_SEVERAL)


@rule(
    "AR37",
    "error",
    "Something stands where “{label}” is answered, and it cannot be told what.",
    "Look at the form there, and ask {who} for the answer if it is not plain.",
    "two readings of a printed form that disagree",
    always=True,
)
def an_answer_can_be_told(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("AR37") if case.value(path) is None)


@rule(
    "AR37",
    "warning",
    "Two ways of reading the answer to “{label}” do not agree, or a part of it cannot be seen; one of them was taken.",
    "Compare it with the form.",
    "two readings of a printed form that disagree",
    always=True,
)
def two_readings_agree(case: Case) -> Iterator[str]:
    yield from (path for path in case.issue("AR37") if case.value(path) is not None)


@rule(
    "AR4",
    "warning",
    "The answer to “{label}” fills its box on a printed or flattened PDF: what did not fit was cut off.",
    "Read to its end whether something is missing, and if so ask {who} for the whole text.",
    "boxes that hide what overflows",
    always=True,
)
def an_answer_was_not_cut_off_in_printing(case: Case) -> Iterator[str]:
    yield from case.issue("AR4")
