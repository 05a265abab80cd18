"""What can go wrong at the seal door: each with a code, what happened and what to do, never a personal value."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class SecurityProblem(Exception):
    """Base of every problem of this room: ``code``, ``what`` and ``do`` are safe to show and log."""

    code: ClassVar[str] = "security.problem"
    status: ClassVar[int] = 503
    what: Any = _("Something about keys or backups is not as it should be.")
    do: Any = _("Run 'karama check' and ask the administrator.")

    def __init__(self, what: Any = None, do: Any = None) -> None:
        super().__init__(self.code)
        if what is not None:
            self.what = what
        if do is not None:
            self.do = do

    def __str__(self) -> str:
        return f"{self.what} {self.do} [{self.code}]"


class Erased(SecurityProblem):
    """The person was erased: her keys no longer exist."""

    code = "security.erased"
    what = _("This person was erased.")
    do = _("Nothing can be opened or written about this person any more; register a new person if they come back.")


class CannotOpen(SecurityProblem):
    """A ciphertext does not open here: moved from another row, damaged, or sealed elsewhere."""

    code = "security.cannot_open"
    what = _("A sealed value does not open in the place where it was found.")
    do = _("Run 'karama check': it names the record. Restore it from a backup if it was damaged.")


class NoKeys(SecurityProblem):
    """The person has no keys: they must be created, durably, before any data about her."""

    code = "security.no_keys"
    what = _("This person has no keys yet.")
    do = _("Create the keys before the first record about a person.")


class KeyringUnsafe(SecurityProblem):
    """The keyring folder is inside the data folder, or other accounts of the machine can read it."""

    code = "security.keyring_unsafe"
    what = _("The keyring is not in a private place.")
    do = _("Put KARAMA_KEYRING outside the data folder, with permissions 0700 (folder) and 0600 (files).")


class KeyringMissing(SecurityProblem):
    """The keyring, or one key of it, is not there although data sealed with it exists."""

    code = "security.keyring_missing"
    what = _("The keyring that opens this data folder is missing or incomplete.")
    do = _("Mount the place that holds it, or rebuild it from the escrow file with the recovery kit.")


class LedgerMissing(SecurityProblem):
    """The outlives ledger is absent."""

    code = "security.ledger_missing"
    what = _("The outlives ledger is missing, so it is not known who was erased.")
    do = _("Copy the newest outlives.ledger (it lies beside every backup) and give it with --ledger.")


class LedgerOlder(SecurityProblem):
    """The outlives ledger is older than what it must cover, or belongs to another history."""

    code = "security.ledger_older"
    what = _("The outlives ledger is older than the backup or belongs to another installation.")
    do = _("Find the newest outlives.ledger of this installation and give it with --ledger.")


class LedgerDamaged(SecurityProblem):
    """A record before the last one does not verify."""

    code = "security.ledger_damaged"
    what = _("The outlives ledger was changed or damaged in the middle.")
    do = _("Replace it by the copy that lies beside the newest backup.")


class BundleRefused(SecurityProblem):
    """A backup bundle is truncated, altered, of another installation, or does not fit its partner."""

    code = "security.bundle_refused"
    what = _("This backup file is incomplete, was altered, or does not belong to this installation.")
    do = _("Nothing was changed. Try another copy of the same backup, or an older one.")


class BackupImpossible(SecurityProblem):
    """A backup cannot be made with what is installed or configured."""

    code = "security.backup_impossible"
    what = _("The backup could not be made.")
    do = _("Read the sentence above, mend it, and run the backup again. The last backup is untouched.")


class RestoreImpossible(SecurityProblem):
    """A restore cannot start or cannot be completed; the target is as it was."""

    code = "security.restore_impossible"
    what = _("The backup could not be restored.")
    do = _("Nothing was changed. Stop Karama, read the sentence above, and run the restore again.")


class RestoreUnfinished(SecurityProblem):
    """A restore was cut off before what was decided since the backup was applied."""

    code = "security.restore_unfinished"
    what = _("A restore is not finished: withdrawals and erasures since the backup are not applied yet.")
    do = _("Run 'karama restore --finish', then start again.")


class RotationRunning(SecurityProblem):
    """Another process is rotating the keys."""

    code = "security.rotation_running"
    what = _("The keys are being rotated by another process.")
    do = _("Wait until it is done, then look at 'karama check': it tells when the keys were last rotated.")


class SweepRefused(SecurityProblem):
    """A sweep would remove far more keys than interrupted registrations can explain."""

    code = "security.sweep_refused"
    what = _("The sweep of unused keys would remove too many keys and was refused.")
    do = _("The data folder and the key folder may not belong together. Run 'karama check' first.")
