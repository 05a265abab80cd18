"""A telephone that is taken: after a working day every file of its profile is looked through, in every state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stories.whole.agent import Telephone, script
from tests.stories.whole.house import House
from tests.stories.whole.taken import Secret, found_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK, NEW = "Casilda-Timbiqui", "Zoraida-Palenqué"
WORDS = {
    "called at the desk": DESK, "called on the telephone": NEW, "number": "+57 300 555 7731",
    "worry": "Qz-worry: her brother has a weapon", "worry in Arabic": "زرقاء اليمامة تخاف الليل",
    "feedback": "Qz-feedback: the boat came late", "note left": "Qz-note: she slept in the church",
    "PIN": "73918264",
}  # fmt: skip
STATES = ("open", "locked", "removed", "taken_back")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all states."""
    with House(tmp_path_factory.mktemp("house")) as made:
        yield made


def worked(phone: Telephone) -> None:
    """A day with words and numbers in it, some of it without signal, some of it never finished."""
    phone.tap_foot(1)
    phone.tap("Choose a PIN")
    phone.give_pictures()
    for _time in range(2):
        phone.page.locator(".keypad").wait_for()
        for digit in WORDS["PIN"]:
            phone.page.locator(".keypad .key").nth((int(digit) or 11) - 1).click()
        phone.page.locator(".keypad .go").click()
    phone.tap_foot(0)
    phone.offline(True)
    phone.registers(NEW)
    phone.person(NEW)
    phone.unfold("More about this person")
    phone.tap("How may we reach you?")
    phone.thumb(("fill", "main input", WORDS["number"]), ("tap", ".answer[data-value='call']"))
    for words in ("worry", "worry in Arabic"):
        phone.tap_foot(2)
        phone.thumb(
            ("tap", ".answer[data-value='violence_at_home']"), ("tap", "main details.fold summary"),
            ("fill", "main details textarea", WORDS[words]), ("tap", "main .answers .answer"),
            ("wait", "main .card ul"),
        )  # fmt: skip
        phone.tap_foot(0)
    phone.says_of_us(WORDS["feedback"])
    phone.asks_questions(NEW, item_nine=True)
    phone.offline(False)
    phone.tries_once()
    phone.asks_questions(DESK, many=4)
    phone.offline(True)
    phone.person(DESK)
    phone.tap("Note")
    phone.page.locator("main textarea").first.fill(WORDS["note left"])
    phone.page.wait_for_timeout(1_000)
    phone.activity("Qz-activity by the river")
    phone.look("working-day")


def secrets_of(phone: Telephone, codes: list[str], enrolment: str) -> dict[str, Secret]:
    """Everything that must lie nowhere: words, codes, her phrase, and each key that was drawn, made or taken."""
    keys = [bytes.fromhex(one) for one in phone.page.evaluate("[...new Set(globalThis.drawn)]")]
    assert sum(len(one) != 32 for one in keys) == 1, "the key with which she signs"
    assert len(keys) >= 8, "master, phrase, what comes of the master, files, signing"
    phrase = "-".join(str(phone.number_of(sign)) for sign in phone.signs)
    found: dict[str, Secret] = {**WORDS, "activity": "Qz-activity", "phrase": phrase, "signs": "".join(phone.signs)}
    found |= {f"code {place}": code for place, code in enumerate(codes)} | {"enrolment": enrolment}
    found |= {"enrolment, grouped": "-".join((enrolment[:4], enrolment[4:8], enrolment[8:]))}
    # Of the key with which she signs: without the form around it, and without the public half at its end.
    found |= {f"key {place}": key if len(key) == 32 else key[36:68] for place, key in enumerate(keys)}
    return found


def comes_to(state: str, phone: Telephone, house: House, name: str) -> None:
    """The state in which it is taken."""
    if state == "locked":
        phone.tap_foot(1)
        phone.tap("Lock now")
        phone.page.locator(".phrase-entry").wait_for()
    if state == "removed":
        phone.offline(False)
        phone.tries_once()
        phone.tap_foot(1)
        phone.tap("Remove my account from this telephone")
        phone.tap("Remove it now")
        phone.page.locator(".code-entry").wait_for()
    if state == "taken_back":
        house.ask("take_back", name=name)
        phone.offline(False)
        phone.says("This telephone was taken back")


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_a_profile_that_is_taken(browser: Browser, house: House, tmp_path: Path, state: str) -> None:
    """ST574: (P13) no name, number, code, word, phrase, PIN or key of a working day lies in any file of the
    profile, packed or not, in any form: while it is open, locked, removed from, and taken back from afar."""
    name = f"taken{state.replace('_', '')}"
    phone = Telephone(browser.browser_type, tmp_path / "profile", house.line.address, "es")
    phone.context.add_init_script(script("keys.js"))
    phone.pictures = True
    enrolment = house.ask("hire", name=name)
    codes = house.ask("people", name=name, called=[DESK])
    phone.page.goto(f"{house.line.address}/field/")
    phone.page.locator(".code-entry input").fill(enrolment)  # an address with it would stay in the history, used up
    phone.connect()
    phone.synced()
    phone.settled()
    worked(phone)
    secrets = secrets_of(phone, list(codes.values()), enrolment.replace("-", ""))
    if state in ("removed", "taken_back"):
        comes_to(state, phone, house, name)
        left = phone.counted()
        assert {store for store, many in left.items() if many and store not in ("state", "users")} == set()
        assert phone.page.evaluate("caches.keys()") == []
    else:
        comes_to(state, phone, house, name)
    phone.page.wait_for_timeout(1_000)
    phone.context.close()
    everything = [path for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    assert any("IndexedDB" in str(path) and path.stat().st_size > 1_000 for path in everything)
    assert found_in(tmp_path / "profile", secrets) == {}


CONTROL = """async ({ words, bytes }) => {
  const opening = indexedDB.open("control", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
  const base = await new Promise((ok) => { opening.onsuccess = () => ok(opening.result); });
  const put = (name, value) => new Promise((ok) => {
    const one = base.transaction("rows", "readwrite", { durability: "strict" });
    one.objectStore("rows").put(value, name); one.oncomplete = ok; });
  const raw = Uint8Array.from(bytes);
  await put("plain", words.plain);
  await put("accents", words.accents);
  await put("arabic", words.arabic);
  await put("utf8", new TextEncoder().encode(words.utf8));
  await put("base64", "kept:" + btoa(words.base64));
  await put("hex", [...words.hex].map((one) => one.charCodeAt(0).toString(16)).join(""));
  await put("packed", "river ".repeat(4000) + words.packed + " river".repeat(4000));
  await put(words.name, 1);
  await put("key", raw);
  await put("key in base64", btoa("x" + String.fromCharCode(...raw)));
  await put("blob", new Blob([words.blob]));
  localStorage.setItem("control", words.local);
  await (await caches.open("control")).put("/field/control", new Response(words.cache));
  document.title = words.title;
  history.pushState({}, "", "/field/?" + words.address);
  const filler = new Uint8Array(60000);
  for (let at = 0; at < 120; at += 1) await put("filler" + at, crypto.getRandomValues(filler));
}"""


@pytest.mark.sqlite
@pytest.mark.slow
def test_the_look_finds_what_lies_open(browser: Browser, house: House, tmp_path: Path) -> None:
    """ST575: the same look finds each word and key that is written down unsealed: as text of one and of two bytes, in
    base64, in hexadecimal digits, packed, as the name of a row, in a blob, a cache, a title and an address."""
    places = (
        "plain", "utf8", "base64", "hex", "packed", "name", "blob", "local", "cache", "title", "address",
    )  # fmt: skip
    words = {place: f"control-of-{place}-lies-open" for place in places}
    words |= {"accents": "Zoraida-Palenqué", "arabic": "زرقاء اليمامة"}
    key = bytes((131 * place + 77) % 251 for place in range(32))
    phone = Telephone(browser.browser_type, tmp_path / "profile", house.line.address, "es")
    page: Page = phone.page
    page.goto(f"{house.line.address}/field/")
    page.locator(".code-entry").wait_for()
    page.evaluate(CONTROL, {"words": words, "bytes": list(key)})
    page.wait_for_timeout(1_000)
    phone.context.close()
    files = list((tmp_path / "profile").rglob("*"))
    assert any(path.suffix == ".ldb" for path in files), "no table was packed: the filler is too small"
    found = found_in(tmp_path / "profile", {**words, "key": key})
    assert set(found) == {*words, "key"}, f"not found: {({*words, 'key'}) - set(found)}"


def test_what_is_packed_is_unpacked(tmp_path: Path) -> None:
    """ST576: copies within what Snappy packed are followed: a word that lies nowhere as it is, is found."""
    packed = bytes([18, 8 << 2 | 0, *b"ab-word-a"[:9], (4 << 2) | 1 | (0 << 5), 9, 0])
    (tmp_path / "000003.ldb").write_bytes(b"\xff\x11\x02" + packed)
    assert found_in(tmp_path, {"word": "word-aab-word"}) == {"word": {"000003.ldb"}}
