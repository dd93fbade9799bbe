"""Questionnaires, spelling and one's own words do not rest; a questionnaire is taken in whole or not at all."""

from __future__ import annotations

import json

import msgspec
import pytest

from journal.errors import Resting
from journal.records import Moment, ScalePack
from journal.scales import Pack, parse_pack
from journal.service import JournalService
from tests.journal.scales.test_packs import plain


@pytest.fixture
def pack() -> Pack:
    return parse_pack(json.dumps(plain()))


@pytest.fixture
def resting(service: JournalService) -> JournalService:
    service.land(None, Moment(service.clock.now()))
    assert service.resting() is not None
    return service


def test_what_belongs_to_answering_and_writing_does_not_rest(resting: JournalService, pack: Pack) -> None:
    resting.use_scale("phq9")
    resting.show_bands(True)
    resting.save_settings(msgspec.structs.replace(resting.settings(), spelling="de_DE", known_words=("Amsel",)))
    resting.take_pack(pack)
    settings = resting.settings()
    assert (settings.scales, settings.bands) == (("phq9", pack.id), True)
    assert (settings.spelling, settings.known_words) == ("de_DE", ("Amsel",))
    with pytest.raises(Resting):
        resting.save_settings(msgspec.structs.replace(settings, bands=False, lock_minutes=1))


def test_a_questionnaire_is_taken_in_and_used_at_once(service: JournalService, pack: Pack) -> None:
    service.use_scale("gad7")
    saved = service.take_pack(pack)
    assert isinstance(service.get(saved.eid).record, ScalePack)
    assert service.settings().scales == ("gad7", pack.id)
    service.save_settings(msgspec.structs.replace(service.settings(), lock_minutes=3))
    service.undo()
    assert service.pack(pack.id) is None
    assert (service.settings().lock_minutes, service.undo_label) == (3, "")
    service.redo()
    assert service.pack(pack.id) == pack and pack.id in service.settings().scales
