"""One vault thread owns the journal; the window asks it and never waits.

    tasks.ask(partial(JournalService.get, eid=eid), done=self._on_item)

`op` receives the service and runs on the vault thread; `done` receives its result on the window's thread. The
order of answers is the order of questions. When a result is a `Change`, or carries one, `changed` is emitted once
and every view decides for itself whether to look again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from journal import apart
from journal.change import Change
from journal.errors import Incomplete, JournalError

if TYPE_CHECKING:
    # The service brings SQLite and the ciphers with it; the window is painted before they are needed.
    from journal.service import JournalService

Done = Callable[[Any], None]


class VaultTasks(QObject):
    """Runs operations on the one thread that holds the journal.

    Signals:
        changed(Change): something in the journal changed.
        failed(JournalError): an operation failed and nobody else took the error.
        refused(JournalError): an operation failed, whoever took the error.
        busy(bool): whether anything is under way.
    """

    changed = Signal(object)
    failed = Signal(object)
    refused = Signal(object)
    busy = Signal(bool)
    _landed = Signal(object, object, object, bool)  # result or error, done, failed, quietly

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._service: JournalService | None = None
        self._waiting = 0
        self._closed = False
        self._landed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_open(self) -> bool:
        """Whether a journal is open. Its contents are reached through `ask` only."""
        return self._service is not None

    @property
    def can_write(self) -> bool:
        """Whether a journal is open that can be written. What would write is not offered in another."""
        return self._service is not None and not self._service.read_only

    def open(self, opener: Callable[[], JournalService], done: Done, failed: Done) -> None:
        """Open or create a journal on the vault thread. `done` receives what `opener` returned."""
        self._submit(self._keep, (opener,), done, failed)

    def ask(
        self,
        op: Callable[[JournalService], Any],
        done: Done | None = None,
        failed: Done | None = None,
        *,
        quietly: bool = False,
    ) -> None:
        """Run `op(service)` on the vault thread, then `done(result)` or `failed(JournalError)` here.

        `quietly`: nobody waits for it, so it is not shown as being under way, and its failure is nobody's refusal.
        """
        self._submit(self._with_service, (op,), done, failed, quietly=quietly)

    def run(self, job: Callable[[], Any], done: Done | None = None, failed: Done | None = None) -> None:
        """Run a job that needs no open journal, e.g. looking who holds a file."""
        self._submit(job, (), done, failed)

    def leave(self, done: Done) -> None:
        """Close the journal on the vault thread, with all that belongs to leaving it, then `done`."""
        if self._closed:
            done(None)
        else:
            self._submit(self._close_service, (), done, done)

    def wait(self) -> None:
        """Block until everything asked so far has run. For locking and closing only."""
        self._pool.submit(_nothing).result()

    def close(self) -> None:
        """Finish what was asked, close the journal, end the thread. What is asked afterwards is not answered."""
        if self._closed:
            return
        self._closed = True
        apart.stop()
        self._pool.submit(self._close_service).result()
        self._pool.shutdown(wait=True)

    def _submit(
        self,
        job: Callable[..., Any],
        args: tuple[Any, ...],
        done: Done | None,
        failed: Done | None,
        *,
        quietly: bool = False,
    ) -> None:
        if self._closed:
            return
        if not quietly:
            self._waiting += 1
            if self._waiting == 1:
                self.busy.emit(True)
        self._pool.submit(self._work, job, args, done, failed, quietly)

    def _work(
        self, job: Callable[..., Any], args: tuple[Any, ...], done: Done | None, failed: Done | None, quietly: bool
    ) -> None:
        try:
            result = job(*args)
        except JournalError as error:
            result = error
        except ImportError as error:
            result = Incomplete(detail=error.name or "")
        except Exception as error:
            # Only the type is kept: the text of a foreign exception may hold words from the journal.
            result = JournalError(detail=type(error).__name__)
        if shiboken6.isValid(self):
            self._landed.emit(result, done, failed, quietly)

    @Slot(object, object, object, bool)
    def _deliver(self, result: Any, done: Done | None, failed: Done | None, quietly: bool) -> None:
        if not quietly:
            self._waiting -= 1
            if self._waiting == 0:
                self.busy.emit(False)
        if isinstance(result, JournalError):
            if not quietly:
                self.refused.emit(result)
            if failed is not None and _alive(failed):
                failed(result)
            elif failed is None:
                self.failed.emit(result)
            return
        change = result if isinstance(result, Change) else getattr(result, "change", None)
        if isinstance(change, Change):
            self.changed.emit(change)
        if done is not None and _alive(done):
            done(result)

    def _keep(self, opener: Callable[[], Any]) -> Any:
        # Python would look through all that is read, again and again, and hold up the window while it does.
        gc.disable()
        try:
            opened = opener()
        finally:
            gc.freeze()
            gc.enable()
        self._service = opened[0] if isinstance(opened, tuple) else opened
        return opened

    def _with_service(self, op: Callable[[JournalService], Any]) -> Any:
        if self._service is None:
            raise JournalError("The journal is locked. Unlock it and try again.")
        return op(self._service)

    def _close_service(self) -> None:
        if self._service is not None:
            self._service.leave()
            self._service = None


def _alive(callback: Done) -> bool:
    """Whether the widget behind a callback still exists: it may have been closed while the answer was coming."""
    target = getattr(callback, "func", callback)
    owner = getattr(target, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _nothing() -> None:
    return None
