"""What happens once in a restored installation, in a process of its own."""

from __future__ import annotations

import sys

from karama import home
from karama.cli.founding import make_web_key, migrate
from karama.cli.starting import start


def main() -> int:
    """Newest shape, a new epoch, erasures and withdrawals done again, then a check. Returns the exit code."""
    start()
    from karama.journal.integrity import check
    from karama.journal.writing import begin_epoch
    from karama.people.jobs import finish_erasures, repeat_withdrawals

    make_web_key(home.keyring_of(home.home()))
    migrate()
    begin_epoch()
    finish_erasures()
    repeat_withdrawals()
    differences = check()
    for difference in differences:
        print(f"differs: {difference}", file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
