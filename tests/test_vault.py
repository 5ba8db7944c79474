# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where the key is, and what can be opened with it."""

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

from odoo.tests import TransactionCase, tagged
from odoo.tools import config


@tagged("post_install", "-at_install")
class TestVault(TransactionCase):
    def setUp(self):
        super().setUp()
        self.vault = self.env["outlook.vault"]
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "data"
        self.set_option("data_dir", str(self.folder))

    def set_option(self, name, value):
        old = config.get(name)
        config[name] = value
        self.addCleanup(config.__setitem__, name, old)

    def test_a_key_is_made_once_and_for_the_server_alone(self):
        sealed = self.vault._seal("secret")
        path = self.folder / "outlook_calendar.key"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.vault._open(sealed), "secret")
        self.assertNotIn("secret", sealed)

    def test_without_the_key_nothing_opens(self):
        sealed = self.vault._seal("secret")
        (self.folder / "outlook_calendar.key").unlink()
        self.assertEqual(self.vault._open(sealed), "")

    def test_another_database_opens_nothing(self):
        sealed = self.vault._seal("secret")
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.assertEqual(self.vault._open(sealed), "")

    def test_what_was_never_sealed_does_not_open(self):
        for value in ("", False, "plain", "sealed:v1:", "sealed:v1:garbage"):
            self.assertEqual(self.vault._open(value), "")

    def test_the_environment_comes_before_the_configuration(self):
        first, second = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        self.set_option("outlook_calendar_key", second)
        self.assertEqual(self.vault._key().decode(), second)
        os.environ["OUTLOOK_CALENDAR_KEY"] = first
        self.addCleanup(os.environ.pop, "OUTLOOK_CALENDAR_KEY")
        self.assertEqual(self.vault._key().decode(), first)
        self.assertFalse(self.folder.exists())
