"""What can go wrong between a telephone and this server, said without a value of anybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotReadable(Problem):
    """What came is no message of this protocol."""

    code = "sync.not_readable"
    what = _("What the telephone sent could not be read.")
    do = _("Nothing was lost: it is still on the telephone. Update the app and send again.")
    status = 400


class TooLarge(Problem):
    """More came at once than is received."""

    code = "sync.too_large"
    what = _("The telephone sent too much at once.")
    do = _("Nothing was lost: it is still on the telephone, which sends it in smaller pieces.")
    status = 413


class NoCourierFile(Problem):
    """What came is no file that a telephone made for a courier, or a cut one."""

    code = "sync.no_courier_file"
    what = _("This is not a whole file of a telephone for a courier.")
    do = _("Choose the file as it was saved; if it was cut on its way, ask for it again. Nothing was taken in.")
    status = 400


class ForAnother(Problem):
    """A file sealed to another key than this installation's."""

    code = "sync.for_another"
    what = _("This file was sealed for another installation, or before this one was set up anew.")
    do = _("Take it to the office it was made for. Its author's telephone still has the work and can save it again.")
    status = 400


class FileChanged(Problem):
    """A file for this installation that does not open: somebody or something changed it."""

    code = "sync.file_changed"
    what = _("This file was changed or damaged on its way, and cannot be opened.")
    do = _("Ask for it again: its author's telephone still has the work. Nothing was taken in.")
    status = 400


class FileTooLarge(Problem):
    """A file larger than one that a telephone makes."""

    code = "sync.file_too_large"
    what = _("This file is larger than any that a telephone makes for a courier.")
    do = _("Choose the file as it was saved. Nothing was taken in.")
    status = 413


class AlreadySettled(Problem):
    """Somebody has looked at it already."""

    code = "sync.already_settled"
    what = _("Somebody has looked at this already.")
    do = _("Go back to the list to see what is left.")


class StillRefused(Problem):
    """It was tried again and still cannot be done."""

    code = "sync.still_refused"
    what = _("This still cannot be entered in the author's name.")
    do = _("Put right what stands in its way, for example who works with the person, or set it aside with a reason.")


class LeftToOthers(Problem):
    """What it says is not for her, so she does not decide it."""

    code = "sync.left_to_others"
    what = _("What this says is not for you, so you cannot decide it unread.")
    do = _("A colleague who may read it can decide it. A message from somebody can be entered unread, not set aside.")


class SayWhy(Problem):
    """Setting aside needs a reason."""

    code = "sync.say_why"
    what = _("Say why this is set aside.")
    do = _("Write a few words; what was sent stays readable beside them.")


class ChooseOne(Problem):
    """A conflict is decided for one of its versions."""

    code = "sync.choose_one"
    what = _("Neither version was chosen.")
    do = _("Choose what is right now, after asking the person or the colleague who knows.")


class NoApp(Problem):
    """The telephone's app was not built on this server."""

    code = "sync.no_app"
    status = 404
    what = _("The app for telephones is not installed on this server.")
    do = _("Ask whoever looks after the server to start it once more with `python3 run.py`. No record is concerned.")
