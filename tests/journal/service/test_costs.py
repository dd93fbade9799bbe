"""The private log of costs: sums that lose no cent, and that leave the journal only where it was ticked."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import InvalidRecord, JournalError
from journal.records import (
    CheckIn,
    Course,
    Expense,
    HardMoment,
    Intention,
    Medicine,
    Page,
    Person,
    Provider,
    Question,
    Session,
)
from journal.records.base import UnknownRecord
from journal.service import JournalService
from journal.service.courses import total
from journal.share import Selection
from journal.vault import NewRevision, Vault
from tests.journal.records.strategies import expenses
from tests.journal.service.entries import PASSWORD, at

WORD = "canaryword"


def cost(amount: str, covered: str = "0", currency: str = "EUR", day: int = 1, **fields) -> Expense:
    return Expense(at=at(day), amount=amount, covered=covered, currency=currency, **fields)


def test_each_currency_has_its_own_total(service):
    for one in (cost("350.00", "280.5"), cost("0.10", currency="CHF"), cost("0.20", currency="CHF"), cost("1")):
        service.save(one)
    totals = {one.currency: (one.amount, one.covered, one.left) for one in service.costs().totals}
    assert totals == {
        "CHF": (Decimal("0.30"), Decimal(0), Decimal("0.30")),
        "EUR": (Decimal("351.00"), Decimal("280.5"), Decimal("70.50")),
    }


@given(st.lists(expenses, max_size=40))
def test_totals_are_exact_and_never_mix_currencies(every):
    found = {one.currency: one for one in total(every)}
    assert list(found) == sorted({one.currency for one in every})
    for currency, sums in found.items():
        mine = [one for one in every if one.currency == currency]
        assert Fraction(sums.amount) == sum(Fraction(one.amount) for one in mine)
        assert Fraction(sums.left) == sum(Fraction(one.amount) - Fraction(one.covered) for one in mine)


def test_the_log_is_newest_first_and_can_be_of_one_course(service):
    mine, other = service.save(Course(title="Autumn")).eid, service.save(Course(title="Spring")).eid
    session = service.save(Session(starts=at(2), course=mine)).eid
    first = service.save(cost("1", day=1, course=mine)).eid
    last = service.save(cost("2", day=3, session=session)).eid
    service.save(cost("4", day=2, course=other))
    assert [item.eid for item in service.costs(mine).lines] == [last, first]
    assert service.costs(mine).totals[0].amount == 3
    assert len(service.costs().lines) == 3


def test_the_currency_used_last_is_known(service, clock):
    assert service.costs().last is None
    service.save(cost("1", currency="EUR"))
    clock.at = clock.at.replace(hour=15)
    service.save(cost("1", currency="CHF", day=1))
    assert service.costs().last == "CHF"


@pytest.mark.parametrize("bad", ["1,5", "-1", "1e3", "NaN", "", "1.2345", "1234567890"])
def test_no_record_holds_an_amount_that_is_none(bad):
    with pytest.raises(InvalidRecord):
        cost(bad)


# -- it stays here --------------------------------------------------------------------------------------------


def fill(service: JournalService) -> str:
    service.save(Page(at=at(1), text="an ordinary day"))
    service.save(CheckIn(at=at(1), mood=3))
    return service.save(cost("350.00", what=WORD, notes=WORD)).eid


@pytest.mark.parametrize("format", ["json", "markdown", "csv"])
def test_no_export_takes_costs_along_and_says_so(service, tmp_path, format):
    fill(service)
    made = service.export(format, tmp_path / "out")
    assert made.costs == 1
    assert made.left_out.startswith("1 line of the cost log ")
    page = "" if format != "csv" else " and 1 text"  # a table of check-ins holds nothing that was written
    assert made.left_out == f"1 line of the cost log{page} {'are' if page else 'is'} not in it."
    text = (tmp_path / "out").read_text()
    assert WORD not in text and "350" not in text and "expense" not in text


@pytest.mark.parametrize("format", ["json", "markdown"])
def test_an_export_takes_costs_along_where_that_was_ticked(service, tmp_path, format):
    fill(service)
    made = service.export(format, tmp_path / "out", with_costs=True)
    assert (made.costs, made.left_out) == (0, "")
    text = (tmp_path / "out").read_text()
    assert WORD in text and "350.00" in text


def test_check_ins_as_a_table_never_hold_costs(service, tmp_path):
    fill(service)
    assert service.export("csv", tmp_path / "out", with_costs=True).costs == 1
    assert WORD not in (tmp_path / "out").read_text()


def test_what_is_left_out_is_told_in_one_sentence(service, entry, source, tmp_path):
    fill(service)
    service.save(cost("2"))
    service.put_draft(service.new_eid(), Page(at=at(1), text="begun"))
    service.attach_bytes(entry, "a.png", b"1")
    left_out = service.export("json", tmp_path / "out").left_out
    assert left_out == "1 unfinished text, 1 added file and 2 lines of the cost log are not in it."


def test_a_table_says_how_much_of_each_kind_it_leaves_out(service, tmp_path):
    fill(service)
    service.save_many([
        Intention(at=at(1), text="rest"), Session(starts=at(1)), Session(starts=at(2)), Course(title="Autumn"),
        Medicine(name="Sertraline"), Person(name="Ada"), Question(text="Why?", made=at(1)), HardMoment(at=at(1)),
    ])  # fmt: skip
    rest = (
        "2 sessions, 2 texts{}, 1 course, 1 medicine, 1 question, 1 note of a hard moment and 1 person are not in it."
    )
    assert service.export("csv", tmp_path / "a").left_out == "1 line of the cost log, " + rest.format("")
    assert service.export("costs", tmp_path / "b").left_out == rest.format(", 1 check-in")


def test_costs_that_a_later_version_wrote_stay_too(service, path, clock, tmp_path):
    service.close()
    later = {"kind": "expense", "at": {"at": "2026-03-01T10:00:00+01:00"}, "amount": "many", "what": WORD}
    vault = Vault.open(path, password=PASSWORD, clock=clock, state_dir=tmp_path / "state")
    vault.append([NewRevision(eid="d" * 32, kind="expense", body=json.dumps(later).encode())])
    vault.close()
    again = JournalService.open(path, password=PASSWORD, clock=clock, state_dir=tmp_path / "state")
    assert again.unreadable == 1
    made = again.export("json", tmp_path / "out.json")
    again.close()
    assert made.costs == 1
    assert WORD not in (tmp_path / "out.json").read_text()


def test_no_share_takes_a_cost_or_a_provider(service):
    eid = fill(service)
    who = service.save(Provider(name=WORD)).eid
    for one in (eid, who):
        with pytest.raises(JournalError):
            service.preview_share(Selection(eids=frozenset([one])))


def test_no_list_and_no_search_shows_a_cost(service):
    fill(service)
    assert all(row.kind != "expense" for row in service.rows())


def test_the_log_as_a_table_holds_each_line_as_it_was_typed(service, tmp_path):
    course = service.save(Course(title="=Autumn")).eid
    session = service.save(Session(starts=at(2), course=course, number=3)).eid
    who = service.save(Provider(name="Lindenhof")).eid
    service.save(cost("350.10", "280", what="+1", course=course, session=session, provider=who, day=2))
    service.save(cost("1", "2", day=1))
    service.save(CheckIn(at=at(1), mood=3, note=WORD))
    made = service.export("costs", tmp_path / "out.csv")
    assert (made.records, made.costs) == (2, 0)
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert [(row["amount"], row["covered"], row["left"], row["currency"]) for row in rows] == [
        ("1", "2", "-1", "EUR"), ("350.10", "280", "70.10", "EUR"),
    ]  # fmt: skip
    assert (rows[1]["what"], rows[1]["course"], rows[1]["session_number"], rows[1]["provider"]) == (
        "'+1", "'=Autumn", "3", "Lindenhof",
    )  # fmt: skip
    assert WORD not in (tmp_path / "out.csv").read_text()


def test_costs_come_in_again_from_an_export_that_holds_them(service, tmp_path):
    eid = fill(service)
    record = service.get(eid).record
    service.export("json", tmp_path / "out.json", with_costs=True)
    service.delete(eid)
    service.import_file(tmp_path / "out.json")
    assert not isinstance(record, UnknownRecord)
    assert service.get(eid).record == record


def test_a_cost_of_a_session_counts_in_the_course_of_that_session(service):
    course = service.save(Course(title="before")).eid
    other = service.save(Course(title="now")).eid
    session = service.save(Session(starts=at(1), course=course)).eid
    service.save(cost("5", session=session, course=other))
    assert (len(service.costs(course).lines), len(service.costs(other).lines)) == (1, 0)
