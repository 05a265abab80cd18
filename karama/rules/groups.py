"""Groups: who fits, who needs another group, what two people wrote down of one meeting, when a check-in is due.

Pure: no clock, no database. People and colleagues are ids; words are codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from uuid import UUID

GROUP_KINDS: Final = ("intervention", "peer_support", "self_help", "recreation", "skills")
FORMS: Final = ("closed", "open")
"""A closed group begins and ends with the same people; into an open one people come and go."""

MODALITIES: Final = ("in_person", "phone", "online", "hybrid")
REMOTE: Final = ("phone", "online")
ATTENDED: Final = ("present", "left_early")
ATTENDANCE: Final = (*ATTENDED, "excused", "absent")
"""Who was not tapped has none of these: not recorded, never absent."""

FIDELITY: Final = ("done", "adapted", "not_done")
WHY_NOT: Final = ("modality", "time", "group_wish", "not_fitting", "materials", "safety", "other")
RATERS: Final = ("facilitator", "observer")
BASES: Final = ("people", "contacts", "unsure")
ACTIVITY_KINDS: Final = ("awareness", "information", "mobilisation", "recreation", "skills", "ceremony", "other")
LEAVING: Final = ("finished", "left", "moved", "other_group", "died", "joined")
CHECK_IN_STATES: Final = ("open", "done", "not_wanted", "not_reached", "ended")
MOST_FACILITATORS: Final = 2
AGE_BANDS: Final = ("0-4", "5-9", "10-14", "15-17", "18-24", "25-34", "35-49", "50-59", "60+")

Fit = Literal["fits", "no", "not_known"]


@dataclass(frozen=True)
class Eligibility:
    """For whom a group is. Empty age bands: any age. `gender`: empty, woman or man."""

    age_bands: frozenset[str] = frozenset()
    gender: str = ""


def fit(rule: Eligibility, age_band: str | None, gender: str | None) -> Fit:
    """Whether somebody is one of those for whom the group is. What is not known is not a no."""
    told: list[Fit] = []
    if rule.age_bands:
        known = age_band in AGE_BANDS
        told.append(("fits" if age_band in rule.age_bands else "no") if known else "not_known")
    if rule.gender:
        known = gender in ("woman", "man")
        told.append(("fits" if gender == rule.gender else "no") if known else "not_known")
    if "no" in told:
        return "no"
    return "not_known" if "not_known" in told else "fits"


def places_left(capacity: int | None, members: int) -> int | None:
    """Places that are free; None when the group has no limit."""
    return None if capacity is None else max(0, capacity - members)


@dataclass(frozen=True)
class Ties:
    """What is known of one person: colleagues who must not know of her, files linked with her, her families."""

    hidden_from: frozenset[UUID] = frozenset()
    linked: frozenset[UUID] = frozenset()
    families: frozenset[UUID] = frozenset()


def needs_another(
    person: UUID, ties: Mapping[UUID, Ties], others: Collection[UUID], facilitators: Collection[UUID], *, together: bool
) -> bool:
    """Whether somebody cannot be in this group, with whomever that is: it is never said why, and never with whom.

    `together`: a group into which families come together, where belonging to each other is no reason. Whoever must not
    know of her is always one.
    """
    own = ties.get(person, Ties())
    if own.hidden_from & set(facilitators):
        return True
    if together:
        return False
    for other in others:
        if other == person:
            continue
        theirs = ties.get(other, Ties())
        if other in own.linked or person in theirs.linked or own.families & theirs.families:
            return True
    return False


def next_number(numbers: Iterable[int]) -> int:
    """The number of the meeting that comes next."""
    return max(numbers, default=0) + 1


def check_in_due(number: int, after: Collection[int]) -> bool:
    """Whether everybody who came to this meeting is asked after it how she is."""
    return number in after


def rated(
    told: Mapping[str, tuple[str, str]], items: Sequence[str], impossible: Collection[str], modality: str
) -> dict[str, tuple[str, str]]:
    """Fidelity as it is kept: item -> (answer, reason). An item nobody answered is not in it.

    What cannot be done at a distance is adapted in a meeting that was held at a distance, whatever was ticked: "done"
    would be wrong, and nobody has to say it by hand. "Not done" stays what it is.
    """
    found: dict[str, tuple[str, str]] = {}
    for item in items:
        answer = told.get(item)
        if modality in REMOTE and item in impossible and (answer is None or answer[0] == "done"):
            answer = ("adapted", "modality")
        if answer is not None:
            found[item] = ("done", "") if answer[0] == "done" else answer
    return found


Value = str | int | None


@dataclass(frozen=True)
class Told:
    """What one record of a meeting says. `attendance` holds only those who were tapped."""

    record: UUID
    attendance: Mapping[UUID, str] = field(default_factory=dict)
    items: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One thing about which two records of a meeting differ. `person` only where it is her attendance."""

    item: str
    values: tuple[tuple[UUID, Value], ...]
    person: UUID | None = None


@dataclass(frozen=True)
class Merged:
    """One meeting out of all that was written down of it. What nobody has settled yet is not in it: it is a difference.

    `attendance` of somebody whom only one of them tapped is what that one said.
    """

    attendance: Mapping[UUID, str]
    items: Mapping[str, Value]
    differences: tuple[Difference, ...]

    @property
    def came(self) -> frozenset[UUID]:
        """Members who were there, also those who left early."""
        return frozenset(person for person, state in self.attendance.items() if state in ATTENDED)


def merged(records: Sequence[Told], settled: Mapping[tuple[str, UUID | None], UUID]) -> Merged:
    """Put the records of one meeting together. `settled`: (item, person) -> the record that counts.

    Whatever none of them says stays unsaid. A settlement for a record that is not there any more settles nothing.
    """
    attendance: dict[UUID, str] = {}
    items: dict[str, Value] = {}
    differences: list[Difference] = []
    people = dict.fromkeys(person for one in records for person in one.attendance)
    for person in people:
        told = [(one.record, one.attendance[person]) for one in records if person in one.attendance]
        state = _agreed(told, settled.get(("attendance", person)))
        if state is None:
            differences.append(Difference("attendance", tuple(told), person))
        else:
            attendance[person] = str(state)
    for name in dict.fromkeys(name for one in records for name in one.items):
        said = [(one.record, one.items[name]) for one in records if one.items.get(name) is not None]
        if not said:
            continue
        value = _agreed(said, settled.get((name, None)))
        if value is None:
            differences.append(Difference(name, tuple(said)))
        else:
            items[name] = value
    return Merged(attendance, items, tuple(differences))


def _agreed(told: Sequence[tuple[UUID, Value]], chosen: UUID | None) -> Value:
    """The one value all say, or the one of the chosen record; None when they differ and nobody has chosen."""
    values = {value for _record, value in told}
    if len(values) == 1:
        return told[0][1]
    return next((value for record, value in told if record == chosen), None)


def contacts(merged_meeting: Merged) -> int | None:
    """Everybody who was there, walk-ins too; None while the number of walk-ins is in dispute."""
    if any(one.item == "walk_ins" for one in merged_meeting.differences):
        return None
    walk_ins = merged_meeting.items.get("walk_ins") or 0
    return len(merged_meeting.came) + int(walk_ins)


TELLING: Final = frozenset(
    (
        "hiv", "aids", "gbv", "rape", "sexual", "abuse", "violence", "torture", "trauma", "suicide", "depression",
        "survivor", "survivors", "victim", "victims", "msm", "lgbt", "lgbtq", "lgbti", "gay", "lesbian", "trans",
        "prostitution", "addiction", "drugs", "mental", "psychiatric", "trafficking", "vih", "sida", "vbg",
        "violacion", "abuso", "violencia", "tortura", "suicidio", "depresion", "victima", "victimas",
        "sobreviviente", "sobrevivientes", "lesbiana", "drogas", "adiccion", "trata", "psiquiatrico", "viol",
        "victime", "survivantes", "اغتصاب", "تعذيب", "انتحار", "ضحايا", "ناجيات", "عنف", "ايدز", "إيدز",
    )
)  # fmt: skip
"""Words that tell what a group is for. A name is read by whoever stands beside."""


def name_tells(name: str) -> bool:
    """Whether a group's name says what people come for."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    known = {
        "".join(one for one in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(one))
        for word in TELLING
    }
    return any(word in known for word in re.findall(r"\w+", bare))
