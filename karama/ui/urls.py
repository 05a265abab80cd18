"""Addresses that belong to no room. None of them shows a record."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from karama.ui import views
from karama.ui.routes import PUBLIC, route_policy

app_name = "ui"
urlpatterns = [
    path("language/", route_policy(PUBLIC)(set_language), name="language"),
    path("calendar/", views.hide, name="hide"),
    path("style/", views.style, name="style"),
]
