"""Django application of the seal door; its tables live in the key database only."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    """Registers the key tables under the label ``security``."""

    name = "karama.security"
    label = "security"
    verbose_name = "Security"
    default_auto_field = "django.db.models.BigAutoField"
