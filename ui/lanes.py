"""Lanes: work that must not run on the UI thread, done in turn on one thread, answered on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

T = TypeVar("T")


class Lane(QObject):
    """One thread that does one thing at a time; what it returns or raises comes back by a queued signal."""

    _answered = Signal(object, object)
    settled = Signal()  # nothing is waiting or running any more

    def __init__(self, name: str) -> None:
        super().__init__()
        self._thread = QThreadPool(self)
        self._thread.setObjectName(name)
        self._thread.setMaxThreadCount(1)
        self._thread.setExpiryTimeout(-1)  # the same thread for ever
        self._waiting = 0
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return self._waiting > 0

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do `work` in turn; then `done(result)` or `failed(error)` on the thread this lane was made on."""
        self._waiting += 1

        def task() -> None:
            try:
                result = work()
            except Exception as error:
                self._answered.emit(failed, error)
            else:
                self._answered.emit(done, result)

        self._thread.start(task)

    def close(self) -> None:
        """Finish what is running and take nothing more."""
        self._thread.clear()
        self._thread.waitForDone()

    def _deliver(self, handler: Callable[[Any], None], value: object) -> None:
        self._waiting -= 1
        try:
            handler(value)
        finally:
            if not self._waiting:
                self.settled.emit()
