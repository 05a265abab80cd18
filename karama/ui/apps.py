"""The room's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, template tags, styles and catalogues."""

    name = "karama.ui"
    label = "ui"
