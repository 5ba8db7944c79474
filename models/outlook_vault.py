# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Secrets at rest: sealed with a key that is not in the database."""

import json
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from odoo import api, models
from odoo.tools import config

PREFIX = "sealed:v1:"
_VARIABLE = "OUTLOOK_CALENDAR_KEY"


class OutlookVault(models.AbstractModel):
    """Seals and opens tokens and the client secret.

    The key is, in this order: environment variable ``OUTLOOK_CALENDAR_KEY``, option
    ``outlook_calendar_key`` of Odoo's configuration file, file
    ``outlook_calendar.key`` in the data folder, made at first use. A database
    backup holds none of them (its filestore is a sub-folder).
    """

    _name = "outlook.vault"
    _description = "Outlook: Sealed Secrets"

    @api.model
    def _seal(self, secret):
        """Return ``secret`` sealed for this database, as text."""
        message = json.dumps({"for": self._place(), "secret": secret}).encode()
        return PREFIX + Fernet(self._key()).encrypt(message).decode()

    @api.model
    def _open(self, sealed):
        """Return the secret, or ``""`` when it was not sealed here with this key.

        A database that was copied, or restored without the key, so opens nothing.
        """
        if not sealed or not sealed.startswith(PREFIX):
            return ""
        try:
            message = Fernet(self._key()).decrypt(sealed[len(PREFIX) :].encode())
        except InvalidToken:
            return ""
        content = json.loads(message)
        return content["secret"] if content["for"] == self._place() else ""

    @api.model
    def _place(self):
        """Return what tells this database from a copy of it."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{self.env.cr.dbname}/{uuid}"

    @api.model
    def _key(self):
        """Return the Fernet key, 32 bytes in URL-safe base64."""
        key = os.environ.get(_VARIABLE) or config.get("outlook_calendar_key")
        return key.encode() if key else self._key_from_file()

    @api.model
    def _key_from_file(self):
        path = Path(config["data_dir"]) / "outlook_calendar.key"
        try:
            return path.read_bytes().strip()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:  # O_EXCL: of two workers one makes the key, the other reads it
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes().strip()
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
        return path.read_bytes().strip()
