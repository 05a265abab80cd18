"""Addresses of what is said alone and of the conversation by code: ids only, and no word that tells anything."""

from __future__ import annotations

from django.urls import path

from karama.care.views import apart, firstcontact, talking

urlpatterns = [
    path("people/<uuid:person>/room/", apart.company, name="company"),
    path("people/<uuid:person>/room/alone/", apart.alone, name="alone"),
    path("people/<uuid:person>/room/record/", apart.incident, name="incident"),
    path("people/<uuid:person>/offered/", apart.offer, name="offer"),
    path("offered/<uuid:offered>/", apart.slip, name="slip"),
    path("sites/<uuid:site>/named/", apart.focal_points, name="focal_points"),
    path("first-contact/", firstcontact.first, name="first_contact"),
    path("people/<uuid:person>/talk/group/", firstcontact.group, name="group"),
    path("people/<uuid:person>/talk/agree/", firstcontact.agree, name="agree"),
    path("people/<uuid:person>/talk/", talking.talk, name="talk"),
    path("people/<uuid:person>/talk/result/", talking.result, name="talk_result"),
    path("people/<uuid:person>/talk/service/", talking.wanted, name="wanted"),
    path("people/<uuid:person>/talk/child/", talking.exploited, name="exploited"),
    path("people/<uuid:person>/talk/brief/", talking.brief, name="brief"),
    path("people/<uuid:person>/talks/", talking.talks, name="talks"),
]
