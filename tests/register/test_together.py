"""Two coordinators receive into one register at once: nothing is lost, nothing is there twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from mase_docs.register.records import Referral
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from tests.register.many_forms import many_forms
from tests.register.receiving_process import forms_in, started
from tests.register.stores import BOROUGH, an_address


@pytest.mark.parametrize("kind", [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.needs("initdb", "pg_ctl"))])
def test_two_that_receive_at_once_lose_and_double_nothing(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    each = 500 if request.config.getoption("--long") else 24
    one, other = tmp_path / "one", tmp_path / "other"
    many_forms(one, each)
    many_forms(other, each, first=each // 2)
    given = [forms_in(one), forms_in(other)]
    with Register.create(an_address(kind, tmp_path), BOROUGH) as register:
        address = register.address
    at_once = [started(address, forms) for forms in given]
    for process in at_once:
        _, said = process.communicate()
        assert process.returncode == 0, said
    with Register.open(address, BOROUGH) as register, register.reading() as session:
        assert verify(session, BOROUGH, register.seals) == []
        recorded = Counter(session.scalars(select(Referral.sha256)))
        assert len(set(session.scalars(select(Referral.reference)))) == len(recorded)
    assert len(recorded) == each + each // 2
    assert set(recorded.values()) == {1}
