"""What happens once in a restored installation, in a process of its own."""

from __future__ import annotations

import sys

from karama import home
from karama.cli.founding import make_web_key, migrate
from karama.cli.starting import start


def main() -> int:
    """Newest shape, a new epoch, erasures and withdrawals done again, then a check. Returns the exit code.

    May be run again when it was cut off: `karama restore --finish`.
    """
    start(finishing=True)
    from karama.journal.integrity import check
    from karama.journal.writing import begin_epoch
    from karama.people.jobs import finish_restore
    from karama.security import restore

    make_web_key(home.keyring_of(home.home()))
    migrate()
    begin_epoch()
    erased, withdrawn = finish_restore()
    print(
        f"{erased} people who were erased since the backup were erased again; {withdrawn} decisions taken back again."
    )
    for entry in restore.pending_replay():
        print(f"not applied: {entry.kind} of {entry.at:%Y-%m-%d}. The installation stays closed.", file=sys.stderr)
    differences = check()
    for difference in differences:
        print(f"differs: {difference}", file=sys.stderr)
    return 1 if differences or restore.unfinished() else 0


if __name__ == "__main__":
    sys.exit(main())
