"""Contacts: a card is kept, its words are compared by people, and what was shared is told by whom."""

from __future__ import annotations

import json

import msgspec
import pytest

from journal.errors import JournalError, NotFound, ReadOnlyJournal, ShareError
from journal.records import Compared, Contact, Identity, Landing, Moment, Settings, ShareRole, SigningKey
from journal.service import CardIs, JournalService
from journal.share import (
    Card,
    Seen,
    Selection,
    Signed,
    Verdict,
    generate_identity,
    generate_signing_key,
    key_words,
)
from journal.share.who import who_made
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, course_of_two

AMSEL = generate_identity()
CARD = Card(name="Dr Amsel", recipient=AMSEL.recipient)
DAY = Selection(eids=frozenset({"7" * 32}), sender="Jona")


@pytest.fixture
def therapist(tmp_path, clock):
    """Another journal, which reads."""
    made, _ = JournalService.create(
        tmp_path / "therapist.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state"
    )
    made.save_settings(Settings(name="Dr Amsel", therapist=True))
    yield made
    made.close()


@pytest.fixture
def filled(service):
    course_of_two(service, "c" * 32)
    return service


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "share.age"


def know_each_other(one, other, *, compare: bool = True) -> None:
    """Both give the other their card, and read the words to each other."""
    for mine, theirs, name in ((one, other, "Dr Amsel"), (other, one, "Jona")):
        eid = mine.add_card(theirs.own_card(name).card).eid
        if compare:
            mine.mark_compared(eid, theirs.own_card(name).words, Compared.IN_PERSON)


def contact(service) -> Contact:
    (known,) = service.contacts()
    return known.contact


# -- cards -------------------------------------------------------------------------------------------------------


def test_a_card_is_never_compared_by_being_added(service, reopen):
    assert service.look_at_card(CARD).standing is CardIs.NEW
    service.add_card(CARD)
    (known,) = reopen().contacts()
    assert known.contact == Contact(name="Dr Amsel", recipient=AMSEL.recipient, role=ShareRole.READS)
    assert known.words == CARD.words


def test_who_reviews_keeps_those_who_write(therapist):
    therapist.add_card(CARD)
    assert contact(therapist).role is ShareRole.WRITES


def test_words_are_compared_when_the_person_says_so_and_undo_takes_it_back(service, clock):
    eid = service.add_card(CARD).eid
    with pytest.raises(ShareError, match="other words"):
        service.mark_compared(eid, ("acid",) * 8, Compared.CALL)
    assert contact(service).checked is None
    service.mark_compared(eid, CARD.words, Compared.CALL)
    assert (contact(service).checked, contact(service).how) == (Moment(clock.at), Compared.CALL)
    service.undo()
    assert contact(service).checked is None
    service.mark_compared(eid, CARD.words, Compared.CALL)
    service.mark_compared(eid, CARD.words, None)
    assert contact(service).checked is None
    with pytest.raises(NotFound):
        service.mark_compared("f" * 32, CARD.words, None)


def test_what_is_being_written_of_a_contact_stays_when_its_words_are_compared_or_its_card_changes(service):
    eid = service.add_card(CARD).eid
    service.put_draft(eid, msgspec.structs.replace(contact(service), note="met at the clinic"))
    (known,) = service.contacts()
    service.mark_compared(eid, known.words, Compared.CALL)
    assert contact(service).how is Compared.CALL
    assert (service.draft(eid).record.note, service.draft(eid).record.how) == ("met at the clinic", Compared.CALL)
    service.add_card(msgspec.structs.replace(CARD, verify_key=generate_signing_key().public))
    assert contact(service).checked is None
    assert (service.draft(eid).record.note, service.draft(eid).record.checked) == ("met at the clinic", None)
    assert service.draft(eid).record.verify_key == contact(service).verify_key


def test_a_removed_contact_comes_back_with_undo(service):
    eid = service.add_card(CARD).eid
    service.delete(eid)
    assert service.contacts() == ()
    service.undo()
    assert contact(service).name == "Dr Amsel"
    assert len(service.versions(eid)) == 3


def test_a_changed_key_for_signatures_takes_the_comparison_away(service):
    eid = service.add_card(CARD).eid
    service.mark_compared(eid, CARD.words, Compared.IN_PERSON)
    signs = Card(name="Amsel", recipient=AMSEL.recipient, verify_key=generate_signing_key().public)
    assert service.look_at_card(signs).standing is CardIs.SIGNS_ANEW
    assert contact(service).checked is not None  # looking changes nothing
    assert service.add_card(signs).eid == eid
    assert contact(service) == Contact(
        name="Dr Amsel", recipient=AMSEL.recipient, verify_key=signs.verify_key, role=ShareRole.READS
    )
    with pytest.raises(ShareError, match="other words"):
        service.mark_compared(eid, CARD.words, Compared.IN_PERSON)


def test_the_same_card_is_kept_once(service):
    service.add_card(CARD)
    with pytest.raises(ShareError, match="kept already, as Dr Amsel"):
        service.add_card(Card(name="Somebody else", recipient=AMSEL.recipient))
    assert len(service.contacts()) == 1


def test_another_address_in_a_known_name_is_told_and_stands_beside(service):
    service.add_card(CARD)
    other = Card(name="Dr Amsel", recipient=generate_identity().recipient)
    assert service.look_at_card(other).standing is CardIs.SAME_NAME
    service.add_card(other)
    assert len({known.contact.recipient for known in service.contacts()}) == 2


def test_a_card_with_the_key_of_another_contact_is_refused(service):
    key = generate_signing_key().public
    service.add_card(Card(name="Ana", recipient=AMSEL.recipient, verify_key=key))
    with pytest.raises(ShareError, match="another contact"):
        service.add_card(Card(name="Eve", recipient=generate_identity().recipient, verify_key=key))


def test_oneself_is_no_contact(service):
    mine = service.own_card("Jona").card
    assert service.look_at_card(mine).standing is CardIs.OWN
    with pytest.raises(ShareError, match="this journal itself"):
        service.add_card(mine)


def test_my_card_has_the_name_of_the_settings_or_the_one_given(service):
    assert service.own_card().card is None
    service.save_settings(Settings(name="  Jona  "))
    assert service.own_card().card.name == "Jona"
    assert service.own_card("J.").card == Card(name="J.", recipient=service.identity())
    assert service.own_card("").card is None
    with pytest.raises(ShareError, match="100 characters"):
        service.own_card("x" * 101)


def test_a_journal_for_reading_adds_nobody(service, reopen):
    again = reopen(read_only=True)
    with pytest.raises(ReadOnlyJournal):
        again.add_card(CARD)


def test_contacts_rest_after_a_session(service, clock):
    eid = service.add_card(CARD).eid
    service.save(Landing(began=Moment(clock.at)))
    for op in (
        lambda: service.add_card(Card(name="Eve", recipient=generate_identity().recipient)),
        lambda: service.mark_compared(eid, CARD.words, Compared.CALL),
        lambda: service.delete(eid),
    ):
        with pytest.raises(JournalError):
            op()
    assert contact(service).checked is None


# -- files -------------------------------------------------------------------------------------------------------


def test_an_export_keeps_contacts_and_no_secret_and_another_journal_asks_for_the_words_again(
    filled, therapist, tmp_path
):
    know_each_other(filled, therapist)
    filled.write_share(DAY, tmp_path / "s.age", recipients=[AMSEL.recipient], sign=True)
    out = tmp_path / "out.json"
    filled.export("json", out)
    told = json.loads(out.read_text())
    kinds = {record["kind"] for record in told["records"]}
    assert "contact" in kinds and not kinds & {"identity", "signing-key"}
    secrets = [item.record.secret for item in filled.items() if isinstance(item.record, Identity | SigningKey)]
    assert len(secrets) == 2 and not any(secret in out.read_text() for secret in secrets)
    other, _ = JournalService.create(
        tmp_path / "other.vault", PASSWORD, profile=FAST, clock=filled.clock, state_dir=tmp_path / "state"
    )
    other.import_file(out)
    assert contact(other).checked is None
    other.close()
    brought = filled.import_file(out)
    assert brought.added == 0
    assert contact(filled).checked is not None


def test_a_crafted_import_marks_nobody_and_exchanges_no_key(filled, therapist, tmp_path):
    know_each_other(filled, therapist)
    eid = filled.contacts()[0].eid
    forged = {
        "kind": "contact", "eid": eid, "name": "Dr Amsel", "recipient": AMSEL.recipient, "how": "in-person",
        "checked": {"at": "2026-03-01T09:30:00+01:00", "zone": ""},
    }  # fmt: skip
    path = tmp_path / "forged.json"
    path.write_text(json.dumps({"format": "integration-journal", "version": 1, "records": [forged]}))
    filled.import_file(path)
    assert contact(filled).recipient == AMSEL.recipient
    assert contact(filled).checked is None


def test_a_contact_with_a_useless_address_is_listed_and_can_be_removed(service):
    eid = service.save(Contact(name="x", recipient="age1" + "q" * 58)).eid
    (known,) = service.contacts()
    assert known.words == ()
    with pytest.raises(ShareError):
        service.mark_compared(eid, (), Compared.CALL)
    service.delete(eid)


def test_markdown_says_that_contacts_are_not_in_it(filled, tmp_path):
    filled.add_card(CARD)
    assert "1 contact" in filled.export("markdown", tmp_path / "out.md").left_out
    assert "Amsel" not in (tmp_path / "out.md").read_text()


# -- shares ------------------------------------------------------------------------------------------------------


def test_the_reader_knows_who_made_it(filled, therapist, out):
    know_each_other(filled, therapist)
    filled.write_share(DAY, out, recipients=[therapist.identity()], prove=True)
    opened = therapist.open_share(out)
    checked = therapist.check_share(opened)
    assert (checked.finding.verdict, checked.finding.proved, checked.seen) == (Verdict.MADE, True, Seen.NEW)
    assert who_made(checked.finding).text.startswith("Made by Jona. Words compared on 12 March 2026, in person.")
    assert filled.ledger()[0].record.proved and not filled.ledger()[0].record.signed
    assert not any(isinstance(item.record, SigningKey) for item in filled.items())


def test_nothing_is_proved_unless_it_was_chosen(filled, therapist, out):
    know_each_other(filled, therapist)
    filled.write_share(DAY, out, recipients=[therapist.identity()])
    opened = therapist.open_share(out)
    assert opened.proof is None
    assert therapist.check_share(opened).finding.verdict is Verdict.UNSIGNED


def test_signing_makes_a_key_once_and_the_card_tells_it(filled, therapist, out):
    know_each_other(filled, therapist)
    before = filled.own_card("Jona").words
    to = [therapist.identity()]
    filled.write_share(DAY, out, recipients=to, prove=True, sign=True)
    filled.write_share(DAY, out.with_name("2.age"), recipients=to, sign=True)
    assert sum(isinstance(item.record, SigningKey) for item in filled.items()) == 1
    opened = therapist.open_share(out)
    finding = therapist.check_share(opened).finding
    assert (finding.proved, finding.signed) == (True, Signed.NEW_KEY)  # the card they have holds no such key
    mine = filled.own_card("Jona")
    assert mine.words != before
    eid = therapist.add_card(mine.card).eid
    assert therapist.check_share(opened).finding.signed is Signed.BY_CONTACT
    assert not who_made(therapist.check_share(opened).finding).sure
    therapist.mark_compared(eid, key_words(mine.card.recipient, mine.card.verify_key), Compared.CALL)
    assert who_made(therapist.check_share(opened).finding).sure


def test_a_share_that_comes_back_is_told(filled, therapist, out):
    """The therapist seals what they got for the sender again."""
    from journal.share import open_sealed, seal_for_recipients

    know_each_other(filled, therapist)
    filled.write_share(DAY, out, recipients=[therapist.identity()], prove=True)
    secret = next(item.record.secret for item in therapist.items() if isinstance(item.record, Identity))
    contents = open_sealed(out.read_bytes(), identity=secret)
    back = out.with_name("back.age")
    back.write_bytes(seal_for_recipients(contents, [filled.identity()]))
    checked = filled.check_share(filled.open_share(back))
    assert (checked.finding.verdict, checked.seen) == (Verdict.OTHER_READER, Seen.AGAIN)
    told = who_made(checked.finding, checked.seen)
    assert (told.sure, "among those that you made yourself" in told.text) == (False, True)


def test_a_share_that_could_not_be_written_is_not_in_the_ledger(filled, out):
    with pytest.raises(ShareError):
        filled.write_share(DAY, out, recipients=["age1nobody"], prove=True)
    assert filled.ledger() == ()
    assert list(out.parent.iterdir()) == []


def test_a_contact_s_fields_are_checked():
    good = {"name": "x", "recipient": AMSEL.recipient}
    for bad in (
        {"recipient": "age1"}, {"verify_key": "x"}, {"checked": Moment(_now())}, {"how": Compared.CALL},
        {"name": "x" * 501}, {"note": "x" * 501},
    ):  # fmt: skip
        with pytest.raises(JournalError):
            Contact(**{**good, **bad})
    same = Contact(**good)
    assert same.same_keys(msgspec.structs.replace(same, name="y"))


def _now():
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, tzinfo=UTC)
