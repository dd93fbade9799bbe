"""Sums of money: what can be typed is always a number, so that nothing has to be refused."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox

from ui.widgets.fields import LineEdit

_FALLBACK = "USD"


class AmountEdit(LineEdit):
    """A sum with up to three decimals, with the decimal sign of the place, or a point with up to two of them: three
    digits after a point may be meant as thousands, and are not taken."""

    def __init__(self) -> None:
        super().__init__()
        sign = QLocale().decimalPoint()
        own = QRegularExpression.escape(sign)
        ways = rf"\d{{0,9}}({own}\d{{0,3}})?" + ("" if sign == "." else r"|\d{0,9}\.\d{0,2}")
        self.setValidator(QRegularExpressionValidator(QRegularExpression(ways), self))
        self._sign, self._amount = sign, "0"

    def set_amount(self, amount: str) -> None:
        """Show a sum; nothing for 0."""
        self._amount = amount
        self.set_value("" if amount == "0" else amount.replace(".", self._sign))
        self._as_shown = self.text()

    def amount(self) -> str:
        """The sum as it is kept: with a point."""
        if self.text() == self._as_shown:
            return self._amount
        whole, _, cents = self.value().replace(self._sign, ".").partition(".")
        return f"{whole.lstrip('0') or '0'}{'.' + cents if cents else ''}"


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
