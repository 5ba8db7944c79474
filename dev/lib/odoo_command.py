# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/odoo``: Odoo on a database of one's own, made from the template.

usage: dev/odoo DATABASE [ODOO ARGUMENTS]    (for example -u outlook_calendar -p 8070)
       dev/odoo shell DATABASE               Odoo's Python shell
"""

import subprocess

from .machine import ready
from .places import NAME
from .template import template


def ensure(process, database):
    """Make a database with the add-on from the template unless it is there."""
    if database not in process.cluster.names():
        process.cluster.copy(template(process), database)
        process.install(database, (NAME,))


def main(arguments):
    """Run Odoo until it ends or Ctrl-C."""
    shell = arguments[:1] == ["shell"]
    database, *rest = arguments[shell:] or ["-h"]
    if database.startswith("-"):
        print(__doc__.split("\n\n", 1)[1].strip())
        return 2
    with ready() as process:
        ensure(process, database)
        verb = "shell" if shell else "server"
        command = process.command(verb, "-d", database, *rest)
        return subprocess.run(command, check=False).returncode
