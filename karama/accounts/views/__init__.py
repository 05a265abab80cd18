"""The screens of this room."""

from karama.accounts.views.colleagues import (
    cancel_leave,
    colleague,
    end_duty,
    give_duty,
    leave,
    lock_user,
    new_password,
    new_user,
    reset_second_factor,
    staff,
    unlock_user,
)
from karama.accounts.views.devices import enrol, new_device, revoke_device
from karama.accounts.views.locked import lock, locked
from karama.accounts.views.own import (
    alias,
    choose_duty,
    end_browser,
    end_other_browsers,
    language,
    me,
    own_leave,
    today,
)
from karama.accounts.views.rota import end_shift, new_shift, rota, rota_week

__all__ = [
    "alias",
    "cancel_leave",
    "choose_duty",
    "colleague",
    "end_browser",
    "end_duty",
    "end_other_browsers",
    "end_shift",
    "enrol",
    "give_duty",
    "language",
    "leave",
    "lock",
    "lock_user",
    "locked",
    "me",
    "new_device",
    "new_password",
    "new_shift",
    "new_user",
    "own_leave",
    "reset_second_factor",
    "revoke_device",
    "rota",
    "rota_week",
    "staff",
    "today",
    "unlock_user",
]
