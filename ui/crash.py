"""What is said of an error nobody expected: its type and where in our code, never its text, which may hold words."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from journal.errors import JournalError

_ROOT = Path(__file__).resolve().parents[1]
MESSAGE = "Something did not work as it should. What was saved before is safe, and you can go on."


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """`"ValueError at ui/window.py:120"`: the innermost line that is ours."""
    place = ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_ROOT):
            place = f" at {path.relative_to(_ROOT).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return kind.__name__ + place


def install(show: Callable[[JournalError], None]) -> None:
    """Report every unexpected error to `show` (on the thread it happened in) and, as one line, to standard error."""

    def report(kind: type[BaseException], trace: TracebackType | None) -> None:
        detail = describe(kind, trace)
        sys.stderr.write(f"unexpected: {detail}\n")
        if threading.current_thread() is threading.main_thread():
            show(JournalError(MESSAGE, detail=detail))

    def on_error(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(130)
        report(kind, trace)

    sys.excepthook = on_error
    threading.excepthook = lambda args: report(args.exc_type, args.exc_traceback)
    sys.unraisablehook = lambda args: report(args.exc_type, args.exc_traceback)
