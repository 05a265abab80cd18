"""Rows of the sheets of episodes and of sessions: what was held, and what is not said."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from karama.interop.tabular.cells import UNSAID, RowReader
from karama.interop.tabular.choosing import Field
from karama.rules.episodes import CLOSURE_REASONS, EPISODE_STATES

OUTCOMES: Final = ("improved", "partly", "unchanged", "worse", "unknown")
ATTENDED: Final = ("came", "cancelled", "absent", "staff")
PLACES: Final = ("in_person", "phone", "online", "home")
KINDS: Final = ("individual", "group")
EPISODE_FIELDS: Final = (
    Field("key", required=True, per_row=True),
    Field("number", per_row=True),
    Field("opened", required=True),
    Field("ended"),
    Field("state", tuple(EPISODE_STATES)),
    Field("reason", CLOSURE_REASONS),
    Field("outcome", OUTCOMES),
)
SESSION_FIELDS: Final = (
    Field("key", required=True, per_row=True),
    Field("number", per_row=True),
    Field("day", required=True),
    Field("attended", ATTENDED, required=True),
    Field("kind", KINDS),
    Field("place", PLACES),
    Field("minutes"),
    Field("techniques"),
)
END_UNLIKELY = _("the end lies before the beginning")
END_ROUGH = _("the end of an episode needs its day")
ENDED_OR_NOT = _("the state and the end contradict each other")
ONLY_CLOSED = _("a reason or an outcome belongs to a closed episode")
DEATH = _("a death is recorded on the person's page, where it stops every message: leave it out here")
GROUP = _("a meeting of a group is not a session of one person: it is kept with its group")
TECHNIQUE = _("one of these techniques is not on the list of this programme: say what it means with --value")


def plan_episode(read: RowReader) -> tuple[list[str], dict[str, Any]]:
    """What tells this episode from the person's others, and the arguments of `bring_episode`."""
    opened, ended = read.about("opened"), read.about("ended")
    if opened is None:
        raise read.refuse("opened", UNSAID)
    if ended is not None and ended.precision != "day":
        raise read.refuse("ended", END_ROUGH)
    if ended is not None and ended.day < opened.day:
        raise read.refuse("ended", END_UNLIKELY)
    state = read.code("state", tuple(EPISODE_STATES)) or ("closed" if ended is not None else "active")
    if (state in ("follow_up", "closed")) != (ended is not None):
        raise read.refuse("state" if read.chosen.tells("state") else "ended", ENDED_OR_NOT)
    reason, outcome = read.code("reason", CLOSURE_REASONS), read.code("outcome", OUTCOMES)
    if reason == "died":
        raise read.refuse("reason", DEATH)
    if (reason or outcome not in ("", "unknown")) and state != "closed":
        raise read.refuse("reason" if reason else "outcome", ONLY_CLOSED)
    if outcome and not reason and outcome != "unknown":
        raise read.refuse("reason", UNSAID)
    told: dict[str, Any] = {"on": opened.day, "precision": opened.precision, "state": state}
    told |= {
        "ended": ended.day if ended is not None else None,
        "reason": reason or None,
        "outcome": outcome or "unknown",
    }
    return [read.text("number", 200) or opened.day.isoformat()], told


def plan_session(read: RowReader, techniques: frozenset[str]) -> tuple[list[str], dict[str, Any]]:
    """What tells this session from the person's others, and the arguments of `bring_session`."""
    on = read.about("day")
    if on is None:
        raise read.refuse("day", UNSAID)
    if read.code("kind", KINDS) == "group":
        raise read.refuse("kind", GROUP)
    attended = read.code("attended", ATTENDED)
    if not attended:
        raise read.refuse("attended", UNSAID)
    place = read.code("place", PLACES)
    if attended == "came" and not place:
        raise read.refuse("place", UNSAID)
    held = attended == "came"
    told: dict[str, Any] = {"on": on.day, "precision": on.precision, "attended": attended}
    told |= {"modality": place if held else "", "minutes": read.number("minutes", 1, 600) if held else None}
    told["techniques"] = _techniques(read, techniques) if held else []
    return [read.text("number", 200) or on.day.isoformat()], told


def _techniques(read: RowReader, known: frozenset[str]) -> list[str]:
    words = read.text("techniques", 1_000).replace(";", ",").split(",")
    said = read.chosen.values.get("techniques", {})
    codes = [said.get(word.strip().casefold(), word.strip()) for word in words if word.strip()]
    if not set(codes) <= known or len(codes) > 20:
        raise read.refuse("techniques", TECHNIQUE)
    return sorted(set(codes))
