"""Work without signal that somebody else carries: saved on one telephone, taken along by another, known at a desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from karama.people.models import Person
from karama.safety.models import Alert
from karama.sync.models import HeldOperation
from tests.stories.conftest import Story, look
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import CANARY, registered


def sending(phone: Pocket) -> None:
    """The page of sending, from the header."""
    phone.page.locator(".head-bar .sending").click()
    phone.page.locator("#carried-file").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_file_that_somebody_carries(story: Story, tmp_path: Path, language: str) -> None:
    """ST330: somebody new, saved as a file without signal, are carried by a colleague who can read nothing,
    and arrive with her signal; at a desk the same file is known; the author's telephone then has its receipts."""
    author = Pocket(story, "yolanda", language).enrol()
    author.settled()
    before, alerts = set(Person.objects.values_list("code", flat=True)), Alert.objects.count()
    author.offline(True)
    code = registered(author)
    sending(author)
    author.look("courier-save")
    with author.page.expect_download() as saved:
        author.tap("Save a file for a courier")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name.startswith("agenda-")
    assert CANARY.encode() not in file.read_bytes()

    carrier = Pocket(story, "chantal", language).enrol()
    carrier.settled()
    carrier.offline(True)
    sending(carrier)
    (tmp_path / "other.txt").write_text("no file of a courier")
    carrier.page.set_input_files("#carried-file", tmp_path / "other.txt")
    carrier.says("This is not a whole file for a courier.")
    carrier.page.set_input_files("#carried-file", file)
    carrier.says("Not sent yet. It stays here until the server has it.")
    carrier.look("courier-carried")
    assert CANARY not in carrier.on_disk() + carrier.text()
    assert "KRMC1" not in carrier.on_disk()
    assert set(Person.objects.values_list("code", flat=True)) == before
    carrier.offline(False)
    carrier.tap("Try now")
    carrier.synced()
    carrier.look("courier-gone")
    assert carrier.page.get_by_text(carrier.words("A file of a colleague"), exact=True).count() == 0
    (new,) = set(Person.objects.values_list("code", flat=True)) - before
    assert new.replace("-", "") == code.replace("-", "")

    desk = story.page("nadia", language)
    desk.goto("/phones/courier/")
    look(desk, f"courier-desk-{language}")
    desk.set_input_files("input[type=file]", file)
    desk.locator("main form button[type=submit]").click()
    desk.locator(".notice.good").wait_for()
    look(desk, f"courier-desk-known-{language}")
    desk.set_input_files("input[type=file]", tmp_path / "other.txt")
    desk.locator("main form button[type=submit]").click()
    desk.locator("[aria-invalid=true]").wait_for()
    look(desk, f"courier-desk-wrong-{language}")

    author.offline(False)
    author.synced()
    assert len(Person.objects.exclude(code__in=before)) == 1
    assert Alert.objects.count() == alerts
    assert not HeldOperation.objects.exists()
