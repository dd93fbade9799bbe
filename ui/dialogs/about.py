"""What this program is, what it promises, and what it does not."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from journal.scales import notices
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.labels import label, selectable

_PHQ = "The PHQ and GAD questionnaires:"


class AboutDialog(Dialog):
    """A few sentences and the versions."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Integration Journal", parent)
        for text in (
            "A private journal to write, to keep, and to choose to share, for people in ketamine-assisted "
            "psychotherapy and the therapists they share with.",
            "It is not medical advice. It does not diagnose, monitor, treat or advise, and does not tell whether a "
            "treatment is right or approved. Your therapist does not watch this app, and it calls nobody.",
            "What you write is sealed in one file on this computer. The program opens no connection to anywhere.",
            "It cannot protect what is on the screen while the journal is open, and it cannot bring back a password "
            "or a share.",
        ):
            self.body.addWidget(label(text))
        self.notices = selectable(label("\n".join((_PHQ, notices()["phq"], notices()["loinc"])), "small"))
        self.notices.setAccessibleName("Questionnaires of others")
        self.body.addWidget(self.notices)
        self.versions = selectable(label(f"Version {_version()} · Qt {qVersion()}", "small"))
        self.versions.setAccessibleName("Versions")
        self.body.addWidget(self.versions)
        close = button(theme, "Close", self.accept, kind="primary")
        self.add_buttons(close)
        close.setFocus()


def _version() -> str:
    try:
        return version("integration-journal")
    except PackageNotFoundError:
        return "from source"
