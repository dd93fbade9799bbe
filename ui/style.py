"""The style sheet: what a palette cannot say. Widgets choose a look by the properties `role`, `kind` and `tone`."""

from __future__ import annotations

from resources import image_path
from ui.tokens import Tokens


def sheet(t: Tokens, size: dict[str, int], k: float) -> str:
    """The whole sheet for tokens `t`, text sizes in px, and the text scale `k` (1.0 to 2.0)."""
    pad = round(8 * min(k, 1.4))
    wide = round(16 * min(k, 1.4))
    target = round(38 * k)
    big = max(64, round(52 * k))  # for a hand that trembles
    shade = "light" if t.on_accent == "#FFFFFF" else "dark"
    tick, dash = (image_path("icons", f"{name}-{shade}.svg") for name in ("tick", "dash"))
    chevron = image_path("icons", f"chevron-{'light' if t.on_accent == '#FFFFFF' else 'dark'}.svg")
    chevron_up = chevron.replace("chevron-", "chevron-up-")
    return f"""
* {{ outline: none; }}
QWidget {{ color: {t.ink}; }}
QMainWindow, QDialog, QWidget[role="page"] {{ background: {t.paper}; }}
QToolTip {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.line}; padding: 6px 8px; }}

QLabel {{ background: transparent; }}
QLabel[role="display"] {{ font-size: {size["display"]}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {size["title"]}px; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {size["large"]}px; font-weight: 600; }}
QLabel[role="lead"] {{ font-size: {size["large"]}px; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {size["small"]}px; }}
QLabel[role="eyebrow"] {{ color: {t.accent}; font-size: {size["small"]}px; font-weight: 600; }}
QLabel[role="warm"] {{ color: {t.warm}; }}

QFrame[role="card"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame[role="well"] {{ background: {t.sunken}; border: none; border-radius: 8px; }}
QFrame[role="accent-card"] {{ background: {t.accent_soft}; border: none; border-radius: 8px; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="rail"] {{ background: {t.sunken}; border: none; border-right: 1px solid {t.line}; }}
QFrame[role="banner"] {{ background: {t.accent_soft}; border: none; border-radius: 8px; }}
QFrame[role="banner"][tone="warm"] {{ background: {t.warm_soft}; }}

QPushButton {{
    background: {t.raised}; color: {t.ink}; border: 1px solid {t.strong_line}; border-radius: 8px;
    padding: {pad}px {wide}px; min-height: {target - 2 * pad - 2}px; font-weight: 500;
}}
QPushButton:hover {{ background: {t.sunken}; }}
QPushButton:pressed {{ background: {t.line}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: {pad - 1}px {wide - 1}px; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.line}; background: {t.paper}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; color: {t.accent}; }}
QPushButton[kind="quiet"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="quiet"]:disabled {{ color: {t.muted}; }}
QPushButton[kind="link"] {{
    background: transparent; border: 1px solid transparent; color: {t.accent};
    padding: {pad}px 2px; border-radius: 4px;
}}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.accent}; padding: {pad - 1}px 1px; }}
QPushButton[kind="link"]:disabled {{ color: {t.muted}; }}
QPushButton[kind="rail"] {{
    background: transparent; border: 1px solid transparent; text-align: left; color: {t.ink}; font-weight: 500;
    padding: {pad}px 12px;
}}
QPushButton[kind="rail"]:hover {{ background: {t.line}; }}
QPushButton[kind="rail"]:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 600; }}
QPushButton[kind="rail"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="chip"] {{
    border-radius: {round(28 * k) // 2 + 2}px; padding: 2px {round(12 * min(k, 1.4))}px;
    min-height: {round(28 * k)}px;
    border: 1px solid {t.strong_line}; background: transparent; font-weight: 400;
}}
QPushButton[kind="chip"]:checked {{ background: {t.accent_soft}; border: 1px solid {t.accent}; color: {t.accent}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="calm"], QPushButton[kind="calm-main"] {{
    font-size: {size["large"]}px; border-radius: 12px; padding: {pad}px {wide}px;
    min-height: {big - 2 * pad - 2}px; min-width: {max(0, big - 2 * wide - 2)}px;
}}
QPushButton[kind="calm"]:checked {{ background: {t.accent_soft}; border: 2px solid {t.accent}; color: {t.accent}; }}
QPushButton[kind="calm"]:focus {{ border: 2px solid {t.accent}; padding: {pad - 1}px {wide - 1}px; }}
QPushButton[kind="calm-main"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[kind="calm-main"]:focus {{
    border: 2px solid {t.ink}; padding: {pad - 1}px {wide - 1}px;
}}
QPushButton[kind="calm-main"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QPlainTextEdit[role="calm"] {{ font-size: {size["large"]}px; padding: {pad + 4}px 14px; border-radius: 12px; }}
QProgressBar[role="loudness"] {{ max-height: {big // 4}px; min-height: {big // 4}px; border-radius: 6px; }}
QFrame[role="file"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 8px; }}
QPushButton[kind="file"] {{
    background: transparent; border: 1px solid transparent; text-align: left; font-weight: 400; padding: 2px 8px;
    min-height: {round(28 * k)}px;
}}
QPushButton[kind="file"]:hover {{ background: {t.sunken}; }}
QPushButton[kind="file"]:focus {{ border: 2px solid {t.accent}; padding: 1px 7px; }}
QToolButton {{
    background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 6px;
    min-height: {round(24 * k)}px; min-width: {round(24 * k)}px;
}}
QToolButton:hover {{ background: {t.line}; }}
QToolButton:checked {{ background: {t.accent_soft}; color: {t.accent}; }}
QToolButton:focus {{ border: 2px solid {t.accent}; }}
QToolButton:disabled {{ color: {t.muted}; }}
QFrame[role="file"] QToolButton {{ padding: 2px; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit, QDateEdit, QTimeEdit {{
    background: {t.raised}; color: {t.ink}; border: 1px solid {t.strong_line}; border-radius: 8px;
    padding: {pad - 1}px 10px; selection-background-color: {t.selection}; selection-color: {t.ink};
}}
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit, QDateEdit, QTimeEdit {{ min-height: {target - 2 * pad}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus,
QDateEdit:focus, QTimeEdit:focus {{ border: 2px solid {t.accent}; padding: {pad - 2}px 9px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDateTimeEdit:disabled {{
    color: {t.muted}; background: {t.paper}; border-color: {t.line};
}}
QLineEdit QToolButton {{ padding: 0; border: none; min-height: 0; min-width: 0; background: transparent; }}
QTextEdit[role="editor"], QTextEdit[role="reading"] {{
    background: transparent; border: none; padding: 0; font-size: {round(size["body"] * 1.1)}px;
}}
QTextEdit[role="table"], QTextEdit[role="table"]:focus {{ background: transparent; border: none; padding: 0; }}
QTextEdit[role="editor"]:focus, QTextEdit[role="reading"]:focus {{ border: none; padding: 0; }}
QLineEdit[role="title-edit"] {{
    background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
    padding: 2px 0; font-size: {size["title"]}px; font-weight: 600;
}}
QLineEdit[role="title-edit"]:focus {{ border-bottom: 2px solid {t.accent}; padding: 2px 0; }}
QComboBox::drop-down, QDateTimeEdit::drop-down, QDateEdit::drop-down {{ border: none; width: {round(28 * k)}px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow, QDateEdit::down-arrow {{
    image: url("{chevron}"); width: {round(14 * k)}px; height: {round(14 * k)}px;
}}
QSpinBox::up-button, QSpinBox::down-button {{
    subcontrol-origin: border; border: none; background: transparent; width: {round(32 * k)}px;
}}
QSpinBox::up-button {{ subcontrol-position: top right; height: {target // 2}px; }}
QSpinBox::down-button {{ subcontrol-position: bottom right; height: {target // 2}px; }}
QSpinBox::up-arrow {{ image: url("{chevron_up}"); width: {round(12 * k)}px; height: {round(12 * k)}px; }}
QSpinBox::down-arrow {{ image: url("{chevron}"); width: {round(12 * k)}px; height: {round(12 * k)}px; }}
QSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; min-height: 0; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView::item {{ min-height: {round(28 * k)}px; padding: 0 6px; }}
QComboBox QAbstractItemView {{
    background: {t.raised}; border: 1px solid {t.line}; selection-background-color: {t.accent_soft};
    selection-color: {t.ink}; padding: 0;
}}
QCheckBox, QRadioButton {{ spacing: 10px; min-height: {round(28 * k)}px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator, QListView::indicator {{
    width: {round(18 * k)}px; height: {round(18 * k)}px; border: 1px solid {t.strong_line}; background: {t.raised};
}}
QCheckBox::indicator, QTreeView::indicator, QListView::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: {(round(18 * k) + 2) // 2}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QTreeView::indicator:checked,
QListView::indicator:checked {{
    background: {t.accent}; border: 1px solid {t.accent}; image: url("{tick}");
}}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{
    border: 2px solid {t.accent}; width: {round(18 * k) - 2}px; height: {round(18 * k) - 2}px;
}}
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate {{
    background: {t.accent}; border: 1px solid {t.accent}; image: url("{dash}");
}}

QListView, QTreeView, QTableView {{
    background: transparent; border: none; selection-background-color: {t.accent_soft}; selection-color: {t.ink};
    alternate-background-color: {t.sunken}; gridline-color: {t.line};
}}
QHeaderView::section {{
    background: {t.sunken}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line}; padding: 6px 8px;
    font-weight: 600;
}}
QListView[role="versions"]::item {{ padding: {round(8 * min(k, 1.4))}px 16px; border-radius: 8px; }}
QListView[role="versions"]::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QListView[role="choices"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 8px; }}
QListView[role="choices"]::item {{ padding: {round(6 * min(k, 1.4))}px 8px; border-radius: 6px; }}
QListView[role="choices"]::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QTreeView::item {{ padding: {round(6 * min(k, 1.4))}px 4px; }}
QTableView::item {{ padding: 4px 8px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t.strong_line}; min-height: 32px; border-radius: 4px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {t.strong_line}; min-width: 32px; border-radius: 4px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea[role="picture"] {{ background: {t.sunken}; border: 2px solid transparent; border-radius: 8px; }}
QScrollArea[role="picture"]:focus {{ border: 2px solid {t.accent}; }}
QScrollArea[role="reading-pane"] {{ border: 2px solid transparent; border-radius: 8px; }}
QScrollArea[role="reading-pane"]:focus {{ border: 2px solid {t.accent}; }}
QSplitter::handle {{ background: {t.line}; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.line}; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 14px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 6px 8px; }}
QMenuBar {{ background: {t.sunken}; border-bottom: 1px solid {t.line}; }}
QMenuBar::item {{ padding: 6px 10px; background: transparent; border-radius: 6px; }}
QMenuBar::item:selected {{ background: {t.line}; }}
QProgressBar {{ background: {t.sunken}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QStatusBar {{ background: {t.sunken}; color: {t.muted}; border-top: 1px solid {t.line}; }}
QStatusBar::item {{ border: none; }}
QTabBar::tab {{ background: transparent; padding: 8px 14px; border-bottom: 2px solid transparent; color: {t.muted}; }}
QTabBar::tab:selected {{ color: {t.ink}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:focus {{ color: {t.accent}; }}
"""
