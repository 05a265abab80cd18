"""CL020-CL025: the first day of a programme at the command line: its own sheets in, the registers of others out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.installation import Place, found

PEOPLE = """No;Nombre;Nacida;Tel;Como;Informe
K1;Zebra Quagga;1991;+57 300 123 4561;llamar;si
K2;Okapi Tapir;~1970;+57 300 123 4562;;no
K3;;1988;;;si
"""
MAPPING = """[columns]
key = "No"
name = "Nombre"
born = "Nacida"
contact = "Tel"
safe_way = "Como"
agreed_report = "Informe"
[values.safe_way]
llamar = "call"
[values.agreed_report]
si = "yes"
"""
SESSIONS = "No,Fecha,Vino\nK1,10/01/2026,si\nK2,11/01/2026,no\nK9,11/01/2026,si\n"
SAID = ("--as", "hana", "--programme", "colombia-community", "--series", "carpetas", "--yes")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation, and the sheets of a programme beside it."""
    made = found(tmp_path_factory.mktemp("dayone"))
    folder = made.home.parent
    for name, text in (("people.csv", PEOPLE), ("map.toml", MAPPING), ("sessions.csv", SESSIONS)):
        (folder / name).write_text(text, encoding="utf-8")
    return made


def bring_people(place: Place, expect: int = 1) -> str:
    folder = place.home.parent
    return place.karama(
        "import", "people", folder / "people.csv", "--mapping", folder / "map.toml", "--basis", "intake forms", *SAID,
        expect=expect,
    )  # fmt: skip


def bring_sessions(place: Place, *more: str, expect: int = 1) -> str:
    told = ("--column", "key=No", "--column", "day=Fecha", "--column", "attended=Vino", "--days", "dmy")
    words = ("--value", "attended:si=came", "--value", "attended:no=absent", "--always", "place=in_person")
    return place.karama(
        "import", "sessions", place.home.parent / "sessions.csv", *told, *words, *SAID, *more, expect=expect
    )


def test_sheets_come_in_once(place: Place) -> None:
    """CL020: people and sessions come in from a mapping file and from options; what was understood is shown without
    a name, rows that do not fit are told by row and the command ends with 1; a second run changes nothing."""
    said = bring_people(place)
    assert "contact: call 1, undecided 1" in said
    assert "2 people brought in, 0 there already" in said
    assert "1 came with a number and no stated safe way" in said
    assert "row 4, column Nombre: this person is kept with a name, and the row tells none" in said
    assert "Zebra" not in said
    assert "0 people brought in, 2 there already" in bring_people(place)
    said = bring_sessions(place)
    assert "2 sessions brought in" in said
    assert "row 4, column No: no person of this series has this key" in said
    assert "0 sessions brought in, 2 there already" in bring_sessions(place)
    assert "the chain is whole" in place.karama("check")


def test_appointments_come_in_once(place: Place) -> None:
    """CL025: appointments come in after the people, previewed by outcome without a name; what lies in the past without
    one is told by row and column; a second run changes nothing, and a wrong code stops before anything."""
    bring_people(place)
    sheet = place.home.parent / "appointments.csv"
    sheet.write_text(
        "No,Fecha,Hora,Con,Vino\nK1,10/01/2026,10:00,Rosa,si\nK2,11/01/2026,3:30 pm,Rosa,no\n"
        "K2,12/01/2026,10:00,Rosa,\nK9,12/01/2026,10:00,Rosa,si\nK1,13/01/2026,tarde,Rosa,si\n",
        encoding="utf-8",
    )
    place.karama(
        "user", "add", "rosa.m", "--alias", "Rosa", "--duty", "psychologist", "--programme", "colombia-community",
        "--site", "quibdo", "--as", "administrator",
    )  # fmt: skip
    columns = ("key=No", "day=Fecha", "at=Hora", "worker=Con", "outcome=Vino")
    told = [part for one in columns for part in ("--column", one)]
    words = ("--value", "outcome:si=came", "--value", "outcome:no=absent", "--days", "dmy")
    said = place.karama("import", "appointments", sheet, *told, *words, *SAID, expect=1)
    assert "outcome: came 2, absent 1, - 1" in said
    assert "2 appointments brought in" in said
    assert "row 4, column Vino: This appointment is over, and nothing says what became of it. Fill in" in said
    assert "row 5, column No: no person of this series has this key" in said
    assert "row 6, column Hora: this is no time of the clock" in said
    assert "Rosa" not in said
    assert "tarde" not in said
    again = place.karama("import", "appointments", sheet, *told, *words, *SAID, expect=1)
    assert "0 appointments brought in, 2 there already" in again
    stopped = place.karama("import", "appointments", sheet, *told, "--value", "outcome:si=yes", *SAID, expect=3)
    assert "The field outcome has no such code" in stopped
    assert "the chain is whole" in place.karama("check")


def test_a_wrong_word_stops_before_anything(place: Place) -> None:
    """CL021: an option that does not fit ends with a sentence and exit code 3, and nothing is imported."""
    said = bring_sessions(place, "--column", "shoe=No", expect=3)
    assert "There is no field shoe" in said
    said = place.karama("import", "episodes", place.home.parent / "nothing.csv", "--column", "key=No", *SAID, expect=3)
    assert "There is no file of this name" in said


def test_a_register_goes_out(place: Place) -> None:
    """CL022: registers are listed, and one is written for a month that is over, small counts not told; a file that is
    there is never written over."""
    place.karama(
        "user", "add", "rojin", "--alias", "Rojin", "--duty", "mel_officer", "--programme", "colombia-community",
        "--as", "administrator",
    )  # fmt: skip
    listed = place.karama("register", "--programme", "colombia-community")
    assert "monthly-activity" in listed
    assert "individual-attentions" not in listed
    out = place.home.parent / "january.csv"
    told = ("register", "monthly-activity", "--programme", "colombia-community", "--month", "2026-01", "--out", out)
    assert "3 lines written to january.csv" in place.karama(*told, "--language", "es")
    text = out.read_text(encoding="utf-8-sig")
    assert text.splitlines()[1:] == [f"{site}{',<8' * 8}" for site in ("buenaventura", "quibdo")] + [
        text.splitlines()[3]
    ]
    assert "Personas atendidas" in text
    assert out.stat().st_mode & 0o777 == 0o600
    assert "is there already" in place.karama(*told, expect=3)
    assert "Say --month" in place.karama("register", "monthly-activity", "--programme", "colombia-community", expect=2)


def test_a_demonstration_takes_no_people(place: Place) -> None:
    """CL023: an installation marked as a demonstration refuses people without --demo-data."""
    settings = place.home / "installation.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("demo = false", "demo = true"), encoding="utf-8")
    try:
        assert settings.read_text(encoding="utf-8") != before
        assert "no real people belong here" in bring_people(place, expect=3)
    finally:
        settings.write_text(before, encoding="utf-8")


def test_sheets_of_another_programme(place: Place, tmp_path: Path) -> None:
    """CL024: a programme that is not there, and a user who is not, end with a sentence."""
    (tmp_path / "people.csv").write_text("key,name\nK1,Amal\n", encoding="utf-8")
    rest = ("--series", "s", "--basis", "b", "--column", "key=key", "--yes")
    for who, programme in (("nobody", "colombia-community"), ("hana", "atlantis")):
        said = place.karama(
            "import", "people", tmp_path / "people.csv", "--as", who, "--programme", programme, *rest, expect=3
        )
        assert "Traceback" not in said
