"""The colours of each scheme: light, dark, and the dim warm one for the first hours after a session.

Every colour in the window comes from `Tokens`; a literal colour anywhere else is a mistake. Contrast of each pair
that carries text is at least 4.5:1, of body text 7:1 (tests/ui/test_theme.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Tokens:
    """One scheme's colours, each as `#RRGGBB`. `series` are safe for colour-blind eyes, in the sliders' order."""

    paper: str
    raised: str  # cards and fields
    sunken: str  # the rail, wells
    ink: str
    muted: str
    line: str
    strong_line: str  # borders of fields: 3:1 against paper
    accent: str
    on_accent: str
    accent_soft: str
    warm: str
    warm_soft: str
    selection: str
    series: tuple[str, ...]


LIGHT = Tokens(
    paper="#FAF8F5",
    raised="#FFFEFC",
    sunken="#F2EEE8",
    ink="#2B2A28",
    muted="#6A655E",
    line="#E4DFD7",
    strong_line="#968F85",
    accent="#2F6F73",
    on_accent="#FFFFFF",
    accent_soft="#E1ECEB",
    warm="#9A5A30",
    warm_soft="#F6E9DE",
    selection="#CFE3E1",
    series=("#1F6F78", "#B4632D", "#5B63B7", "#8A6D00", "#A3477F", "#5A5A5A", "#2E7D4F"),
)
DARK = Tokens(
    paper="#1E1F21",
    raised="#26282B",
    sunken="#191A1C",
    ink="#E6E2DB",
    muted="#A39E96",
    line="#35383D",
    strong_line="#73767C",
    accent="#7FB8B4",
    on_accent="#14211F",
    accent_soft="#263635",
    warm="#D9A27C",
    warm_soft="#3A2E26",
    selection="#2F4A48",
    series=("#7FC4BF", "#E0A070", "#A6ACF0", "#D8BE5A", "#E29AC6", "#B9B5AE", "#86CFA2"),
)
ON_PAPER = replace(LIGHT, paper="#FFFFFF", raised="#FFFFFF", ink="#000000", muted="#3C3C3C", line="#A8A8A8")
LANDING = Tokens(
    paper="#17120E",
    raised="#1F1813",
    sunken="#120E0B",
    ink="#D9C6B0",
    muted="#A08C78",
    line="#33281F",
    strong_line="#77644F",
    accent="#C99A6B",
    on_accent="#1B130C",
    accent_soft="#2E2319",
    warm="#C99A6B",
    warm_soft="#2E2319",
    selection="#453423",
    series=("#C99A6B",) * 7,
)
