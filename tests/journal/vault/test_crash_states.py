"""What power cuts leave behind, rebuilt from the system calls: a sample here, all of them in the benchmark."""

from __future__ import annotations

import random

import pytest

from benchmarks.crash import scenarios
from benchmarks.crash.disk import Disk
from benchmarks.crash_states import play


class Forgetful(Disk):
    """A disk that takes a sync for done and does nothing: what the looking must find out."""

    def _fsync(self, _fd: str, result: int) -> None:
        return

    _fdatasync = _fsync


@pytest.mark.parametrize("name", scenarios.ALL)
def test_every_state_opens_with_all_that_was_said_to_be_kept(name):
    looked_at, faults = play(name, 4, random.Random(3))
    assert faults == []
    assert min(looked_at["all"], looked_at["none"], looked_at["some"]) >= 10


def test_a_disk_that_does_not_sync_is_found_out():
    _, faults = play("change", 8, random.Random(3), Forgetful)
    assert faults
