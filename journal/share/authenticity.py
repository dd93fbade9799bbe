"""Who made a share, or a reply to one: a proof for its readers alone, or a signature for anybody.

A container may end in one part `auth`. It says who made the share, and for whom, and proves that in one way or both:

    Integration Journal share, who made it, version 1
    share (the share's id)
    from (the sender's address)
    for (a reader's address; one line each, sorted)
    contents (SHA-256 of the container as it is without this part)
    mac (HMAC-SHA-256 for the first reader; one line each, or none at all)
    signed (Ed25519 public key) (signature)

Everything above the first `mac` or `signed` line is the statement; both prove exactly its bytes. The key of a `mac`
is HKDF-SHA-256 of what X25519 gives for the sender's and that reader's keys, bound to both keys in this order and to
the share's id. The reader can compute it too: a `mac` convinces the reader, who knows they did not make it, and
nobody else. Whoever has the secret of a reader can make one up in anyone's name for that reader.

A reply's part begins with another line, and names the reply before the share it answers; the key of its `mac` has a
purpose of its own and is bound to both ids. So no proof of a share fits a reply, or the reverse, and none that went
one way fits the other way. Replies are not signed.

Pure functions: which contacts there are, and which secrets, is told by whoever asks.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from journal.errors import ShareError
from journal.records import Contact
from journal.share.keys import check_verify_key, public_key, shared_secret

PART = "auth"
MAX_SIZE = 8192  # bytes
_MAC_PURPOSE = b"integration-journal/share-mac/1\n"
_REPLY_PURPOSE = b"integration-journal/reply-mac/1\n"
_SIGN_PURPOSE = b"integration-journal/share-signature/1\n"
_FORM = re.compile(
    r"(?P<statement>Integration Journal (?P<what>share|reply), who made it, version 1\n"
    r"(?:reply (?P<reply>[0-9a-f]{32})\n)?"
    r"share (?P<share>[0-9a-f]{32})\n"
    r"from (?P<sender>age1[0-9a-z]{58})\n"
    r"(?P<readers>(?:for age1[0-9a-z]{58}\n){0,16})"
    r"contents (?P<contents>[0-9a-f]{64})\n)"
    r"(?P<macs>(?:mac [0-9a-f]{64}\n){0,16})"
    r"(?:signed (?P<key>[0-9a-f]{64}) (?P<signature>[0-9a-f]{128})\n)?"
)


class Author(NamedTuple):
    """Who makes a share, and how that is proved. `secret` belongs to the address `recipient`; `signing` is the seed
    of the key for signatures, or "" for no signature."""

    recipient: str
    secret: str
    prove: bool = True
    signing: str = ""


class Proof(NamedTuple):
    """What an opened container says of its maker: its part `auth`, and the SHA-256 of the container without it."""

    body: bytes
    contents: str


class Verdict(StrEnum):
    """What is known of a share's maker."""

    UNSIGNED = "unsigned"  # nothing is attached
    MADE = "made"  # the proof fits, or the signature does
    WRONG = "wrong"  # what is attached does not fit: forged, or changed
    OTHER_READER = "other reader"  # it fits, but was made for somebody else
    UNTRIED = "untried"  # there is a proof for an address, and no secret of that address at hand


class Signed(StrEnum):
    """What is known of a signature that fits."""

    OWN = "own"  # by a key of this journal, in the name of its address
    BY_CONTACT = "contact"
    NEW_KEY = "new key"  # by a key that is not the one kept for the contact with this address, or not this journal's
    STRANGER = "stranger"  # by somebody who is no contact


class Finding(NamedTuple):
    """The answer to "who made this?".

    `sender` is the address in the statement, `contact` whoever has it among the contacts; `own` if it is this
    journal's. Anybody can write any address there: `proved` is True where a `mac` fits, which only the sender and
    this reader could have made, and `signed` tells whose key the signature is by.
    """

    verdict: Verdict
    sender: str = ""
    contact: Contact | None = None
    own: bool = False
    proved: bool = False
    signed: Signed | None = None

    @property
    def address(self) -> str:
        """The sender's address, where it is certain that who made this has its secret or is the contact who has it;
        else ""."""
        return self.sender if self.proved or self.signed is Signed.BY_CONTACT else ""


class Seen(StrEnum):
    """Whether a share was met before."""

    NEW = "new"
    AGAIN = "again"
    OTHER = "other"  # its id was, with other contents


def prove(bare: bytes, share: str, author: Author, readers: Sequence[str], reply: str = "") -> bytes:
    """The part `auth` for the container `bare`, which has none: of the share, or of the `reply` to it, with this id.
    Raises `ShareError` for a bad key, or where there is nothing to prove it with or to."""
    to = sorted(set(readers))
    if not author.signing and not (author.prove and to):
        raise ShareError("A proof needs a reader's address, or a signature.")
    if author.signing and reply:
        raise ShareError("A reply is not signed.")
    lines = [
        f"Integration Journal {_what(reply)}, who made it, version 1",
        *([f"reply {reply}"] if reply else []),
        f"share {share}",
        f"from {author.recipient}",
        *(f"for {reader}" for reader in to),
        f"contents {hashlib.sha256(bare).hexdigest()}",
    ]
    statement = "".join(f"{line}\n" for line in lines).encode()
    body = statement
    if author.prove:
        for reader in to:
            key = _mac_key(author.secret, reader, author.recipient, reader, reply + share)
            body += f"mac {hmac.digest(key, statement, 'sha256').hex()}\n".encode()
    if author.signing:
        signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(author.signing))
        signature = signing.sign(_SIGN_PURPOSE + statement).hex()
        body += f"signed {signing.public_key().public_bytes_raw().hex()} {signature}\n".encode()
    return body


def verify(
    share: str,
    proof: Proof | None,
    own: Mapping[str, str] | None = None,
    contacts: Iterable[Contact] = (),
    reply: str = "",
    *,
    own_keys: Collection[str] = (),
) -> Finding:
    """Who made the share, or the `reply` to it, with this id. `own` are this reader's secrets by their addresses;
    None where no journal is open. `own_keys` are the public keys this reader signs with. Never raises: whatever is
    wrong with a proof is the answer."""
    if proof is None:
        return Finding(Verdict.UNSIGNED)
    wrong = Finding(Verdict.WRONG)
    form = _FORM.fullmatch(proof.body.decode("ascii", errors="replace")) if len(proof.body) <= MAX_SIZE else None
    if form is None or form["contents"] != proof.contents or form["what"] != _what(reply):
        return wrong
    if form["share"] != share or (form["reply"] or "") != reply or (form["key"] and reply):
        return wrong
    readers = re.findall("for (.*)\n", form["readers"])
    macs = [bytes.fromhex(mac) for mac in re.findall("mac (.*)\n", form["macs"])]
    if readers != sorted(set(readers)) or len(macs) not in (0, len(readers)) or not (macs or form["key"]):
        return wrong
    statement, sender = form["statement"].encode(), form["sender"]
    try:
        for address in (sender, *readers):
            public_key(address)
        if form["key"]:
            key = Ed25519PublicKey.from_public_bytes(check_verify_key(form["key"]))
            key.verify(bytes.fromhex(form["signature"]), _SIGN_PURPOSE + statement)
    except (ShareError, InvalidSignature):
        return wrong
    secrets = own or {}
    mine = [reader for reader in readers if reader in secrets]
    for reader in mine if macs else ():
        expected = _mac_key(secrets[reader], sender, sender, reader, reply + share)
        if not hmac.compare_digest(hmac.digest(expected, statement, "sha256"), macs[readers.index(reader)]):
            return wrong
    known = [one for one in contacts if one.recipient == sender]  # after a merge there may be two
    contact = max(known, key=lambda one: (one.verify_key == form["key"], one.checked is not None), default=None)
    finding = Finding(
        Verdict.MADE,
        sender,
        contact,
        own=sender in secrets,
        proved=bool(macs and mine),
        signed=_signed(form["key"], contact, own_keys if sender in secrets else None) if form["key"] else None,
    )
    if readers and not mine:
        return finding._replace(verdict=Verdict.UNTRIED if own is None else Verdict.OTHER_READER)
    return finding


def seen_before(share: str, digest: str, known: Mapping[str, str]) -> Seen:
    """Whether a share was met before. `known` are the SHA-256 of the contents of those that were, by their ids; ""
    where it was not kept."""
    if share not in known:
        return Seen.NEW
    return Seen.AGAIN if known[share] in ("", digest) else Seen.OTHER


def _signed(key: str, contact: Contact | None, own_keys: Collection[str] | None) -> Signed:
    """Whose key a signature is by; `own_keys` are None where the sender's address is not the reader's."""
    if own_keys is not None:
        return Signed.OWN if key in own_keys else Signed.NEW_KEY
    if contact is None:
        return Signed.STRANGER
    return Signed.BY_CONTACT if contact.verify_key == key else Signed.NEW_KEY


def _what(reply: str) -> str:
    return "reply" if reply else "share"


def _mac_key(secret: str, other: str, sender: str, reader: str, ids: str) -> bytes:
    """The key that `sender` and `reader` have in common for one share or reply, in this direction; `secret` belongs
    to one of them, and `other` is the address of the other one. `ids`: the share's, behind the reply's if it is one.
    """
    purpose = _MAC_PURPOSE if len(ids) == 32 else _REPLY_PURPOSE
    context = purpose + public_key(sender) + public_key(reader) + bytes.fromhex(ids)
    return HKDF(hashes.SHA256(), 32, salt=None, info=context).derive(shared_secret(secret, other))
