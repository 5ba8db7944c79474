# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Starting, stopping and keeping: the server and the command line."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import requests

from ...sandbox.seeds import SeedError, read_seed
from ...sandbox.server import PortTaken, start
from .browsing import ANN, SandboxCase, team

ROOT = Path(__file__).resolve().parents[2]


class TestServer(SandboxCase):
    def test_a_silent_client_does_not_block_the_tls_port(self):
        port = int(self.https.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)):
            url = f"{self.https}/common/v2.0/.well-known/openid-configuration"
            self.assertEqual(200, self.session.get(url, timeout=5).status_code)

    def test_both_names_of_the_machine_are_certified(self):
        url = self.https.replace("localhost", "127.0.0.1") + "/control"
        self.assertEqual(200, self.session.get(url).status_code)

    def test_two_sandboxes_know_nothing_of_each_other(self):
        other = start(team())
        self.addCleanup(other.stop)
        header = {"Authorization": f"Bearer {self.access_token()}"}
        mine = self.session.get(f"{self.http}/v1.0/me", headers=header)
        theirs = self.session.get(f"{other.http_url}/v1.0/me", headers=header)
        self.assertEqual((200, 401), (mine.status_code, theirs.status_code))

    def test_a_stopped_sandbox_answers_no_more(self):
        other = start(team())
        other.stop()
        self.assertFalse(Path(other.ca_file).exists())
        with self.assertRaises(requests.ConnectionError):
            self.session.get(other.http_url)

    def test_a_taken_port_is_named(self):
        port = int(self.http.rpartition(":")[2])
        with self.assertRaisesRegex(PortTaken, str(port)):
            start(team(), http_port=port)

    def test_links_in_answers_stay_on_the_host_that_was_asked(self):
        header = {"Authorization": f"Bearer {self.access_token()}"}
        base = self.https.replace("localhost", "127.0.0.1")
        url = f"{base}/v1.0/me/calendars?$top=1"
        body = self.session.get(url, headers=header).json()
        self.assertTrue(body["@odata.nextLink"].startswith(f"{base}/v1.0/"))


class TestSeeds(unittest.TestCase):
    def test_the_team_can_be_read(self):
        self.assertIn("mailboxes", read_seed())

    def test_bad_rows_are_named(self):
        cases = [
            ({"people": [{"username": "eve@nowhere.example"}]}, "people"),
            ({"people": [{"name": "Eve"}]}, "people"),
            ({"people": ["Eve"]}, "people"),
            ({"apps": [{"client_id": "x", "name": "X", "colour": "red"}]}, "apps"),
            ({"tenants": [{"id": "x"}]}, "tenants"),
            ({"mailboxes": {"nobody@contoso.example": {}}}, "mailbox"),
        ]
        for changes, word in cases:
            with self.subTest(word), self.assertRaisesRegex(SeedError, word):
                start(team(**changes))

    def test_bad_files_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "seed.json"
            with self.assertRaisesRegex(SeedError, "cannot be read"):
                read_seed(path)
            for text, word in (("{", "not JSON"), ("[]", "not a JSON object")):
                path.write_text(text)
                with self.assertRaisesRegex(SeedError, word):
                    read_seed(path)


class TestCommand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.seed = self.folder / "seed.json"
        self.seed.write_text(json.dumps(team()))
        self.data = self.folder / "data.json"
        self.session = requests.Session()
        self.session.trust_env = False

    def launch(self, *more, port="0"):
        command = [sys.executable, "-m", "sandbox", "--port", port, "--https-port", "0"]
        command += ["--seed", str(self.seed), *more]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait, 10)
        self.addCleanup(process.kill)
        return process

    def address(self, process):
        lines = []
        while "Stop with" not in (lines[-1] if lines else ""):
            lines.append(process.stdout.readline())
            self.assertTrue(lines[-1], "the sandbox ended")
        self.printed = "".join(lines)
        return lines[0].split()[-1].rstrip("/")

    def stop(self, process, number=signal.SIGTERM):
        process.send_signal(number)
        self.assertEqual(0, process.wait(10))

    def test_it_prints_its_addresses_and_stops_on_ctrl_c(self):
        ca = self.folder / "ca.pem"
        process = self.launch("--ca", str(ca))
        url = self.address(process)
        self.assertIn("24d3b144-21ae-4080-943f-7067b395b913", self.printed)
        self.assertEqual(200, self.session.get(f"{url}/control").status_code)
        self.assertIn("BEGIN CERTIFICATE", ca.read_text())
        self.stop(process, signal.SIGINT)

    def test_everything_is_kept_between_runs(self):
        process = self.launch("--data", str(self.data))
        url = self.address(process)
        event = {
            "subject": "Board",
            "start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "UTC"},
            "end": {"dateTime": "2026-12-01T11:00:00", "timeZone": "UTC"},
        }
        path = f"/control/people/{ANN}/events"
        made = self.session.post(url + path, json=event).json()
        self.session.post(f"{url}/control/clock", json={"advance": 86400})
        self.stop(process)
        process = self.launch("--data", str(self.data))
        url = self.address(process)
        self.assertEqual([made], self.session.get(url + path).json())
        now = self.session.get(f"{url}/control/clock").json()["now"]
        self.assertGreater(
            now, time.strftime("%Y-%m-%dT%H", time.gmtime(time.time() + 80000))
        )
        self.stop(process)

    def test_a_change_is_kept_even_when_the_program_is_killed(self):
        process = self.launch("--data", str(self.data))
        url = self.address(process)
        self.session.patch(f"{url}/control/people/{ANN}", json={"enabled": False})
        deadline = time.monotonic() + 60
        while '"enabled": false' not in self.data.read_text():
            self.assertLess(time.monotonic(), deadline, "not saved in time")
            time.sleep(0.05)

    def test_what_cannot_be_used_ends_it_with_a_sentence(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            self.assert_fails(f"Port {port} on 127.0.0.1 cannot be used", port=port)
        self.data.write_text("{}")
        self.assert_fails("not one of this version", "--data", str(self.data))
        self.data.write_text('{"format": 1}')
        self.assert_fails("damaged", "--data", str(self.data))
        self.seed.write_text("{")
        self.assert_fails("is not JSON")

    def assert_fails(self, words, *arguments, port="0"):
        process = self.launch(*arguments, port=port)
        self.assertEqual(1, process.wait(20))
        message = process.stderr.read()
        self.assertIn(words, message)
        self.assertEqual(1, message.count("\n"), message)


class TestState(SandboxCase):
    def test_connections_survive_a_restart(self):
        token = self.redeem(self.code()).json()["refresh_token"]
        access = self.access_token()
        keys = self.session.get(f"{self.https}/common/discovery/v2.0/keys").json()
        state = self.sandbox.dump()
        self.sandbox.reset()
        self.assertEqual(400, self.refresh(token).status_code)
        self.sandbox.load(state)
        self.assertEqual(200, self.refresh(token).status_code)
        self.sandbox.tokens.check(f"Bearer {access}")
        again = self.session.get(f"{self.https}/common/discovery/v2.0/keys").json()
        self.assertEqual(keys, again)
        self.assertEqual(state["directory"], self.sandbox.dump()["directory"])
