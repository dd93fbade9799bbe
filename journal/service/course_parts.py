"""What the journal knows of a whole course besides entries: one class for the service to stand on."""

from __future__ import annotations

from journal.service.amending import Amending
from journal.service.body import Body
from journal.service.courses import Courses
from journal.service.hard import HardMoments
from journal.service.landing_steps import Landings
from journal.service.moments import Reminding
from journal.service.people import People
from journal.service.prompting import Prompting
from journal.service.questions import Questions
from journal.service.scales import Scales


class CourseParts(
    Amending, Prompting, Reminding, Courses, Body, Questions, People, Scales, Landings, HardMoments
):  # fmt: skip
    """Questions to begin from, reminders, courses, the body, what to bring along, people, questionnaires, landing."""
