"""A journal as somebody may have kept it, of any size, the same to the letter on every machine.

    python -m benchmarks.corpus 10000

Fourteen years whatever the size. Of forty entries one is a session in a course, with an intention before it, an
experience and three integration notes after it, all tied to it; eight are check-ins of seven sliders; the rest are
pages. Texts are log-normal in length (median about 900 characters, mean about 1,250, a twentieth over 3.3 kB, none
over 20 kB), of words as frequent as in a language (Zipf). `RARE` stands in exactly one entry of 200.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache

from journal.records import (
    MODALITIES,
    CheckIn,
    Course,
    Experience,
    IntegrationNote,
    Intention,
    Mark,
    Moment,
    Page,
    Phase,
    Record,
    Route,
    Session,
    Style,
    Writing,
    encode,
)

RARE, COMMON, PREFIX, TWO = "zanzibar", "night", "anx", "mother morning"
_ZONE = "Europe/Berlin"
_BEGAN = datetime(2012, 1, 1, 7, 0, tzinfo=timezone(timedelta(hours=1)))
_YEARS = timedelta(days=14 * 365)
_CYCLE, _COURSE = 40, 8  # entries about one session; sessions in one course
_LONGEST = 20_000
_FREQUENT = """
the and i to a of was it that in my me but with for on he she they had not so at be have as this about we from feel
felt day today again after when what more very work home sleep night morning anxious calm tired angry sad happy
session therapist dream thought feeling mother father friend walk rain tea book child body breath fear hope shame
grief love alone together because if then there would could should know think said asked wrote went came back out up
down still really just only even too maybe sometimes always never better worse week month year time long short good
bad small big window kitchen garden music quiet heavy light hand voice letter anxiety café naïve — garçon übrigens
""".split()  # noqa: SIM905
_SYLLABLES = """
ba be bi bo ca ce co da de di do el en fa fe fi ga ge go ha he in ka ke la le li lo ma me mi mo na ne ni no or pa pe
po ra re ri ro sa se si so ta te ti to ul un va ve vi wa we
""".split()  # noqa: SIM905
_ENDS = (". ", ". ", ". ", ". ", "? ", "! ", ".\n\n")
_TAGS = ("work", "sleep", "family", "therapy", "body", "dream", "writing", "pain")


def entries(count: int) -> Iterator[tuple[str, Record]]:
    """`count` entries with their ids, in the order of time."""
    for number in range(count):
        yield _eid(number), _record(number, Moment(_BEGAN + _YEARS * number / count, _ZONE))


def more(number: int) -> Page:
    """A page like the others, written after all of them."""
    draw = random.Random(f"more {number}")
    return Page(at=Moment(_BEGAN + _YEARS + timedelta(hours=number), _ZONE), **_writing(draw))


def _record(number: int, at: Moment) -> Record:
    draw = random.Random(number)
    place = number % _CYCLE
    session = _eid(number - place + 4)
    match place:
        case 0 if number // _CYCLE % _COURSE == 0:
            return Course(title=_title(draw), started=at, phase=Phase.MAINTENANCE, planned=_COURSE)
        case 3:
            return Intention(at=at, session=session, **_writing(draw))
        case 4:
            return Session(
                starts=at,
                course=_eid(number // (_CYCLE * _COURSE) * (_CYCLE * _COURSE)),
                number=number // _CYCLE % _COURSE + 1,
                route=draw.choice(tuple(Route)),
                dose=f"{draw.randint(4, 30) * 5} mg",
                setting="clinic",
                happened=True,
                notes=_text(draw, 120),
            )
        case 5:
            return Experience(at=at, session=session, **_writing(draw))
        case 9 | 15 | 25:
            return IntegrationNote(
                at=at, session=session, modalities=(draw.choice(MODALITIES)[0],), **_writing(draw)
            )
        case _ if place % 5 == 2:
            answers = [draw.choice((None, *range(1, 10))) for _ in range(7)]
            names = ("mood", "interest", "calm", "energy", "connection", "distress", "sleep")
            note = _text(draw, 40) if draw.random() < 0.2 else ""
            return CheckIn(at=at, note=note, **dict(zip(names, answers, strict=True)))
        case _:
            return Page(at=at, **_writing(draw, RARE if number % 200 == 71 else ""))


def _writing(draw: random.Random, rare: str = "") -> dict[str, object]:
    text = _text(draw, min(_LONGEST, max(40, int(draw.lognormvariate(math.log(900), 0.8)))))
    if rare:
        middle = text.index(" ", len(text) // 3)
        text = f"{text[:middle]} {rare}{text[middle:]}"
    marks = ()
    if draw.random() < 0.15:
        start = draw.randrange(len(text) // 2)
        marks = (Mark(start, start + 12, Style.BOLD),)
    return {
        "title": _title(draw),
        "text": text[:_LONGEST],
        "marks": marks,
        "tags": tuple(draw.sample(_TAGS, draw.randint(0, 2))),
    }


def _title(draw: random.Random) -> str:
    return " ".join(_words(draw, draw.randint(2, 6))).capitalize()


def _text(draw: random.Random, length: int) -> str:
    """Sentences of about so many characters."""
    words, parts, place, long = _words(draw, length // 3 + 20), [], 0, 0
    while long < length - 20:
        step = 5 + int(draw.random() * 14)
        sentence = " ".join(words[place : place + step])
        sentence = sentence[:1].upper() + sentence[1:] + _ENDS[int(draw.random() * len(_ENDS))]
        parts.append(sentence)
        place, long = place + step, long + len(sentence)
    return "".join(parts).strip()


def _words(draw: random.Random, count: int) -> list[str]:
    table, bits = _table(), draw.randbytes(2 * count)
    return [table[low | high << 8] for low, high in zip(bits[::2], bits[1::2], strict=True)]


@cache
def _table() -> list[str]:
    """65,536 places, each word in as many as it is frequent."""
    draw, known = random.Random("words"), dict.fromkeys(_FREQUENT)
    while len(known) < 12_000:
        known["".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(2, 4)))] = None
    weights = [1 / (rank + 3.7) for rank in range(len(known))]
    scale, reached, table = 2**16 / sum(weights), 0.0, []
    for word, weight in zip(known, weights, strict=True):
        reached += weight * scale
        table += [word] * (round(reached) - len(table))
    return table


def _eid(number: int) -> str:
    return hashlib.sha256(b"entry %d" % number).hexdigest()[:32]


class Told:
    """What a corpus holds, gathered while it goes by."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.text = 0  # bytes of what a person wrote: titles, texts, notes
        self.rare = 0
        self._sum = hashlib.sha256()

    def take(self, eid: str, record: Record) -> bytes:
        """Count a record; returns its bytes."""
        body = encode(record)
        self._sum.update(eid.encode() + body)
        if isinstance(record, Writing):
            self.sizes.append(len(record.text))
            self.rare += RARE in record.text
        self.text += sum(len(getattr(record, name, "").encode()) for name in ("title", "text", "note", "notes"))
        return body

    def __str__(self) -> str:
        sizes = sorted(self.sizes)
        return (
            f"{len(sizes):,} texts, median {sizes[len(sizes) // 2]:,} characters, mean {sum(sizes) // len(sizes):,}, "
            f"p95 {sizes[len(sizes) * 95 // 100]:,}, longest {sizes[-1]:,}; {self.text / 1e6:.1f} MB written; "
            f"the rare word in {self.rare}; sha256 {self._sum.hexdigest()[:16]}"
        )


if __name__ == "__main__":
    told = Told()
    for pair in entries(int(sys.argv[1])):
        told.take(*pair)
    print(told)
