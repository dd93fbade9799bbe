"""Passwords and recovery words: what opens a vault, what does not, and what is said about it."""

from __future__ import annotations

import shutil

import pytest

from journal.errors import AlreadyThere, WeakPassword, WrongPassword
from journal.vault import FAST, MIN_PASSWORD, REDUCED, STANDARD, KdfProfile, Vault, tidy_words, verify_file
from tests.journal.vault.samples import PASSWORD, by_words, create, page, reopen, texts


def test_the_recovery_words_open_the_vault_and_can_be_proved(made, path):
    vault, words = made
    vault.append([page("one")])
    assert len(words.split()) == 15
    assert vault.check_recovery_key(words)
    vault.close()
    again = by_words(path, words)
    assert texts(again) == ["one"]
    assert not again.read_only
    again.close()


def test_recovery_words_may_be_typed_carelessly(made, path):
    vault, words = made
    typed = "\n".join(f" {number}. {word.upper()}," for number, word in enumerate(words.split(), start=1))
    assert tidy_words(typed) == words
    assert vault.check_recovery_key(typed)
    vault.close()
    by_words(path, typed).close()


def test_wrong_recovery_words_say_what_is_wrong_with_them(made, path):
    vault, words = made
    several = words.split()
    with pytest.raises(WrongPassword, match="There should be 15 recovery words; these are 14"):
        by_words(path, " ".join(several[:14]))
    with pytest.raises(WrongPassword, match="Word 3 is not one"):
        by_words(path, " ".join([*several[:2], "xylograph", *several[3:]]))
    swapped = next(
        " ".join(other)
        for place in range(14)
        if (other := [*several[:place], several[place + 1], several[place], *several[place + 2 :]]) != several
        and not vault.check_recovery_key(" ".join(other))
    )
    assert not vault.check_recovery_key(swapped)
    vault.close()
    with pytest.raises(WrongPassword):
        by_words(path, swapped)
    with pytest.raises(WrongPassword):
        by_words(path, "")


def test_the_words_of_another_vault_do_not_open_this_one(made, path, tmp_path):
    vault, _ = made
    other, others_words = create(tmp_path, "other.vault")
    other.close()
    assert not vault.check_recovery_key(others_words)
    vault.close()
    with pytest.raises(WrongPassword):
        by_words(path, others_words)


def test_no_words_and_no_password_open_nothing(vault, path):
    vault.close()
    with pytest.raises(WrongPassword):
        Vault.open(path, state_dir=path.parent)


@pytest.mark.parametrize(
    "wrong",
    ["", "x", PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, PASSWORD + "\n", PASSWORD + "\0", "\ud800" * 12,
     "x" * 2**20],
    ids=["none", "short", "capitals", "trailing", "leading", "newline", "nul", "surrogate", "long"],
)  # fmt: skip
def test_a_wrong_password_is_told_from_damage(vault, path, wrong):
    vault.close()
    before = path.read_bytes()
    with pytest.raises(WrongPassword, match="not damaged"):
        reopen(path, wrong)
    assert path.read_bytes() == before
    assert not path.with_name("mine.vault.lock").exists()
    reopen(path).close()


@pytest.mark.parametrize(
    "password", ["x" * 10, "ten spaces          ", "\0" * 12, "🔑" * 10, "\ud800" * 12, "y" * 2**20],
    ids=["short", "spaces", "nul", "emoji", "surrogate", "long"],
)  # fmt: skip
def test_any_password_long_enough_will_do(tmp_path, password):
    vault, _ = Vault.create(tmp_path / "p.vault", password, profile=FAST, state_dir=tmp_path)
    vault.close()
    reopen(tmp_path / "p.vault", password).close()


def test_two_ways_to_type_one_letter_are_one_password(tmp_path):
    composed, apart = "p\u00e9n\u00e9lop\u00e9 et les autres", "pe\u0301ne\u0301lope\u0301 et les autres"
    vault, _ = Vault.create(tmp_path / "nfc.vault", composed, profile=FAST, state_dir=tmp_path)
    vault.close()
    reopen(tmp_path / "nfc.vault", apart).close()


@pytest.mark.parametrize("weak", ["", "a", "x" * (MIN_PASSWORD - 1), "e\u0301" * (MIN_PASSWORD - 1)])
def test_a_short_password_is_refused_and_makes_no_file(tmp_path, weak):
    before = set(tmp_path.iterdir())
    with pytest.raises(WeakPassword, match="longer"):
        Vault.create(tmp_path / "weak.vault", weak, profile=FAST, state_dir=tmp_path)
    assert set(tmp_path.iterdir()) == before


def test_a_short_new_password_is_refused_and_the_old_one_stays(vault, path):
    with pytest.raises(WeakPassword):
        vault.change_password("short")
    vault.close()
    reopen(path).close()


def test_a_changed_password_takes_the_place_of_the_old(made, path):
    vault, words = made
    vault.append([page("before")])
    vault.change_password("eleven loud geese")
    vault.append([page("after")])
    vault.close()
    with pytest.raises(WrongPassword):
        reopen(path)
    again = reopen(path, "eleven loud geese")
    assert texts(again) == ["after", "before"]
    assert again.report.ok
    again.close()
    by_words(path, words).close()


def test_new_recovery_words_take_the_place_of_the_old(made, path):
    vault, old = made
    new = vault.new_recovery_key()
    assert new != old
    assert vault.check_recovery_key(new)
    assert not vault.check_recovery_key(old)
    vault.close()
    with pytest.raises(WrongPassword):
        by_words(path, old)
    again = by_words(path, new)
    assert again.report.ok
    again.close()
    reopen(path).close()


def test_secrets_can_be_changed_many_times(made, path):
    vault, words = made
    for number in range(5):
        vault.change_password(f"password number {number}")
        words = vault.new_recovery_key()
        assert vault.verify().ok
    vault.close()
    reopen(path, "password number 4").close()
    by_words(path, words).close()


def test_a_forgotten_password_is_replaced_by_way_of_the_words(made, path):
    vault, words = made
    vault.close()
    again = by_words(path, words)
    again.change_password("a password found anew")
    again.close()
    reopen(path, "a password found anew").close()


def test_an_older_copy_still_opens_with_the_older_password(vault, path, tmp_path):
    vault.append([page("one")])
    vault.backup(tmp_path / "old.vault")
    vault.change_password("eleven loud geese")
    vault.close()
    old = reopen(tmp_path / "old.vault")
    assert texts(old) == ["one"]
    old.close()


def test_a_vault_opened_for_reading_keeps_its_secrets(vault, path):
    vault.close()
    before = path.read_bytes()
    reading = reopen(path, read_only=True)
    for change in (lambda: reading.change_password("eleven loud geese"), reading.new_recovery_key):
        with pytest.raises(Exception, match="reading only"):
            change()
    reading.close()
    assert path.read_bytes() == before


def test_both_secrets_read_the_same(made, path):
    vault, words = made
    vault.append([page("one"), page("two")])
    vault.close()
    assert verify_file(path, password=PASSWORD, state_dir=path.parent) == verify_file(
        path, recovery_key=words, state_dir=path.parent
    )


def test_the_costs_offered_are_those_documented():
    assert KdfProfile(256 * 1024, 3, 4) == STANDARD
    assert KdfProfile(64 * 1024, 3, 4) == REDUCED


def test_the_standard_cost_is_what_a_new_vault_gets_by_itself(tmp_path):
    vault, _ = Vault.create(tmp_path / "standard.vault", PASSWORD, state_dir=tmp_path)
    vault.close()
    shutil.copy(tmp_path / "standard.vault", tmp_path / "copy.vault")
    reopen(tmp_path / "copy.vault").close()
    with pytest.raises(AlreadyThere):
        Vault.create(tmp_path / "standard.vault", PASSWORD, state_dir=tmp_path)
