# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's command line, with this machine's settings and one database."""

import os

from .shell import run

SETTINGS = """\
[options]
addons_path = {addons}
data_dir = {data}
db_host = 127.0.0.1
db_port = {port}
db_user = {user}
db_password = {password}
http_interface = 127.0.0.1
list_db = False
admin_passwd = {password}
"""


class OdooProcess:
    """How to run Odoo: where it is, where its databases are."""

    def __init__(self, places, odoo, cluster):
        self.places, self.odoo, self.cluster = places, odoo, cluster

    @property
    def addons_path(self):
        """Odoo's add-ons and the folder with the link to this checkout."""
        return ",".join(str(path) for path in (*self.odoo.addons, self.places.addons))

    def configuration(self, **more):
        """Write the configuration file for the running cluster and return its path.

        :param more: other options, which go to a file of their own
        """
        environment = self.cluster.environment
        text = SETTINGS.format(
            addons=self.addons_path,
            data=self.places.data,
            port=environment["PGPORT"],
            user=environment["PGUSER"],
            password=environment["PGPASSWORD"],
        )
        text += "".join(f"{name} = {value}\n" for name, value in more.items())
        name = f"odoo-{more['db_name']}.conf" if more else "odoo.conf"
        path = self.places.addons / name
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(0o600)
        fresh.write_text(text)
        return fresh.rename(path)

    def command(self, *arguments, configuration=None):
        """Return the command line of a subcommand and its arguments.

        The configuration goes to the end, since ``i18n export`` takes it there only.
        """
        path = configuration or self.configuration()
        return [self.places.python, "-m", "odoo", *arguments, "-c", path]

    def install(self, database, modules, *, update=()):
        """Create the database when it is not there and install add-ons in it."""
        what = f"Installing {', '.join(modules)} in {database}"
        log = self.install_log(database)
        options = ["-d", database, "-i", ",".join(modules), "--stop-after-init"]
        if update:
            options += ["-u", ",".join(update)]
        command = self.command("server", *options, "--no-http")
        run(command, what, log=log, cwd=self.places.cache)

    def install_log(self, database):
        """Return the file with what Odoo said when it installed add-ons."""
        return self.places.logs / f"install-{database}.log"

    def script(self, database, text, what):
        """Run Python in Odoo's shell, where ``env`` is the superuser's, and commit."""
        command = self.command("shell", "-d", database, "--no-http", "--log-level=warn")
        feed = f"{text}\nenv.cr.commit()\n"
        return run(command, what, cwd=self.places.cache, feed=feed)
