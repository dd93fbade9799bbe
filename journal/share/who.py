"""Who made a share or a reply, in words: the same in the window and on the command line."""

from __future__ import annotations

from typing import NamedTuple

from journal.records import Compared, Contact
from journal.share.authenticity import Finding, Seen, Signed, Verdict
from journal.share.blocks import day_text

HOW: dict[Compared, str] = {Compared.IN_PERSON: "in person", Compared.CALL: "by telephone or video"}
UNSIGNED = "Nothing in this file proves who sent it. Ask the person whether they did."
_WRONG = (
    "What this file says about who made it does not fit: it was forged, or changed on its way. Ask the person "
    "whether they sent it."
)
_OTHER_READER = "Nothing in it proves to you who made it."
_SENT_BACK = "A share with this number is among those that you made yourself."
_OTHER = "A share with this number was opened before, and it held something else."


class Told(NamedTuple):
    """`sure`: somebody whose words were compared made it, or this journal itself."""

    text: str
    sure: bool = False


def who_made(finding: Finding, seen: Seen = Seen.NEW) -> Told:
    """The sentences for the cover of a share, and whether one may rely on them."""
    told = _told(finding, "share")
    if seen is Seen.OTHER:
        return Told(f"{told.text} {_OTHER}")
    if seen is Seen.AGAIN and not (finding.own and told.sure):
        return Told(f"{told.text} {_SENT_BACK}")
    return told


def who_replied(finding: Finding) -> Told:
    """The same for a reply."""
    return _told(finding, "reply")


def compared(contact: Contact) -> str:
    """ "Words compared on 5 March 2026, in person", or that they were not."""
    if contact.checked is None or contact.how is None:
        return "Words not compared yet"
    return f"Words compared on {day_text(contact.checked.at.date())}, {HOW[contact.how]}"


def _told(finding: Finding, what: str) -> Told:
    match finding.verdict:
        case Verdict.UNSIGNED:
            return Told(UNSIGNED)
        case Verdict.WRONG:
            return Told(_WRONG)
        case Verdict.UNTRIED:
            untried = (
                f"A proof for its reader goes with this {what}. Open it in the journal with the reader's address to "
                "see who made it."
            )
            return Told(" ".join(filter(None, (untried, _signature(finding)))))
        case Verdict.OTHER_READER:
            proof = _OTHER_READER if finding.signed is None else _signature(finding)
            return Told(f"This {what} was made for another reader. {proof}")
    sure = finding.own or (finding.contact is not None and finding.contact.checked is not None)
    if finding.signed in (Signed.NEW_KEY, Signed.STRANGER):
        sure = False
    return Told(" ".join(filter(None, (_proof(finding), _signature(finding)))), sure)


def _proof(finding: Finding) -> str:
    contact = finding.contact
    if not finding.proved:
        return ""
    if finding.own:
        return "Made with this journal's own address."
    if contact is None:
        return "Made with an address that is not among your contacts. Whose it is, is not known here."
    if contact.checked is None:
        return (
            f"Made with the address you keep as {contact.name}. The words of their card were not compared yet, so it "
            "could be somebody else's."
        )
    return (
        f"Made by {contact.name}. {compared(contact)}. Only you and {contact.name} could have made this, so it "
        "proves it to you and to nobody else."
    )


def _signature(finding: Finding) -> str:
    contact = finding.contact
    if finding.signed is None:
        return ""
    if finding.signed is Signed.OWN:
        return "Signed with this journal's own key. Anybody can check that."
    if finding.own:
        return (
            "It names this journal's own address, but is signed with a key that this journal does not have. Anybody "
            "can name an address, so the signature does not say who made it."
        )
    if finding.signed is Signed.STRANGER or contact is None:
        return "Signed with a key that is not among your contacts: unchanged since, but by whom is not known here."
    if finding.signed is Signed.NEW_KEY:
        return (
            f"Signed with a key that is not on the card you keep of {contact.name}. Ask them for their card as it is "
            "now, and compare its words."
        )
    if contact.checked is None:
        return (
            f"Signed with the key you keep as {contact.name}'s. The words of their card were not compared yet, so it "
            "could be somebody else's."
        )
    told = "" if finding.proved else f" {compared(contact)}."
    return f"Signed by {contact.name}.{told} Anybody who has their card can check this signature."
