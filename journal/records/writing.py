"""What a person writes: before a session, after it, in the weeks after, and on any other day."""

from __future__ import annotations

from journal.records.base import Writing

# Kinds of psychotherapy an integration note may be tagged with, in the field's usual words. None of them is
# "the" therapy that belongs to ketamine; a person may also use a tag of their own.
MODALITIES: tuple[tuple[str, str], ...] = (
    ("cbt", "Cognitive behavioural therapy (CBT)"),
    ("couples", "Couples therapy"),
    ("dbt", "Dialectical behaviour therapy (DBT)"),
    ("existential", "Existential therapy"),
    ("exposure", "Exposure therapy"),
    ("group", "Group therapy"),
    ("mbct", "Mindfulness-based cognitive therapy (MBCT)"),
    ("mbsr", "Mindfulness-based stress reduction (MBSR)"),
    ("mi", "Motivational interviewing"),
    ("rebt", "Rational emotive behaviour therapy (REBT)"),
    ("schema", "Schema therapy"),
)


class Intention(Writing, frozen=True, kw_only=True, tag="intention"):
    """Written before a session."""


class Experience(Writing, frozen=True, kw_only=True, tag="experience"):
    """Written after a session, about it."""


class IntegrationNote(Writing, frozen=True, kw_only=True, tag="integration"):
    """Written in the days and weeks after. `modalities`: codes from `MODALITIES`, or a person's own words."""

    modalities: tuple[str, ...] = ()


class Page(Writing, frozen=True, kw_only=True, tag="page"):
    """A journal page that belongs to no session: an ordinary day, or an entry from another journal."""


WRITINGS: tuple[type[Writing], ...] = (Intention, Experience, IntegrationNote, Page)
