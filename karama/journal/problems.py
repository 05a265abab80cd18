"""What can go wrong, said so that the reader can go on.

Problem                 code, what happened, what to do now
├── Absent              there is nothing here for you (also: it is not yours)
│   └── Refused         the policy said no; looks exactly like Absent from outside
├── BadArguments        a value does not fit; names the field, never the value
├── OpIdReused          one operation id, two different operations
├── Collided            two changes at one moment do not go together
├── Unchangeable        a fact is corrected by a newer fact, never edited
├── OutsideAction       a programming error: a write that no action made
└── Broken              the journal and the tables differ, or the chain does
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Problem(Exception):
    """Something a person can understand and act on. `what` and `do` never hold a personal value.

    `field` names the argument it is about, where there is one.
    """

    code = "journal.problem"
    what: Text = _("This could not be done.")
    do: Text = _("Go back and try again. If it happens again, tell the person who looks after the system.")
    status = 422

    def __init__(
        self, code: str = "", what: Text = "", do: Text = "", *, field: str = "", status: int | None = None
    ) -> None:
        self.code = code or self.code
        self.what = what or self.what
        self.do = do or self.do
        self.field = field
        self.status = status or self.status
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.what} {self.do} [{self.code}]"


class Absent(Problem):
    """There is nothing here for this reader. The same answer whether it does not exist or is not hers."""

    code = "journal.absent"
    what = _("There is nothing here for you to see.")
    do = _("Check the code or the link, or go back to Today. If you need it for your work, ask your supervisor.")
    status = 404


class Refused(Absent):
    """The policy said no. From outside it is the same as `Absent`; `reason` goes to the access log only."""

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason


class BadArguments(Problem):
    """A value does not fit. Names the field, never the value."""

    code = "journal.bad_arguments"
    what = _("Something that was entered does not fit.")
    do = _("Look at the field that is named, correct it and save again. Nothing was saved yet.")
    status = 400

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(field=self.fields[0] if self.fields else "")

    def __str__(self) -> str:
        return f"{super().__str__()} ({', '.join(self.fields)})"


class OpIdReused(Problem):
    """The same operation id came with another author, action or content."""

    code = "journal.op_id_reused"
    what = _("This was sent before with other content.")
    do = _("Nothing was overwritten. Open the record to see what is kept, then enter the new content again.")
    status = 409


class Collided(Problem):
    """The database refused what another change of the same moment made impossible."""

    code = "journal.constraint"
    what = _("Two changes met at the same moment. Yours was not saved.")
    do = _("Look at what stands there now. If yours is still needed, enter it again.")
    status = 409


class Unchangeable(Problem):
    """A fact was to be edited or deleted."""

    code = "journal.unchangeable"
    what = _("What happened is not edited.")
    do = _("Add a correction with its reason: both stay readable.")


class OutsideAction(Problem):
    """A write that no action made. A programming error, refused before it reaches the table."""

    code = "journal.outside_action"
    what = _("A change was stopped because it did not come through an action.")
    do = _("Tell the person who looks after the system. Nothing was changed.")
    status = 500


class Broken(Problem):
    """The journal cannot be continued safely."""

    code = "journal.broken"
    what = _("The journal does not fit the data.")
    do = _("Stop entering data, run karama check, and restore the last good backup if it names differences.")
    status = 500
