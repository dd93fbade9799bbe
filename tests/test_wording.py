"""How the program speaks: it advises on nothing, judges nobody, counts nothing that was left undone.

Every text that ships (all strings in `resources/`) and every sentence of the window and of errors (all strings of
`ui/` and `journal/` that are no docstrings) is held against a list. What stands in `ALLOWED` says why it may.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_DRUG = (
    r"(?:doses?|dosages?|medicines?|medications?|meds|tablets?|pills?|lozenges?|sprays?|infusions?|"
    r"benzodiazepines?|antidepressants?|ketamine|esketamine|lamotrigine|naltrexone)"
)
_WHICH = r"(?:[\w’']+\s+){0,3}"
RULES: dict[str, tuple[str, ...]] = {
    "advice on medicines": (
        rf"\b(?:take|skip|omit|avoid|halve|double|increase|reduce|lower|raise|adjust|up)\s+{_WHICH}{_DRUG}\b",
    ),
    "advice on taking": (
        r"\b(?:stop|start|keep|continue|begin|try|avoid|consider)\s+taking\b",
        r"\btake\s+your\b",
        r"\b(?:do\s+not|don[’']t|never)\s+take\b",
    ),
    "advice to ask for more": (
        r"\bask\s+(?:\w+\s+){0,2}for\s+(?:more|another|an?\s+(?:higher|lower|larger|stronger|extra))\b",
    ),
    "advice on what comes next": (
        r"\b(?:book|request|ask\s+for|schedule|need)\s+(?:\w+\s+)?(?:another|a\s+booster|booster|more)\s+"
        r"(?:sessions?|doses?|treatments?|infusions?)\b",
    ),
    "should": (
        r"\b(?:you|patients?|people|one)\s+(?:really\s+|probably\s+)?(?:should|ought\s+to|had\s+better)\b",
        r"\byou\s+must\b",
    ),
    "sends to a doctor": (
        r"\b(?:see|call|contact|consult|tell|ask|talk\s+to|speak\s+to)\s+(?:your|a|the)\s+"
        r"(?:doctor|physician|prescriber|psychiatrist|clinic)\b",
    ),
    "eligibility": (
        r"\beligib",
        r"\b(?:good|suitable|ideal)\s+candidate\b",
        r"\b(?:safe|right|suitable)\s+for\s+you\b",
        r"\byou\s+qualify\b",
    ),
    "a verdict": (
        r"\b(?:you|your\s+\w+)\s+(?:have|has|are|is|seems?|shows?|suggests?|indicates?)\s+(?:signs\s+of\s+)?"
        r"(?:minimal|mild|moderate|moderately|severe|depress\w*|manic|mania|psychotic|suicidal|addicted)\b",
    ),
    "risk": (
        r"\b(?:at|high|low|increased)[\s-]risk\b",
        r"\brisk\s+(?:level|score)\b",
        r"\bno\s+risk\b",
        r"\binsight\s+detected\b",
    ),
    "thresholds": (
        r"\b(?:too|abnormally|dangerously)\s+(?:high|low)\b",
        r"\babnormal\b",
        r"\bnormal\s+range\b",
    ),
    "trip": (r"\btrip(?:s|ping|ped|py)?\b",),
    "high as a noun": (
        r"\b(?:get|gets|getting|got|gotten|feel|feeling|felt)\s+high\b",
        r"\b(?:a|the|your)\s+high\b(?=\s*(?:$|[.,;:!?]|and\b|or\b|from\b|was\b|is\b))",
    ),
    "failed": (r"\bfailed\b", r"\bfailure\s+to\s+respond\b"),
    "non-responder": (r"\bnon[-\s]?respon(?:der|se)\w*\b",),
    "clean": (r"\b(?:clean|sober)\b",),
    "games": (
        r"\b(?:streaks?|badges?|congratulations?|well\s+done|keep\s+it\s+up|in\s+a\s+row)\b",
        r"\b(?:good|great|nice)\s+job\b",
        r"\breward",
    ),
    "what was missed": (
        r"\b(?:you(?:[’']ve|\s+have)?|was|were)\s+missed\b",
        r"\bmissed\s+(?:days?|check-ins?|entries|sessions?)\b",
        r"\boverdue\b",
    ),
    "about suicide": (
        r"\bcommit(?:s|ted|ting)?\s+suicide\b",
        r"\b(?:successful|completed|unsuccessful|failed)\s+(?:suicide|attempt)",
    ),
    "about people": (
        r"\bsuffer(?:s|ing|ers?)?\s+from\b",
        r"\b(?:is|are)\s+(?:a|an)\s+(?:addict|schizophrenic|depressive|bipolar)\b",
        r"\bvictims?\s+of\b",
    ),
}
PATTERNS = {name: re.compile("|".join(parts), re.IGNORECASE) for name, parts in RULES.items()}
# Said for a reason: the exact string (or the words in it), and why.
ALLOWED: dict[str, str] = {
    "Decryption failed": "what age says, by which a wrong passphrase is told from a damaged share",
    "field too low for its text": "said of a window's layout, to whoever works on it",
    "Words in a row are easy to remember": "about passwords",
}


def faults(text: str) -> list[str]:
    """The rules that a text breaks."""
    for words in ALLOWED:
        text = text.replace(words, "")
    return [name for name, pattern in PATTERNS.items() if pattern.search(text)]


def strings_in(value: object) -> Iterator[str]:
    """Every string of a JSON value, its keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def sentences_of(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a module that is no docstring, with its line; an f-string as one, with its gaps left out."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | within:
            yield node.lineno, node.value


def modules() -> list[Path]:
    return sorted(path for folder in ("ui", "journal") for path in (ROOT / folder).rglob("*.py"))


def shipped() -> list[Path]:
    suffixes = (".json", ".md", ".txt", ".html")
    return sorted(path for path in (ROOT / "resources").rglob("*") if path.suffix in suffixes)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", shipped(), ids=name)
def test_no_text_that_ships_advises_or_judges(path: Path):
    text = path.read_text("utf-8")
    texts = list(strings_in(json.loads(text))) if path.suffix == ".json" else text.splitlines()
    assert texts
    assert {text: found for text in texts if (found := faults(text))} == {}


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_sentence_of_the_program_advises_or_judges(path: Path):
    sentences = sentences_of(path.read_text("utf-8"))
    assert {line: (text, found) for line, text in sentences if (found := faults(text))} == {}


def test_what_may_be_said_is_still_said_somewhere():
    said = "\n".join(text for path in modules() for _, text in sentences_of(path.read_text("utf-8")))
    assert [words for words in ALLOWED if words not in said] == []


@pytest.mark.parametrize("folder", ["help", "library"])
def test_what_informs_never_says_should(folder: str):
    for path in (ROOT / "resources" / folder).glob("*.json"):
        texts = list(strings_in(json.loads(path.read_text("utf-8"))))
        assert [text for text in texts if re.search(r"\b(should|must|ought|recommend\w*)\b", text, re.I)] == [], path


BAD = {
    "advice on medicines": [
        "Skip your medicine on the day.", "Reduce the dose if it was too strong.", "You can double your dose.",
        "Avoid benzodiazepines before a session.", "Increase the dose", "Take less ketamine next time.",
        "Take the tablets an hour before.", "Lower your next dose",
    ],
    "advice on taking": ["Stop taking it a week before.", "Take your lozenge now", "Do not take anything today."],
    "advice to ask for more": ["Ask for more.", "You could ask your clinic for a higher dose."],
    "advice on what comes next": ["Book another session", "You may need more sessions."],
    "should": ["You should rest.", "Patients should not drive.", "You must tell someone."],
    "sends to a doctor": ["Call your doctor.", "Talk to your prescriber about this."],
    "eligibility": ["You are eligible.", "Check your eligibility", "This is safe for you."],
    "a verdict": ["You have moderate depression.", "Your score shows severe", "You are depressed."],
    "risk": ["You are at risk.", "Risk level: 2", "There is no risk."],
    "thresholds": ["Your blood pressure is too high.", "Outside the normal range"],
    "trip": ["How was your trip?", "A bad trip", "Bad trips happen"],
    "high as a noun": ["Did you get high?", "The high was short.", "a high"],
    "failed": ["A failed session", "The treatment failed."],
    "non-responder": ["Non-responder", "You are a nonresponder.", "non-response"],
    "clean": ["Clean for ten days"],
    "games": ["A streak of seven days", "You earned a badge!", "Congratulations", "Well done", "Five days in a row"],
    "what was missed": ["You missed a check-in.", "3 missed days", "This is overdue."],
    "about suicide": ["He committed suicide.", "a failed attempt", "a successful suicide"],
    "about people": ["She suffers from depression.", "He is a schizophrenic."],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in BAD.items() for text in texts])
def test_a_sentence_that_does_is_found(rule: str, text: str):
    assert rule in faults(text)


def test_each_rule_has_sentences_that_break_it():
    assert set(BAD) == set(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "You do not have to hold it alone.",
        "What my prescriber told me about today’s medicines",
        "published range: moderate (10-14)",
        "You wrote this on Thursday.",
        "Medicines and side effects",
        "Skip whatever you like. A slider you leave alone counts as no answer.",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        "The dose as you were told",
        "Questions for my prescriber",
    ],
)
def test_what_is_said_plainly_passes(text: str):
    assert faults(text) == []


def test_sentences_are_seen_wherever_they_stand():
    source = '''
"""You should not be seen: a docstring."""
LABEL = "first"
def show(name):
    """Nor this one."""
    label(f"second {name} and on", help="third")
    return {"fourth": ["fifth"]}
'''
    seen = {text for _, text in sentences_of(source)}
    assert seen == {"first", "second … and on", "third", "fourth", "fifth"}


def test_the_sentence_of_the_help_page_is_among_them():
    seen = {text for path in modules() for _, text in sentences_of(path.read_text("utf-8"))}
    assert "This program cannot call anyone for you, and sends nothing." in seen
