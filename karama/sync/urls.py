"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from karama.sync import app, carrying, views

app_name = "sync"

urlpatterns = [
    path("field/", app.app, name="field_app"),
    path("field/worker.js", app.worker, name="field_worker"),
    path("field/app.webmanifest", app.manifest, name="field_manifest"),
    path("field/sync", views.field_sync, name="field_sync"),
    path("field/courier", carrying.field_courier, name="field_courier"),
    path("phones/courier/", carrying.bring, name="courier"),
    path("phones/held/", views.held, name="held"),
    path("phones/held/<uuid:operation>/", views.held_one, name="held_one"),
    path("phones/held/<uuid:operation>/file/", views.held_file, name="held_file"),
    path("phones/conflicts/", views.conflicts, name="conflicts"),
    path("phones/conflicts/<uuid:conflict>/", views.conflict, name="conflict"),
]
