"""Small harms to bytes, lines, numbers and JSON: what a mutated share is made with. All of them are seeded."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any, TypeAlias

Mutate: TypeAlias = Callable[[bytes, bytes, random.Random], bytes]  # (what is harmed, another of its kind, chance)

_DIGITS = re.compile(rb"[0-9]+")
_NUMBERS = (
    "0", "00", "1", "-1", "+1", "2147483647", "4294967295", "4294967296", "9223372036854775808", "999999999", "1e3",
    "0x10", "10000000000", "9" * 400,
)  # fmt: skip
_WORDS = (
    "", " ", "\x00", "\n", "=cmd|'/c calc'!A0", "<img src=//192.0.2.1/x>", "file:///etc/passwd", "../../x", "CON",
    "C:\\x", "\u202e", "\ufeff", "e\u0301", "🌊", "\U0010ffff", "x" * 501, "x" * 300, "[…]", "\t@SUM(A1)", "\x1b[2J",
    "day", "week", "month", "phq-9", "gad-7", "qids-sr16", "time", "start", "stop", "bold", "bullet", "oral",
)  # fmt: skip
_DAYS = ("0001-01-01", "9999-12-31", "9999-12-27", "2024-02-29", "2023-02-29", "2026-00-01", "0000-01-01")
_TIMES = (
    "00:00:00+14:00", "23:59:00-14:00", "00:00:00Z", "23:59:00+23:59", "12:00:00-23:59", "24:00:00Z", "12:00:01Z",
    "12:00:00", "12:00:00.5Z", "12:00:00+24:00",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10, 11, 400, 9999, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63), 10**400, 0.0, -0.0, 0.5,
    1e308, -1e308, 5e-324, 1e16, [], {}, "",
)  # fmt: skip
_AMOUNTS = tuple(value for value in _VALUES if isinstance(value, int | float))
_PUT_IN = (" ", "\n", ",", '"', "\\", "{", "]", "\\ud800", "\\u0000", "NaN")
_FOR_NULL = (":NaN", ":Infinity", ":1e400", ":-", ":01", ":1.", ":nul")


def of_bytes(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """One to three harms, most of them one."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        raw = _harmed(raw, other, chance)
    return raw


def of_lines(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """Lines doubled, left out, exchanged, put in from elsewhere, or harmed in their words."""
    lines = raw.split(b"\n")
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                lines.insert(at, lines[at])
            case 1:
                del lines[at]
            case 2:
                to = chance.randrange(len(lines))
                lines[at], lines[to] = lines[to], lines[at]
            case 3:
                lines.insert(at, chance.choice(other.split(b"\n")))
            case 4:
                words = lines[at].split(b" ")
                chance.shuffle(words)
                lines[at] = b" ".join(words)
            case 5:
                words = lines[at].split(b" ")
                words[chance.randrange(len(words))] = chance.choice((*_WORDS, *_NUMBERS)).encode()
                lines[at] = b" ".join(words)
            case _:
                lines[at] = _harmed(lines[at] or b"x", other, chance)
        lines = lines or [b""]
    return b"\n".join(lines)


def of_json(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """The tree changed in one to three places and written as it should be; one in six is written otherwise."""
    tree, beside = json.loads(raw), json.loads(other)
    for _ in range(chance.choice((1, 1, 2, 3))):
        _change(tree, beside, chance)
    text = json.dumps(tree, sort_keys=True, separators=(",", ":"))
    return text.encode() if chance.randrange(6) else _written_otherwise(text, chance).encode()


def within(start: bytes, end: bytes, mutate: Mutate) -> Mutate:
    """Harms only what stands from the first `start` to the next `end`."""

    def harmed(raw: bytes, other: bytes, chance: random.Random) -> bytes:
        at, there = raw.find(start), other.find(start)
        to, last = raw.find(end, at + 1), other.find(end, there + 1)
        return raw[:at] + mutate(raw[at:to], other[there:last], chance) + raw[to:]

    return harmed


def _harmed(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) or 1)
    size = chance.choice((1, 1, 2, 3, 8, 20, 200))
    match chance.randrange(9):
        case 0:
            return raw[:at] + bytes([(raw or b"\0")[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]
        case 1:
            return raw[:at] + bytes([chance.choice((0, 9, 10, 13, 32, 34, 92, 127, 128, 255))]) + raw[at + 1 :]
        case 2:
            return raw[:at] + chance.randbytes(size) + raw[at:]
        case 3:
            return raw[:at] + raw[at + size :]
        case 4:
            return raw[: at + size] + raw[at:]
        case 5:  # the beginning of one, the end of the other
            return raw[:at] + other[chance.randrange(len(other) or 1) :]
        case 6:
            return raw[:at]
        case 7:
            return _digits(raw, chance)
        case _:
            start = chance.randrange(len(other) or 1)
            return raw[:at] + other[start : start + size] + raw[at + size :]


def _digits(raw: bytes, chance: random.Random) -> bytes:
    found = list(_DIGITS.finditer(raw))
    if not found:
        return raw + b"0"
    one = chance.choice(found)
    near = str(int(one[0][:18]) + chance.choice((-1, 1))).encode()
    return raw[: one.start()] + chance.choice((near, *(text.encode() for text in _NUMBERS))) + raw[one.end() :]


# -- JSON ------------------------------------------------------------------------


def _change(tree: Any, beside: Any, chance: random.Random) -> None:
    spots = list(_spots(tree))
    if not spots:
        return
    holder, key = chance.choice(spots)
    held = holder[key]
    match chance.randrange(8):
        case 0:  # gone, or there twice
            if isinstance(holder, list) and chance.randrange(2):
                holder.insert(key, held)
            else:
                del holder[key]
        case 1:  # what stands under the same name in the other one
            same = [there[name] for there, name in _spots(beside) if name == key] if isinstance(key, str) else []
            holder[key] = chance.choice(same) if same else None
        case 2:  # exchanged with another spot of its kind
            to, other = chance.choice([spot for spot in spots if type(spot[0][spot[1]]) is type(held)])
            if not _holds(held, to) and not _holds(to[other], holder):
                holder[key], to[other] = to[other], held
        case 3:
            holder[chance.choice((key, "extra")) if isinstance(holder, dict) else key] = chance.choice(_VALUES)
        case 4 if isinstance(held, list) and held:
            chance.shuffle(held) if chance.randrange(2) else held.extend(held * chance.choice((1, 2, 30)))
        case _:
            holder[key] = _like(held, chance)


def _like(held: Any, chance: random.Random) -> Any:
    """Another value of the same sort."""
    match held:
        case bool():
            return not held
        case int() | float():
            return chance.choice((held + 1, -held, held * 10, *_AMOUNTS))
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\d", held):
            return chance.choice(_DAYS)
        case str() if re.match(r"\d{4}-\d\d-\d\dT", held):
            return f"{chance.choice((held[:10], *_DAYS))}T{chance.choice(_TIMES)}"
        case str():
            at = chance.randrange(len(held) + 1)
            return chance.choice((held[:at] + chance.choice(_WORDS) + held[at:], chance.choice(_WORDS)))
        case list():
            return held[: chance.randrange(len(held) + 1)]
        case dict():
            return dict(chance.sample(sorted(held.items()), chance.randrange(len(held) + 1)))
    return chance.choice((*_VALUES, chance.choice(_DAYS), chance.choice(_WORDS)))


def _spots(tree: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        held = waiting.pop()
        keys = list(held) if isinstance(held, dict) else list(range(len(held))) if isinstance(held, list) else []
        for key in keys:
            found.append((held, key))
            waiting.append(held[key])
    return found


def _holds(held: Any, inside: Any) -> bool:
    return held is inside or any(there[key] is inside for there, key in _spots(held))


def _written_otherwise(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    match chance.randrange(8):
        case 0:
            return text[:at] + chance.choice(_PUT_IN) + text[at:]
        case 1:
            return text.replace(":null", chance.choice(_FOR_NULL), 1)
        case 2:
            return '{"format":1,' + text[1:]  # a key twice
        case 3:
            return text.replace(":[]", ":" + "[" * chance.choice((3, 2_000, 60_000)), 1)
        case 4:
            return text.replace(":null", ":" + '{"a":' * chance.choice((3, 2_000)) + "1" + "}" * 3, 1)
        case 5:
            return text.replace("a", "\\u0061", 1)
        case 6:
            return text + chance.choice((" ", "\n", "\x00", "{}", text))
        case _:
            return text.replace(":1", ":1" + "0" * chance.choice((1, 20, 5_000)), 1)
