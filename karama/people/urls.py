"""Addresses of this room: ids only, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.people.views import (
    consents,
    emergency,
    family,
    finding,
    lost_card,
    numbers,
    officer,
    pairs,
    person,
    protection,
    registering,
    relations,
    withdrawal,
)

app_name = "people"

urlpatterns = [
    path("people/", finding.caseload, name="caseload"),
    path("people/emergency/", emergency.emergency, name="emergency"),
    path("people/emergency/review/", emergency.to_review, name="emergencies"),
    path("people/emergency/<uuid:glass>/", emergency.opened, name="opened"),
    path("people/emergency/<uuid:glass>/review/", emergency.review_emergency, name="review_emergency"),
    path("people/search/", finding.search, name="search"),
    path("people/alike/", finding.alike, name="alike"),
    path("people/register/", registering.register, name="register"),
    path("people/due/", consents.due, name="due"),
    path("people/<uuid:person>/", person.person, name="person"),
    path("people/<uuid:person>/registered/", person.registered, name="registered"),
    path("people/<uuid:person>/correct/", person.correct, name="correct"),
    path("people/<uuid:person>/contact/", person.contact, name="contact"),
    path("people/<uuid:person>/numbers/", numbers.numbers, name="numbers"),
    path("people/numbers/<uuid:facility_number>/drop/", numbers.drop_a_number, name="drop_a_number"),
    path("people/<uuid:person>/limits/", person.limits, name="limits"),
    path("people/<uuid:person>/seen/", person.who_saw, name="who_saw"),
    path("people/<uuid:person>/file/", person.file, name="file"),
    path("people/<uuid:person>/cards/", consents.cards, name="cards"),
    path("people/<uuid:person>/consents/", consents.consents, name="consents"),
    path("people/<uuid:person>/consents/ask/<slug:purpose>/", consents.ask, name="ask"),
    path("people/<uuid:person>/consents/<uuid:consent>/withdraw/", consents.withdraw, name="withdraw"),
    path("people/lost/", lost_card.lost, name="lost"),
    path("people/duplicates/", pairs.duplicates, name="duplicates"),
    path("people/transfers/", pairs.transfers, name="transfers"),
    path("people/transfers/<uuid:transfer>/answer/", pairs.transfer_answer, name="transfer_answer"),
    path("people/<uuid:person>/transfer/", pairs.transfer, name="transfer"),
    path("people/<uuid:person>/questions/", lost_card.questions, name="questions"),
    path("people/<uuid:person>/family/", family.family, name="family"),
    path("people/<uuid:person>/family/relation/", family.relation, name="relation"),
    path("people/<uuid:person>/family/member/", family.member, name="member"),
    path("people/protect/", protection.protect, name="protect"),
    path("people/<uuid:person>/protection/", protection.protection, name="protection"),
    path("people/<uuid:person>/protection/guardian/", protection.guardian, name="guardian"),
    path("people/<uuid:person>/protection/knows/", protection.guardian_knows, name="guardian_knows"),
    path("people/<uuid:person>/protection/ask/", protection.ask_interest, name="ask_interest"),
    path("people/<uuid:person>/protection/decide/", protection.decide_interest, name="decide_interest"),
    path("people/<uuid:person>/workers/", relations.workers_of, name="workers"),
    path("people/<uuid:person>/hidden/", relations.hidden, name="hidden"),
    path("people/<uuid:person>/hold/", relations.hold, name="hold"),
    path("people/<uuid:person>/join/", officer.join, name="join"),
    path("people/erasures/", officer.erasures, name="erasures"),
    path("people/withdrawals/<uuid:withdrawn>/", withdrawal.withdrawal, name="withdrawal"),
]
