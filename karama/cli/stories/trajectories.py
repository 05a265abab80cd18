"""Made-up lives of a year, the same for the same seed: who comes, how it goes, who stays away. No database here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from karama.security.randomness import Repeatable, repeatable

FIRST: Final = {
    "ar": (
        "أمينة", "ليلى", "سارة", "مريم", "هدى", "رنا", "دلال", "نادية", "يوسف", "علي", "كريم", "سالم", "عمر", "حيدر",
        "مازن",
    ),
    "ku": ("Şîlan", "Berfîn", "Rojda", "Hêvî", "Nesrîn", "Dilşad", "Azad", "Hiwa", "Serbest", "Kawa"),
    "es": (
        "Yurany", "Luz Marina", "Dayana", "Marleny", "Keila", "Nidia", "Wilmar", "Jhon Jairo", "Faustino", "Eliécer",
        "Arley", "Rosmira",
    ),
}  # fmt: skip
LAST: Final = {
    "ar": ("الجبوري", "حسين", "خلف", "الحمداني", "صالح", "عبد الله", "ياسين", "محسن", "الطائي", "جاسم"),
    "ku": ("Hesen", "Mehmûd", "Reşîd", "Qadir", "Îbrahîm", "Osman", "Xalid"),
    "es": ("Córdoba", "Mena", "Perea", "Murillo", "Asprilla", "Cuesta", "Ibargüen", "Moya", "Hinestroza"),
}
WOMEN: Final = {
    "ar": 8, "ku": 5, "es": 6,
}  # fmt: skip
"""So many of the first names, from the beginning, are names of women; the rest are of men. Rosmira stands apart."""

COURSES: Final = (
    ("better", 44), ("some", 22), ("same", 12), ("worse", 6), ("away", 11), ("waiting", 5),
)  # fmt: skip
"""Of a hundred people: much better, somewhat, as before, worse, no longer coming, still waiting."""

LOWER: Final = {"better": 0.35, "some": 0.65, "same": 0.97, "worse": 1.15, "away": 0.85, "waiting": 1.0}
"""Which part of the first total is left at the end."""


Scores = tuple[tuple[int, str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Life:
    """One made-up participant. `scores`: days after the beginning, wave, nine values; `sessions`: days, how it went."""

    number: int
    site: str
    language: str
    first: str
    last: str
    birth_year: int
    gender: str
    mode: str
    course: str
    begun: date
    scores: Scores
    sessions: tuple[tuple[int, str], ...]
    closed: bool

    @property
    def band(self) -> str:
        """The age band of the age in the year of the beginning."""
        age = self.begun.year - self.birth_year
        bands = ((18, "12-17"), (25, "18-24"), (35, "25-34"), (50, "35-49"), (60, "50-59"))
        return next((name for below, name in bands if age < below), "60+")


def lives(count: int, today: date, seed: int = 7) -> list[Life]:
    """So many lives, spread over the year before today."""
    dice = repeatable(f"karama demonstration {seed}")
    return [_life(dice, number, today) for number in range(count)]


def _life(dice: Repeatable, number: int, today: date) -> Life:
    site = dice.choices(("mosul", "dohuk", "quibdo"), (40, 25, 35))[0]
    language = "es" if site == "quibdo" else dice.choices(("ar", "ku"), (2, 3) if site == "dohuk" else (5, 1))[0]
    place = dice.randrange(len(FIRST[language]))
    woman = place < WOMEN[language] or FIRST[language][place] == "Rosmira"
    course = dice.choices([name for name, _share in COURSES], [share for _name, share in COURSES])[0]
    ago = dice.randint(10, 60) if course == "waiting" else dice.randint(14, 360)
    begun = today - timedelta(days=ago)
    started = [2, 2, 2, 1, 2, 1, 1, 1, 0] if course != "worse" else [2, 2, 1, 2, 1, 2, 1, 1, 0]
    first = tuple(min(3, max(0, value + dice.choice((-1, 0, 0, 1)))) for value in started)
    if dice.random() < 0.08:
        first = (*first[:8], 1)
    return Life(
        number=number,
        site=site,
        language="es" if language == "es" else "ckb" if language == "ku" else "ar",
        first=FIRST[language][place],
        last=dice.choice(LAST[language]),
        birth_year=begun.year - dice.choices((20, 30, 42, 54, 66), (20, 30, 28, 14, 8))[0] - dice.randint(0, 4),
        gender="woman" if woman else "man",
        mode=dice.choices(("named", "alias", "coded"), (86, 8, 6))[0],
        course=course,
        begun=begun,
        scores=_scores(dice, first, course, ago),
        sessions=_sessions(dice, course, ago),
        closed=course in ("better", "some") and ago > 130,
    )


def _scores(dice: Repeatable, first: tuple[int, ...], course: str, ago: int) -> Scores:
    found = [(0, "baseline", first)]
    if course == "waiting":
        return tuple(found)
    for after, wave, part in ((35, "mid", 0.5), (84, "end", 1.0)):
        if after > ago or (course == "away" and wave == "end"):
            break
        left = 1 - (1 - LOWER[course]) * part
        values = [round(value * left + dice.uniform(-0.35, 0.35)) for value in first[:8]]
        found.append((after, wave, (*(min(3, max(0, value)) for value in values), 0 if left < 1 else first[8])))
    return tuple(found)


def _sessions(dice: Repeatable, course: str, ago: int) -> tuple[tuple[int, str], ...]:
    if course == "waiting":
        return ()
    planned = 3 if course == "away" else 8
    found = []
    for place in range(planned):
        after = 5 + place * dice.choice((7, 7, 8, 10))
        if after >= ago:
            break
        stays_away = course == "away" and place == planned - 1
        found.append((after, "absent" if stays_away else dice.choices(("came", "cancelled", "absent"), (88, 7, 5))[0]))
    return tuple(found)
