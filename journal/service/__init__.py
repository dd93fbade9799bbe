"""The one object that the window and the command line use."""

from __future__ import annotations

from journal.service.attaching import Attaching, AttachProgress
from journal.service.contacts import CardHere, CardIs, Checked, Known, OwnCard
from journal.service.core import JournalService
from journal.service.courses import Costs, CourseView, Standing, Stretch, Total
from journal.service.merging import Coming, Merged, Preview, Side
from journal.service.moving import Exported, Imported
from journal.service.people import PeopleOutside
from journal.service.prompting import ABOUT, Prompts
from journal.service.prompting import fitting as fitting_prompts
from journal.service.replies import Beside, CheckedReply, CommentView, ReplyTakenIn, ReplyView, Stands
from journal.service.replying import ReplyChoice, ReplyDesk, ReplyTo
from journal.service.results import Saved, SavedMany
from journal.service.scales import Answered, ScaleState, ScalesView
from journal.service.share_pictures import Offered
from journal.service.syncing import Round, SyncState
from journal.service.today import Step, Today
from journal.service.unfinished_reply import UnfinishedReply
from journal.service.unfinished_share import UnfinishedShare
from journal.service.views import DraftView, SessionSummary, SessionView, fitting_session

__all__ = [
    "ABOUT",
    "Answered",
    "AttachProgress",
    "Attaching",
    "Beside",
    "CardHere",
    "CardIs",
    "Checked",
    "CheckedReply",
    "Coming",
    "CommentView",
    "Costs",
    "CourseView",
    "DraftView",
    "Exported",
    "Imported",
    "JournalService",
    "Known",
    "Merged",
    "Offered",
    "OwnCard",
    "PeopleOutside",
    "Preview",
    "Prompts",
    "ReplyChoice",
    "ReplyDesk",
    "ReplyTakenIn",
    "ReplyTo",
    "ReplyView",
    "Round",
    "Saved",
    "SavedMany",
    "ScaleState",
    "ScalesView",
    "SessionSummary",
    "SessionView",
    "Side",
    "Standing",
    "Stands",
    "Step",
    "Stretch",
    "SyncState",
    "Today",
    "Total",
    "UnfinishedReply",
    "UnfinishedShare",
    "fitting_prompts",
    "fitting_session",
]
