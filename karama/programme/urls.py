"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from karama.programme import grantviews, views

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
    path("grants/", grantviews.grant_list, name="grants"),
    path("programmes/<uuid:programme>/grants/new/", grantviews.new_grant, name="new_grant"),
    path("grants/<uuid:grant>/", grantviews.grant, name="grant"),
    path("grants/<uuid:grant>/change/", grantviews.change_grant, name="change_grant"),
    path("grants/<uuid:grant>/pays/", grantviews.pay_from_grant, name="pay_from_grant"),
    path("partners/", views.partners, name="partners"),
]
