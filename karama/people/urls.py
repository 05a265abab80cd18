"""Addresses of this room: ids only, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.people.views import consents, finding, officer, person, registering, relations

app_name = "people"

urlpatterns = [
    path("people/", finding.caseload, name="caseload"),
    path("people/search/", finding.search, name="search"),
    path("people/register/", registering.register, name="register"),
    path("people/<uuid:person>/", person.person, name="person"),
    path("people/<uuid:person>/registered/", person.registered, name="registered"),
    path("people/<uuid:person>/correct/", person.correct, name="correct"),
    path("people/<uuid:person>/contact/", person.contact, name="contact"),
    path("people/<uuid:person>/limits/", person.limits, name="limits"),
    path("people/<uuid:person>/seen/", person.who_saw, name="who_saw"),
    path("people/<uuid:person>/file/", person.file, name="file"),
    path("people/<uuid:person>/cards/", consents.cards, name="cards"),
    path("people/<uuid:person>/consents/", consents.consents, name="consents"),
    path("people/<uuid:person>/consents/ask/<slug:purpose>/", consents.ask, name="ask"),
    path("people/<uuid:person>/consents/<uuid:consent>/withdraw/", consents.withdraw, name="withdraw"),
    path("people/<uuid:person>/workers/", relations.workers_of, name="workers"),
    path("people/<uuid:person>/hidden/", relations.hidden, name="hidden"),
    path("people/<uuid:person>/hold/", relations.hold, name="hold"),
    path("people/<uuid:person>/join/", officer.join, name="join"),
    path("people/<uuid:person>/erase/", officer.erase, name="erase"),
    path("people/erasures/", officer.erasures, name="erasures"),
]
