"""Reading at the front desk: by code, time and number."""

from karama.reception.queries.calendar import (
    Calendar,
    Entry,
    appointment_page,
    appointments_of,
    calendar,
    entries_of_day,
)
from karama.reception.queries.desk import (
    Arrived,
    OpenSupport,
    Roster,
    WaitingLine,
    arrivals,
    interpreter_page,
    rooms,
    roster,
    supports,
    waiting_list,
)
from karama.reception.queries.missed import (
    Task,
    TaskPage,
    interpreter_wish,
    late_tasks,
    not_recorded,
    task_page,
    tasks_of,
    without_colleague,
)

__all__ = [
    "Arrived",
    "Calendar",
    "Entry",
    "OpenSupport",
    "Roster",
    "Task",
    "TaskPage",
    "WaitingLine",
    "appointment_page",
    "appointments_of",
    "arrivals",
    "calendar",
    "entries_of_day",
    "interpreter_page",
    "interpreter_wish",
    "late_tasks",
    "not_recorded",
    "rooms",
    "roster",
    "supports",
    "task_page",
    "tasks_of",
    "waiting_list",
    "without_colleague",
]
