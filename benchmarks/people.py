"""Made-up people of several naming traditions, and the mistakes that forms make about them. Nobody here is anybody.

The same seed gives the same people. Given names are real ones, because short forms are to be found; most family names are put
together from syllables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, product
from random import Random
from typing import NamedTuple

from mase_docs.register.persons.births import swapped
from mase_docs.register.persons.likeness import Described
from mase_docs.register.persons.names import lore, usual, words_of


class Tradition(NamedTuple):
    """Given names, commonest first; family names, commonest first, with those made of each beginning and ending after them."""

    given: list[str]
    family: list[str]


def _tradition(given: str, family: str, beginnings: str, endings: str) -> Tradition:
    made = [a.capitalize() + b for a, b in product(beginnings.split(), endings.split())]
    return Tradition(given.split(), [name.replace("_", " ") for name in family.split()] + made)


TRADITIONS = [
    _tradition(
        "Oliver Amelia Harry Olivia George Isabella Jack Emily Thomas Sophie Charlotte James William Grace Joshua Jessica Daniel Chloe"
        " Samuel Ella Joseph Katie Benjamin Lily Alexander Abigail Matthew Rebecca Edward Hannah Charlie Lucy Zachary Megan Nathan Zoë"
        " Maximilian Eleanor Robert Elizabeth Christopher Katherine Michael Victoria Nicholas Georgina Anthony Philippa Theodore Beatrice"
        " Frederick Matilda Patrick Jennifer Stephen Natalie Jonathan Samantha Bradley Maddison Gregory Francesca Timothy Josephine",
        "Smith Jones Taylor Brown Williams Wilson Walker O'Connor McDonald MacLeod O'Brien Clarke Hall-Green Fitz-Allen St_John",
        "ash brad col dun elm far good har kings lang mar north oak pem rad shel thorn under wal west whit wood",
        "bury combe croft den field ford ham hurst ley low man mere ridge shaw stead ton well wick",
    ),
    _tradition(
        "Mohammed Aisha Yusuf Fatima Ibrahim Maryam Ahmed Khadija Hamza Zainab Bilal Amina Omar Hafsa Abdullah Safia Imran Iqra Hasan"
        " Rukhsana Hussain Sumaya Zakariya Halima Tariq Shabnam Iftikhar Farhana Mustafa Nadia Khalid Layla Arjun Priyanka Harpreet"
        " Jaspreet Simranjit Manpreet Rohan Ananya Kamaldeep Kanchan Rahul Meera Adnan Saba Faizan Hira Zeeshan Nimra Danish Aleena",
        "Khan Ahmed Begum Hussain Ali Patel Singh Kaur Miah Rahman Uddin Islam Chowdhury Malik Sharma al-Hassan ul_Haq",
        "akh bakh chau dar far gul har iq jal kam lat maq naz qur raj sad taf wah zam",
        "andri arwal edi eem haria idi ikar oon pal reshi shi tani tiwal uri warya",
    ),
    _tradition(
        "Abdirahman Hodan Mohamed Fadumo Abdullahi Sahra Liban Ifrah Mahad Hamdi Warsame Ayan Guled Hibo Khadar Nimco Zakaria Sagal"
        " Bashir Deqa Ayub Idil Farhan Ubax Dawit Selam Yonas Hiwot Biruk Meron Abel Saron Robel Feven Nahom Rahel Kidus Bethlehem",
        "Abdi Mohamed Ali Hassan Warsame Farah Jama Tesfaye Bekele Haile Osman Yusuf",
        "ab ad bar dah dir elm gab gul ham jim kah mah nur rob sam ted war",
        "ale are ashe dow eh ele ibe ire len mariam ow selassie uke",
    ),
    _tradition(
        "Oluwaseun Adeola Oluwatobiloba Temitope Chinedu Chiamaka Oluwafemi Folasade Emeka Ifeoma Babatunde Titilayo Ayodele Ngozi"
        " Obinna Nkechi Adebayo Oluwadamilola Kelechi Amarachi Olumide Oyinkansola Kofi Akosua Kwabena Abena Kwame Esi Uchenna Adaeze"
        " Ayomide Oluwakemi Boluwatife Chidera Kolawole Morenike Tunde Yetunde Emmanuel Blessing Precious Ebenezer Gloria Fiifi Adwoa",
        "Okafor Adeyemi Mensah Okonkwo Ogunleye Boateng Owusu Afolabi Nwosu Osei-Bonsu Adebayo-Cole Eze",
        "ade aki bam chuk egb fal ige kol mba nwa obi ogun oku ola oni oso uche udo",
        "bayo biyi chukwu dele fi gbenga joku kanma kwe lade mola nna ola sanya tola wale yinka",
    ),
    _tradition(
        "Mehmet Zeynep Mustafa Elif Emre Ayşe Yusuf Ece Kerem Defne Burak Selin Deniz İpek Hüseyin Hatice Çağla Ömer Gül Umut Şeyma"
        " Konstantinos Eleni Nikolaos Despina Giorgos Katerina Theodoros Sofia Demetrios Ioanna Baran Rojda Azad Berfin Serhat Dilan",
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Papadopoulos Georgiou Kılıç Doğan Nicolaou",
        "ak alt ay boz can çak dem er gök gün kara kap oğ öz tan uç yal",
        "al an bulut can demir er gil ık kan maz oğlu sel soy taş tekin ül",
    ),
    _tradition(
        "Jakub Zuzanna Mateusz Katarzyna Łukasz Agnieszka Michał Aleksandra Wojciech Małgorzata Tomasz Karolina Bartosz Magdalena Piotr"
        " Joanna Krzysztof Natalia Paweł Monika Maciej Dominika Stanisław Elżbieta Andrei Ioana Ionuț Elena Cristian Cătălina Vlad"
        " Anastasia Gheorghe Gabriela Mihai Ștefania Nikolai Svetlana Dimitri Tatiana Sergei Ekaterina Žygimantas Ugnė Matas Viktorija",
        "Nowak Kowalski Wiśniewska Wójcik Popescu Ionescu Lewandowska Kamiński Dąbrowska Szymańska-Nowak Petrov Kazlauskas",
        "bar bor cier dom głow gór jan kos lub mal mich naw ol paw rad ros sob tom wal zaj",
        "aczyk ak ak-Zych arski czak ecki escu ewicz icka ik inski ko ov owska uk ulescu",
    ),
    _tradition(
        "José Maria João Gabriela Francisco Isabel Luís Valentina Diego Camila Rodrigo Catalina Jorge Juliana Ignacio Daniela Antonio"
        " Fernanda Sebastián Mercedes Gustavo Beatriz Manuel Inês Leonardo Lúcia Tyrone Shanice Marcus Ebony Jamal Tiana Dwayne Keisha"
        " Leroy Shaniqua Jermaine Aaliyah Isaiah Cassandra Jayden Jasmine Malachi Imani Ezekiel Naomi Tyler Danielle Cameron Lauren",
        "Silva Santos da_Silva Fernandes García Rodríguez Campbell Lewis Gordon Reid dos_Santos Clarke-Reid Pereira Morgan-James",
        "alm bar cam carv est fal gon lor mac men mor nun ol per quin ram sal tav val",
        "ado ales ano arez ber cedo deira edo eira endes ero illo inho oso reira ueira",
    ),
]
"""Seven rough groups; the first is twice as common as any other."""
FIRST_DAY, DAYS = date(2008, 1, 1), 14 * 365


class People:
    """People one after another, in families: brothers and sisters, now and then twins, and namesakes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def __iter__(self) -> Iterator[Described]:
        while True:
            tradition = self.tradition()
            children = self.random.choices((1, 2, 3), (70, 20, 10))[0]
            first = self.person(tradition)
            yield first
            yield from (self.sibling(first, tradition, twin=self.random.random() < 0.05) for _ in range(children - 1))
            if self.random.random() < 0.02:
                yield self.person(tradition, family_name=first.family_name, given_names=first.given_names)

    def tradition(self) -> Tradition:
        return self.random.choice([TRADITIONS[0], *TRADITIONS])

    def person(self, tradition: Tradition, **fixed: str) -> Described:
        born = FIRST_DAY + timedelta(days=self.random.randrange(DAYS))
        known = {"family_name": self.ranked(tradition.family), "given_names": self.given(tradition), "postcode": self.postcode(), **fixed}
        return Described(dob=born, **known)

    def sibling(self, of: Described, tradition: Tradition, twin: bool) -> Described:
        """A brother or sister, by a name that the other has not."""
        taken = set(map(usual, words_of(of.given_names)))
        others = [name for name in tradition.given if taken.isdisjoint(map(usual, words_of(name)))]
        born = of.dob if twin else FIRST_DAY + timedelta(days=self.random.randrange(DAYS))
        return replace(of, given_names=self.random.choice(others), dob=born)

    def given(self, tradition: Tradition) -> str:
        first, further = self.ranked(tradition.given), self.random.choice(tradition.given)
        return f"{first} {further}" if self.random.random() < 0.25 and further != first else first

    def ranked(self, listed: list[str]) -> str:
        """One of a list, the first ones much more often than the last."""
        return listed[int(len(listed) * self.random.random() ** 1.6)]

    def postcode(self) -> str:
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        inward = f"{self.random.randrange(1, 10)}{self.random.choice(letters)}{self.random.choice(letters)}"
        return f"{self.random.choice(('E', 'N', 'SE', 'SW', 'W', 'NW'))}{self.random.randrange(1, 20)} {inward}"


def people(number: int, seed: int) -> list[Described]:
    """So many made-up people."""
    return list(islice(People(seed), number))


# Mistakes: each gives a person as a form with that mistake has them, or None where they can't be mistaken so

Mistake = Callable[[Described, Random], Described | None]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _mistyped(word: str, random: Random) -> str:
    """The word with one letter left out, doubled, put in, put in another's place, or exchanged with the next."""
    at = random.randrange(len(word) - 1)
    before, letter, after, other = word[:at], word[at], word[at + 1 :], random.choice(LETTERS)
    return before + random.choice((after, letter * 2 + after, letter + other + after, other + after, after[0] + letter + after[1:]))


def exact(person: Described, random: Random) -> Described:
    return person


def typo_in_both_names(person: Described, random: Random) -> Described | None:
    typed = replace(person, family_name=_mistyped(person.family_name, random), given_names=_mistyped(person.given_names, random))
    return typed if typed.family_name != person.family_name and typed.given_names != person.given_names else None


def day_and_month_swapped(person: Described, random: Random) -> Described | None:
    day = swapped(person.dob) if person.dob else None
    return replace(person, dob=day) if day else None


def typo_and_swapped(person: Described, random: Random) -> Described | None:
    typed = typo_in_both_names(person, random)
    return typed and day_and_month_swapped(typed, random)


def short_form(person: Described, random: Random) -> Described | None:
    """One from the table of short forms."""
    first, *_ = words_of(person.given_names)
    known = sorted(short for short, fulls in lore().fulls.items() if usual(first) in fulls)
    return replace(person, given_names=random.choice(known).capitalize()) if known else None


def own_short_form(person: Described, random: Random) -> Described | None:
    """One that nobody has written down: the first three or four letters."""
    first, *_ = person.given_names.split()
    return replace(person, given_names=first[: random.choice((3, 4))]) if len(first) > 4 else None


def names_swapped(person: Described, random: Random) -> Described:
    return replace(person, family_name=person.given_names, given_names=person.family_name)


def new_family_name(person: Described, random: Random) -> Described:
    tradition = random.choice(TRADITIONS)
    return replace(person, family_name=random.choice(tradition.family), postcode="")


def one_digit_of_the_dob(person: Described, random: Random) -> Described | None:
    assert person.dob
    written = f"{person.dob:%Y%m%d}"
    at, digit = random.randrange(3, 8), random.choice("0123456789")
    try:
        typed = date.fromisoformat(written[:at] + digit + written[at + 1 :])
    except ValueError:
        return None
    return replace(person, dob=typed) if typed != person.dob else None


def no_dob(person: Described, random: Random) -> Described:
    return replace(person, dob=None)


def no_accents_or_hyphens(person: Described, random: Random) -> Described | None:
    """As an office program without accents prints it: in capitals, in plain letters, in one word each."""
    typed = replace(person, family_name="".join(words_of(person.family_name)).upper(), given_names=" ".join(words_of(person.given_names)))
    plain = person.family_name.isascii() and person.given_names.isascii() and person.family_name.isalpha()
    return None if plain else typed


MISTAKES: dict[str, Mistake] = {
    "exact": exact,
    "typo in both names": typo_in_both_names,
    "day and month swapped": day_and_month_swapped,
    "typo in both, and swapped": typo_and_swapped,
    "nickname": short_form,
    "nickname nobody listed": own_short_form,
    "given and family swapped": names_swapped,
    "new family name": new_family_name,
    "one DOB digit wrong": one_digit_of_the_dob,
    "no DOB": no_dob,
    "no accents or hyphens": no_accents_or_hyphens,
}


def mistaken(known: list[Described], mistake: Mistake, number: int, seed: int) -> Iterator[tuple[int, Described]]:
    """So many of the people, each as a form with the mistake has them, and the place of the right one. Half have moved house."""
    random = Random(f"{seed} {number} {mistake.__name__}")
    while number:
        right = random.randrange(len(known))
        typed = mistake(known[right], random)
        if typed:
            yield right, typed if random.random() < 0.5 else replace(typed, postcode="")
            number -= 1


def twins_of(known: list[Described], number: int, seed: int) -> list[Described]:
    """Twins, not known themselves, of people who are; the given names of every third are one letter apart."""
    made, random = People(seed), Random(seed)
    twins = []
    for nth, person in enumerate(random.sample(known, number)):
        tradition = next(t for t in TRADITIONS if words_of(person.given_names)[0] in {words_of(name)[0] for name in t.given})
        other = _one_letter_apart(words_of(person.given_names)[0], random) if nth % 3 == 0 else None
        twin = made.sibling(person, tradition, twin=True)
        twins.append(replace(twin, given_names=other) if other else twin)
    return twins


def _one_letter_apart(name: str, random: Random) -> str:
    return random.choice([letter + name[1:] for letter in LETTERS if usual(letter + name[1:]) != usual(name)]).capitalize()
