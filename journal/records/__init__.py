"""Typed records: everything a journal can hold, as frozen values with a schema version each."""

from __future__ import annotations

from journal.records.attachment import MAX_ATTACHMENT, Attachment
from journal.records.base import Mark, Moment, Record, Style, UnknownRecord, Writing
from journal.records.checkin import SLIDERS, CheckIn, Slider
from journal.records.codec import decode, encode
from journal.records.course import Course, Phase, Route, Session
from journal.records.own import Identity, Purged, Settings, ShareReceipt
from journal.records.writing import MODALITIES, WRITINGS, Experience, IntegrationNote, Intention, Page

__all__ = [
    "MAX_ATTACHMENT",
    "MODALITIES",
    "SLIDERS",
    "WRITINGS",
    "Attachment",
    "CheckIn",
    "Course",
    "Experience",
    "Identity",
    "IntegrationNote",
    "Intention",
    "Mark",
    "Moment",
    "Page",
    "Phase",
    "Purged",
    "Record",
    "Route",
    "Session",
    "Settings",
    "ShareReceipt",
    "Slider",
    "Style",
    "UnknownRecord",
    "Writing",
    "decode",
    "encode",
]
