from __future__ import annotations

from datetime import date

import pytest

from mase_docs.model.submission import Answer
from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import Situation, linked, odd, rows

BLANK = "a required question is answered"
MUST = "a question that must be known is answered"
REACHED = "the referrer can be reached"
AGREED = "a manager has agreed"
NEAR = "a wrong choice with a right one near"
NOT_NEAR = "a wrong choice with none near"
SEVERAL = "several choices where one is wanted"
DATE = "a date is a date"
NUMBER = "a number is a number"
YES_NO = "yes or no is yes or no"
TICK = "a tick is a tick"
SPLIT = "an answer to several questions can be split"
FORMULA = "an answer is no formula"
WORKED_OUT = "an answer is typed and not worked out"
KIND = "an answer is of the right kind"
LONG = "an answer fits its box"
WITHIN = "a number is within its range"
ONE_CHILD = "a form is about one child"
ALONE = "nothing is ticked beside none or not known"
DELETED = "all but one are deleted"
ELSEWHERE = "an answer is given where it is asked"
ATTACHED = "what is attached is listed"
CERTAIN = "an answer is read with certainty"
TICKED = "a file says one thing"
ONE = "a choice of one is one"
TOLD = "an answer can be told"
AGREE = "two readings agree"
WHOLE = "an answer was not cut off in printing"

SIGN_OFF = {"checks": {"manager_must_agree": True}}
TWO_DATES = Answer(None, "16/04/2011 and 3/5/2013", "Referral!B2", "low", ("TY1",))

BROKEN = [
    Situation(BLANK, "the role is blank", {"referrer_role": None}, "referrer_role"),
    Situation(BLANK, "the role is an empty text", {"referrer_role": ""}, "referrer_role"),
    Situation(BLANK, "no disability is ticked, nor none", {"disabilities": []}, "disabilities"),
    Situation(BLANK, "no parent is named", {"parents_carers[1].name": None}, "parents_carers"),
    Situation(BLANK, "the school of a pupil is blank", {"school_name": None}, "school_name"),
    Situation(BLANK, "the main one of the models is blank", {"primary_model": None}, "primary_model"),
    Situation(BLANK, "a linked person has no name", rows("linked_people", linked(name=None, under_18="yes")), "linked_people[1].name"),
    Situation(MUST, "the family name is blank", {"family_name": None}, "family_name"),
    Situation(MUST, "the family name is not known", {"family_name": "not_known"}, "family_name"),
    Situation(MUST, "no concern is ticked", {"concern_types": []}, "concern_types"),
    Situation(REACHED, "neither is given", {"referrer_email": None}, "referrer_email"),
    Situation(REACHED, "neither is known", {"referrer_email": "not_known", "referrer_phone": "none"}, "referrer_email"),
    Situation(AGREED, "no date is given where one is wanted", {}, "manager_agreed_date", SIGN_OFF),
    Situation(NEAR, "the sex is not one of them", {"sex": odd("CO12", nearest="Female")}, "sex"),
    Situation(NOT_NEAR, "the sex is not one of them", {"sex": odd("CO12")}, "sex"),
    Situation(NOT_NEAR, "a code that is none came from elsewhere", {"sex": "Q"}, "sex"),
    Situation(NOT_NEAR, "one of several is none", {"subject_role": ["associate", "bystander"]}, "subject_role"),
    Situation(NOT_NEAR, "a category in words is none", {"cse_category": odd("CO12", raw="cat 2 ?")}, "cse_category"),
    Situation(SEVERAL, "two placements are ticked", {"living_situation": odd("CO12", raw="At home; Foster care")}, "living_situation"),
    Situation(SEVERAL, "yes and no are both ticked", {"crime_recorded": odd("CO12", raw="☑ Yes ☒ No")}, "crime_recorded"),
    Situation(ALONE, "no disability and one", {"disabilities": ["NONE", "LD"]}, "disabilities"),
    Situation(ALONE, "a model and not known", {"exploitation_models": ["online", "unknown"]}, "exploitation_models"),
    Situation(DELETED, "both printed choices stand", {"crime_recorded": odd("AR39", raw="Yes / No*")}, "crime_recorded"),
    Situation(DATE, "words stand for the date of birth", {"dob": odd("TY1")}, "dob"),
    Situation(NUMBER, "words stand for the year", {"year_group": odd("TY2")}, "year_group"),
    Situation(YES_NO, "words stand for a yes", {"crime_recorded": odd("TY3")}, "crime_recorded"),
    Situation(TICK, "a scribble stands in a box", {"disabilities": odd("TY3", value=["LD"])}, "disabilities"),
    Situation(SPLIT, "name and telephone in one", {"placement_contact": odd("TY4")}, "placement_contact"),
    Situation(FORMULA, "it has no result", {"dob": odd("TY5")}, "dob"),
    Situation(WORKED_OUT, "it has one", {"dob": odd("TY5", value=date(2011, 4, 16))}, "dob"),
    Situation(KIND, "a text stands for a date", {"referral_date": "last week"}, "referral_date"),
    Situation(KIND, "a text stands for a number", {"year_group": "ten"}, "year_group"),
    Situation(LONG, "6,000 characters", {"reason_for_referral": "x" * 6000}, "reason_for_referral"),
    Situation(LONG, "a list of 400", {"known_as": ["x" * 200, "y" * 200]}, "known_as"),
    Situation(WITHIN, "year 25", {"year_group": 25}, "year_group"),
    Situation(ONE_CHILD, "two names with and", {"given_names": "Mirela and Tomas"}, "given_names"),
    Situation(ONE_CHILD, "two names with &", {"given_names": "Mirela & Tomas"}, "given_names"),
    Situation(ONE_CHILD, "two family names with a stroke", {"family_name": "Ashdown/Brack"}, "family_name"),
    Situation(ONE_CHILD, "two names on two lines", {"given_names": Answer("Mirela Tomas", "Mirela\nTomas", "Referral!B2")}, "given_names"),
    Situation(ONE_CHILD, "two dates of birth", {"dob": TWO_DATES}, "dob"),
    *(
        Situation(ONE_CHILD, typed, {"given_names": typed}, "given_names")
        for typed in (
            "Amy/Ben",
            "Amy and Ben Smith",
            "1) Amy 2) Ben",
            "Amy (14), Ben (12)",
            "Amy (d.o.b. 3/7/11) Ben (4/5/13)",
            "the twins",
        )
    ),
    Situation(ONE_CHILD, "two dates in words", {"dob": odd("TY1", raw="Amy 3rd July 2011, Ben 4 May 2013")}, "dob"),
    Situation(ONE_CHILD, "two dates with spaces", {"dob": odd("TY1", raw="3 / 7 / 2011 & 4.5.13")}, "dob"),
    Situation(ONE_CHILD, "two NHS numbers", {"nhs_number": Answer("9990000018 999 000 0026", "9990000018 999 000 0026", "")}, "nhs_number"),
    Situation(ELSEWHERE, "as above", {"current_address": odd("AR16", value="as above")}, "current_address"),
    Situation(
        ATTACHED, "see attached chronology, with more beside", {"barriers": "Long history, see the attached chronology."}, "barriers"
    ),
    Situation(ATTACHED, "a separate sheet", {"child_views": "Written down on a separate sheet by her."}, "child_views"),
    Situation(CERTAIN, "it is a guess", {"school_name": Answer("Larch Hill School", "Larch", "page 2, Text9", "low")}, "school_name"),
    Situation(ONE, "both buttons of a yes or no are on", {"crime_recorded": odd("TI1", value=True)}, "crime_recorded"),
    Situation(TICKED, "the PDF says both", {"concern_types": odd("TI1", value=["cse"])}, "concern_types"),
    Situation(TOLD, "there are letters without names", {"school_name": odd("AR37")}, "school_name"),
    Situation(AGREE, "the readings differ", {"school_name": odd("AR37", value="Larch Hill School")}, "school_name"),
    Situation(WHOLE, "it goes on to the last line", {"child_views": odd("AR4", value="Wants it to stop and")}, "child_views"),
]

KEPT = [
    Situation(BLANK, "the role is not known", {"referrer_role": "not_known"}),
    Situation(BLANK, "the role could not be understood, which is said elsewhere", {"sex": odd("CO12")}),
    Situation(
        BLANK, "nobody asks the home educated for a school", {"education_status": "home_educated", "school_name": None, "year_group": None}
    ),
    Situation(BLANK, "no parent is known", {"parents_carers[1].name": "none"}),
    Situation(BLANK, "the form does not ask", {"referrer_role": None}, without=("referrer_role",)),
    Situation(BLANK, "the printed form does not ask", {"school_urn": None}, kind="pdf"),
    Situation(BLANK, "the row of linked people says none", {"linked_people[1].name": "none"}),
    Situation(
        BLANK,
        "the legal status is blank, which is said elsewhere",
        {
            "social_care_status": "looked_after",
            "legal_status": None,
            "placement_type": "U4",
            "placement_provider": "PR1",
            "placement_contact": "not_known",
            "placed_out_of_borough": False,
            "iro_or_cp_chair": "Owen Brack",
        },
    ),
    Situation(MUST, "the family name is given", {}),
    Situation(MUST, "the family name is given in a script of its own", {"family_name": "Łukasz"}),
    Situation(REACHED, "only a telephone number is given", {"referrer_email": None, "referrer_phone": "020 7946 0000"}),
    Situation(REACHED, "the form asks neither", {"referrer_email": None}, without=("referrer_email", "referrer_phone")),
    Situation(AGREED, "no date is given and none is wanted", {}),
    Situation(AGREED, "the date is given", {"manager_agreed_date": date(2026, 4, 19)}, profile=SIGN_OFF),
    Situation(NEAR, "it is one of them", {}),
    Situation(NEAR, "there is none near", {"sex": odd("CO12")}),
    Situation(NOT_NEAR, "there is one near", {"sex": odd("CO12", nearest="Female")}),
    Situation(NOT_NEAR, "another agency may be named", {"referrer_agency": "Northmere Scouts"}),
    Situation(SEVERAL, "one is ticked", {"living_situation": "at_home"}),
    Situation(SEVERAL, "the answer has a semicolon", {"living_situation": odd("CO12", raw="At home; but for how long")}),
    Situation(SEVERAL, "a yes is ticked and a no is not", {"crime_recorded": True}),
    Situation(ALONE, "no disability alone", {"disabilities": ["NONE"]}),
    Situation(ALONE, "two disabilities", {"disabilities": ["LD", "AUT"]}),
    Situation(DELETED, "one of them was deleted", {}),
    Situation(DATE, "it is one", {}),
    Situation(NUMBER, "it is one", {}),
    Situation(YES_NO, "it is one", {}),
    Situation(YES_NO, "it is not known", {"crime_recorded": "not_known"}),
    Situation(TICK, "it is one", {}),
    Situation(SPLIT, "it could be", {"placement_contact": "Owen Brack, 020 7946 0000"}),
    Situation(FORMULA, "it has a result", {"dob": odd("TY5", value=date(2011, 4, 16))}),
    Situation(WORKED_OUT, "it was typed", {}),
    Situation(KIND, "all are", {}),
    Situation(
        KIND,
        "a day stands where a day and an hour may",
        {"concern_types": ["cse", "missing"], "missing_episodes[1].start": date(2026, 3, 2)},
    ),
    Situation(KIND, "not known stands for a number", {"year_group": "not_known"}),
    Situation(LONG, "5,000 characters", {"reason_for_referral": "x" * 5000}),
    Situation(WITHIN, "year 0", {"year_group": 0}),
    Situation(ONE_CHILD, "a name with and in it", {"family_name": "Anderson-Sandys"}),
    *(
        Situation(ONE_CHILD, typed, {"given_names": typed})
        for typed in (
            "Anne-Marie",
            "de la Cruz, Maria",
            "Ali, Mohammed",
            "Zoë “Bee” Łukasz",
            "Ben (known as Benny)",
            "Anders Sandy",
            "J. R. 2nd",
        )
    ),
    Situation(ONE_CHILD, "one date of birth twice", {"dob": Answer(date(2011, 7, 3), "3/7/2011 (3/7/2011)", "")}),
    Situation(ONE_CHILD, "one date of birth", {"dob": Answer(date(2011, 4, 16), "16/04/2011", "Referral!B2")}),
    Situation(ONE_CHILD, "the name is not applicable", {"known_as": ["Mia / Mimi"]}),
    Situation(ELSEWHERE, "it is given", {}),
    Situation(ATTACHED, "and the form lists it", {"barriers": "See the attached chronology.", "documents_attached": ["Chronology"]}),
    Situation(ATTACHED, "only attached in another sense", {"child_views": "Is very attached to her aunt."}),
    Situation(CERTAIN, "it was found by its label", {"school_name": Answer("Larch Hill School", "Larch", "page 2, Text9", "medium")}),
    Situation(CERTAIN, "it was odd, which is said elsewhere", {"dob": odd("DA6", value=date(2011, 4, 3))}),
    Situation(TICKED, "it says one thing", {}),
    Situation(ONE, "of several ticks one is shown in two ways", {"concern_types": odd("TI1", value=["cse"])}),
    Situation(TOLD, "it can", {}),
    Situation(TOLD, "one of two readings was taken", {"school_name": odd("AR37", value="Larch Hill School")}),
    Situation(AGREE, "they do", {}),
    Situation(WHOLE, "there is room below", {}),
]


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)
