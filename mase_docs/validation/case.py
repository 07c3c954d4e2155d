"""What the rules look at: one completed form, its definition, the borough's profile, today and the day of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from mase_docs.definition.codes import CodeList
from mase_docs.definition.form import MEDIA, Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.profile import Profile
from mase_docs.model.ages import age_on
from mase_docs.model.submission import EXPLICIT, NOT_KNOWN, Answer, Submission, Value


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeating group, and the paths of its answers."""

    repeat: str
    key: str
    values: dict[str, Value]

    def path(self, column: str) -> str:
        return f"{self.repeat}[{self.key}].{column}"

    @property
    def says_none(self) -> bool:
        return all(isinstance(value, str) and value in EXPLICIT for column, value in self.values.items() if column != "row")

    def value(self, column: str) -> Value:
        return self.values.get(column)

    def date_of(self, column: str) -> date | None:
        return as_date(self.values.get(column))

    def moment(self, column: str) -> datetime | None:
        """A date and time; midnight where only the date is known."""
        found = self.values.get(column)
        if isinstance(found, datetime):
            return found.replace(tzinfo=None)
        return datetime(found.year, found.month, found.day) if isinstance(found, date) else None


@dataclass
class Case:
    """A submission as the rules ask about it. A question that isn't on the form cannot have been left blank."""

    submission: Submission
    form: Form
    home: Home
    today: date
    meeting: date | None = None

    @property
    def profile(self) -> Profile:
        return self.home.profile

    @property
    def day(self) -> date:
        """The day on which ages count: the meeting's, else today."""
        return self.meeting or self.date_of("meeting_date") or self.today

    # what was asked

    def asks(self, name: str, column: str | None = None) -> bool:
        """Whether the form puts this question (or this column) to the people who fill it in, on the medium that came in."""
        field = self.form.fields.get(name)
        if field is not None and column is not None and self.is_put(field):
            field = next((c for c in field.column if c.name == column), None)
        return field is not None and self.is_put(field)

    def is_put(self, field: Field) -> bool:
        medium = self.submission.source.kind.partition("_")[0]
        return field.asked and (medium not in MEDIA or medium in field.media)

    def label(self, path: str) -> str:
        """The question at a path in words; a path that isn't on the form by its own name."""
        name = path.partition("[")[0]
        field = self.form.fields.get(name)
        if field is None:
            return name.replace("_", " ").capitalize()
        rows = {c.code: c.label for c in self.codes(field.keys).code} if field.keys else {}
        return self.form.label_at(path, rows)

    # what was answered

    def answer(self, path: str) -> Answer | None:
        return self.submission.answers.get(path)

    def value(self, path: str) -> Value:
        return self.submission.value(path)

    def answered(self, path: str) -> bool:
        """Whether anything was said, even if only "not known"."""
        return self.value(path) not in (None, "", [])

    def misread(self, path: str) -> bool:
        """Whether something was typed that could not be understood: not blank, and already said."""
        answer = self.answer(path)
        return answer is not None and answer.value is None and bool(answer.issues)

    def known(self, path: str) -> bool:
        """Whether something was said other than "not known", "not applicable" or "none"."""
        value = self.value(path)
        return self.answered(path) and not (isinstance(value, str) and value in EXPLICIT)

    def left_blank(self, name: str) -> bool:
        """Whether the form asks and nothing was said."""
        return self.asks(name) and not self.answered(name) and not self.misread(name)

    def lacks(self, name: str) -> bool:
        """Whether the form asks and nothing of substance was said: blank, "none" or "not known"."""
        return self.asks(name) and not self.known(name) and not self.misread(name)

    def date_of(self, path: str) -> date | None:
        return as_date(self.value(path))

    def yes(self, path: str) -> bool:
        return self.value(path) in (True, "yes")

    def no(self, path: str) -> bool:
        return self.value(path) in (False, "no")

    def chosen(self, path: str) -> set[str]:
        """The codes chosen, of one choice or of several."""
        value = self.value(path)
        return set(value) if isinstance(value, list) else {value} if isinstance(value, str) else set()

    def rows(self, repeat: str) -> list[Row]:
        """The rows of a repeating group that say something; a row of nothing but "none" or "not known" says that there is none."""
        return [row for row in self.begun(repeat) if not row.says_none]

    def begun(self, repeat: str) -> list[Row]:
        """The rows of a repeating group that hold any answer."""
        return [Row(repeat, str(row["row"]), row) for row in self.submission.rows(repeat)]

    def keys(self, repeat: str) -> list[str]:
        """The fixed rows of a repeat."""
        field = self.form.fields[repeat]
        return list(self.codes(field.keys).by_code) if field.keys else []

    def each_field(self) -> Iterator[tuple[str, Field]]:
        """Every path answered, with its question."""
        for path in self.submission.answers:
            if path.partition("[")[0] in self.form.fields:
                yield path, self.form.at(path)

    def texts(self, *types: str) -> Iterator[tuple[str, str]]:
        """Every text said in answer to questions of these types, with its path; "not known", "see attached" and such left out."""
        elsewhere = set(self.issue("AR16"))
        for path, field in self.each_field():
            value = self.value(path)
            if field.type in types and self.known(path) and path not in elsewhere:
                yield from ((path, text) for text in (value if isinstance(value, list) else [str(value)]))

    def issue(self, code: str) -> Iterator[str]:
        """Every path where the reading noted this."""
        return (path for path, answer in self.submission.answers.items() if code in answer.issues)

    def codes(self, name: str) -> CodeList:
        return self.home.codes(name)

    # what follows from the answers

    @cached_property
    def against_the_form(self) -> list[tuple[str, str]]:
        """Where the answers break the form's own definition, as (code of the rule, path)."""
        from mase_docs.validation.schema import findings

        return findings(self)

    @property
    def dob(self) -> date | None:
        return self.date_of("dob")

    @property
    def age(self) -> int | None:
        """The age on the day that counts; None where the date of birth isn't known."""
        return self.age_at(self.day)

    def age_at(self, day: date) -> int | None:
        return age_on(day, self.dob) if self.dob else None

    @property
    def concerns(self) -> set[str]:
        return self.chosen("concern_types")

    @cached_property
    def category(self) -> str | None:
        """The category in the panel's own scheme (another scheme's by the profile's mapping); None if none was set."""
        value = self.value("cse_category")
        if not isinstance(value, str) or value in (NOT_KNOWN, "not_assessed", "not_applicable"):
            return None
        return self.profile.categories.mapping.get(value, value)


def as_date(value: Value) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
