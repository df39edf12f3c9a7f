"""Making the application: its looks, its language, its one window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from motcua_desktop.i18n import gettext
from motcua_desktop.i18n import mark as _
from ui.shell.window import MainWindow
from ui.theme import DARK, LIGHT, STYLED, dress
from ui.workbench import Workbench

# Words of Qt's own menus, named here so that the catalogues know them.
QT_WORDS = (_("&Undo"), _("&Redo"), _("Cu&t"), _("&Copy"), _("&Paste"), _("Delete"), _("Select All"))


class CatalogueTranslator(QTranslator):
    """Qt's own words from our catalogues: PySide6 ships none in Vietnamese."""

    def translate(
        self, context: str, source: str | bytes, disambiguation: str | bytes | None = None, n: int = -1
    ) -> str:
        text = source.decode() if isinstance(source, bytes) else source
        return gettext(text) if text else ""  # "" would not mean "unknown" to Qt: it would be shown

    def isEmpty(self) -> bool:
        return False


def make_application(*, dark: bool = False, scale: float = 1.0) -> QApplication:
    """The one QApplication, dressed; an existing one is dressed anew."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])  # by name: loading QStyle itself is slow
        app.setProperty(STYLED, True)
    QCoreApplication.setApplicationName("Motcua")
    dress(app, DARK if dark else LIGHT, scale)
    if app.property("motcua_translator") is None:
        translator = CatalogueTranslator(app)
        app.installTranslator(translator)
        app.setProperty("motcua_translator", translator)
    return app


def quiet_off_screen() -> None:
    """Pass on what Qt says, but for the one line that the off-screen platform says about every window."""

    def said(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if "propagateSizeHints" not in message and sys.stderr is not None:
            print(message, file=sys.stderr)

    qInstallMessageHandler(said)


def run_window(app: QApplication, bench: Workbench, arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed."""
    window = MainWindow(bench)
    sys.excepthook = lambda kind, error, trace: window.broke(error)
    window.show()
    gc.freeze()  # what the window is made of stays: no collection needs to look at it
    gc.enable()
    try:
        return app.exec()
    finally:
        bench.close()
