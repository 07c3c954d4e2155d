"""What each figure of the board report counts, in the words that are printed under it. Numbers B1 to B22 as in domain section 3.4."""

from __future__ import annotations

from mase_docs.model.figures import Definition

RULES = (
    "A referral is counted every time one is made. A child is counted once in the period, however many forms there are.",
    "Children are told apart by NHS number, else by social care number, else by name and date of birth.",
    "A referral belongs to the period if its date of referral does; one without a date is counted.",
    "Where several forms are about one child, the newest answer counts. A category or level is the latest set by the end of the period.",
    "Age is age in whole years on the day of the child's first referral in the period.",
    "“Not known” is always a row of its own: nobody is left out because an answer is missing.",
    "A percentage is given only where the number it is a percentage of is printed and is 20 or more.",
)
"""The counting rules that hold for every figure."""

DEFINITIONS = {
    definition.id: definition
    for definition in (
        Definition(
            "B1",
            "Activity",
            "flow",
            "Number",
            "Referral forms about a child, the children they are about, and forms about a place, a school or a peer group.",
            "None: these are totals. They are the denominators of the figures below.",
            note="A child can be counted in more than one of these rows.",
        ),
        Definition(
            "B4",
            "CSE category",
            "stock",
            "Children",
            "Children with a concern about sexual exploitation (CSE), by the category set for them at a planning meeting.",
            "All children with a concern about CSE.",
            total="Children with a concern about CSE",
        ),
        Definition(
            "B6",
            "HSB level",
            "stock",
            "Children",
            "Children with a concern about harmful sexual behaviour (HSB), by level (Hackett 2010).",
            "All children with a concern about HSB.",
            total="Children with a concern about HSB",
        ),
        Definition(
            "B7",
            "Age",
            "flow",
            "Children",
            "Children referred, by age in years on the day of the first referral in the period.",
            "All children referred.",
            total="All children",
        ),
        Definition("B8", "Sex", "flow", "Children", "Children referred, by sex.", "All children referred.", total="All children"),
        Definition(
            "B9",
            "Ethnicity",
            "flow",
            "Children",
            "Children referred, by the five broad groups of the 2021 Census.",
            "All children referred.",
            total="All children",
            note="“Not known” holds those who declined to say and those not asked yet.",
        ),
        Definition(
            "B12",
            "Who refers",
            "flow",
            "Referrals",
            "Referrals, by the referrer's agency. Agencies that made none are shown with 0.",
            "All referrals.",
            total="All referrals",
        ),
        Definition(
            "B13",
            "Models of exploitation",
            "flow",
            "Children",
            "Children with a concern about CSE for whom the model is named on a form.",
            "All children with a concern about CSE.",
            total="Children with a concern about CSE",
            note="One child can be in several rows, so the rows can add up to more than the total.",
        ),
        Definition(
            "B14",
            "Peer-on-peer exploitation",
            "flow",
            "Children",
            "Children with a concern about CSE, by the ages of everyone known to be exploiting them or helping it to happen. "
            "Yes: all of them are under 18. Mixed: some are. No: none is.",
            "All children with a concern about CSE.",
            total="Children with a concern about CSE",
            note="Where a form lists nobody, its answer to “is everyone involved under 18?” counts. “Not known” holds those with nobody "
            "known, and those where an age that decides it is missing.",
        ),
        Definition(
            "B15a",
            "Children going missing",
            "flow",
            "Children",
            "Children whose forms give at least one episode of being missing or away without leave.",
            "All children referred.",
            total="All children",
        ),
        Definition(
            "B15b",
            "Return interviews",
            "flow",
            "Episodes",
            "Episodes of being missing or away given on the forms, by what became of the return interview.",
            "All those episodes; one that is on two forms is counted once.",
            total="All episodes",
        ),
        Definition(
            "B16",
            "Looked-after children and where they are placed",
            "stock",
            "Children",
            "Children referred, by whether they are looked after and where they are placed.",
            "All children referred.",
            total="All children",
        ),
        Definition(
            "B17",
            "Schools that several children attend",
            "stock",
            "Children",
            "Children at each school or college that at least two of the children attend. Schools are not named here, and their letters "
            "hold for this report only.",
            "All children who attend the same school as another child in this report.",
            total="Children at a shared school",
        ),
        Definition(
            "B19",
            "Places that several children's forms name",
            "stock",
            "Places",
            "Places of concern that the forms of at least two children name, by kind of place. Places are not named here.",
            "All such places. A place is the same if name and, where given, postcode are.",
            total="All shared places",
        ),
        Definition(
            "B20",
            "Links between children",
            "stock",
            "Children",
            "Children whose forms name the same person, school, place or peer group as those of another child in this report.",
            "All children referred.",
            total="All children",
            note="One child can be in several rows, so the rows can add up to more than the total. "
            "A link found by name alone is for the panel to confirm.",
        ),
        Definition(
            "B21",
            "Young people suspected of harming others",
            "flow",
            "Young people",
            "People under 18 who are harming others or suspected of it: children referred as such, and those whom the forms of other "
            "children name as such.",
            "All of them, each counted once.",
            total="All young people suspected of harming",
        ),
        Definition(
            "B22",
            "No further police action",
            "stock",
            "Children",
            "Children whose case the police have ended with no further action (NFA), by whether there is a plan for what happens instead.",
            "All children whose case was ended with NFA.",
            total="Children with NFA",
        ),
    )
}
