"""Typed records: everything a journal can hold, as frozen values with a schema version each."""

from __future__ import annotations

from journal.records.attachment import MAX_ATTACHMENT, Attachment
from journal.records.base import Mark, Moment, Record, Style, UnknownRecord, Writing
from journal.records.body import SIDE_EFFECTS, Medicine, MedicineStep, Onset, SideEffect, StepKind, Strength
from journal.records.care import Expense, Person, Provider, Role
from journal.records.checkin import SLIDERS, CheckIn, Slider
from journal.records.clients import Client, Comment, Received, Reply, SentReply
from journal.records.codec import decode, encode
from journal.records.contact import Compared, Contact, ShareRole
from journal.records.course import (
    TARGETS,
    Course,
    CoursePhase,
    Phase,
    Ready,
    Route,
    Session,
    Taken,
    TakenBefore,
    Vitals,
    VitalsPoint,
)
from journal.records.own import Identity, Purged, Settings, ShareReceipt, ShareSet, SigningKey
from journal.records.path import Commitment, HardMoment, HowHard, Landing, Outcome, Question, Whom
from journal.records.prompts import Checklist, PromptSet, Template
from journal.records.scales import MOST_ITEMS, ScaleAnswers, ScalePack, ScaleTotal
from journal.records.writing import MODALITIES, WRITINGS, Experience, IntegrationNote, Intention, Page

__all__ = [
    "MAX_ATTACHMENT", "MODALITIES", "MOST_ITEMS", "SIDE_EFFECTS", "SLIDERS", "TARGETS", "WRITINGS", "Attachment",
    "CheckIn", "Checklist", "Client", "Comment", "Commitment", "Compared", "Contact", "Course", "CoursePhase",
    "Expense", "Experience", "HardMoment", "HowHard", "Identity", "IntegrationNote", "Intention", "Landing", "Mark",
    "Medicine", "MedicineStep", "Moment", "Onset", "Outcome", "Page", "Person", "Phase", "PromptSet", "Provider",
    "Purged", "Question", "Ready", "Received", "Record", "Reply", "Role", "Route", "ScaleAnswers", "ScalePack",
    "ScaleTotal", "SentReply", "Session", "Settings", "ShareReceipt", "ShareRole", "ShareSet", "SideEffect",
    "SigningKey", "Slider", "StepKind", "Strength", "Style", "Taken", "TakenBefore", "Template", "UnknownRecord",
    "Vitals", "VitalsPoint", "Whom", "Writing", "decode", "encode",
]  # fmt: skip
