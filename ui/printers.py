"""The printers of this machine through Qt: the way on Windows, and one of two on Linux.

Qt's types for pages and pictures, as its printers, are imported where they are used: no window waits for them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from motcua_desktop.printing.port import Outcome, OutcomeKind, Printer, PrinterState, StateKind

if TYPE_CHECKING:
    import pypdfium2
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 300  # bars and modules of the sheets fall on whole dots at 300 and 600
_MM_PER_POINT = 25.4 / 72


NO_PRINTER = "–"  # the name where none was named and the system has no default


class QtPrinter:
    """Draws each page of a PDF at the printer's resolution, in its true size."""

    def __init__(self, name: str | None) -> None:
        self._named = name

    @cached_property
    def name(self) -> str:
        """The printer's name; without one it is the system's default printer."""
        from PySide6.QtPrintSupport import QPrinterInfo  # asks the spooler, which is slow

        return (self._named if self._named is not None else QPrinterInfo.defaultPrinterName()) or NO_PRINTER

    def send(self, pdf: bytes, title: str, paper: str) -> Outcome:
        """Hand the pages to the system's spooler."""
        state = self.state()
        if state.kind is StateKind.NOT_FOUND:
            return Outcome(OutcomeKind.PRINTER_NOT_FOUND)
        if state.kind is StateKind.OFF:
            return Outcome(OutcomeKind.PRINTER_OFF)
        import pypdfium2

        document = pypdfium2.PdfDocument(pdf)
        try:
            printer = _printer(self.name, title, document[0].get_size())
            sent = _paint(document, printer)
        finally:
            document.close()
        return Outcome(OutcomeKind.SENT, title) if sent else Outcome(OutcomeKind.FAILED)

    def state(self) -> PrinterState:
        """What Qt knows of the queue: little, and often only that it exists."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        info = QPrinterInfo.printerInfo(self.name)
        if info.isNull():
            return PrinterState(StateKind.NOT_FOUND, accepts=False)
        kinds = {
            QPrinter.PrinterState.Idle: StateKind.READY,
            QPrinter.PrinterState.Active: StateKind.BUSY,
            QPrinter.PrinterState.Aborted: StateKind.OFF,
            QPrinter.PrinterState.Error: StateKind.OFF,
        }
        kind = kinds[info.state()]
        return PrinterState(kind, accepts=kind is not StateKind.OFF)


def choose_printer(name: str | None) -> Printer:
    """The named printer, else the system's default one; one that is not there says so when it is used."""
    return QtPrinter(name)


def _printer(name: str, title: str, points: tuple[float, float]) -> QPrinter:
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(
        QPrinter.PrinterMode.ScreenResolution
    )  # HighResolution may mean 1200 dpi: 550 MB a page
    printer.setPrinterName(name)
    printer.setResolution(DOTS_PER_INCH)
    printer.setDocName(title)
    printer.setFullPage(True)
    width, height = (side * _MM_PER_POINT for side in points)
    size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Millimeter)
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, turned, QMarginsF())
    # Else a printer with margins of its own keeps its default size.
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    return printer


def _paint(document: pypdfium2.PdfDocument, printer: QPrinter) -> bool:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    painter = QPainter()
    if not painter.begin(printer):
        return False
    for place, page in enumerate(document):
        if place and not printer.newPage():
            painter.end()
            return False
        image = _image(page)
        painter.drawImage(QRectF(0, 0, image.width(), image.height()), image)
    return painter.end()


def _image(page: pypdfium2.PdfPage) -> QImage:
    from PySide6.QtGui import QImage

    bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True)
    image = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8
    ).copy()
    bitmap.close()
    return image
