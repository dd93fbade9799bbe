"""Sums of money, read as they were typed or refused: never as another number than the person may have meant."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox

from ui.widgets.fields import LineEdit

_FALLBACK = "USD"
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})  # ISO 4217: three decimals
_SPACES = re.compile(r"['\u2019\s]")
_PLAIN = re.compile(r"([0-9]*)(?:([.,])([0-9]*))?")
_GROUPED = re.compile(r"([0-9]{1,3}([ .,])[0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]*))?")
_WHOLE, _DECIMALS = 9, 3  # digits that a record takes


def read_amount(text: str, own: str = ".", *, thousandths: bool = False) -> str | None:
    """What was typed as it is kept, with a point ("1234.50"); None where it is no number, or may be two.

    A point and a comma both do as the decimal sign; `own` is that of the place. Three digits after a single one may
    be thousands ("1.350"), so they are only read where the currency has `thousandths` and the sign is `own`, or where
    what stands before can be no thousand ("0.125").
    """
    bare = _SPACES.sub(" ", text.strip())
    if own not in (".", ","):
        bare, own = bare.replace(own, "."), "."
    if not bare:
        return "0"
    if found := _PLAIN.fullmatch(bare):
        whole, sign, decimals = (part or "" for part in found.groups())
        two_ways = whole.strip("0") != "" and len(whole) <= _DECIMALS and not (thousandths and sign == own)
        if not whole + decimals:
            return None
    elif found := _GROUPED.fullmatch(bare):
        decimals = found.group(3) or ""
        whole, two_ways = re.sub("[^0-9]", "", found.group(1)), not thousandths
    else:
        return None
    if (two_ways and len(decimals) == _DECIMALS) or len(whole) > _WHOLE or len(decimals) > _DECIMALS:
        return None
    return f"{whole.lstrip('0') or '0'}{'.' + decimals if decimals else ''}"


class AmountEdit(LineEdit):
    """A sum, typed in any way that can be read (`read_amount`). What is not understood stays as it was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._amount = QLocale().decimalPoint(), "0"
        self._as_shown = ""

    def set_amount(self, amount: str) -> None:
        """Show a sum; nothing for 0."""
        self._amount = amount
        self.set_value("" if amount == "0" else amount.replace(".", self._sign))
        self._as_shown = self.text()

    def amount(self, currency: str = "") -> str | None:
        """The sum as it is kept: with a point. None where what was typed cannot be read, or in two ways."""
        if self.text() == self._as_shown:
            return self._amount
        return read_amount(self.value(), self._sign, thousandths=currency in _THOUSANDTHS)

    def example(self) -> str:
        """How a sum can be typed here."""
        return f"1250{self._sign}50"


class CurrencyChoice(QComboBox):
    """Every currency that the system knows, by its three letters; the last one used stands first."""

    def fill(self, last: str | None, chosen: str | None) -> None:
        """Offer all, with one chosen: `chosen`, or the last one used, or that of the place."""
        here = QLocale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) or _FALLBACK
        first = dict.fromkeys(name for name in (chosen, last, here) if name)
        self.clear()
        self.addItems([*first, *(name for name in sorted(_known()) if name not in first)])
        self.setCurrentIndex(0)


def _known() -> set[str]:
    script, any_ = QLocale.Script.AnyScript, QLocale.Language.AnyLanguage
    locales = QLocale.matchingLocales(any_, script, QLocale.Country.AnyCountry)
    found = {one.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) for one in locales}
    return {name for name in found if len(name) == 3 and name.isascii() and name.isupper()}
