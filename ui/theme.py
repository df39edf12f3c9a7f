"""How the window looks: Fusion, a palette, a short style sheet without font sizes, fonts and icons."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from motcua_desktop.assets import resource

BASE_POINTS = 10.5
FAMILY = "Noto Sans"
STYLED = "motcua_styled"  # property of an application that was born with its style


class Tone(StrEnum):
    """What a chip or a message is about; never told by colour alone."""

    CALM = "calm"
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    DONE = "done"
    PAUSED = "paused"
    DRAFT = "draft"


class Theme(NamedTuple):
    """One set of colours; each text keeps 4.5:1 on its ground, each control border 3:1."""

    name: str
    ground: str
    surface: str
    text: str
    muted: str
    border: str
    line: str
    primary: str
    on_primary: str
    selected: str
    focus: str
    rail: str
    rail_text: str
    tones: dict[Tone, tuple[str, str]]  # text, tint


LIGHT = Theme(
    name="light",
    ground="#F5F7FA",
    surface="#FFFFFF",
    text="#1B2430",
    muted="#55606E",
    border="#7B8794",
    line="#DCE2E9",
    primary="#0B5CAD",
    on_primary="#FFFFFF",
    selected="#E3EFFB",
    focus="#1B2430",
    rail="#12314F",
    rail_text="#DCE7F2",
    tones={
        Tone.CALM: ("#0B5CAD", "#E3EFFB"),
        Tone.SOON: ("#7A4B00", "#FFF1D6"),
        Tone.TODAY: ("#8A3A00", "#FFE3D1"),
        Tone.LATE: ("#A3122A", "#FDE3E7"),
        Tone.DONE: ("#0E6245", "#DDF3EA"),
        Tone.PAUSED: ("#4A3F86", "#EAE7F8"),
        Tone.DRAFT: ("#44505C", "#E7EBEF"),
    },
)
DARK = Theme(
    name="dark",
    ground="#14181D",
    surface="#1E242B",
    text="#E8ECF1",
    muted="#A9B4C0",
    border="#6F7C8A",
    line="#323B45",
    primary="#6DB3F2",
    on_primary="#0B1A2A",
    selected="#1F3B55",
    focus="#FFD166",
    rail="#0F1B27",
    rail_text="#C9D6E2",
    tones={
        Tone.CALM: ("#9CCBF7", "#17334D"),
        Tone.SOON: ("#FFD58A", "#3D2E10"),
        Tone.TODAY: ("#FFBE94", "#45260F"),
        Tone.LATE: ("#FFB3BF", "#4A1620"),
        Tone.DONE: ("#9BE0C3", "#123A2B"),
        Tone.PAUSED: ("#C9C1F5", "#2E2950"),
        Tone.DRAFT: ("#C5CED8", "#2B333C"),
    },
)


def dress(app: QApplication, theme: Theme = LIGHT, scale: float = 1.0) -> None:
    """Give the whole application its style, fonts, palette and sheet."""
    _load_fonts()
    if app.property(STYLED) is None:
        app.setStyle("Fusion")
    font = QFont(FAMILY)
    font.setPointSizeF(BASE_POINTS * scale)
    app.setFont(font)
    app.setPalette(_palette(theme))
    app.setStyleSheet(_sheet(theme))
    app.setProperty("motcua_theme", theme.name)


def theme_in_use() -> Theme:
    """The theme the application was dressed in."""
    app = QApplication.instance()
    return DARK if app is not None and app.property("motcua_theme") == "dark" else LIGHT


def enlarge(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Give a widget's text a size relative to the application's."""
    font = QFont(QApplication.font())
    font.setPointSizeF(QApplication.font().pointSizeF() * factor)
    font.setBold(bold)
    widget.setFont(font)


def is_large() -> bool:
    """Whether the letters are so large that what stands side by side no longer fits 1366 pixels."""
    return QApplication.font().pointSizeF() >= BASE_POINTS * 1.1


def icon(name: str, colour: str | None = None, size: int = 24) -> QIcon:
    """A bundled icon in one colour."""
    return QIcon(_pixmap(name, colour or theme_in_use().text, size))


@cache
def _load_fonts() -> None:
    for weight in ("Regular", "SemiBold", "Bold"):
        path = resource("fonts", f"NotoSans-{weight}.ttf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)


@cache
def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    ratio = QApplication.instance().devicePixelRatio() if QApplication.instance() else 1.0  # type: ignore[union-attr]
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.ground,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Button: theme.surface,
        QPalette.ColorRole.Highlight: theme.selected,
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.ToolTipBase: theme.surface,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Link: theme.primary,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette


def radio_sheet() -> str:
    """For the few places with ways to choose from: the style's own circles cannot be seen on a dark ground."""
    t = theme_in_use()
    return f"""
QRadioButton {{ border: 2px solid transparent; border-radius: 6px; padding: 3px; }}
QRadioButton:focus {{ border-color: {t.focus}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 2px solid {t.border}; border-radius: 9px;
  background: {t.surface}; }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 5px solid {t.primary}; }}
"""


def _sheet(t: Theme) -> str:
    chips = "".join(
        f'Chip[tone="{tone}"], ChipButton[tone="{tone}"] {{ color: {ink}; background: {tint}; }}\n'
        f'MessageStrip[tone="{tone}"] {{ background: {tint}; border-left: 4px solid {ink}; }}\n'
        f'StripText[tone="{tone}"] {{ color: {ink}; }}\n'
        for tone, (ink, tint) in t.tones.items()
    )
    chevron = resource("icons", "coloured", f"chevron-down-{t.name}.svg").as_posix()
    check = resource("icons", "coloured", f"check-{t.name}.svg").as_posix()
    return f"""
QWidget#rail {{ background: {t.rail}; }}
QToolButton#railButton {{ color: {t.rail_text}; background: transparent; border: 2px solid transparent;
  border-radius: 8px; padding: 6px 2px; }}
QToolButton#railButton:hover {{ background: rgba(255, 255, 255, 24); }}
QToolButton#railButton:checked {{ background: {LIGHT.primary}; color: #FFFFFF; }}
QToolButton#railButton:focus {{ border-color: #FFFFFF; }}
Card, RepresentativeFields[alone="true"] {{ background: {t.surface}; border: 1px solid {t.line};
  border-radius: 8px; }}
Muted {{ color: {t.muted}; }}
Chip, ChipButton[tone] {{ border: 2px solid transparent; border-radius: 8px; padding: 4px 10px; }}
ChipButton[tone]:focus {{ border-color: {t.focus}; }}
MessageStrip {{ border-radius: 6px; }}
{chips}
QLineEdit, QComboBox, QPlainTextEdit {{ background: {t.surface}; color: {t.text};
  border: 1px solid {t.border}; border-radius: 6px; padding: 5px 8px;
  min-height: 22px; selection-background-color: {t.primary};
  selection-color: {t.on_primary}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {t.focus}; padding: 4px 7px; }}
QLineEdit[trouble="true"] {{ border: 2px solid {t.tones[Tone.LATE][0]}; padding: 4px 7px; }}
QLineEdit[doubt="true"] {{ background: {t.tones[Tone.SOON][1]}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {t.muted}; background: {t.ground}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url({chevron}); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.border};
  selection-background-color: {t.selected}; selection-color: {t.text}; }}
QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; outline: none;
  selection-background-color: {t.selected}; selection-color: {t.text}; gridline-color: {t.line}; }}
QAbstractItemView:focus {{ border: 2px solid {t.focus}; }}
QTableView::item {{ padding: 2px 6px; border-bottom: 1px solid {t.line}; }}
QTableView::item:selected {{ background: {t.selected}; color: {t.text}; }}
QTableView::indicator {{ width: 18px; height: 18px; border: 1px solid {t.border}; border-radius: 4px;
  background: {t.surface}; }}
QTableView::indicator:checked {{ background: {t.primary}; border-color: {t.primary}; image: url({check}); }}
QHeaderView::section {{ background: {t.ground}; color: {t.muted}; border: none;
  border-bottom: 1px solid {t.line}; padding: 5px 6px; }}
QCheckBox::indicator {{ width: 18px; height: 18px; border: 1px solid {t.border}; border-radius: 4px;
  background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.primary}; border-color: {t.primary}; image: url({check}); }}
QCheckBox:focus {{ border: 2px solid {t.focus}; border-radius: 6px; }}
QCheckBox {{ border: 2px solid transparent; padding: 2px; }}
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; border-radius: 6px;
  padding: 6px 14px; min-height: 22px; }}
QPushButton:hover {{ background: {t.ground}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.line}; }}
QPushButton#primary {{ background: {t.primary}; color: {t.on_primary}; border: 2px solid {t.primary};
  padding: 10px 14px; font-weight: 600; }}
QPushButton#primary:focus {{ border: 2px solid {t.focus}; }}
QPushButton#primary:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QProgressBar {{ background: {t.ground}; border: 1px solid {t.line}; border-radius: 6px; text-align: center;
  color: {t.text}; min-height: 20px; }}
QProgressBar::chunk {{ background: {t.tones[Tone.CALM][1]}; border-radius: 5px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {t.line}; border-radius: 4px; min-height: 32px; }}
QScrollBar::handle:vertical:hover {{ background: {t.border}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {t.line}; border-radius: 4px; min-width: 32px; }}
"""
