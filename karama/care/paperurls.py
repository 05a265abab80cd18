"""Addresses of forms on paper: ids and the name of a form only."""

from __future__ import annotations

from django.urls import path

from karama.care.views import papers, printing

urlpatterns = [
    path("paper/", papers.type_in, name="type_in"),
    path("paper/known/", papers.paper_known, name="paper_known"),
    path("paper/printed/", papers.printed, name="printed"),
    path("paper/aside/<uuid:printed>/", papers.paper_aside, name="paper_aside"),
    path("paper/<slug:sheet>/", printing.print_blank, name="print_blank"),
    path("paper/<slug:sheet>/key/", printing.print_key, name="print_key"),
    path("people/<uuid:person>/paper/", papers.papers_of, name="papers"),
    path("people/<uuid:person>/paper/<slug:sheet>/", printing.print_for, name="print_for"),
]
