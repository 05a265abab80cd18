"""Addresses of this room: ids only, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.voice.views import copies, deletions, officer, requests

app_name = "voice"

urlpatterns = [
    path("rights/", officer.officer, name="officer"),
    path("rights/person/<uuid:person>/", requests.of_person, name="of_person"),
    path("rights/person/<uuid:person>/lift/", requests.lift, name="lift"),
    path("rights/<uuid:rights>/", requests.request, name="request"),
    path("rights/<uuid:rights>/done/", requests.done, name="done"),
    path("rights/<uuid:rights>/copy/", copies.copy, name="copy"),
    path("rights/<uuid:rights>/file/", copies.file, name="file"),
    path("rights/file/<uuid:copy>/", copies.download, name="download"),
    path("rights/<uuid:rights>/deletion/", deletions.deletion, name="deletion"),
    path("rights/<uuid:rights>/deletion/back/", deletions.send_back, name="send_back"),
    path("rights/certificates/<uuid:certificate>/", deletions.certificate, name="certificate"),
]
