"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from karama.programme import views

app_name = "programme"
urlpatterns = [
    path("programmes/", views.programmes, name="list"),
    path("programmes/open/", views.open_programme, name="open"),
    path("programmes/<uuid:programme>/", views.programme, name="page"),
    path("programmes/<uuid:programme>/sites/new/", views.new_site, name="new_site"),
    path("sites/<uuid:site>/", views.site, name="site"),
    path("sites/<uuid:site>/change/", views.change_site, name="change_site"),
    path("sites/<uuid:site>/close/", views.close_site, name="close_site"),
    path("sites/<uuid:site>/teams/new/", views.new_team, name="new_team"),
    path("sites/<uuid:site>/responders/new/", views.new_responder, name="new_responder"),
    path("sites/<uuid:site>/answer/", views.answer, name="answer"),
    path("teams/<uuid:team>/close/", views.close_team, name="close_team"),
    path("responders/<uuid:responder>/end/", views.end_responder, name="end_responder"),
    path("partners/", views.partners, name="partners"),
]
