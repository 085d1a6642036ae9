"""The input of the meetings room: the form of a meeting, and the commands on it, its bridge points and participants."""

from meetings.forms.bridge_points import AddBridgePoints, EditBridgePoint, RemoveBridgePoint
from meetings.forms.cloning import AddSeries, CloneMeeting, RemoveSeries, RemoveTemplate, RenameSeries
from meetings.forms.course import (
    AdjournMeeting,
    CreateMeeting,
    EditMeeting,
    MeetingForm,
    OpenMeeting,
    ResumeMeeting,
    SetClock,
    SetSeries,
    SuspendMeeting,
)
from meetings.forms.moments import YEARS, Day, DayInput, Moment, MomentInput
from meetings.forms.participants import AddGroup, AddParticipants, EditParticipant, RemoveParticipant

__all__ = [
    "YEARS",
    "AddBridgePoints",
    "AddGroup",
    "AddParticipants",
    "AddSeries",
    "AdjournMeeting",
    "CloneMeeting",
    "CreateMeeting",
    "Day",
    "DayInput",
    "EditBridgePoint",
    "EditMeeting",
    "EditParticipant",
    "MeetingForm",
    "Moment",
    "MomentInput",
    "OpenMeeting",
    "RemoveBridgePoint",
    "RemoveParticipant",
    "RemoveSeries",
    "RemoveTemplate",
    "RenameSeries",
    "ResumeMeeting",
    "SetClock",
    "SetSeries",
    "SuspendMeeting",
]
