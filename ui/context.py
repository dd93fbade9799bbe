"""What every page is given: tasks, questions, the theme, the device's settings, the clock, who may see, the tray."""

from __future__ import annotations

from dataclasses import dataclass, field

from journal.clock import Clock
from ui.capture import Capture
from ui.prompts import Prompter
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Theme
from ui.tray import Tray


@dataclass(frozen=True)
class Context:
    """Passed to constructors instead of globals, so that a test can pass its own."""

    tasks: VaultTasks
    prompter: Prompter
    theme: Theme
    settings: DeviceSettings
    clock: Clock
    capture: Capture = field(default_factory=Capture)  # one that the system does not offer
    tray: Tray = field(default_factory=Tray)  # none
