"""Who may do what with users, duties and rota. Rights never grow by one's own act."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import All, Among, Any, Duty, Is, Policy, Same

SETUP: Final = "job:setup"
"""The first set-up: makes the first administrator and the operator, only while there is none."""

ADMINISTER: Final = All(Duty("administrator"), Is("own", False), Is("within_reach", True))
"""An administrator, about somebody else, all of whose duties lie within the administrator's own reach."""

SEE_STAFF: Final = Policy(
    "accounts.see_staff",
    All(Duty("administrator", "supervisor", "director", "data_protection_officer"), Is("within_reach", True)),
)
STAFF_PAGES: Final = Policy(
    "accounts.staff_pages", Duty("administrator", "supervisor", "director", "data_protection_officer")
)
ADMINISTER_PAGES: Final = Policy("accounts.administer_pages", Duty("administrator"))

ADD_USER: Final = Policy("accounts.add_user", Duty("administrator"))
MANAGE_USER: Final = Policy("accounts.manage_user", ADMINISTER)
GIVE_DUTY: Final = Policy("accounts.give_duty", All(ADMINISTER, Is("place_within_reach", True)))
END_DUTY: Final = Policy("accounts.end_duty", All(Duty("administrator"), Is("place_within_reach", True)))
"""Ending a duty narrows, so an administrator may end her own."""

FIRST_ADMINISTRATOR: Final = Policy("accounts.first_administrator", All(Duty(SETUP), Is("users_exist", False)))
OPERATOR: Final = Policy("accounts.operator", All(Duty(SETUP), Is("operator_exists", False)))

LEAVE: Final = Policy(
    "accounts.leave",
    Any(Same("user", "id"), All(Duty("administrator", "supervisor"), Is("within_reach", True))),
)
LEAVE_PAGES: Final = Policy("accounts.leave_pages", Duty("administrator", "supervisor"))
ROTA_PAGES: Final = Policy("accounts.rota_pages", Any(Among("site", "sites"), Duty("administrator")))
ROTA: Final = Policy("accounts.rota", All(Duty("administrator", "supervisor"), Among("site", "sites")))
OWN: Final = Policy("accounts.own", Same("user", "id"))
MANAGE_DEVICE: Final = Policy(
    "accounts.manage_device",
    Any(Same("user", "id"), All(Duty("administrator", "data_protection_officer"), Is("within_reach", True))),
)
"""To see and revoke a telephone: its user herself, the administrator within whose reach she works, and the data
protection officer, who sees which was not there for long. Revoking only narrows."""

RESTORE: Final = Policy("accounts.restore", Duty("job:restore"))
