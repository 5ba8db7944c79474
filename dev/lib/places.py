# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where things lie: all of it outside the checkout, below one cache folder."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "outlook_calendar"


def default_cache():
    """Return the cache folder: the one asked for, else the user's.

    As root it is one that the system user ``postgres`` can reach, since PostgreSQL
    refuses to run as root.
    """
    if asked := os.environ.get("OUTLOOK_CALENDAR_CACHE"):
        return Path(asked).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/cache") / NAME
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().resolve() / NAME


@dataclass(frozen=True)
class Places:
    """The folders and files of one cache folder."""

    cache: Path

    @property
    def venv(self):
        """The virtual environment."""
        return self.cache / "venv"

    @property
    def python(self):
        """The Python of the virtual environment."""
        return self.venv / "bin" / "python"

    @property
    def apt(self):
        """The private apt configuration, lists and archives."""
        return self.cache / "apt"

    @property
    def unpacked(self):
        """The tree that Debian's packages are unpacked into."""
        return self.cache / "odoo"

    @property
    def addons(self):
        """A folder with nothing but the link ``outlook_calendar`` to this checkout."""
        digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        return self.cache / "addons" / digest

    @property
    def link(self):
        """This checkout under the name that Odoo must see."""
        return self.addons / NAME

    @property
    def postgres(self):
        """The private PostgreSQL cluster, its log and its locks."""
        return self.cache / "postgres"

    @property
    def data(self):
        """Odoo's own data folder: sessions and files."""
        return self.cache / "data"

    @property
    def demo(self):
        """What the demo keeps between two starts."""
        return self.cache / "demo"

    @property
    def logs(self):
        """Logs of the steps that print one line only."""
        return self.cache / "logs"

    @property
    def output(self):
        """What tests leave for a person to look at: screenshots, logs, coverage."""
        asked = os.environ.get("OUTLOOK_CALENDAR_OUTPUT")
        return Path(asked).resolve() if asked else self.cache / "output"


def places():
    """Return the places of this run, their cache folder made."""
    found = Places(default_cache())
    for folder in (found.cache, found.logs, found.data, found.output):
        folder.mkdir(parents=True, exist_ok=True)
    return found
