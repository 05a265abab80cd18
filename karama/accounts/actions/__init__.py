"""What a person does with users, duties, leave, rota and her own account."""

from karama.accounts.actions.devices import (
    OneTimeCode,
    enrol_device,
    offer_enrolment,
    repeat_revocation,
    revoke_device,
    tell_keeping,
)
from karama.accounts.actions.own import change_alias, change_language
from karama.accounts.actions.posting import end_duty, give_duty
from karama.accounts.actions.rota import cancel_leave, end_rota, set_leave, set_rota
from karama.accounts.actions.setting_up import become_operator, make_first_administrator
from karama.accounts.actions.users import (
    FirstSignIn,
    add_user,
    lock_user,
    new_password,
    reset_second_factor,
    unlock_user,
)

__all__ = [
    "FirstSignIn",
    "OneTimeCode",
    "add_user",
    "become_operator",
    "cancel_leave",
    "change_alias",
    "change_language",
    "end_duty",
    "end_rota",
    "enrol_device",
    "give_duty",
    "lock_user",
    "make_first_administrator",
    "new_password",
    "offer_enrolment",
    "repeat_revocation",
    "reset_second_factor",
    "revoke_device",
    "set_leave",
    "set_rota",
    "tell_keeping",
    "unlock_user",
]
