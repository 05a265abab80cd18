"""Appointments, arrivals, rooms, interpreters, and asking after those who did not come."""

from karama.reception.models.appointment import Appointment, CancelReason
from karama.reception.models.arrival import Arrival, ArrivalState
from karama.reception.models.interpreter import (
    Debrief,
    Interpreter,
    InterpreterVeto,
    InterpreterWish,
    Interpreting,
    Sex,
)
from karama.reception.models.missed import FollowUp, FollowUpEnd, FollowUpTry, TryResult, Way
from karama.reception.models.room import Room, RoomKind

__all__ = [
    "Appointment",
    "Arrival",
    "ArrivalState",
    "CancelReason",
    "Debrief",
    "FollowUp",
    "FollowUpEnd",
    "FollowUpTry",
    "Interpreter",
    "InterpreterVeto",
    "InterpreterWish",
    "Interpreting",
    "Room",
    "RoomKind",
    "Sex",
    "TryResult",
    "Way",
]
