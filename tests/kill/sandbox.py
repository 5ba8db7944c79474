# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The sandbox in a process of its own, which outlives the server that is killed."""

import json
from datetime import datetime, timedelta, timezone

import requests

_PATIENCE = 60  # seconds
_JSON = {"Content-Type": "application/json"}


class Sandbox:
    """Speaks to the sandbox's control interface.

    :param url: its plain address
    """

    def __init__(self, url):
        self.url = f"{url}/control"
        self.session = requests.Session()
        self.session.trust_env = False

    def get(self, path, **query):
        """Return what the control interface answers."""
        return self._ask("GET", path, params=query).json()

    def events(self, person):
        """Return what is in a mailbox."""
        return self.get(f"people/{person}/events")

    def instances(self, person, event_id):
        """Return the days of a series in the coming year."""
        now = datetime.now(timezone.utc)
        start, end = now - timedelta(days=30), now + timedelta(days=365)
        window = {"start": start.isoformat(), "end": end.isoformat()}
        return self.get(f"people/{person}/events/{event_id}/instances", **window)

    def count(self):
        """Return how many requests were answered since the state was taken over."""
        return self.get("")["requests"]

    def state(self):
        """Return the whole state, as text."""
        return self._ask("GET", "state").text

    def restore(self, state):
        """Take over a state; nothing of what came after it is left."""
        self._ask("PUT", "state", data=state.encode(), headers=_JSON)

    def forget_mails(self):
        """Let no mail have been sent."""
        self._ask("DELETE", "mails")

    def hold(self, delay, **which):
        """Do the work of a request at once and keep its answer back for a while.

        :param which: members of a fault: ``method``, ``path``, ``skip``
        """
        body = {"kind": "late_answer", "delay": delay, **which}
        self._ask("POST", "faults", data=json.dumps(body), headers=_JSON)

    def forget_faults(self):
        """Let the next requests be answered at once."""
        self._ask("DELETE", "faults")

    def is_held(self):
        """Whether a request waits for its answer."""
        return self.get("")["faults"] == 0

    def _ask(self, method, path, **options):
        url = f"{self.url}/{path}".rstrip("/")
        answer = self.session.request(method, url, timeout=_PATIENCE, **options)
        answer.raise_for_status()
        return answer
