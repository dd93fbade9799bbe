"""The crisis lines that ship: every row has its form, and none says that it was checked where nobody did."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from journal.help_lines import Country, Line, help_lines, ways
from resources import read_text

NUMBER = re.compile(r"\*?\d[\d ]*\d|\d")
CODES = {
    "AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IL", "IN", "IT",
    "JP", "KR", "MX", "NL", "NO", "NZ", "PL", "PT", "SE", "SG", "US", "ZA",
}  # fmt: skip
LINES = [(country, line) for country in help_lines().countries for line in country.lines]


def id_of(value: Country | Line) -> str:
    return value.code if isinstance(value, Country) else value.number.replace(" ", "")


def test_these_countries_are_there_each_once_and_by_name():
    codes = [country.code for country in help_lines().countries]
    names = [country.name for country in help_lines().countries]
    assert len(codes) == len(set(codes))
    assert set(codes) == CODES
    assert names == sorted(names)


@pytest.mark.parametrize("country", help_lines().countries, ids=id_of)
def test_a_country_has_an_emergency_number_and_a_line(country: Country):
    assert re.fullmatch(r"[A-Z]{2}", country.code)
    assert country.name.strip() == country.name != ""
    assert country.emergency and country.lines
    assert all(re.fullmatch(r"\d{2,5}", number) for number in country.emergency)
    numbers = [line.number for line in country.lines]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("country", "line"), LINES, ids=id_of)
def test_a_line_has_its_form(country: Country, line: Line):
    assert line.name.strip() == line.name != ""
    assert NUMBER.fullmatch(line.number), line.number
    assert line.how and len(set(line.how)) == len(line.how)
    assert line.word == line.word.upper() and (not line.word or line.how == ("text",))
    assert line.source.endswith(".")


@pytest.mark.parametrize(("country", "line"), LINES, ids=id_of)
def test_a_line_is_as_sure_as_it_was_checked(country: Country, line: Line):
    assert line.verified == (line.checked_on is not None)
    if not line.verified:
        assert re.search(r"service itself was not asked|No source was seen", line.source)
    assert (line.seen_on is None) == ("No source was seen" in line.source)


def test_dates_stand_as_days():
    for country in json.loads(read_text("help", "lines.json"))["countries"]:
        for line in country["lines"]:
            for name in ("checked_on", "seen_on"):
                assert line[name] is None or date.fromisoformat(line[name]) <= date.today()


def test_elsewhere_names_what_works_in_most_places_and_opens_nothing():
    elsewhere = help_lines().elsewhere
    assert elsewhere.emergency == ("112",)
    assert "findahelpline.com" in elsewhere.text
    assert "://" not in elsewhere.text


def test_a_country_without_a_row_has_none():
    assert help_lines().country("XX") is None
    assert help_lines().country("GB").emergency == ("999",)


def test_every_way_has_steps_and_none_holds_the_breath():
    assert {way.id for way in ways()} == {"senses", "feet", "breath"}
    for way in ways():
        assert len(way.steps) >= 4 and all(step.endswith(".") for step in way.steps)
        assert not any(
            re.search(r"hold (it|your breath|the breath)|count (to|down)|seconds", step, re.I) for step in way.steps
        )
