# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the sandbox starts with: read from a JSON file and put into the directory.

A seed is ``{"tenants": [...], "people": [...], "apps": [...], "mailboxes": ...}``; the
rows have the fields of the classes of the same name. A person's tenant may be left to
the domain of the username, and the id made up from it. ``mailboxes`` is for
``Exchange.load_seed``, or the name of a JSON file next to the seed.
"""

import json
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from .directory import Directory

TEAM = Path(__file__).parent / "seed" / "team.json"


class SeedError(Exception):
    """A seed or data file that cannot be used; the text is a sentence for people."""


def read_json(path: Path) -> Any:
    """Return what the JSON file holds.

    :raise SeedError: it is missing, unreadable or no JSON
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SeedError(f"The file {path} cannot be read: {reason}.") from error
    except ValueError as error:
        raise SeedError(f"The file {path} is not JSON: {error}.") from error


def read_seed(path: Path | None = None) -> dict[str, Any]:
    """Return the seed in the file, the team of Contoso by default.

    :raise SeedError: the file, or the file of mailboxes it names, cannot be used
    """
    path = path or TEAM
    seed = read_json(path)
    if not isinstance(seed, dict):
        raise SeedError(f"The seed {path} is not a JSON object.")
    if isinstance(seed.get("mailboxes"), str):
        seed["mailboxes"] = read_json(path.parent / seed["mailboxes"])
    return seed


def plant(directory: Directory, seed: dict[str, Any]) -> None:
    """Put the tenants, people, apps and consents of ``seed`` into the directory.

    :raise SeedError: a row misses a field, has an unknown one or names no tenant
    """
    for kind, add in (
        ("tenants", lambda row: directory.add_tenant(**row)),
        ("people", lambda row: add_person(directory, row)),
        ("apps", lambda row: add_app(directory, row)),
        ("consents", lambda row: directory.consent(*row)),
    ):
        for row in seed.get(kind, []):
            try:
                add(row)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise SeedError(
                    f"The seed has a bad row among its {kind}: {error} in {row}."
                ) from error


def add_person(directory: Directory, row: dict[str, Any]) -> Any:
    """Add a person; tenant, mail and id are derived from the username if missing.

    :raise ValueError: no tenant has the domain of the username
    """
    values = dict(row)
    username = values["username"]
    if "tenant_id" not in values:
        tenant = directory.tenant(username.partition("@")[2])
        if tenant is None:
            raise ValueError("no tenant has the domain of the username")
        values["tenant_id"] = tenant.id
    values.setdefault("id", str(uuid.uuid5(uuid.NAMESPACE_URL, username.lower())))
    values.setdefault("name", username.partition("@")[0].capitalize())
    if values.get("has_mailbox", True):
        values.setdefault("mail", username)
    values["valid_from"] = _moment(values.get("valid_from"))
    return directory.add_person(**values)


def add_app(directory: Directory, row: dict[str, Any]) -> Any:
    """Add an app; the dates of its secrets may be ISO texts."""
    secrets = [
        {**each, "expires": _moment(each.get("expires"))}
        if isinstance(each, dict)
        else each
        for each in row.get("secrets", [])
    ]
    return directory.add_app(**{**row, "secrets": secrets})


def _moment(value: Any) -> datetime | None:
    """Return an aware moment from ISO text; a moment or nothing stays as it is."""
    if isinstance(value, str) and value:
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value or None
