"""The file in a real browser, with every network cut off: it opens, and shows what the program shows, no more."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from journal.records import Mark, Style
from journal.share import HTML_WORDS, generate_passphrase
from journal.share.file import pack
from journal.share.html import Plain, page_tree, seal
from journal.share.html.outer import outer
from journal.share.html.tree import Node, encode, text_of, walk
from journal.share.payload import Payload
from tests.chromium import Seen, open_page
from tests.journal.share.html.test_page import HOSTILE, plain, writing
from tests.journal.share.samples import everything

WORDS = generate_passphrase(HTML_WORDS)
FEW = 3  # rounds; one test takes as many as the program does
SHARE = "document.getElementById('share')"
FIELD = "document.getElementById('words')"
SAID = "document.getElementById('said').textContent.trim()"
OPENED = ("until", f"!{SHARE}.hidden")
WITH_WORDS = (("type", WORDS), ("key", "Return"), OPENED)
# Every element and its text, as the page has it now.
ELEMENTS = f"[...{SHARE}.querySelectorAll('*')].map((made) => [made.localName, made.textContent])"


def write(path: Path, payload: Payload, tree: list[Node] | None = None, **cost: int) -> Path:
    nodes = page_tree(payload) if tree is None else tree
    path.write_bytes(outer(seal(Plain(encode(nodes), pack(payload)), WORDS, **cost)))
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("browser") / "share.html", everything(), rounds=FEW)


def only_the_file(seen: Seen, file: Path) -> None:
    """Nothing but the file was asked for, and nothing went wrong on the page."""
    assert set(seen.asked) == {file.as_uri()}
    assert seen.console == []


def test_it_opens_with_the_programs_own_cost_and_shows_what_the_program_shows(tmp_path):
    payload = everything()
    path = write(tmp_path / "share.html", payload)
    typed = WORDS.upper().replace("-", ", ") + " "
    seen = open_page(path, ("type", typed), ("key", "Return"), OPENED, ("run", ELEMENTS), ("run", "document.title"))
    only_the_file(seen, path)
    *_, elements, title = seen.answers
    expected = [[node[0], text_of(node)] for node in walk(page_tree(payload))]
    assert elements == expected
    assert title == "A sealed share"  # which stands in the window's list and in the history


def test_wrong_words_are_told_and_stay_and_the_right_ones_open_it_after(file):
    cases = (
        (generate_passphrase(HTML_WORDS), "do not open this share"),
        (generate_passphrase(HTML_WORDS - 1), "There are nine words in all; here are 8."),
        ("ocean oceam " + WORDS, "oceam (number 2)"),
    )
    state = f"[{FIELD}.value, document.activeElement.id, {SHARE}.hidden, {SHARE}.childNodes.length]"
    again = ("run", f"void ({FIELD}.select(), document.getElementById('said').textContent = '')")
    steps = [(("type", typed), ("key", "Return"), ("until", SAID), ("run", state), again) for typed, _ in cases]
    seen = open_page(file, *(step for case in steps for step in case), *WITH_WORDS, ("run", SAID))
    only_the_file(seen, file)
    for number, (typed, said) in enumerate(cases):
        told, kept = seen.answers[5 * number + 2 : 5 * number + 4]
        assert said in re.sub(r"\s+", " ", told)
        assert kept == [typed, "words", True, 0]
    assert seen.answers[-1] == ""


def test_the_frozen_file_opens_with_the_script_it_was_made_with():
    folder = Path(__file__).resolve().parents[3] / "vectors"
    told = json.loads((folder / "share-v1-html.json").read_text("utf-8"))
    frozen = folder / "share-v1.html"
    seen = open_page(frozen, ("type", told["passphrase"]), ("key", "Return"), OPENED, ("run", ELEMENTS))
    only_the_file(seen, frozen)
    assert seen.answers[3] == [[node[0], text_of(node)] for node in walk(told["page"])]


def test_while_it_is_opening_it_says_so(file):
    state = """[document.getElementById('working').textContent, !document.getElementById('progress').hidden,
        document.getElementById('open').disabled]"""
    watch = f"""void (window.seen = [], new MutationObserver(() => seen.push({state})).observe(
        document.getElementById('form'), {{ subtree: true, childList: true, attributes: true }}))"""
    seen = open_page(file, ("run", watch), *WITH_WORDS, ("until", f"!{state}[0] && seen"))
    assert ["Opening. This takes some seconds.", True, True] in seen.answers[4]
    assert seen.answers[4][-1] == ["", False, False]


def test_closing_empties_the_page(file):
    state = (
        f"[document.body.innerText, {SHARE}.childNodes.length, document.getElementById('words').value, "
        "localStorage.length, sessionStorage.length, document.cookie, document.activeElement.id]"
    )
    press = ("run", "document.getElementById('close').click()")
    seen = open_page(file, *WITH_WORDS, ("run", "document.body.innerText"), press, ("run", state), *WITH_WORDS)
    only_the_file(seen, file)
    before, (text, *rest) = seen.answers[3], seen.answers[5]
    assert "canary-text-experience" in before
    assert "canary" not in text and "The share is closed." in text
    assert rest == [0, "", 0, 0, "", "words"]


def test_hostile_words_are_shown_as_words(tmp_path):
    marks = (Mark(0, 4, Style.BOLD), Mark(2, 9, Style.ITALIC))
    files = []
    for number, text in enumerate(HOSTILE):
        payload = plain(sender=text, talk_about=text, writings=(writing(text, marks, title=text),))
        files.append((write(tmp_path / f"{number}.html", payload, rounds=FEW), payload, text))
    steps = [(("open", str(path)), *WITH_WORDS, ("run", ELEMENTS)) for path, _, _ in files]
    seen = open_page(files[0][0], *(step for case in steps for step in case))
    assert (set(seen.asked), seen.console) == ({path.as_uri() for path, _, _ in files}, [])
    for number, (_, payload, text) in enumerate(files):
        shown = seen.answers[5 * number + 4]
        assert shown == [[node[0], text_of(node)] for node in walk(page_tree(payload))]
        assert sum(text in words for _, words in shown) >= 4


NOT_OURS = (
    ["script", {}, "alert(1)"], ["img", {"src": "http://127.0.0.1/x"}], ["iframe", {"src": "http://127.0.0.1/x"}],
    ["p", {"onclick": "alert(1)"}, "x"], ["p", {"style": "background:url(http://127.0.0.1/x)"}, "x"],
    ["a", {"href": "http://127.0.0.1/x"}, "x"], ["a", {"href": "javascript:alert(1)"}, "x"],
    ["svg", {}, ["script", {}, "alert(1)"]], ["svg", {}, ["a", {"href": "#x"}, "x"]],
    ["p", {"id": 'x" onclick="alert(1)'}, "x"], ["svg", {"href": "x"}], [["p"], {}, "x"], ["p", {}, 7], ["p"], None,
)  # fmt: skip


def test_a_page_that_holds_more_than_a_page_is_not_shown(tmp_path):
    """Whoever knows the words can seal anything; the script makes nothing but what it knows."""
    files = [
        write(tmp_path / f"{number}.html", everything(), tree=[["p", {}, "first"], node], rounds=FEW)
        for number, node in enumerate(NOT_OURS)
    ]
    seen = open_page(files[0], *(step for path in files for step in refused(path)))
    assert (set(seen.asked), seen.console) == ({path.as_uri() for path in files}, [])
    for number, node in enumerate(NOT_OURS):
        *_, said, left = seen.answers[5 * number : 5 * number + 5]
        assert "damaged or changed" in said and left == 0, node


def refused(path: Path) -> tuple[tuple[str, str], ...]:
    """Five steps: open a file with the right words, and see what it says and what is left on the page."""
    left = ("run", f"{SHARE}.childNodes.length")
    return (("open", str(path)), ("type", WORDS), ("key", "Return"), ("until", SAID), left)


TRUSTED = b"; require-trusted-types-for 'script'; trusted-types 'none'"
ALWAYS = {"img-src", "connect-src", "style-src-attr", "frame-src", "form-action"}


@pytest.mark.parametrize(
    ("newest", "stopped", "refusals"),
    [
        (True, {"script", "handler", "html", "eval"}, ALWAYS | {"require-trusted-types-for"}),
        (False, {"eval"}, ALWAYS | {"script-src-elem", "script-src-attr", "script-src"}),
    ],
    ids=["as it is", "in a browser that knows no trusted types"],
)
def test_the_policy_stops_whatever_would_load_send_or_run(file, tmp_path, newest, stopped, refusals):
    """As if a word had become code after all: each attempt is refused by the browser, and none reaches a network."""
    attempt = """(() => {
        const told = [], gone = 'http://127.0.0.1:9/';
        window.refused = [];
        document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
        const tries = {
            image: () => { new Image().src = gone + 'image'; },
            fetch: () => { fetch(gone + 'fetch').catch(() => 0); },
            beacon: () => navigator.sendBeacon(gone + 'beacon'),
            socket: () => new WebSocket('ws://127.0.0.1:9/'),
            style: () => { document.body.setAttribute('style', 'color:red'); },
            script: () => {
                const made = document.createElement('script');
                made.append('window.ran = 1');
                document.body.append(made);
            },
            handler: () => { document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click(); },
            frame: () => {
                const made = document.createElement('iframe');
                made.src = gone + 'frame';
                document.body.append(made);
            },
            form: () => {
                const made = document.createElement('form');
                made.action = gone + 'form';
                document.body.append(made);
                made.submit();
            },
            html: () => { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); },
            eval: () => { window.ran = (0, eval)('1'); },
        };
        for (const [name, act] of Object.entries(tries)) {
            try { act(); } catch { told.push(name); }
        }
        return told;
    })()"""
    path = tmp_path / "share.html"
    path.write_bytes(file.read_bytes() if newest else file.read_bytes().replace(TRUSTED, b""))
    enough = f"new Set(refused).size >= {len(refusals)} && [...new Set(refused)]"
    state = "[window.ran ?? null, getComputedStyle(document.body).color]"
    seen = open_page(path, *WITH_WORDS, ("run", attempt), ("until", enough), ("run", state))
    assert set(seen.asked) == {path.as_uri()}
    assert set(seen.answers[3]) == stopped
    assert set(seen.answers[4]) == refusals
    assert seen.answers[5] == [None, "rgb(43, 42, 40)"]


def test_a_damaged_file_says_so_before_any_word_is_typed(file, tmp_path):
    data = file.read_bytes()
    files = []
    for number, (old, new) in enumerate((
        (rb"(AES-256-GCM [0-9a-f]{24}\n.{40}).", rb"\1!"),  # no Base64
        (rb"-----END INTEGRATION JOURNAL SHARE-----", rb""),  # cut
        (rb"SHA-512 3 ", b"SHA-512 99999999 "),  # too much work
    )):  # fmt: skip
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(re.sub(old, new, data, count=1))
    seen = open_page(files[0], *(step for path in files for step in (("open", str(path)), ("until", SAID))))
    assert ["damaged or changed" in said for said in seen.answers[1::2]] == [True] * len(files)
    assert (set(seen.asked), seen.console) == ({path.as_uri() for path in files}, [])


def test_a_changed_file_does_not_open(file, tmp_path):
    data = file.read_bytes()
    line = re.search(rb"PBKDF2-HMAC-SHA-512 (?P<rounds>\d) (?P<salt>\S+) (?P<check>\S+) AES-256-GCM (?P<nonce>\S+)\n"
                     rb"(?P<ciphertext>\S{70})", data)  # fmt: skip
    files = []
    for region in line.groupdict():
        place = line.end(region) - 1
        files.append(tmp_path / f"{region}.html")
        files[-1].write_bytes(data[:place] + (b"4" if data[place : place + 1] == b"2" else b"2") + data[place + 1 :])
    seen = open_page(files[0], *(step for path in files for step in refused(path)))
    for number, path in enumerate(files):
        *_, said, left = seen.answers[5 * number : 5 * number + 5]
        wanted = "do not open" if path.stem in ("rounds", "salt", "check") else "damaged or changed"
        assert wanted in said and left == 0, path.stem


def test_changed_line_endings_do_not_matter(file, tmp_path):
    path = tmp_path / "share.html"
    path.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    only_the_file(open_page(path, *WITH_WORDS), path)


def test_where_no_script_runs_the_page_says_what_to_do(file, tmp_path):
    path = tmp_path / "share.html"
    path.write_bytes(file.read_bytes().replace(b'"use strict";', b'"use strict" ;'))  # another hash: not run
    seen = open_page(path, ("run", "document.body.innerText"), ("run", "document.getElementById('form').hidden"))
    assert "Save the file, then open it with a browser" in re.sub(r"\s+", " ", seen.answers[0])
    assert seen.answers[1] is True


@pytest.mark.parametrize("width", [320, 1000])
def test_it_fits_a_narrow_window(file, width):
    """320 CSS pixels are a window of 1280 at 400 %, or a telephone. Wide tables scroll in their own box."""
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    seen = open_page(file, ("run", fits), *WITH_WORDS, ("run", fits), width=width)
    assert (seen.answers[0], seen.answers[-1]) == (True, True)


def test_light_and_dark_are_what_the_reader_has(file):
    colours = "[document.documentElement, document.body].map((made) => getComputedStyle(made).color)"
    back = "getComputedStyle(document.documentElement).backgroundColor"
    light, dark = (open_page(file, ("run", colours), ("run", back), dark=dark) for dark in (False, True))
    assert light.answers == [["rgb(43, 42, 40)"] * 2, "rgb(250, 248, 245)"]
    assert dark.answers == [["rgb(230, 226, 219)"] * 2, "rgb(30, 31, 33)"]


def test_on_paper_it_is_black_and_has_every_word(file, tmp_path):
    """Printed from a dark browser. The paper is read back as a reader of PDF does."""
    pdf = tmp_path / "share.pdf"
    seen = open_page(file, *WITH_WORDS, ("pdf", str(pdf)), ("words of", str(pdf)), ("inks of", str(pdf)), dark=True)
    only_the_file(seen, file)
    *_, written, words, inks = seen.answers
    assert written is True
    paper = squeezed(words)
    for said in ("canary-text-experience", "canary-cnote-next", "Check-ins, as a table", "The room that was blue."):
        assert squeezed(said) in paper
    assert squeezed("Once this window is closed") not in paper
    assert inks["background"] == [255, 255, 255] and inks["darkest"] == [0, 0, 0] and inks["most colour"] <= 8


def squeezed(text: str) -> str:
    """Letters alone: where lines are broken is the paper's affair."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
