# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The demo's database, kept from one start to the next."""

import hashlib
import json
import re

from .places import NAME, ROOT
from .say import step
from .template import BUILD_PAGES, template

DATABASE = "outlook_demo"
LAYERS = ("controllers", "core", "graph", "models", "wizards")
FILES = ("data", "i18n", "security", "static", "views")
SEED = ROOT / "sandbox/seed/team.json"


def app_registration():
    """Return client id and secret of Odoo's app in the sandbox's seed."""
    app = json.loads(SEED.read_text())["apps"][0]
    return {"client_id": app["client_id"], "client_secret": app["secrets"][0]}


def seed_for(port, folder):
    """Return the sandbox's seed, with the redirect URIs of another port of Odoo's."""
    seed = json.loads(SEED.read_text())
    for app in seed["apps"]:
        uris = app["redirect_uris"]
        app["redirect_uris"] = [re.sub(r":\d+/", f":{port}/", uri) for uri in uris]
    if isinstance(seed.get("mailboxes"), str):
        seed["mailboxes"] = json.loads((SEED.parent / seed["mailboxes"]).read_text())
    path = folder / "seed.json"
    path.write_text(json.dumps(seed))
    return path


class DemoDatabase:
    """The database ``outlook_demo`` and what it was last brought up to.

    :param folder: where the note about that is kept
    """

    def __init__(self, process, folder):
        self.process, self.note = process, folder / "database.json"

    def is_there(self):
        """Whether the database is there, made by an earlier start to its end."""
        return self.note.exists() and DATABASE in self.process.cluster.names()

    def prepare(self, addresses):
        """Make the database, or bring it up to this code and these addresses."""
        wanted = {"code": _digest(), "addresses": addresses}
        known = json.loads(self.note.read_text()) if self.is_there() else None
        if known == wanted:
            return step(f"Database: {DATABASE} found")
        self.note.unlink(missing_ok=True)
        if known is None:
            step(f"Database: making {DATABASE} with the add-on and the demo people")
            self.process.cluster.copy(template(self.process), DATABASE)
            self.process.install(DATABASE, (NAME,))
            self._script("add_meetings(env, add_people(env))", addresses)
        else:
            step(f"Database: bringing {DATABASE} up to date")
            self.process.install(DATABASE, (NAME,), update=(NAME,))
            self._script("", addresses)
        self.note.write_text(json.dumps(wanted))
        return None

    def _script(self, call, addresses):
        """Run the demo's data script in Odoo's shell."""
        source = (ROOT / "dev/lib/demo_people.py").read_text()
        connect = f"connect(env, {app_registration()!r}, {addresses!r})"
        # In one piece: the shell runs its input line by line only on a terminal.
        text = "\n".join((source, call, connect, BUILD_PAGES))
        self.process.script(DATABASE, text, "Filling the demo's database")


def _digest():
    """Return a digest of the files that Odoo loads into the database."""
    digest = hashlib.sha256((ROOT / "__manifest__.py").read_bytes())
    for name in (*LAYERS, *FILES):
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()
