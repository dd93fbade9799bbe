"""The encrypted file and its keys. Nothing outside this package touches either."""

from __future__ import annotations

from journal.vault.blobs import Blob
from journal.vault.file import Vault, verify_file
from journal.vault.kdf import FAST, MIN_PASSWORD, REDUCED, STANDARD, KdfProfile, tidy_words
from journal.vault.merge import Copy, Incoming
from journal.vault.structs import BackupReceipt, Damage, Draft, NewRevision, PurgeReceipt, Report, Revision

__all__ = [
    "FAST",
    "MIN_PASSWORD",
    "REDUCED",
    "STANDARD",
    "BackupReceipt",
    "Blob",
    "Copy",
    "Damage",
    "Draft",
    "Incoming",
    "KdfProfile",
    "NewRevision",
    "PurgeReceipt",
    "Report",
    "Revision",
    "Vault",
    "tidy_words",
    "verify_file",
]
