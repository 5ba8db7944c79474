# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/pot``: write ``i18n/outlook_calendar.pot`` anew."""

from .machine import ready
from .pot import POT, export
from .test_database import database


def main(arguments):
    """Install the add-on in a database of its own and export its terms."""
    if arguments:
        print("usage: dev/pot (it takes no arguments)")
        return 2
    with ready() as process, database(process) as made:
        text = export(process, made.installed())
    POT.parent.mkdir(exist_ok=True)
    POT.write_text(text)
    print(f"{POT.name} has {text.count('msgid ') - 1} terms")
    return 0
