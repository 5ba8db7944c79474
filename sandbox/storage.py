# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The sandbox's state as JSON, and the file that keeps it between runs."""

import atexit
import json
import os
import threading
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .clock import Clock
from .directory import Directory
from .exchange import Exchange
from .grants import AuthorizationCode, Grants, RefreshToken
from .seeds import SeedError, plant, read_json
from .signing import Signer
from .tokens import AccessToken, Tokens

if TYPE_CHECKING:
    from .app import Sandbox

_FORMAT = 1
_PAUSE = 0.5  # seconds between a change and its saving, so that bursts are one write


def dump_state(sandbox: "Sandbox") -> dict[str, Any]:
    """Return everything that outlives a restart, as JSON values."""
    grants = sandbox.grants
    state = {
        "format": _FORMAT,
        "clock_offset": sandbox.clock.offset.total_seconds(),
        "key": sandbox.signer.pem,
        "directory": sandbox.directory.dump(),
        "access_tokens": {t: asdict(k) for t, k in sandbox.tokens.register.items()},
        "codes": {code: asdict(kept) for code, kept in grants.codes.items()},
        "refresh_tokens": {t: asdict(k) for t, k in grants.refresh_tokens.items()},
        "exchange": sandbox.exchange.dump(),
    }
    return json.loads(json.dumps(state, default=_text))


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"cannot be kept in the data file: {type(value).__name__}")


def load_state(sandbox: "Sandbox", data: dict[str, Any]) -> None:
    """Take over a dumped state.

    :raise SeedError: it is no state, or one of another version of the sandbox
    """
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise SeedError("The data file is not one of this version of the sandbox.")
    try:
        clock, directory = Clock(), Directory()
        clock.offset = timedelta(seconds=data["clock_offset"])
        plant(directory, data["directory"])
        signer = Signer(data["key"])
        tokens, grants = Tokens(clock, directory, signer), Grants(clock, directory)
        for name, register, kind in (
            ("access_tokens", tokens.register, AccessToken),
            ("codes", grants.codes, AuthorizationCode),
            ("refresh_tokens", grants.refresh_tokens, RefreshToken),
        ):
            register.update({k: kind(**_moments(v)) for k, v in data[name].items()})
        exchange = Exchange(clock, directory)
        exchange.load(data["exchange"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SeedError(f"The data file is damaged: {error!r}.") from error
    sandbox.clock, sandbox.directory, sandbox.signer = clock, directory, signer
    sandbox.tokens, sandbox.grants, sandbox.exchange = tokens, grants, exchange
    sandbox.throttle.clock = clock


def _moments(row: dict[str, Any]) -> dict[str, Any]:
    names = {"expires", "signed_in", "issued"} & set(row)
    return {**row, **{name: datetime.fromisoformat(row[name]) for name in names}}


class DataFile:
    """Saves the state soon after every change, and once more at the end."""

    def __init__(self, sandbox: "Sandbox", path: Path) -> None:
        self.sandbox = sandbox
        self.path = path
        self._changed = threading.Event()
        self._writing = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Load the file if it is there, and keep it up to date from now on.

        :raise SeedError: it cannot be used
        """
        if self.path.exists():
            self.sandbox.load(read_json(self.path))
        self.save()
        self.sandbox.on_change = self._changed.set
        self._thread.start()
        atexit.register(self.save)

    def save(self) -> None:
        """Write the file, in one step so that it is never half written.

        :raise SeedError: it cannot be written
        """
        draft = self.path.with_name(self.path.name + ".new")
        with self._writing:
            text = json.dumps(self.sandbox.dump())
            try:
                draft.touch(mode=0o600)  # it holds tokens and a private key
                draft.write_text(text, encoding="utf-8")
                os.replace(draft, self.path)
            except OSError as error:
                raise SeedError(f"{self.path} cannot be written: {error}.") from error

    def _run(self) -> None:
        while True:
            self._changed.wait()
            threading.Event().wait(_PAUSE)
            self._changed.clear()
            self.save()
