"""Read a journal without the program that wrote it.

    python read_vault.py NAME.vault [--password-file FILE | --words-file FILE] [--attachment EID NEW-FILE]

Needs Python 3.11 and `cryptography`. Prints everything in the vault as JSON, and what is damaged; never writes to it.
With `--attachment` the file that this entry holds is written to a new file instead.
Ends with status 0; 3 where something is damaged; 1 where it cannot be opened at all. Sections are those of the page
that describes the format, docs/vault-format.md.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import hmac
import json
import lzma
import sqlite3
import struct
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

LABEL = b"integration-journal/v1/"
Listed = dict[tuple[bytes, ...], bytes]  # (eid, rev): the SHA-256 of the row


def unseal(key: bytes, context: bytes, sealed: Any) -> bytes:
    """Section 2."""
    if not isinstance(sealed, bytes) or len(sealed) < 73 or sealed[0] != 1:
        raise ValueError("not a sealed value")
    derived = HKDF(SHA512(), 64, sealed[1:25], context).derive(key)
    if not hmac.compare_digest(derived[32:], sealed[25:57]):
        raise ValueError("another key, or another place")
    cipher, body, plain = AESGCM(derived[:32]), sealed[57:], b""
    full = len(body) // 16400
    try:
        for index in range(full + 1):
            nonce = struct.pack(">B3xQ", index == full, index)
            plain += cipher.decrypt(nonce, body[index * 16400 : (index + 1) * 16400], None)
    except InvalidTag:
        raise ValueError("changed since it was sealed") from None
    return plain


def make_context(kind: bytes, vault: bytes, epoch: int, first: bytes = bytes(16), second: bytes = bytes(16)) -> bytes:
    """Section 2.1."""
    return kind + struct.pack(">II", 1, epoch) + vault + first + second


def subkey(vault_key: bytes, purpose: bytes, vault: bytes, epoch: int) -> bytes:
    """Section 3."""
    return HKDFExpand(SHA512(), 32, LABEL + purpose + vault + struct.pack(">I", epoch)).derive(vault_key)


def password_key(password: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    """Section 4.1."""
    if not (19456 <= memory <= 2097152 and 1 <= passes <= 16 and 1 <= lanes <= 16):
        raise SystemExit("a password slot asks for an unreasonable amount of work")
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(secret)


def words_key(words: str, salt: bytes, vault: bytes) -> bytes:
    """Section 4.2: 15 words of BIP-39 are 160 bits and 5 of a checksum. Four letters tell a word."""
    several = "".join(letter if letter.isalpha() else " " for letter in words.lower()).split()
    bits = "".join(f"{WORDS.index(word[:4]):011b}" for word in several if word[:4] in WORDS)
    entropy = int(bits[:160] or "0", 2).to_bytes(20, "big")
    if len(several) != 15 or f"{hashlib.sha256(entropy).digest()[0]:08b}"[:5] != bits[160:]:
        raise SystemExit("these are not the 15 recovery words of a journal")
    return HKDF(SHA512(), 32, salt, LABEL + b"recovery" + vault).derive(entropy)


def sha256(data: Any) -> bytes:
    return hashlib.sha256(data).digest() if isinstance(data, bytes) else b""


def read_header(stored: Any) -> Any:
    """Section 5.1. One without slots, where the bytes are damaged."""
    whole = isinstance(stored, bytes) and sha256(stored[:-32]) == stored[-32:]
    return json.loads(stored[4:-64]) if whole else {"min_reader": 1, "slots": {}}


def padded(size: int) -> int:
    """Section 7: Padmé, at least 1024."""
    last = size.bit_length() - 1 - (size.bit_length() - 1).bit_length() if size > 1 else 0
    return max(1024, -(-size >> last) << last)


class Reader:
    """An opened vault: `entries`, `drafts`, and `damage` in words."""

    def __init__(self, path: Path, secret: str, *, words: bool) -> None:
        self.damage: list[str] = []
        if path.with_name(path.name + "-journal").exists():
            self.damage.append("a save was cut off: open the file once for writing with SQLite, so that it is undone")
        self.db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        self.db.text_factory = bytes
        self.db.execute("PRAGMA trusted_schema=OFF")
        with path.open("rb") as file:
            head = file.read(100)
        if head[60:63] != bytes(3) or head[63] not in (1, 2) or head[68:72] != b"IJVL":
            raise SystemExit("this file is not a journal of format 1, 2 or 3")
        self.growing = head[63] == 2
        if self.db.execute("SELECT 1 FROM sqlite_schema WHERE type <> 'table' OR sql LIKE '%)%AS%'").fetchone():
            raise SystemExit("this file does not have the form of a journal")
        self.unlock(secret, words)
        listed, unlisted = self.inventory(subkey(self.key, b"inventory", self.vault, self.epoch))
        self.entries = list(self.rows(b"rec", b"row ", "SELECT eid, rev, v FROM rec", listed, unlisted))
        self.drafts = list(self.rows(b"draft", b"drft", "SELECT eid, v FROM draft", None, set()))
        self.files = {entry["eid"]: entry["body"] for entry in self.entries if is_file(entry)}
        for eid, file in self.files.items():
            try:
                if sha256_of(self.body(file)) != file["sha256"]:
                    raise ValueError("another file")
            except (ValueError, TypeError, sqlite3.DatabaseError):
                self.damage.append(f"blob {eid} is damaged")

    def table(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, as many as can be read."""
        found: list[tuple[Any, ...]] = []
        try:
            found.extend(self.db.execute(sql))
        except sqlite3.DatabaseError:
            self.damage.append("some pages of the file cannot be read")
        return found

    def unlock(self, secret: str, words: bool) -> None:
        """Sections 4 and 5."""
        meta = dict(self.table("SELECT k, v FROM meta WHERE k IN ('header', 'header_copy')"))
        self.headers: list[Any] = [meta.get(name) for name in (b"header", b"header_copy")]
        slots = self.table("SELECT id, v FROM slot WHERE copy IN (0, 1) AND length(v) <= 1024")
        if self.table("SELECT 1 FROM meta WHERE k NOT LIKE 'header%' UNION ALL SELECT 1 FROM cache LIMIT 1"):
            self.damage.append("something was added to the tables meta or cache")
        for stored in self.headers:
            header = read_header(stored)
            if header["min_reader"] > 3:
                raise SystemExit("this journal was written by a later program")
            for slot, digest in header["slots"].items():
                vault, key = bytes.fromhex(header["vault"]), bytes.fromhex(slot)
                whole = [body for name, body in slots if name == key and sha256(body).hex() == digest]
                if len(whole) < 2:
                    self.damage.append(f"slot {slot} is damaged or missing, {len(whole)} of 2 copies are whole")
                if not whole or whole[0][0] != 1 + words:
                    continue
                salt, costs = whole[0][1:17], struct.unpack(">III", whole[0][17:29])
                kek = words_key(secret, salt, vault) if words else password_key(secret, salt, *costs)
                try:
                    plain = unseal(kek, make_context(b"slot", vault, 0, key) + whole[0][:29], whole[0][29:-32])
                except ValueError:
                    continue
                self.vault, self.key, self.epoch = vault, plain[:32], int.from_bytes(plain[32:], "big")
                mac = hmac.digest(subkey(self.key, b"header", vault, self.epoch), stored[4:-64], "sha512")[:32]
                if mac != stored[-64:-32] or self.headers[0] != self.headers[1]:
                    self.damage.append("the header is damaged or was changed")
                return
        raise SystemExit("; ".join(["that secret does not open this journal", *self.damage]))

    def inventory(self, key: bytes) -> tuple[Listed, set[int]]:
        """Section 6: the digest of each row that belongs, and the buckets that cannot be read."""
        manifests, stored = [], self.table("SELECT n, v FROM manifest")
        for place, sealed in stored:
            try:
                plain = unseal(key, make_context(b"mani", self.vault, self.epoch, place.to_bytes(16, "big")), sealed)
                if len(plain) != (3948 if self.growing else 8264):
                    raise ValueError("of another format")
                manifests.append((int.from_bytes(plain[:8], "big"), sha256(sealed), plain))
            except ValueError:
                self.damage.append(f"manifest {place} is damaged")
        if not manifests:
            self.damage.append("there is no manifest: what is missing cannot be told")
            return {}, set(range(256))
        older, (counter, _, newest) = min(manifests), max(manifests)
        sure = len(manifests) >= max(min(counter, 2), len(stored))
        if not sure or (manifests[1:] and older[:2] != (counter - 1, newest[8:40])):
            sure = False
            self.damage.append("a manifest is missing or was put back")
        elif any(sha256(header) != newest[40:72] for header in self.headers):
            self.damage.append("the header is damaged or was put back")
        names, sure, tail = self.tail(key, newest[72:], sure) if self.growing else (newest[72:], True, b"")
        listed, unlisted = Listed(), set[int]() if sure else set(range(256))
        for number in range(len(names) // 32):
            sealed = self.part(key, b"buck", "bucket", number, names[32 * number :][:32])
            listed |= entries(sealed or b"")
            unlisted |= {number} if sealed is None else set()
        return listed | entries(tail), unlisted

    def tail(self, key: bytes, rest: bytes, sure: bool) -> tuple[bytes, bool, bytes]:
        """Section 6.1: what the list names the buckets by, whether all could be read, the entries in no bucket."""
        segments, pending = struct.unpack(">HH", rest[32:36])
        found = [self.part(key, b"segm", "segment", n, rest[36 + 32 * n :][:32]) for n in range(segments)]
        for (n,) in self.table(f"SELECT n FROM segment WHERE n >= {segments}"):
            self.damage.append(f"segment {n} was put back")
        copies = [self.part(key, b"list", table, 0, rest[:32]) for table in ("list", "list_copy")]
        copies += [b""] if rest[:32] == bytes(32) else []  # there is none yet, whatever stands there
        names = next((copy or bytes(8192) for copy in copies if copy is not None), None)
        tail = b"".join(one or b"" for one in found) + rest[1828 : 1828 + 64 * pending]
        return names or b"", sure and names is not None and None not in found, tail

    def part(self, key: bytes, kind: bytes, table: str, number: int, wanted: bytes) -> bytes | None:
        """A part of the list, opened: empty where there is none yet, None where it is damaged."""
        sealed = next((one for (one,) in self.table(f"SELECT v FROM {table} WHERE n = {number}")), None)
        if sealed is None and wanted == bytes(32):
            return b""
        try:
            if sha256(sealed) != wanted:
                raise ValueError("not as the list has it")
            return unseal(key, make_context(kind, self.vault, self.epoch, number.to_bytes(16, "big")), sealed)
        except ValueError:
            self.damage.append(f"{table} {number} is damaged or missing")
        return None

    def rows(self, purpose: bytes, kind: bytes, sql: str, listed: Listed | None, unlisted: set[int]) -> Iterator[Any]:
        """Sections 7 and 8: what opens and belongs. Drafts belong without a list."""
        key, seen = subkey(self.key, purpose, self.vault, self.epoch), set()
        names = ("key",) if listed is None else ("eid", "rev")
        for *ids, sealed in self.table(sql):
            seen.add(tuple(ids))
            name = " ".join([kind.decode(), *(one.hex() if isinstance(one, bytes) else repr(one) for one in ids)])
            wanted = (listed or {}).get(tuple(ids))
            try:
                if wanted not in (None, sha256(sealed)):
                    raise ValueError("not as the list has it")
                plain = unseal(key, make_context(kind, self.vault, self.epoch, *ids), sealed)
                if listed is not None and wanted is None and ids[0][0] not in unlisted:
                    self.damage.append(f"{name} was put back, or added from outside")
                else:
                    row = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])
                    yield {**dict(zip(names, [one.hex() for one in ids], strict=True)), **row}
            except (ValueError, TypeError):
                self.damage.append(f"{name} is damaged")
        self.damage += [f"row  {eid.hex()} {rev.hex()} is missing" for eid, rev in {*(listed or ())} - seen]


    def body(self, file: Any) -> Iterator[bytes]:
        """Section 8.1: the bytes of a file. Only at the end it is known that none is missing."""
        bid, left, rest, index, done = bytes.fromhex(file["blob"]), file["size"], padded(file["size"]), 0, False
        context = make_context(b"blob", self.vault, self.epoch, bid)
        rows = self.db.execute("SELECT n, v FROM blob WHERE +bid = ? ORDER BY n", (bid,))
        for number, (n, sealed) in enumerate(rows):
            if number == 0:
                key = subkey(self.key, b"blob", self.vault, self.epoch)
                derived = HKDF(SHA512(), 64, sealed[1:25], context).derive(key)
                given, sealed = sealed[:57], sealed[57:]
                if given[:1] != b"\1" or not hmac.compare_digest(derived[32:], given[25:]):
                    raise ValueError("another key, or another place")
                cipher = AESGCM(derived[:32])
            if n != number or done or not sealed:
                raise ValueError("not the rows of this body")
            while sealed and not done:
                length, done = min(rest, 16384), rest < 16384
                chunk, sealed = sealed[: length + 16], sealed[length + 16 :]
                try:
                    plain = cipher.decrypt(struct.pack(">B3xQ", done, index), chunk, None)[:left]
                except InvalidTag:
                    raise ValueError("changed since it was sealed") from None
                yield plain
                left, rest, index = left - len(plain), rest - length, index + 1
            if sealed or not (done or index % 64 == 0):
                raise ValueError("not the rows of this body")
        if not done:
            raise ValueError("rows are missing")


def entries(data: bytes) -> Listed:
    return {(eid, rev): digest for eid, rev, digest in struct.iter_unpack("16s16s32s", data)}


def is_file(entry: Any) -> bool:
    return entry["kind"] == "attachment" and not entry["deleted"]


def sha256_of(pieces: Iterator[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def write_out(reader: Reader, eid: str, to: Path) -> int:
    """One file, in the clear, under a name that nothing has yet; it is checked first."""
    if eid not in reader.files or f"blob {eid} is damaged" in reader.damage:
        raise SystemExit("there is no attachment of this id, or it is damaged")
    if to.exists():
        raise SystemExit("there is a file of this name already")
    with to.open("xb") as file:
        for piece in reader.body(reader.files[eid]):
            file.write(piece)
    return 0


def main(path: Path, option: str = "", file: str = "", eid: str = "", to: str = "") -> int:
    secret = Path(file).read_text("utf-8").removesuffix("\n") if file else getpass.getpass("Password: ")
    try:
        reader = Reader(path, secret, words=option == "--words-file")
    except (ValueError, LookupError, TypeError, sqlite3.DatabaseError) as error:
        raise SystemExit(f"this file cannot be read as a journal: {error}") from None
    if eid:
        return write_out(reader, eid, Path(to))
    found = {"vault": reader.vault.hex(), "damage": reader.damage, "entries": reader.entries, "drafts": reader.drafts}
    print(json.dumps(found, indent=1))
    return 3 if reader.damage else 0


# The 2048 English words of BIP-39, four letters of each.
PREFIXES = lzma.decompress(base64.b85decode(
    "T>t<81poj4|NsC0{{S$Uh)T87v<&GUQB!?O?KoSY7xqXDTqh+)ebpr&E^Wl^&^L|O>F(QF&U5Mr%L<SAFOMQz4e96u9KByv%_*E2ARZz=z#U1IUN"
    "<CsydCnNwp`WtUJZx`1@*0%zc5A!awNMbim{ZL2Zq|dlasZVfNM>9nR8!)ABdyEa@HQXLdj~9B{ZAE50s+lEUp)bWfKmJ?AOgeWhT)<Kd~VF)_Gl"
    "^a7=F?0Hkma&rpvTYkn##t|zqszjTr!J%(mfBjksH7))@PK|u1LA3{unnF6QFg?HQc&ijU?S8Q`Zi!_Kg=<B7zTLQ$-4GCi8p$U@YvyfPUe~j_@C"
    "YM~O7?<ZNKGqMVy46#sw7iyJHh3ugFr;;iWm}ow<ak){Ka~m^Y0O8bd`ivf`EX(+BPjfzdh2<iyREQmedu;Kq&6r7O2Ar&*LN8SGpxVH0`h1tZzT"
    "ZP)u0;8A?b^o!$*6J_`yO*>4N;7z|`c_PHb(?U3c`YsQSB#(<uVe#zC1`Eaqo4w6``N-JP$}EO}3W*f-rfv$mp<_&@Olr+YMfs~Z^>Y+j=hk(_3x"
    "uti@)(8<26-<9Hbf6^npJ(82k|1a;-DUAf2?NO;#zjx?Ha0oq)F`CDZ^H!C%0`9l_pZpk`aka!D*^Vs(eUsjagjstJH04^AWBdW(uu1GQ3w5u#JG"
    "YDy2wgF#lV%0E&m8ne<Kh1@W>+v6Uu;Q<b(HBue;-FPef}Jg2mV&p`C-3dsSc%k7?x2JV#KL1AIqzTsVxmx+}=aX4b)D_jI|Y$5`H8n3BYIIyA{O"
    "@TRn`~R;Tpkx7o9n9?1WADFm!$;uAaJx<>nwqF?yS*qwF;angemx5c{j+_KD3BiTAj?d4S9HHlcy&RqM}D)h&0SUnd*81XB0ix3b^uF9oHc=`j|x"
    "xWj`NrNrd+%#dp6=yHNUx#Bc;{>;7<G$+ig5osOUuZxzhNQU5Vy{VTGd{Nr2*4+s9S8qwH2fbE2RK$In0Sas*pa?(7bGNL&<GYsVLFINXBWPq`ES"
    "HFUENC6vWU9g-j*tX1~mF+9bGhMOq~1lKrP0S6+mO)2+4{OAs6~ed3c0&?9mkVXc&-SuGrGdvvh1hw9ql?BSEB)m#O(t2$Xn0ER#yPm~d-vEW(fE"
    "s$9^b;s7|}y(f9<M)g9)+mCFr=iA)Y{eoXq<9t`%p}H~aSZuZ$DY21Px6#~^cg!hC9i~gk+{%s2L)y$A)UC{JVsDVz%@HjTeAqsB!ScoTod~i4&z"
    "sH)((ITS6YCUo{O&DPMD3)x_0@I*H@`cX6p-+AE3L;N7{WkQov7K%&<{xRwDly>%FK6%MD(2&NM3nIwf5C4pio0nN@V{3*BTk5J&cTXX@<gbtn1n"
    "_==B{ncUC_{WfE_?4i>*#yLQy9*=*!8diu&*+1E;?E6(Z}`8`KprVS0BVlq`<_ZC48tu+h9j}_8F`vT8wa!<~+uXrS9WF<u2k%iTTjJrm8E^5wHh"
    "{RGaj|XB2fhN=d6(nqQ>=L55Z92VEARr;n#OQ(LPn%{fMnOCS3Wa(V?l_5s4Z)wlu^WOvc#RF=K5~pYH@FiZ_EWhzgk1*rZBd90^IN!1@4q|68)9"
    "%R6dr$(`7c7ZrTq#~l!uOyc&R7H+<V>*<%`7V?E)sjf-b>R?Ml~B^!Xp4(IK5O@h4~a>n&wv|B%mpHy1OC;mj9FPTEaz7^1lNc~d!nrW^Ltsw2S)"
    "nj7H?+ykqI>2)(#@!&%(;9Aq-jVKhZv)i!AObi}=yy5d&!bh4?tb;!&Q^91gfwG5i)@L2QvJTwRGR@4MVrNNs=LQ6AOUE~qPG5$t&r-1X@L>&s+^"
    "j?VMm=$Cq7IkuU&T!LdD=rE#ulkLIc&f9F`@**dj_Oj7xahbg!8)k7+5yLmIr198MI5Ur{eXUkhoprTmx%?3DOj6;Vtld+$w0FQu)wnN~T1R>9i_"
    "T`+t1L-&|}kM1;4mOsIgZ8T_u6$a=IO@yFY5^Elui^EoS1^krOAfd{eg*XufPsZ3aQR%IrZ1|I9_FQHg=UTVc*TCX1up)pVr;Txp8APwe2dhyTa8"
    "GUSBlH1H!cpP5JN#uK0-!esef9=4YuX3?8oJzWRF4kDhR`4rFK=FnKIo-{1_SUR9DiMGCbig|bK|T~a9gb`X?{nSKl;Tv5CLOkr9RXR3^F?f6eM^"
    ">Np9II(yKh_N;LazDCSd?n@W4^41<vVs!8?*)rR64A!u>WIQB%46?Pew!hRW(T_j$Mwtb|nZb`p5fCv8h@`r|O&xrb!%4&A1a&}N&>G2wNszt=AN"
    "pcci;7*Y%6o@MxUs|0-cr;JHom@z>G_9w-=l(6L$tT2xg>Y_ZH6uL<F$DJ|Ls}ku?C=tUD=7d}njWzaZH;O0bD`hKLRO<QriY3LGJ#J_b=$SZ$FP"
    "rcG#VYiEgEhDXZqWJ7R_M}=4BhOP!Cz#>Jgg|FsWiv|Lu7haE~@g}8a^mC!V!IvSH+TXnFASs$vrwNh8x7<O3mxqf}Bp+_GnPRl40RrLY<)jbDN!"
    "Qmn)IWzz@j=WO0H;XMoJ3(;2RDIoMg@kw}E0WGNuy{km{DnDd_;K{MPs6u13Q55E&0FgSWOegv;udG%Y}^uNhhFLXFYH!4OEm8qpAj;J-8H|sn&M"
    "uks^<WtS|8UC1WolITs@j(phFZ_n+_@MjV37#^-z`%Y#b{ub+<Y0A?$tp%xrLj=)hE!LkCv}4AKF?^+uXtRsg?yfnocrhs>EyYpR0j%WNXsT9+AX"
    "9q699h1{V+v&rAGL~Nb~0PijgBiR+B{gxNh|Xj)>l?LjCp>Nbm|DkeYECcwGNn-XRWOv;STH`@F>f"
)).decode()  # fmt: skip
WORDS = [PREFIXES[place : place + 4].strip() for place in range(0, 8192, 4)]

if __name__ == "__main__":
    given = sys.argv[1:]
    wanted = given[-2:] if given[-3:-2] == ["--attachment"] else []
    given = given[: len(given) - 3] if wanted else given
    if len(given) not in (1, 3) or given[1:2] not in ([], ["--password-file"], ["--words-file"]):
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(given[0]), *(given[1:] or ["", ""]), *wanted))
