"""The recovery drill: now and then, and quietly, whether the recovery words are still where they can be found."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from journal.change import Change
from journal.clock import Clock, later
from journal.errors import StorageFailed
from journal.records import Moment, Settings
from journal.service.resting import Rests
from journal.service.results import Saved
from journal.store import Items
from journal.vault import Vault

FIRST = 30  # days after the words were first typed back
AGAIN = 90  # days after they were tried
LATER = 14  # days after "Not now"
TOMORROW = 1


class Recovery(Rests):
    """The part of the service that knows about the recovery words."""

    _items: Items
    _vault: Vault
    clock: Clock

    def settings(self) -> Settings:
        raise NotImplementedError

    def save_settings(self, settings: Settings) -> Saved:
        raise NotImplementedError

    def check_recovery(self, words: str) -> bool:
        """Whether these recovery words open this journal."""
        return self._vault.check_recovery_key(words)

    def new_words(self) -> str:
        """Recovery words that open nothing yet: to be written down and typed back before they take the place of the
        old (see `take_words` and `rotate`)."""
        self.not_while_resting()
        return self._vault.new_words()

    def take_words(self, words: str) -> Change:
        """Recovery words that were shown and typed back, in place of the old, which open the journal no more."""
        self.not_while_resting()
        self._vault.new_recovery_key(words)
        try:
            return self.words_proved(new=True)
        except StorageFailed:  # they count all the same; where the old were never typed back, the line only stays
            return Change()

    def words_proved(self, *, new: bool = False) -> Change:
        """The words were typed and are right; `new` ones for the first time."""
        now = self.clock.now()
        return self._note(Moment(now), later(now, timedelta(days=FIRST if new else AGAIN)))

    def words_untyped(self) -> Change:
        """The words are new, and nobody typed them back: whatever was shown of the old ones says nothing of these."""
        settings = self.settings()
        if settings.recovery_proved is None and settings.recovery_ask is None:
            return Change()  # nothing else is noted
        return self._note(None, self.clock.now())

    def words_later(self, days: int = LATER) -> Change:
        """Ask for the words again after so many days, and not before."""
        return self._note(self.settings().recovery_proved, later(self.clock.now(), timedelta(days=days)))

    def words_due(self) -> bool:
        """Whether it is time to ask if the words can be found."""
        if self._vault.read_only:
            return False
        settings, now = self.settings(), self.clock.now()
        if settings.recovery_ask is not None:
            ask = settings.recovery_ask.at
            return ask <= now or ask > later(now, timedelta(days=AGAIN + 1))  # the clock once stood far in the future
        return self.words_unproved()

    def words_unproved(self) -> bool:
        """Whether nobody ever showed that the words are kept: they were not typed back, or not noted as such."""
        return self.settings().recovery_proved is None

    def _note(self, proved: Moment | None, ask: datetime) -> Change:
        settings = msgspec.structs.replace(self.settings(), recovery_proved=proved, recovery_ask=Moment(ask))
        return self.save_settings(settings).change
