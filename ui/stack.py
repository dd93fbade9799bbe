"""The pages of an open journal, one shown at a time, with a way back. Each is imported and made when first needed."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from journal.change import Change
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.widgets.fields import StillWheel

_PAGES = {
    "today": ("today", "TodayPage"),
    "journey": ("journey", "JourneyPage"),
    "session": ("session", "SessionPage"),
    "edit-session": ("edit_session", "EditSessionPage"),
    "edit-course": ("edit_course", "EditCoursePage"),
    "write": ("write", "WritePage"),
    "check-in": ("check_in", "CheckInPage"),
    "charts": ("charts", "ChartsPage"),
    "share": ("share", "SharePage"),
    "review": ("review", "ReviewPage"),
    "ledger": ("ledger", "LedgerPage"),
    "history": ("history", "HistoryPage"),
    "two-versions": ("two_versions", "TwoVersionsPage"),
    "preferences": ("preferences", "PreferencesPage"),
    "course": ("course", "CoursePage"),
    "edit-provider": ("edit_provider", "EditProviderPage"),
    "costs": ("costs", "CostsPage"),
    "edit-cost": ("edit_cost", "EditCostPage"),
    "edit-checklist": ("edit_checklist", "EditChecklistPage"),
    "landing": ("landing", "LandingPage"),
    "hard": ("hard", "HardPage"),
    "medicines": ("medicines", "MedicinesPage"),
    "edit-medicine": ("edit_medicine", "EditMedicinePage"),
    "edit-side-effect": ("edit_side_effect", "EditSideEffectPage"),
    "questions": ("questions", "QuestionsPage"),
    "edit-question": ("edit_question", "EditQuestionPage"),
    "edit-commitment": ("edit_commitment", "EditCommitmentPage"),
    "scales": ("scales", "ScalesPage"),
    "scale": ("scale", "ScalePage"),
    "edit-scale": ("edit_scale", "EditScalePage"),
    "edit-total": ("edit_total", "EditTotalPage"),
    "help": ("help", "HelpPage"),
    "edit-person": ("edit_person", "EditPersonPage"),
    "library": ("library", "LibraryPage"),
    "prompts": ("prompts", "PromptsPage"),
    "edit-prompts": ("edit_prompts", "EditPromptsPage"),
    "edit-template": ("edit_template", "EditTemplatePage"),
    "resting": ("resting", "RestingPage"),
    "contacts": ("contacts", "ContactsPage"),
    "edit-contact": ("edit_contact", "EditContactPage"),
    "clients": ("clients", "ClientsPage"),
    "client": ("client", "ClientPage"),
    "compare": ("compare", "ComparePage"),
    "edit-client": ("edit_client", "EditClientPage"),
    "reply": ("reply", "ReplyPage"),
    "replies": ("replies", "RepliesPage"),
}
# Doors one does not come back through: the form of a new thing is not wanted again once it was left.
_PASSING = frozenset(name for name in _PAGES if name.startswith("edit-")) | {
    "check-in", "two-versions", "scale", "resting",
}  # fmt: skip
# Places where something is changed that rests after a session.
_RESTS = frozenset({"share", "reply", "preferences", "edit-person", "edit-provider", "edit-contact"})
_KEPT = 50


class PageStack(QStackedWidget):
    """Shows places.

    Signals:
        moved(Place): another place is shown.
        say(str): a page has a calm line to say.
        did(str): a page has a calm line of what it did in the journal.
        leave(): a page asked to go back and there is nowhere to go.
        wants(str): a page asks for an action of the menus.
        plays(str): a page asks for a recording to be heard.
        shows(str, bool): a page asks for a file to be opened over it.
    """

    moved = Signal(object)
    say = Signal(str)
    did = Signal(str)
    leave = Signal()
    wants = Signal(str)
    plays = Signal(str)
    shows = Signal(str, bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wheel = StillWheel(self)
        self._pages: dict[str, Page] = {}
        self._past: list[Place] = []
        self.place: Place | None = None
        self.resting = False  # whether some of it rests: then a calm page stands in its place
        context.tasks.changed.connect(self._on_changed)

    def pages(self) -> tuple[Page, ...]:
        """All pages made so far."""
        return tuple(self._pages.values())

    @property
    def can_go_back(self) -> bool:
        return bool(self._past)

    @Slot(object)
    def go(self, place: Place) -> None:
        """Show a place, and remember the one left."""
        if self.place is not None and self.place.name == "write" and place.name == "hard" and place.eids:
            self.place = replace(self.place, eid=place.eids[0])  # it is in the journal now: one comes back to it
        if self.place is not None and self.place != place and not _is_passing(self.place):
            self._past = [*self._past, _come_back_to(self.place)][-_KEPT:]
        if self._past and self._past[-1] == place:
            self._past.pop()
        self._show(place)

    @Slot()
    def back(self) -> None:
        """Return to the place before."""
        if self._past:
            self._show(self._past.pop())
        else:
            self.leave.emit()

    def page(self, name: str) -> Page:
        """The page for a kind of place, made if need be."""
        if name not in self._pages:
            module, kind = _PAGES[name]
            made: Page = getattr(import_module(f"ui.pages.{module}"), kind)(self._context)
            made.go.connect(self.go)
            made.back.connect(self.back)
            made.say.connect(self.say)
            made.did.connect(self.did)
            made.wants.connect(self.wants)
            made.plays.connect(self.plays)
            made.shows.connect(self.shows)
            self._wheel.watch(made)
            self._pages[name] = made
            self.addWidget(made)
        return self._pages[name]

    def seal(self) -> None:
        """Ask every page to seal what is being written: each, even if one of them has a fault."""
        fault: Exception | None = None
        for page in self._pages.values():
            try:
                page.seal()
            except Exception as error:
                fault = error
        if fault is not None:
            raise fault

    @Slot()
    def halt(self) -> None:
        """Ask every page to stop what takes long: the journal is being left."""
        for page in self._pages.values():
            page.halt()

    def restyle(self) -> None:
        """The theme changed."""
        for page in self._pages.values():
            page.restyle()

    def _show(self, place: Place) -> None:
        if self.resting and place.name in _RESTS:
            place = replace(place, name="resting", kind=place.name, wanted=place)
        current = self.currentWidget()
        if isinstance(current, Page):
            current.leave()
        page = self.page(place.name)
        self.place = place
        self.setCurrentWidget(page)
        page.show_place(place)
        focus = QApplication.focusWidget()
        if focus is None or not page.isAncestorOf(focus):
            # Tab then begins at the top of the page, and screen readers say its name.
            page.setFocus()
        self.moved.emit(place)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        current = self.currentWidget()
        if isinstance(current, Page):
            current.refresh(change)


def _come_back_to(place: Place) -> Place:
    """What one comes back to: a file that was given is opened once, and stands on its page as it was left."""
    return replace(place, kind="") if place.name == "review" else place


def _is_passing(place: Place) -> bool:
    if place.name == "scale" and place.eid is not None:
        return False  # help can be asked for in the middle of it, and the way back leads there
    return place.name in _PASSING or (place.name == "write" and place.eid is None)
