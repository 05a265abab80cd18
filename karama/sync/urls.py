"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from karama.sync import views

app_name = "sync"

urlpatterns = [
    path("field/sync", views.field_sync, name="field_sync"),
    path("phones/held/", views.held, name="held"),
    path("phones/held/<uuid:operation>/", views.held_one, name="held_one"),
    path("phones/held/<uuid:operation>/file/", views.held_file, name="held_file"),
    path("phones/conflicts/", views.conflicts, name="conflicts"),
    path("phones/conflicts/<uuid:conflict>/", views.conflict, name="conflict"),
]
