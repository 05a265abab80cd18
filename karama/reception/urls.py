"""Addresses of this room: ids only, never a code. `calendar/` is the neutral page behind which a screen is hidden."""

from __future__ import annotations

from django.urls import path

from karama.reception.views import appointments, calendar, desk, interpreting, missed

app_name = "reception"
urlpatterns = [
    path("appointments/", calendar.calendar, name="calendar"),
    path("appointments/find/", calendar.find_person, name="find"),
    path("people/<uuid:person>/appointments/", appointments.of_person, name="of_person"),
    path("people/<uuid:person>/appointments/new/", appointments.book, name="book"),
    path("people/<uuid:person>/interpreter/", missed.wish, name="wish"),
    path("appointments/<uuid:appointment>/", appointments.appointment, name="appointment"),
    path("appointments/<uuid:appointment>/move/", appointments.move, name="move"),
    path("appointments/<uuid:appointment>/interpreter/", interpreting.find, name="find_interpreter"),
    path("appointments/<uuid:appointment>/card/", appointments.card, name="card"),
    path("arrivals/", desk.arrivals, name="arrivals"),
    path("arrivals/<uuid:arrival>/", desk.arrival, name="arrival"),
    path("waiting-list/", desk.waiting, name="waiting"),
    path("rooms/", desk.rooms, name="rooms"),
    path("rooms/<uuid:room>/", desk.room, name="room"),
    path("interpreters/", desk.roster, name="roster"),
    path("interpreters/<uuid:interpreter>/", desk.interpreter, name="interpreter"),
    path("interpreters/support/<uuid:interpreting>/", desk.support, name="support"),
    path("interpreting/", interpreting.to_interpret, name="to_interpret"),
    path("interpreting/<uuid:heard>/", interpreting.one, name="interpret"),
    path("missed/<uuid:follow_up>/", missed.follow_up, name="follow_up"),
]
