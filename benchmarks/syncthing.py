"""Two journals, a folder each, and a real Syncthing between them: edits on both sides, offline and back, a computer
that was cloned, a transfer that was killed. Prints what was done, and fails where a word was lost.

    python -m benchmarks.syncthing [FOLDER]

Needs the `syncthing` program (Debian: apt-get install syncthing). Everything stays on 127.0.0.1: no discovery, no
relays, no reports, no upgrades; each instance has a home of its own under FOLDER (else a temporary one). At most two
minutes.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from journal.records import Moment, Page
from journal.service import JournalService
from journal.vault import FAST

PASSWORD = "four quiet garden words"
LONGEST = 115.0  # seconds
_CONFIG = """<configuration version="36">
  <folder id="journal" label="" path="{folder}" type="sendreceive" rescanIntervalS="3" fsWatcherEnabled="true"
          fsWatcherDelayS="1" ignorePerms="false" autoNormalize="true">
    <device id="{own}"></device><device id="{peer}"></device><maxConflicts>10</maxConflicts>
  </folder>
  <device id="{own}" name="own" compression="never" introducer="false"><address>tcp://127.0.0.1:{port}</address></device>
  <device id="{peer}" name="peer" compression="never" introducer="false">
    <address>tcp://127.0.0.1:{peer_port}</address>
  </device>
  <gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>proof</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><reconnectionIntervalS>1</reconnectionIntervalS>
    <startBrowser>false</startBrowser><urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <crashReportingEnabled>false</crashReportingEnabled><stunKeepaliveStartS>0</stunKeepaliveStartS>
    <announceLANAddresses>false</announceLANAddresses><limitBandwidthInLan>true</limitBandwidthInLan>
    <maxRecvKbps>1500</maxRecvKbps>
  </options>
</configuration>
"""


class Failed(Exception):
    """Something was lost, or did not come in time."""


class Carrier:
    """One Syncthing."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        folder.mkdir(parents=True)
        self.port, self.gui = _free_port(), _free_port()
        _run("syncthing", "generate", f"--home={home}", "--no-default-folder", "--skip-port-probing")
        self.id = _run("syncthing", f"--home={home}", "--device-id").strip()
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, peer: Carrier) -> None:
        text = _CONFIG.format(
            folder=self.folder, own=self.id, peer=peer.id, port=self.port, peer_port=peer.port, gui=self.gui
        )
        (self.home / "config.xml").write_text(text)

    def start(self) -> None:
        log = (self.home / "log").open("ab")
        command = ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-restart", "--no-upgrade"]
        self._process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, "STNOUPGRADE": "1"}, start_new_session=True
        )
        log.close()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            # Syncthing runs itself as a child of itself; both are of the session that was started for it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, sign)
            self._process.wait()
            self._process = None

    def talks_outside(self) -> list[str]:
        """Addresses of its own that are not this machine's."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.gui}/rest/system/connections")
        request.add_header("X-API-Key", "proof")
        with urllib.request.urlopen(request, timeout=5) as answer:
            found = re.findall(r'"address": "([^"]+)"', answer.read().decode())
        return [address for address in found if not address.startswith("127.0.0.1:")]


class Computer:
    """A journal with its own state, kept in step with a folder."""

    def __init__(self, name: str, home: Path, folder: Path) -> None:
        self.name, self.home, self.folder = name, home, folder
        self.written: dict[tuple[str, str], bytes] = {}
        self.came = self.rounds = 0
        self.service: JournalService

    def open(self) -> None:
        self.service = JournalService.open(
            self.home / "live" / "mine.vault", password=PASSWORD, state_dir=self.home / "state"
        )
        self.service.keep_in_step(self.folder)

    def save(self, text: str, eid: str | None = None) -> str:
        saved = self.service.save(Page(at=Moment(datetime.now(UTC)), title=text[:40], text=text), eid)
        self._note()
        return saved.eid

    def delete(self, eid: str) -> None:
        self.service.delete(eid)
        self._note()

    def _note(self) -> None:
        self.written.update(self.held())

    def round(self) -> None:
        done = self.service.sync()
        self.came += done.versions
        self.rounds += 1

    def held(self) -> dict[tuple[str, str], bytes]:
        return {(one.eid, one.rev): one.body for one in self.service._vault.revisions()}

    def shown(self) -> dict[str, list[str]]:
        return {item.eid: [side.rev for side in self.service.sides(item.eid)] for item in self.service.items()}


def prove(folder: Path) -> None:
    began = time.monotonic()
    one, two = (Computer(name, folder / name, folder / name / "synced") for name in ("one", "two"))
    carriers = [Carrier(computer.home / "syncthing", computer.folder) for computer in (one, two)]
    carriers[0].configure(carriers[1])
    carriers[1].configure(carriers[0])
    _begin(one, two)

    def agree(what: str, purged: frozenset[str] = frozenset()) -> None:
        """Rounds on both until both hold the same, all of it."""
        started = time.monotonic()
        everything = {**one.written, **two.written}
        while True:
            for computer in (one, two):
                computer.round()
            wanted = {place for place in everything if place[0] not in purged}
            if one.held() == two.held() and wanted <= set(one.held()) and one.shown() == two.shown():
                break
            if time.monotonic() - began > LONGEST:
                missing = len(wanted - set(one.held())), len(wanted - set(two.held()))
                raise Failed(f"{what}: not in time; missing on one and two: {missing}")
            time.sleep(0.3)
        for computer in (one, two):
            if not computer.service.verify().ok:
                raise Failed(f"{what}: {computer.name} is damaged")
            if any(everything[place] != body for place, body in computer.held().items() if place in everything):
                raise Failed(f"{what}: words changed on {computer.name}")
        took = time.monotonic() - started
        print(f"{what:<46}{len(one.held()):>6} versions on both, the same{took:>8.1f} s", flush=True)

    try:
        for carrier in carriers:
            carrier.start()
        for computer in (one, two):
            for number in range(10):
                computer.save(f"{computer.name} writes {number}")
        agree("edits on both sides")

        outside = [address for carrier in carriers for address in carrier.talks_outside()]
        if outside:
            raise Failed(f"a connection left this machine: {outside}")

        both, gone, purged = (row.eid for row in one.service.rows()[:3])
        carriers[1].stop()
        for computer in (one, two):
            computer.save(f"the same entry, by {computer.name}", both)
            for number in range(20):
                computer.save(f"{computer.name}, while two was offline {number}")
                if number % 5 == 0:
                    computer.round()
        one.delete(gone)
        two.save("edited where it was not deleted", gone)
        one.service.purge(purged)
        two.save("edited where it was not purged", purged)
        carriers[1].start()
        agree("offline and back", frozenset({purged}))
        _expect(all(len(computer.service.sides(both)) == 2 for computer in (one, two)), "two versions on both")
        _expect(all(computer.service.find(gone) is not None for computer in (one, two)), "the edit is shown")
        _expect(all(computer.service.find(purged) is None for computer in (one, two)), "the purged entry is gone")
        for computer in (one, two):
            computer.written = {place: body for place, body in computer.written.items() if place[0] != purged}

        one.service.put_sides_together(both)
        one._note()
        agree("both put together on one")
        _expect(two.service.get(both).heads == 1, "one version on two")

        # A cloned computer: the same device id on both, so both write the same file, and Syncthing makes conflicts.
        two.service.close()
        carriers[1].stop()
        shutil.copytree(one.home / "state", two.home / "state", dirs_exist_ok=True)
        two.open()
        for computer in (one, two):
            computer.save(f"after {computer.name} was cloned")
            computer.round()
        carriers[1].start()
        agree("a cloned computer, both write the same file")
        conflicts = {path.name for computer in (one, two) for path in computer.folder.glob("*sync-conflict*")}
        print(f"  copies that Syncthing made of conflicts: {len(conflicts)}", flush=True)

        chance = random.Random(7)
        for number in range(150):
            one.save(f"long {number} " + "".join(chance.choices("abcdefgh ", k=60_000)))
        one.round()
        within = 0
        for wait in (1.4, 1.6, 1.8):  # it takes longer than these at the rate that is set above
            time.sleep(wait)
            part = any(path.stat().st_size for path in two.folder.glob(".syncthing.*.vault.tmp"))
            carriers[1].stop(signal.SIGKILL)
            two.round()
            within += part and len(two.held()) < len(one.held())
            carriers[1].start()
        agree("carrier killed in the midst of a large file")
        print(f"  killed while a part of the file was there: {within} of 3 times", flush=True)
        _expect(within > 0, "a transfer that was cut off")
    finally:
        for carrier in carriers:
            carrier.stop()
        for computer in (one, two):
            with contextlib.suppress(AttributeError):
                computer.service.close()
    left = sorted({path.name for computer in (one, two) for path in computer.folder.glob(".*.part")})
    _expect(not left, "no temporary file is left")
    total = time.monotonic() - began
    print(f"nothing lost: {len(one.written)} versions written, rounds {one.rounds} and {two.rounds}, {total:.0f} s")


def _begin(one: Computer, two: Computer) -> None:
    path = one.home / "live" / "mine.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, state_dir=one.home / "state")
    service.save(Page(at=Moment(datetime.now(UTC)), text="first"))
    service.close()
    (two.home / "live").mkdir(parents=True)
    shutil.copy(path, two.home / "live" / "mine.vault")
    for computer in (one, two):
        computer.open()


def _expect(true: bool, what: str) -> None:
    if not true:
        raise Failed(f"expected: {what}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@contextlib.contextmanager
def _place(argument: list[str]) -> Iterator[Path]:
    if argument:
        yield Path(argument[0]).resolve()
    else:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)


def main(arguments: list[str]) -> int:
    if shutil.which("syncthing") is None:
        print("syncthing is not installed (Debian: apt-get install syncthing)", file=sys.stderr)
        return 2
    with _place(arguments) as folder:
        print(_run("syncthing", "--version").split(" (")[0])
        try:
            prove(folder)
        except Failed as failure:
            print(failure, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
