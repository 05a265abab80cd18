"""One drawn day of a community agent: what she does, what happens to her telephones, and what must be true after it.

Everything follows from the seed, so that a day that went wrong can be lived again (`AGAIN` in test_days.py).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.stories.line import DOWN, UP
from tests.stories.whole.agent import Telephone
from tests.stories.whole.house import House

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType

SLOW = 8_000
LONGEST = 15
HOURS = (-26, -2, 5, 30, -24 * 3650)
TRIES = 4
LANGUAGES = ("es", "ar")


@dataclass
class Hand:
    """An agent with up to two telephones. `due`: how often each action must have come, whatever became of it."""

    house: House
    kind: BrowserType
    folder: Path
    name: str
    language: str
    telephones: list[Telephone] = field(default_factory=list)
    due: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)

    def telephone(self, place: int) -> Telephone:
        """Her first or her second telephone; the second is enrolled when it is taken into her hand."""
        while len(self.telephones) <= place:
            profile = self.folder / f"{self.name}-{len(self.telephones)}"
            one = Telephone(self.kind, profile, self.house.line.address, self.language)
            code = self.house.ask("enrolment" if self.telephones else "hire", name=self.name)
            one.enter(code)
            one.synced()
            one.settled()
            self.telephones.append(one)
        return self.telephones[place]

    def shut(self) -> None:
        """Her telephones are put away."""
        for one in self.telephones:
            one.context.close()

    @property
    def made(self) -> dict[str, str]:
        """Every operation that was seen being made on any of them."""
        return {op: action for one in self.telephones for op, action in one.made.items()}


class Day:
    """`Day(hand, "7 0 3").live()`. Raises `AssertionError` with the seed and the steps that led there."""

    def __init__(self, hand: Hand, seed: str, steps: int = LONGEST) -> None:
        self.hand, self.house, self.seed, self.longest = hand, hand.house, seed, steps
        self.dice = random.Random(seed)
        self.lived: list[str] = []
        self.at = 0
        self.used = {0}
        self.drafts: dict[int, str] = {}
        self.people: list[str] = []
        self.gone: dict[str, str] = {}
        self.registered = 0

    @property
    def phone(self) -> Telephone:
        """The one in her hand."""
        return self.hand.telephone(self.at)

    def live(self) -> None:
        """The day, and what must be true after it."""
        with self.told():
            self.begin()
            for step in self.drawn():
                self.lived.append(step.__name__)
                step()
                self.truthful()
            self.lived.append("settle")
            self.settle()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Whatever goes wrong is told with the seed and the steps."""
        try:
            yield
        except Exception as wrong:
            shown = self.phone.text()[:1500] if not self.phone.page.is_closed() else ""
            told = f"(seed '{self.hand.language} {self.seed}': {' '.join(self.lived)})"
            raise AssertionError(f"{str(wrong)[:1500]}\nOn the screen: {shown}\n{told}") from wrong

    def drawn(self) -> list[Callable[[], None]]:
        """The steps of this day."""
        turns: dict[Callable[[], None], int] = {
            self.registers: 3, self.session: 4, self.questions: 2, self.danger: 2, self.worry: 3, self.meeting: 2,
            self.activity: 3, self.visit: 2, self.feedback: 2, self.draft: 2, self.away: 5, self.back: 3, self.tries: 2,
            self.lost_request: 2, self.lost_response: 3, self.killed: 1, self.reload: 3, self.reopened: 2,
            self.locked: 2, self.clock: 2, self.other_telephone: 2, self.slow: 2, self.taken_over: 1,
        }  # fmt: skip
        return self.dice.choices(list(turns), list(turns.values()), k=self.dice.randint(6, self.longest))

    def begin(self) -> None:
        """Two people of this day, and a telephone that is up to date."""
        self.house.quiet()
        self.phone.offline(False)
        called = [f"Q{self.hand.due.total()}{letter}" for letter in "ab"]
        codes = self.house.ask("people", name=self.hand.name, called=called)
        self.hand.codes |= {code.replace("-", "") for code in codes.values()}
        self.people, self.codes = called, codes
        self.phone.tries()

    def does(self, *actions: str) -> None:
        """She did this, and the app said that it is saved."""
        self.hand.due.update(actions)
        self.phone.hear()

    # --- what she does

    def registers(self) -> None:
        self.registered += 1
        called = f"{self.people[0]}{self.registered}"
        actions, code = self.phone.registers(called)
        self.does(*actions)
        self.hand.codes.add(code)
        self.people.append(called)
        self.codes[called] = code

    def session(self) -> None:
        self.does(*self.phone.session(self.somebody()))

    def questions(self) -> None:
        if called := self.unasked():
            self.does(*self.phone.asks_questions(called))

    def danger(self) -> None:
        if called := self.unasked():
            self.does(*self.phone.asks_questions(called, item_nine=True))

    def worry(self) -> None:
        self.does(*self.phone.worries(self.dice.choice([self.somebody(), ""])))

    def meeting(self) -> None:
        """Of a group that a colleague opened a moment ago, and of which this telephone just heard."""
        name = f"G{self.hand.due.total()}{len(self.lived)}"
        self.house.ask("group", name=self.hand.name, called=name, codes=[self.codes[self.people[0]]])
        self.back()
        self.phone.tries_once()
        self.does(*self.phone.meets(name))

    def activity(self) -> None:
        self.does(*self.phone.activity(f"A{self.hand.due.total()}"))

    def visit(self) -> None:
        self.does(*self.phone.visits())

    def feedback(self) -> None:
        self.does(*self.phone.says_of_us(f"F{self.hand.due.total()}"))

    def draft(self) -> None:
        """Questions are left after the third."""
        if self.at not in self.drafts:
            called = self.unasked()
            self.phone.asks_questions(called, many=3)
            self.phone.tap_foot(0)
            self.drafts[self.at] = called

    def somebody(self) -> str:
        """One of the people of this day, on any telephone: whoever was registered may be on the other one only."""
        return self.dice.choice(self.people[:2])

    def unasked(self) -> str:
        """Somebody of whom no questions lie half way on this telephone; empty where a colleague took the other over."""
        return next((one for one in self.people[1::-1] if one != self.drafts.get(self.at)), "")

    # --- what happens

    def away(self) -> None:
        self.phone.offline(True)

    def back(self) -> None:
        self.house.quiet()
        self.phone.offline(False)

    def tries(self) -> None:
        self.phone.tries_once()

    def lost_request(self) -> None:
        self.loses(UP)

    def lost_response(self) -> None:
        self.loses(DOWN)

    def loses(self, way: str) -> None:
        """What goes up, or the answer to it, is lost once or until the telephone gives up."""
        self.house.quiet([(way, 1)] * self.dice.choice((1, 1, 4)))
        self.phone.offline(False)
        self.phone.tries_once()
        self.house.quiet()

    def slow(self) -> None:
        self.house.quiet(bytes_a_second=SLOW)
        self.phone.offline(False)
        self.phone.tries_once()

    def killed(self) -> None:
        """In the middle of what comes, or when all is written and nobody has been told."""
        kills = self.house.server.killed
        self.house.quiet([self.dice.choice(((UP, 1), (DOWN, 1)))])
        self.house.line.at_cut = self.house.server.kill
        self.phone.offline(False)
        self.phone.tries_once()
        if self.house.server.killed == kills:
            self.house.server.kill()
        self.house.server.start()
        self.house.quiet()

    def reload(self) -> None:
        self.phone.reload()

    def reopened(self) -> None:
        self.phone.opened_again()

    def locked(self) -> None:
        self.phone.locked()

    def clock(self) -> None:
        self.phone.clock(self.dice.choice(HOURS))

    def other_telephone(self) -> None:
        """The second one; it hears of what happened meanwhile when there is a line."""
        self.at = 1 - self.at
        self.house.quiet()
        self.used.add(self.at)
        self.phone.offline(False)
        self.phone.tries_once()

    def taken_over(self) -> None:
        """A colleague goes on with somebody while she is away, and she, who does not know, writes a session down."""
        called = self.people[0]
        if self.gone or called in self.drafts.values() or self.used != {0}:
            return
        self.phone.offline(True)
        self.house.ask("takes_over", name=self.hand.name, person=self.codes[called])
        self.does(*self.phone.session(called))
        self.gone[called] = self.codes[called]
        self.people[0] = self.people[1]

    # --- what must be true

    def truthful(self) -> None:
        """A telephone that says "All sent" has everything at the server, and nothing waits on its disk."""
        self.phone.hear()
        if self.phone.says_all_sent():
            self.all_there(self.phone.made)
            assert self.phone.counted().get("waiting") == 0, "it said all sent while something waits on the disk"

    def all_there(self, ops: dict[str, str]) -> dict[str, str]:
        """Each is done or held, and never both; returns those that are held."""
        told = self.house.ask("account", name=self.hand.name, ops=list(ops))
        done, held = set(told["done"]), set(told["held"])
        assert not done & held, "an operation was done and held"
        missing = Counter(action for op, action in ops.items() if op not in done | held)
        assert not missing, f"said to be sent, and nowhere: {dict(missing)}"
        return {op: ops[op] for op in held}

    def settle(self) -> None:
        """The signal is back on every telephone: nothing is lost, nothing doubled, nobody forgotten."""
        self.house.quiet()
        for place in sorted(self.used):
            self.at = place
            self.phone.clock(0)
            self.phone.offline(False)
            self.sends_all()
        self.finish_drafts()
        self.once()
        self.nobody_forgotten()
        self.file_left()

    def sends_all(self) -> None:
        """Until it says so; what is held is looked at by her supervisor."""
        for _try in range(TRIES):
            self.phone.tries_once()
            self.phone.hear()
            if self.phone.says_all_sent():
                return self.truthful()
            self.house.ask("decide", name=self.hand.name)
        raise AssertionError(f"it never says that all is sent:\n{self.phone.text()}")

    def finish_drafts(self) -> None:
        """What was left half way is still there, at the fourth question, and is ended now."""
        for place, called in self.drafts.items():
            self.at = place
            self.phone.person(called)
            self.phone.tap_foot(0)
            self.phone.line(self.phone.words("Go on with the questions"))
            self.phone.tap("Go on where you were")
            for question in range(4, 10):
                self.phone._answers(question, "not_at_all")
            self.does(*self.phone.ends_questions())
            self.sends_all()

    def once(self) -> None:
        """As many of each action as she did, and whom she registered: no more, no fewer."""
        held = Counter(self.all_there(self.hand.made).values())
        told = self.house.ask("account", name=self.hand.name, ops=[])
        came = Counter(told["actions"]) + held
        wrong = {one: (due, came[one]) for one, due in self.hand.due.items() if came[one] != due}
        assert not wrong, f"done by her, and come to the server: {wrong}"
        codes = {code.replace("-", "") for code in told["codes"]}
        assert codes == self.hand.codes, "not those whom she registered"

    def nobody_forgotten(self) -> None:
        """Every alert is at the server, on the list of whoever answers."""
        told = self.house.ask("alerts", name=self.hand.name)
        raised = self.hand.due["safety.raise_worry"] + self.hand.due["safety.raise_alert"]
        assert told["raised"] >= raised, f"raised {raised}, arrived {told['raised']}"
        assert told["listed"] == told["raised"], f"{told['raised']} arrived, {told['listed']} stand on a list"

    def file_left(self) -> None:
        """Whoever was given to a colleague is on none of her telephones any more."""
        for place in sorted(self.used) if self.gone else ():
            self.at = place
            self.phone.thumb(("tap", "nav.foot-bar button", ""), ("tap", "main .start", self.phone.words("People")))
            self.phone.says("New person")
            told = self.phone.text().replace("-", "")
            assert not any(code.replace("-", "") in told for code in self.gone.values()), "whoever left is still there"
