"""Whether the right one of 100,000 made-up people is found, for each kind of mistake, and how long it takes.

Run from the folder above: .venv/bin/python -m benchmarks.matching [--people 100000] [--queries 100] [--seed 1]
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from benchmarks.people import MISTAKES, mistaken, people, twins_of
from mase_docs.register.persons.likeness import Described, Likeness, keys, ranked

TABLES = """
create table person (id integer primary key, family_name text, given_names text, dob text, postcode text);
create table person_key (key text not null, person integer not null);
"""
INDEX = "create index person_key_key on person_key (key)"


@dataclass(frozen=True)
class Found:
    """What one query found: the place of the right one (0 is first, None is nowhere), who came first, how long it took, among how many."""

    place: int | None
    first: Likeness | None
    milliseconds: float
    candidates: int


class Register:
    """People and their keys in a plain SQLite file, as the register holds them."""

    def __init__(self, file: Path, known: list[Described]) -> None:
        self.store = sqlite3.connect(file)
        self.store.executescript(TABLES)
        rows = ((n, p.family_name, p.given_names, p.dob and p.dob.isoformat(), p.postcode) for n, p in enumerate(known))
        self.store.executemany("insert into person values (?, ?, ?, ?, ?)", rows)
        self.store.executemany("insert into person_key values (?, ?)", ((key, n) for n, p in enumerate(known) for key in keys(p)))
        self.store.execute(INDEX)
        self.store.commit()

    def candidates(self, person: Described) -> list[tuple[int, Described]]:
        wanted = sorted(keys(person))
        marks = ",".join("?" * len(wanted))
        # the only thing put into the text is a row of question marks
        sql = f"select * from person where id in (select person from person_key where key in ({marks}))"
        return [
            (n, Described(family, given, dob=dob and date.fromisoformat(dob), postcode=postcode))
            for n, family, given, dob, postcode in self.store.execute(sql, wanted)
        ]

    def find(self, person: Described, right: int | None = None) -> Found:
        started = time.perf_counter()
        candidates = self.candidates(person)
        found = ranked(person, candidates)
        taken = (time.perf_counter() - started) * 1000
        places = [place for place, (n, _) in enumerate(found) if n == right]
        return Found(places[0] if places else None, found[0][1] if found else None, taken, len(candidates))


def line(kind: str, found: list[Found]) -> str:
    """One line of the table."""
    first, five = (sum(f.place is not None and f.place < n for f in found) for n in (1, 5))
    bands = [f.first.band if f.first else "" for f in found]
    times = [f.milliseconds for f in found]
    counts = f"{first:5} {five:5} {bands.count('probably'):8} {bands.count('possibly'):8}"
    return f"{kind:26} {counts} {median(times):8.1f} {quantiles(times, n=100)[98]:8.1f} {median(f.candidates for f in found):10.0f}"


def strangers(known: Iterable[Described], number: int, seed: int) -> Iterator[Described]:
    """People of whom no namesake born on the same day is known."""
    there = {(p.family_name, p.given_names, p.dob) for p in known}
    return (p for p in people(number + 50, seed) if (p.family_name, p.given_names, p.dob) not in there)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("people", 100_000), ("queries", 100), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=default)
    asked = options.parse_args()
    known = people(asked.people, asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        register = Register(Path(folder) / "people.sqlite", known)
        gc.freeze()  # a register's own process holds no such list of people for the garbage collector to go through
        kept = register.store.execute("select count(*) from person_key").fetchone()[0]
        print(f"seed {asked.seed}: {len(known):,} people, {kept / len(known):.1f} keys each, kept in {time.perf_counter() - started:.0f} s")
        print(
            f"{'of ' + str(asked.queries):26} {'first':>5} {'top 5':>5} {'probably':>8} {'possibly':>8} {'ms':>8} {'p99 ms':>8} candidates"
        )
        for kind, mistake in MISTAKES.items():
            print(line(kind, [register.find(typed, n) for n, typed in mistaken(known, mistake, asked.queries, asked.seed)]), flush=True)
        absent = list(strangers(known, asked.queries, asked.seed + 1_000_000))[: asked.queries]
        print(line("absent", [register.find(person) for person in absent]))
        print(line("absent twin of one known", [register.find(twin) for twin in twins_of(known, asked.queries, asked.seed)]))


if __name__ == "__main__":
    main()
