"""What people do in this room."""

from karama.programme.actions.granting import change_grant, close_grant, open_grant, pay_from_grant
from karama.programme.actions.places import (
    add_partner,
    change_site,
    close_site,
    close_team,
    end_responder,
    name_responder,
    open_programme,
    open_site,
    open_team,
    set_site_answer,
    set_up_organisation,
)

__all__ = [
    "add_partner",
    "change_grant",
    "change_site",
    "close_grant",
    "close_site",
    "close_team",
    "end_responder",
    "name_responder",
    "open_grant",
    "open_programme",
    "open_site",
    "open_team",
    "pay_from_grant",
    "set_site_answer",
    "set_up_organisation",
]
