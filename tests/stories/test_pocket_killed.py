"""The server under the telephone is really killed, in the middle of what it is sent, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.installation import Place, found
from tests.machinery.browser import PHONE
from tests.machinery.kannel import free_ports
from tests.stories.line import DOWN, UP, Line
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import registered
from tests.stories.test_pocket_line import sent_by_trying, worked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MANY, SLOW = 60, 3_000
KILLS = ((UP, 3_000), (UP, 4_500), (DOWN, 1))
"""In the middle of what comes; when most has come; and when it has answered, before the answer arrives."""
READY_WITHIN = 60
HIRE = """
from karama.accounts.actions import add_user, give_duty, offer_enrolment
from karama.accounts.models import User
from karama.accounts.queries import actor_by_name
from karama.programme.models import Site
admin = actor_by_name("administrator", "administrator")
add_user(by=admin, username="yolanda")
site = Site.objects.get(code="quibdo")
given = give_duty(
    by=admin, user=User.objects.get(username="yolanda").id, duty="community_agent", work_alias="Yolanda",
    programme=site.programme_id, site=site.id,
).value
print(offer_enrolment(by=actor_by_name("yolanda", "community_agent"), posting=given.id).value.code)
"""
COUNT = """
from karama.groups.models import CommunityActivity
from karama.journal.models import Entry
from karama.people.models import Person
from karama.sync.models import HeldOperation
for one in CommunityActivity.objects.all():
    print("activity", one.text_of("title"))
for one in Person.objects.all():
    print("person", one.code)
print("held", HeldOperation.objects.count())
sent = Entry.objects.filter(op_id__isnull=False)
print("twice", sent.count() - sent.values("op_id").distinct().count())
"""


class Server:
    """`karama serve` in processes of its own, killed as a power cut kills them."""

    def __init__(self, place: Place, port: int) -> None:
        self._place, self._port = place, port
        self.address = f"http://127.0.0.1:{port}"
        self.killed = 0

    def start(self) -> None:
        """Returns when it answers."""
        command = [sys.executable, "-m", "karama", "serve", "--no-jobs", "--workers", "1", "--port", str(self._port)]
        self._running = subprocess.Popen(
            command, cwd=self._place.home.parent, env=self._place.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + READY_WITHIN
        while not self._answers():
            assert self._running.poll() is None, "the server ended by itself"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/field/worker.js", timeout=5) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def kill(self) -> None:
        """`kill -9`, of all its processes at once."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()
        self.killed += 1


def sent_over_ruins(phone: Pocket, server: Server, again: Callable[[], None]) -> None:
    """She tries as often as it takes; after each kill somebody starts the server again."""
    for _kill in KILLS:
        kills = server.killed
        phone.page.locator("main .button.primary:not([disabled])").filter(has_text=phone.words("Try now")).click()
        no_way = phone.words("There is no way to the server now. All is kept, and goes by itself later.")
        phone.page.get_by_text(no_way).wait_for(timeout=5 * 60_000)
        assert server.killed == kills + 1
        assert phone.page.locator(".head-bar .sending").filter(has_text=phone.words("All sent")).count() == 0
        again()


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_server_that_is_killed(browser: Browser, tmp_path: Path, language: str) -> None:
    """ST322: kill -9 in the middle of an upload, when most has come, and after it was written but before the answer:
    the telephone never says that all is sent before it is; started again, all is there once, and the journal whole."""
    place = found(tmp_path)
    server = Server(place, free_ports(1)[0])
    code = place.python(HIRE).split()[-1]
    server.start()
    try:
        with Line(server.address) as line:
            context = browser.new_context(base_url=line.address, viewport=PHONE, locale=language)
            phone = Pocket.of_another_server(context.new_page(), language)
            phone.enter(code)
            phone.synced()
            phone.settled()
            phone.offline(True)
            new = registered(phone)
            worked(phone, MANY, "Fútbol")
            phone.page.locator(".head-bar .sending").click()
            line.at_cut = server.kill
            line.bad(SLOW, KILLS)
            phone.page.context.set_offline(False)
            sent_over_ruins(phone, server, server.start)
            sent_by_trying(phone, tries=5)
            phone.look("after-the-kills")
            context.close()
        assert line.cuts == []
    finally:
        server.kill()
    told = place.python(COUNT).splitlines()
    counted = Counter(one.removeprefix("activity ") for one in told if one.startswith("activity "))
    assert counted == Counter(f"Fútbol {number}" for number in range(1, MANY + 1))
    assert sum(one.replace("-", "") == f"person {new}".replace("-", "") for one in told) == 1
    assert told[-2:] == ["held 0", "twice 0"]
    assert "the chain is whole" in place.karama("check")
