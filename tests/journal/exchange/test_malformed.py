"""Files that are broken, foreign or hostile: one clear refusal, and nothing is taken from them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal import exchange
from journal.errors import ImportFailed, JournalError, NotFound, StorageFailed
from journal.exchange.incoming import MAX_FILE
from tests.journal.exchange.files import BAD, CLOCK, WORD, jrnl, jrnl_entry, ours, page, put


@pytest.mark.parametrize("format", [None, "json", "jrnl"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_sentence_without_its_words(tmp_path, name, format):
    with pytest.raises(ImportFailed) as caught:
        exchange.read(put(tmp_path, BAD[name]), format, CLOCK)
    message = str(caught.value)
    assert "Nothing was imported." in message
    assert "\n" not in message
    assert WORD not in message + caught.value.detail


@given(st.integers(1, len(ours(page())) - 1))
def test_a_file_cut_anywhere_is_refused(tmp_path, length):
    with pytest.raises(ImportFailed):
        exchange.read(put(tmp_path, ours(page())[:length]), None, CLOCK)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_refused_or_read(tmp_path, data):
    with pytest.raises(ImportFailed):
        exchange.read(put(tmp_path, data), None, CLOCK)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(jrnl_entry())), _values), _values)
def test_any_values_in_the_right_places_are_refused_or_read(tmp_path, fields, value):
    for text in (ours(page(2), page(**fields), value), jrnl(jrnl_entry(), jrnl_entry(**fields), value)):
        try:
            incoming = exchange.read(put(tmp_path, text), None, CLOCK)
        except ImportFailed:
            continue
        assert len(incoming.records) + len(incoming.refused) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marks_of_encodings_are_understood(tmp_path, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    text = ours(page(title="TITLE")).replace("TITLE", "Ein schöner Tag 🌊")
    incoming = exchange.read(put(tmp_path, mark + text.encode(encoding)), None, CLOCK)
    assert incoming.records[0][1].title == "Ein schöner Tag 🌊"


def test_a_file_larger_than_any_journal_is_not_even_read(tmp_path):
    path = put(tmp_path, ours(page()))
    os.truncate(path, MAX_FILE + 1)  # it takes no room on the disk
    with pytest.raises(ImportFailed, match="larger than 256 MB"):
        exchange.read(path, None, CLOCK)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to-device").symlink_to("/dev/zero")
    (tmp_path / "to-pipe").symlink_to(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), tmp_path / "to-device", tmp_path / "to-pipe"):
        with pytest.raises(ImportFailed, match="not a file"):
            exchange.read(path, None, CLOCK)


def test_what_is_not_there_is_said_to_be_missing(tmp_path):
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path / "none.json", tmp_path / "dangling", tmp_path / "no" / "folder"):
        with pytest.raises(NotFound):
            exchange.read(path, None, CLOCK)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path / "loop", tmp_path / ("x" * 300), put(tmp_path, ours(page())) / "below a file"):
        with pytest.raises(StorageFailed):
            exchange.read(path, None, CLOCK)
    with pytest.raises(JournalError):
        exchange.read(Path("with\0NUL"), None, CLOCK)


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "link").symlink_to(put(tmp_path, ours(page())))
    assert len(exchange.read(tmp_path / "link", None, CLOCK).records) == 1


@pytest.mark.parametrize(("format", "text"), [("jrnl", ours(page())), ("json", jrnl(jrnl_entry()))])
def test_a_file_of_another_format_than_told_is_refused(tmp_path, format, text):
    with pytest.raises(ImportFailed, match=format):
        exchange.read(put(tmp_path, text), format, CLOCK)
