"""Everything that can be done from the menus, in one table: the words, the keys, and when it is possible.

Each action has a key sequence of its own besides the platform's: some platforms name none for Quit or Preferences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

Standard = QKeySequence.StandardKey
Role = QAction.MenuRole
When = Literal["always", "open", "writable"]


@dataclass(frozen=True)
class Spec:
    """One action. `when`: always, with an open journal, or with one that can be written.

    `choice` groups actions of which one is ticked. `standard` adds the platform's keys to `keys`.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    when: When = "open"
    standard: Standard | None = None
    role: QAction.MenuRole = Role.NoRole
    choice: str = ""


@dataclass(frozen=True)
class Sub:
    """A menu within a menu."""

    text: str
    items: tuple[Spec | None, ...]


NEW = (
    Spec("new-intention", "&Intention", when="writable"),
    Spec("new-experience", "&Experience", when="writable"),
    Spec("new-integration", "Integration &note", when="writable"),
    Spec("new-page", "Journal &page", when="writable"),
    Spec("new-checkin", "&Check-in", when="writable"),
    None,
    Spec("new-session", "&Session", when="writable"),
    Spec("new-sideeffect", "Side e&ffect", when="writable"),
    Spec("new-medicine", "&Medicine", when="writable"),
    Spec("new-question", "&Question for my prescriber", when="writable"),
    Spec("new-commitment", "C&ommitment", when="writable"),
    Spec("new-hard", "Something that was &hard", when="writable"),
)

MENUS: tuple[tuple[str, tuple[Spec | Sub | None, ...]], ...] = (
    (
        "&File",
        (
            Spec("begin-journal", "&Begin another journal…", when="always"),
            Spec("open-journal", "&Open another journal…", ("Ctrl+O",), "always", Standard.Open),
            Spec("open-share", "Read a &share…", ("Ctrl+Shift+O",), "always"),
            None,
            Spec("back-up", "Bac&k up…"),
            Spec("restore", "Come back &from a backup…"),
            Spec("check", "&Check this journal"),
            Spec("merge", "Mer&ge with another copy…", when="writable"),
            Spec("sync", "Look into the s&ynced folder", when="writable"),
            Spec("import", "&Import…", when="writable"),
            Spec("export", "&Export…"),
            None,
            Spec("change-password", "Change the pass&word…", when="writable"),
            Spec("new-words", "New &recovery words…", when="writable"),
            Spec("try-words", "&Try the recovery words…", when="writable"),
            Spec("rotate", "Someone &may know my password…", when="writable"),
            None,
            Spec("lock", "&Lock", ("Ctrl+L",)),
            Spec("quit", "&Quit", ("Ctrl+Q",), "always", Standard.Quit, Role.QuitRole),
        ),
    ),
    (
        "&Edit",
        (
            Spec("undo", "&Undo", ("Ctrl+Z",), "writable", Standard.Undo),
            Spec("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "writable", Standard.Redo),
            None,
            Spec("search", "&Search the journal", ("Ctrl+Shift+F",)),
            None,
            Spec("preferences", "&Preferences", ("Ctrl+,",), "open", Standard.Preferences, Role.PreferencesRole),
        ),
    ),
    (
        "&Journal",
        (
            Spec("new", "Choose what to &write…", ("Ctrl+N",), "writable", Standard.New),
            Sub("&New", NEW),
            None,
            Spec("today", "&Today", ("Ctrl+1",)),
            Spec("journey", "&Journey", ("Ctrl+2",)),
            Spec("charts", "&Charts", ("Ctrl+3",)),
            Spec("share", "S&hare", ("Ctrl+4",)),
            Spec("review", "&Read a share", ("Ctrl+5",)),
            Spec("clients", "Cl&ients"),
            Spec("ledger", "What I ha&ve shared", ("Ctrl+6",)),
            Spec("contacts", "Cont&acts"),
            Spec("course", "C&ourse", ("Ctrl+7",)),
            Spec("medicines", "Me&dicines and side effects", ("Ctrl+8",)),
            Spec("scales", "&Questionnaires", ("Ctrl+9",)),
            Spec("questions", "To brin&g along"),
            Spec("library", "&Library"),
            Spec("prompts", "Questions and templates"),
            Spec("removed", "Re&moved entries…"),
            None,
            Spec("back", "&Back", ("Alt+Left",), "open", Standard.Back),
        ),
    ),
    (
        "&View",
        (
            Spec("larger", "&Larger text", ("Ctrl++", "Ctrl+="), "always", Standard.ZoomIn),
            Spec("smaller", "&Smaller text", ("Ctrl+-",), "always", Standard.ZoomOut),
            Spec("normal", "&Normal text", ("Ctrl+0",), "always"),
            None,
            Spec("scheme-system", "&As the computer", when="always", choice="scheme"),
            Spec("scheme-light", "L&ight", when="always", choice="scheme"),
            Spec("scheme-dark", "&Dark", when="always", choice="scheme"),
            None,
            Spec("full-screen", "&Full screen", ("F11",), "always", Standard.FullScreen),
        ),
    ),
    (
        "&Help",
        (
            Spec("help", "&Help, people to turn to", ("Shift+F1",), "always"),
            Spec("shortcuts", "&Keyboard shortcuts", ("F1",), "always"),
            Spec("about", "&About this program", when="always", role=Role.AboutRole),
        ),
    ),
)


def specs() -> tuple[Spec, ...]:
    """Every action, in the order of the menus."""
    found: list[Spec] = []
    for _, items in MENUS:
        for item in items:
            if isinstance(item, Sub):
                found += [spec for spec in item.items if spec is not None]
            elif item is not None:
                found.append(item)
    return tuple(found)


class Actions(QObject):
    """The actions of one window. `handlers` maps each name to what is done."""

    def __init__(self, handlers: Mapping[str, Callable[..., Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        self._made: dict[str, QAction] = {}
        self._when: dict[str, When] = {}
        self._only: frozenset[str] | None = None
        for spec in specs():
            self._made[spec.name] = self._make(spec, handlers[spec.name])
            self._when[spec.name] = spec.when

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def fill(self, bar: QMenuBar) -> None:
        """Put all menus into the bar."""
        for title, items in MENUS:
            self._fill(bar.addMenu(title), items)

    def new_menu(self, menu: QMenu) -> QMenu:
        """Put what can be written into a menu."""
        self._fill(menu, NEW)
        return menu

    def allow(self, *, is_open: bool, writable: bool) -> None:
        """Enable what is possible now."""
        allowed = {"always": True, "open": is_open, "writable": is_open and writable}
        for name, action in self._made.items():
            action.setEnabled(allowed[self._when[name]] and (self._only is None or name in self._only))

    def limit(self, names: frozenset[str] | None) -> None:
        """From the next `allow` on, only these are possible; None: all."""
        self._only = names

    def _fill(self, menu: QMenu, items: tuple[Spec | Sub | None, ...]) -> None:
        menu.setToolTipsVisible(False)
        for item in items:
            if item is None:
                menu.addSeparator()
            elif isinstance(item, Sub):
                self._fill(menu.addMenu(item.text), item.items)
            else:
                menu.addAction(self._made[item.name])

    def _make(self, spec: Spec, handler: Callable[..., Any]) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setMenuRole(spec.role)
        keys = [QKeySequence(text) for text in spec.keys]
        if spec.standard is not None:
            # Where Backspace means Back, it would lead away from whoever wants to take an answer back.
            taken = [*keys, QKeySequence(Qt.Key.Key_Backspace)]
            keys += [key for key in QKeySequence.keyBindings(spec.standard) if key not in taken]
        action.setShortcuts(keys)
        if spec.choice:
            group = self._groups.setdefault(spec.choice, QActionGroup(self))
            action.setCheckable(True)
            group.addAction(action)
        action.triggered.connect(handler)
        return action
