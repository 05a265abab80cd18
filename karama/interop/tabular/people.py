"""A row of the sheet of people: who she is, how she may be reached, and what she agreed to, as far as it is said."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from karama.interop.tabular.cells import About, RowReader
from karama.interop.tabular.choosing import Field
from karama.people.numbers import used_as
from karama.rules.minors import BANDS

YES_NO: Final = ("yes", "no")
MODES: Final = ("named", "alias", "coded", "anonymous")
SEXES: Final = ("F", "M", "other", "unknown")
GENDERS: Final = ("woman", "man", "not_said")
DISPLACEMENTS: Final = ("host", "idp", "returnee", "refugee", "asylum_seeker", "migrant", "stateless", "unknown")
WAYS: Final = ("call", "sms_neutral", "via_person", "never")
AGE_BANDS: Final = (*BANDS, "unknown")
AGREED: Final = ("care", "notes", "report", "research")
FIELDS: Final = (
    Field("key", required=True, per_row=True),
    Field("mode", MODES),
    Field("name", per_row=True),
    Field("first", per_row=True),
    Field("last", per_row=True),
    Field("other_name", per_row=True),
    Field("born", per_row=True),
    Field("age", per_row=True),
    Field("age_on"),
    Field("age_band", AGE_BANDS, per_row=True),
    Field("sex", SEXES),
    Field("gender", GENDERS),
    Field("language"),
    Field("displacement", DISPLACEMENTS),
    Field("lives_in"),
    Field("site"),
    Field("contact", per_row=True),
    Field("safe_way", WAYS, per_row=True),
    Field("safe_hours", per_row=True),
    Field("safe_words"),
    *(Field(f"agreed_{purpose}", YES_NO) for purpose in AGREED),
)
NAME_NOT_KEPT = _("this person is kept without name, birth year and place, and the row tells one of them")
NO_NAME = _("this person is kept with a name, and the row tells none")
WAY_WITHOUT_ADDRESS = _("this way of reaching the person needs a number or a trusted person")
NO_NUMBER = _("this way of reaching the person needs one telephone number, and nothing beside it")
AGE_WITHOUT_DAY = _("an age needs the day on which it was noted")
NO_LANGUAGE = _("this is no code of a language, such as ar or es")
NO_SUCH_SITE = _("there is no open site of this code")
CLOSED_MODE = _("this programme does not keep people in this way")


def plan_person(read: RowReader, modes: tuple[str, ...]) -> dict[str, Any]:
    """The arguments of `register_person` that this row tells. `modes`: those of the programme's pack."""
    mode = read.code("mode", MODES) or "named"
    if mode not in modes:
        raise read.refuse("mode", CLOSED_MODE)
    names = _names(read, mode)
    born = _birth(read)
    lives_in = read.text("lives_in", 200)
    if mode in ("coded", "anonymous") and (names or born or lives_in):
        raise read.refuse("name" if names else "born" if born else "lives_in", NAME_NOT_KEPT)
    told: dict[str, Any] = {"identity_mode": mode, **names, **born, "place": lives_in, **_contact(read)}
    told["age_band"] = read.code("age_band", AGE_BANDS) or None
    told["sex_for_reporting"] = read.code("sex", SEXES) or None
    told["gender"] = read.code("gender", GENDERS) or None
    told["displacement"] = read.code("displacement", DISPLACEMENTS) or None
    told["languages"] = _languages(read)
    said = {purpose: read.code(f"agreed_{purpose}", YES_NO) for purpose in AGREED}
    told["basis_purposes"] = [purpose for purpose, answer in said.items() if answer == "yes"]
    told["basis_refused"] = [purpose for purpose, answer in said.items() if answer == "no"]
    return told


def _names(read: RowReader, mode: str) -> dict[str, Any]:
    first, last = read.text("first", 120), read.text("last", 120)
    whole, other = read.text("name", 240), read.text("other_name", 120)
    if whole and not (first or last):
        first, _space, last = whole.partition(" ")
    if mode in ("named", "alias") and not (first or last):
        raise read.refuse("name" if read.chosen.tells("name") else "first", NO_NAME)
    if len(first) > 120 or len(last) > 120:
        raise read.refuse("name", NO_NAME)
    told: dict[str, Any] = {"first": first, "last": last.strip(), "others": [other] if other else []}
    return told if first or last or other else {}


def _birth(read: RowReader) -> dict[str, Any]:
    """The year of birth, never the day."""
    born = read.about("born")
    age = read.number("age", 0, 120)
    if born is None and age is not None:
        noted = read.about("age_on")
        if noted is None:
            raise read.refuse("age_on", AGE_WITHOUT_DAY)
        born = About(date(max(noted.day.year - age, 1890), 1, 1), "approx")
    if born is None:
        return {}
    precision = "approx" if born.precision == "approx" else "year"
    return {"birth_year": born.day.year, "birth_precision": precision}


def _languages(read: RowReader) -> list[str]:
    words = read.text("language", 200).replace(";", ",").replace(" ", ",").split(",")
    codes = [read.chosen.values.get("language", {}).get(word.casefold(), word) for word in words if word]
    for code in codes[:8]:
        if not (2 <= len(code) <= 20 and code.replace("-", "").isalnum() and code.isascii() and code[:2].isalpha()):
            raise read.refuse("language", NO_LANGUAGE)
        if len(code.split("-")[0]) > 3:
            raise read.refuse("language", NO_LANGUAGE)
    return codes[:8]


def _contact(read: RowReader) -> dict[str, Any]:
    """The agreed way. A number for which the sheet states no safe way is not kept: nobody calls it."""
    address, way = read.text("contact", 200), read.code("safe_way", WAYS)
    hours, words = read.text("safe_hours", 200), read.text("safe_words", 200)
    if not way:
        return {"contact": "undecided"} if address else {}
    if way == "never":
        return {"contact": "never"}
    if not address:
        raise read.refuse("contact", WAY_WITHOUT_ADDRESS)
    if used_as(way, address, None) is None:
        raise read.refuse("contact", NO_NUMBER)
    return {"contact": way, "contact_address": address, "contact_hours": hours, "contact_phrase": words}


def site_of(read: RowReader, sites: dict[str, Any], usual: Any) -> Any:
    """The site a row names, among the open ones, or the usual one."""
    code = read.text("site", 40)
    code = read.chosen.values.get("site", {}).get(code.casefold(), code)
    if not code:
        return usual
    if code not in sites:
        raise read.refuse("site", NO_SUCH_SITE)
    return sites[code]
