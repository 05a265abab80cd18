"""The recovery kit: one private key on paper, and the escrow file only it can open.

The kit is made at first start, shown once and never stored. The keyring is sealed to its public half in
``escrow/keks.age``, a file of its own that is replaced at each rotation and is in no backup: an old escrow beside an
old keys bundle would undo erasures.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from django.utils.translation import gettext as _
from pyrage import x25519

from karama.security import durable, keyring, places
from karama.security.problems import BundleRefused, KeyringMissing, RestoreImpossible

FORMAT = 1
_PRIVATE = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{58}")


@dataclass(frozen=True)
class RecoveryKit:
    """The private half (never stored), its public half, and the page to print."""

    private: str = field(repr=False)
    public: str
    made_at: datetime

    def page(self) -> str:
        """Return the text to print: what it is, the key, and how to keep it."""
        rule = "=" * 78
        keep = _(
            "This is the recovery key of this installation. It is shown once and stored nowhere.\n"
            "Print it twice. Keep the copies in two closed places, apart from the computer and the backups.\n"
            "Whoever has it and a backup can read everything. Without it, no backup can be restored."
        )
        check = _("Public half, to check the copy by:")
        return (
            f"{rule}\n{keep}\n\n    {self.private}\n\n{check}\n    {self.public}\n    {self.made_at:%Y-%m-%d}\n{rule}\n"
        )


def new_kit() -> RecoveryKit:
    """Make a kit in memory."""
    identity = x25519.Identity.generate()
    return RecoveryKit(str(identity), str(identity.to_public()), datetime.now(UTC))


def identity_from(typed: str) -> x25519.Identity:
    """Read the private key from typed or pasted text: spaces, line breaks and small letters are forgiven.

    Raises:
        RestoreImpossible: there is no key in it, or a character is wrong (the key carries its own check).
    """
    found = _PRIVATE.search("".join(typed.split()).upper())
    wrong = RestoreImpossible(
        _("The recovery key is not complete or a character is wrong."),
        _("Type it again from the printed page: it begins with AGE-SECRET-KEY-1 and has 74 characters."),
    )
    if found is None:
        raise wrong
    try:
        return x25519.Identity.from_str(found.group())
    except pyrage.IdentityError:
        raise wrong from None


def recipient(public: str) -> x25519.Recipient:
    """Return the public half in the form age seals to."""
    return x25519.Recipient.from_str(public)


def seal_escrow(
    ring: keyring.Keyring, public: str, installation: str, path: Path, once: x25519.Identity | None = None
) -> None:
    """Seal a keyring to a recovery key, replace the escrow file and overwrite the bytes of the old one.

    ``once`` is a further key that may open it, for a proof in the same moment.
    """
    content = {
        "format": FORMAT,
        "installation": installation,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "keys": [keyring.render(key).decode() for key in ring.all_keys()],
    }
    durable.private_folder(path.parent)
    recipients = [recipient(public), *([once.to_public()] if once else [])]
    durable.replace(path, pyrage.encrypt(json.dumps(content).encode(), recipients), shred_old=True)


def write_escrow(ring: keyring.Keyring | None = None, *, prove: bool = False) -> Path:
    """Seal this installation's keyring, as it is now or as given, into its escrow file; return the path.

    With ``prove`` the file is read back and opened with a key that exists only for this moment, and every key in it
    is compared with the keyring: what the recovery kit itself opens is proved only by a rehearsal with the kit.

    Raises:
        KeyringMissing: there is no keyring or no recovery key. BundleRefused: the file does not hold the keyring.
    """
    ring = ring or keyring.read(places.keyring_folder())
    once = x25519.Identity.generate() if prove else None
    seal_escrow(ring, keyring.public_key(), places.installation_id(), places.escrow_path(), once)
    if once is not None and not _holds(places.escrow_path(), once, ring):
        raise BundleRefused(
            _("The escrow file could not be opened again after it was written."),
            _("Look at the disk. The old keys were kept and nothing is lost; then run 'karama rotate' again."),
        )
    return places.escrow_path()


def _holds(escrow: Path, identity: x25519.Identity, ring: keyring.Keyring) -> bool:
    try:
        content = json.loads(pyrage.decrypt(escrow.read_bytes(), [identity]))
        kept = [keyring.parse(text.encode()) for text in content["keys"]]
    except (OSError, pyrage.DecryptError, ValueError, KeyError, KeyringMissing):
        return False
    return kept == ring.all_keys() and content["installation"] == places.installation_id()


def renew_kit() -> RecoveryKit:
    """Make a new kit for a living installation (the old one was lost or seen) and a new escrow file for it.

    Backups made before stay sealed to the old kit: make a new one at once.
    """
    kit = new_kit()
    durable.replace(places.keyring_folder() / keyring.PUBLIC_NAME, (kit.public + "\n").encode())
    write_escrow()
    return kit


def open_escrow(identity: x25519.Identity, escrow: Path, folder: Path) -> str:
    """Write the keyring of an escrow file into an empty folder; return the installation id it belongs to.

    Raises:
        RestoreImpossible: the folder already holds keys, the file is absent, or the kit does not open it.
    """
    if keyring.exists(folder):
        raise RestoreImpossible(_("The keyring folder already holds keys."))
    if not escrow.exists():
        raise KeyringMissing(_("The escrow file was not found."))
    try:
        content = json.loads(pyrage.decrypt(escrow.read_bytes(), [identity]))
        keys = [keyring.parse(text.encode()) for text in content["keys"]]
        installation = str(content["installation"])
    except (pyrage.DecryptError, ValueError, KeyError):
        raise RestoreImpossible(_("This recovery key does not open this escrow file.")) from None
    for key in keys:
        keyring.write(folder, key)
    durable.replace(folder / keyring.PUBLIC_NAME, f"{identity.to_public()}\n".encode())
    return installation
