"""What an entry of each kind is called within a sentence."""

from __future__ import annotations

NAMES: dict[str, str] = {
    "intention": "intention",
    "experience": "experience",
    "integration": "integration note",
    "page": "journal page",
    "checkin": "check-in",
    "session": "session",
    "course": "course",
    "attachment": "file",
    "sideeffect": "side effect",
    "medicine": "medicine",
    "question": "question",
    "commitment": "commitment",
    "hard": "note of a hard moment",
    "landing": "landing",
    "scale": "questionnaire",
    "total": "total from a clinic",
    "pack": "questionnaire's form",
    "provider": "provider",
    "expense": "cost",
    "person": "person",
    "prompts": "set of questions",
    "template": "template",
    "checklist": "checklist",
    "client": "client",
    "received": "share",
    "comment": "comment",
    "reply": "reply",
    "shareset": "kept choice for a share",
}
