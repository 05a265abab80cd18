"""A person who signs in. What she may do stands in her postings, never here."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from karama.security.identifiers import uuid7

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{2,39}$"


class UserManager(BaseUserManager["User"]):
    """Looks users up. Users are made by the actions of this room and nowhere else."""


class User(AbstractBaseUser):
    """Not a record: the sign-in library writes passwords and last sign-in here (see `journal/guard.py`).

    `username`: what is typed at sign-in, never shown to colleagues; they see the work alias of the posting.
    `calendar`: a second calendar in which she has days told (`ui.calendars`); empty for none.
    `must_change_password`: the password was handed over by somebody else: by `password_by`, at `password_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=40, unique=True, validators=[RegexValidator(USERNAME_PATTERN)])
    language = models.CharField(max_length=10, default="en")
    calendar = models.CharField(max_length=10, blank=True, default="")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_by = models.UUIDField(null=True)
    password_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_user"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(username__regex=USERNAME_PATTERN), name="accounts_username_form")
        ]

    def __str__(self) -> str:
        return str(self.id)
