# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The template of the translations, as Odoo exports it."""

import difflib
import re

from .places import NAME, ROOT
from .shell import run

POT = ROOT / "i18n" / f"{NAME}.pot"
LINES = 20  # of the difference that are shown


def export(process, database):
    """Return the text of the .pot file that the installed add-on makes."""
    target = process.places.logs / f"{database}.pot"
    command = process.command("i18n", "export", "-d", database, "-o", target, NAME)
    run(command, "Exporting the translations", cwd=process.places.cache)
    return _without_dates(target.read_text())


def is_current(database):
    """Return whether the file is as Odoo exports it now, and the difference."""
    wanted = export(database.process, database.installed()).splitlines()
    present = _without_dates(POT.read_text()).splitlines() if POT.exists() else []
    lines = difflib.unified_diff(present, wanted, POT.name, "exported", lineterm="")
    shown = [*list(lines)[:LINES], "dev/pot writes it anew."]
    return present == wanted, "\n".join(shown)


def _without_dates(text):
    """Leave out what changes with each export: two dates and the Odoo build."""
    return re.sub(r'^"(?:POT-Creation|PO-Revision)-Date:.*"\n', "", text, flags=re.M)
