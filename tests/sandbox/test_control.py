# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The control interface over HTTP."""

import re
from datetime import timedelta
from pathlib import Path

from ...sandbox.control import ROUTES
from ...sandbox.faults import KINDS
from .browsing import ANN, BOB, CLIENT_ID, REDIRECT, TENANT, SandboxCase, team

README = Path(__file__).resolve().parents[2] / "sandbox" / "README.md"
EVENT = {
    "subject": "Board",
    "start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "UTC"},
    "end": {"dateTime": "2026-12-01T11:00:00", "timeZone": "UTC"},
}


class ControlCase(SandboxCase):
    def call(self, method, path, body=None, status=200):
        url = f"{self.http}/control{path}"
        response = self.session.request(method, url, json=body)
        self.assertEqual(status, response.status_code, response.text)
        return response.json() if response.content else None


class TestTrouble(ControlCase):
    def test_the_overview(self):
        body = self.call("GET", "")
        self.assertIn(ANN, body["people"])
        self.assertEqual([CLIENT_ID], body["apps"])

    def test_reset_forgets_everything(self):
        self.call("POST", f"/people/{ANN}/events", EVENT)
        self.call("POST", "/clock", {"advance": 1000000})
        self.call("POST", "/faults", {"kind": "status"})
        self.call("POST", "/reset", status=204)
        self.assertEqual([], self.call("GET", f"/people/{ANN}/events"))
        self.assertEqual([], self.call("GET", "/faults"))
        self.assertEqual(timedelta(), self.sandbox.clock.offset)

    def test_reset_takes_another_seed_or_none_at_all(self):
        people = [{"username": "eve@contoso.example", "password": "x"}]
        self.call("POST", "/reset", {"seed": team(people=people)}, 204)
        self.assertEqual(["eve@contoso.example"], self.call("GET", "")["people"])
        bad = team(people=[{"username": "eve@nowhere.example"}])
        error = self.call("POST", "/reset", {"seed": bad}, 400)["error"]
        self.assertIn("people", error)
        self.assertEqual(["eve@contoso.example"], self.call("GET", "")["people"])
        self.sandbox.reset(team())

    def test_a_state_is_kept_and_taken_over_again(self):
        made = self.call("POST", f"/people/{ANN}/events", EVENT)
        kept = self.call("GET", "/state")
        self.call("DELETE", f"/people/{ANN}/events/{made['id']}", status=204)
        self.call("POST", "/faults", {"kind": "status"})
        self.call("PUT", "/state", kept, status=204)
        [event] = self.call("GET", f"/people/{ANN}/events")
        self.assertEqual(made["id"], event["id"])
        self.assertEqual([], self.call("GET", "/faults"))
        self.assertEqual([], self.call("GET", "/requests"))
        self.call("PUT", "/state", {"format": 0}, status=400)

    def test_the_clock(self):
        self.call("POST", "/clock", {"set": "2030-01-01T00:00:00Z"})
        self.assertEqual("2030-01-01", self.call("GET", "/clock")["now"][:10])
        self.call("POST", "/clock", {"advance": 86400})
        self.assertEqual("2030-01-02", self.call("GET", "/clock")["now"][:10])
        self.call("POST", "/clock", {"reset": True})
        self.assertEqual(timedelta(), self.sandbox.clock.offset)
        for wrong in ({}, {"set": "tomorrow"}, {"advance": "x"}):
            self.call("POST", "/clock", wrong, 400)

    def test_faults_are_added_listed_and_cleared(self):
        fault = {"kind": "status", "status": 429, "retry_after": 5, "person": ANN}
        added = self.call("POST", "/faults", fault)
        self.assertEqual("5", added["retry_after"])
        self.assertEqual([added], self.call("GET", "/faults"))
        self.call("DELETE", "/faults", status=204)
        self.assertEqual([], self.call("GET", "/faults"))

    def test_bad_faults_are_refused(self):
        self.call("POST", "/faults", {"kind": "flood"}, 400)
        self.call("POST", "/faults", {"kind": "status", "colour": "red"}, 400)
        self.call("POST", "/faults", {"kind": "status", "path": "("}, 400)
        self.call("POST", "/faults", {"kind": "status", "person": "nobody"}, 404)
        self.assertEqual([], self.call("GET", "/faults"))

    def test_limits_and_switches(self):
        self.assertEqual(4, self.call("GET", "/limits")["concurrent"])
        self.assertEqual(50, self.call("PATCH", "/limits", {"rate": 50})["rate"])
        self.call("PATCH", "/limits", {"rate": -1}, 400)
        self.call("PATCH", "/limits", {"speed": 1}, 400)
        self.assertFalse(self.call("GET", "/switches")["events_delta"])
        self.assertTrue(self.call("PATCH", "/switches", {"events_delta": True}))
        self.assertTrue(self.sandbox.exchange.switches.events_delta)
        self.call("PATCH", "/switches", {"nothing": True}, 400)

    def test_delta_tokens_can_be_let_die(self):
        header = {"Authorization": f"Bearer {self.access_token()}"}
        url = (
            f"{self.http}/v1.0/me/calendarView/delta"
            "?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z"
        )
        link = self.session.get(url, headers=header).json()["@odata.deltaLink"]
        self.call("POST", "/delta/expire", {"person": BOB}, 204)
        self.assertEqual(200, self.session.get(link, headers=header).status_code)
        self.call("POST", "/delta/expire", {"person": ANN}, 204)
        self.assertEqual(410, self.session.get(link, headers=header).status_code)

    def test_the_request_log(self):
        header = {"Authorization": f"Bearer {self.access_token()}"}
        self.session.get(f"{self.http}/v1.0/me", headers=header)
        self.session.get(f"{self.http}/v1.0/me/calendars", headers=header)
        rows = self.call("GET", f"/requests?person={ANN}&path=calendars$")
        self.assertEqual(["/v1.0/me/calendars"], [row["path"] for row in rows])
        self.call("DELETE", "/requests", status=204)
        self.assertEqual([], self.call("GET", "/requests"))


class TestDirectory(ControlCase):
    def test_a_new_person_has_a_mailbox_and_signs_in(self):
        row = {"username": "eve@contoso.example", "password": "eve-Sandbox1"}
        self.assertEqual(TENANT, self.call("POST", "/people", row)["tenant_id"])
        self.call("POST", f"/people/{row['username']}/events", EVENT)
        self.assertEqual(200, self.redeem(self.code(row["username"])).status_code)
        self.call("POST", "/people", row, 400)
        self.call("POST", "/people", {}, 400)
        self.call("POST", "/people", {"username": "x@nowhere.example"}, 400)

    def test_a_licence_can_be_taken(self):
        self.call("PATCH", f"/people/{ANN}", {"has_mailbox": False})
        header = {"Authorization": f"Bearer {self.access_token()}"}
        response = self.session.get(f"{self.http}/v1.0/me/events", headers=header)
        self.assertEqual(404, response.status_code)
        code = response.json()["error"]["code"]
        self.assertEqual("MailboxNotEnabledForRESTAPI", code)

    def test_what_ends_a_connection(self):
        token = self.redeem(self.code()).json()["refresh_token"]
        self.assertEqual(200, self.refresh(token).status_code)
        cases = [
            ("PATCH", f"/people/{ANN}", {"password": "new"}, 50173),
            ("POST", f"/people/{ANN}/revoke", {}, 50173),
            ("PATCH", f"/people/{ANN}", {"enabled": False}, 50057),
            ("DELETE", f"/consents/{ANN}", None, 65001),
            ("POST", f"/apps/{CLIENT_ID}/secrets/expire", None, 7000222),
        ]
        for method, path, body, number in cases:
            with self.subTest(path=path, body=body):
                self.sandbox.reset()
                token = self.redeem(self.code()).json()["refresh_token"]
                answer = self.session.request(
                    method, f"{self.http}/control{path}", json=body
                )
                self.assertIn(answer.status_code, (200, 204))
                codes = self.refresh(token).json()["error_codes"]
                self.assertEqual([number], codes)

    def test_consents_can_be_given_for_a_person_or_a_tenant(self):
        scopes = ["openid", "profile", "offline_access", "Calendars.ReadWrite"]
        for granter in (ANN, TENANT):
            self.sandbox.reset()
            body = {"client_id": CLIENT_ID, "scopes": scopes}
            self.call("POST", f"/consents/{granter}", body, 204)
            browser = self.browser().open(self.authorize_url())
            browser.press("idSIButton9", loginfmt=ANN)
            browser.press("idSIButton9", passwd="ann-Sandbox1")
            self.assertIn("code", browser.answer)
        self.call("POST", "/consents/nobody", body, 404)

    def test_redirect_uris_and_secrets_are_added(self):
        uri = "http://127.0.0.1:9000/microsoft_account/authentication"
        for _ in range(2):
            app = self.call("POST", f"/apps/{CLIENT_ID}/redirects", {"uri": uri})
        self.assertEqual(1, app["redirect_uris"].count(uri))
        secret = {"value": "late", "expires": "2020-01-01T00:00:00Z"}
        self.call("POST", f"/apps/{CLIENT_ID}/secrets", secret)
        code = self.code(redirect_uri=uri)
        response = self.redeem(code, redirect_uri=uri, client_secret="late")
        self.assertEqual([7000222], response.json()["error_codes"])
        self.call("POST", "/apps/none/redirects", {"uri": uri}, 404)

    def test_apps_are_registered_and_changed(self):
        app = {"client_id": "new", "name": "New", "redirect_uris": [REDIRECT]}
        self.call("POST", "/apps", app)
        changed = self.call("PATCH", "/apps/new", {"pkce_required": True})
        self.assertTrue(changed["pkce_required"])
        self.call("PATCH", "/apps/new", {"pkce_required": "yes"}, 400)
        self.call("PATCH", "/apps/new", {"client_id": "other"}, 400)
        self.assertEqual(2, len(self.call("GET", "/apps")))

    def test_a_tenant_may_forbid_consents(self):
        self.call("PATCH", f"/tenants/{TENANT}", {"user_consent": False})
        browser = self.browser()
        browser.sign_in(self.authorize_url())
        self.assertIn("AADSTS90094", browser.page.text)
        self.call("PATCH", "/tenants/none", {"user_consent": False}, 404)
        self.call("PATCH", f"/tenants/{TENANT}", {"user_consent": "maybe"}, 400)


class TestEvents(ControlCase):
    def test_a_meeting_is_made_answered_changed_and_cancelled(self):
        guests = [{"emailAddress": {"address": BOB}}]
        body = {**EVENT, "attendees": guests}
        made = self.call("POST", f"/people/{ANN}/events", body)
        (copy,) = self.call("GET", f"/people/{BOB}/events")
        self.assertEqual(made["iCalUId"], copy["iCalUId"])
        answer = {"answer": "accepted", "comment": "Gladly"}
        path = f"/people/{BOB}/events/{copy['id']}/answer"
        self.call("POST", path, answer, 204)
        path = f"/people/{ANN}/events/{made['id']}"
        shown = self.call("GET", path)
        self.assertEqual("accepted", shown["attendees"][0]["status"]["response"])
        self.call("PATCH", path, {"subject": "Board, moved"})
        self.call("POST", f"{path}/cancel", {"comment": "Snow"}, 204)
        self.call("GET", path, status=404)
        kinds = [mail["kind"] for mail in self.call("GET", "/mails")]
        self.assertEqual(["invitation", "response", "update", "cancellation"], kinds)
        responses = self.call("GET", f"/mails?kind=response&recipient={ANN}")
        self.assertEqual(["Gladly"], [mail["comment"] for mail in responses])
        self.call("DELETE", "/mails", status=204)
        self.assertEqual([], self.call("GET", "/mails"))

    def test_an_event_is_deleted_moved_and_touched(self):
        made = self.call("POST", f"/people/{ANN}/events", EVENT)
        path = f"/people/{ANN}/events/{made['id']}"
        self.call("POST", f"{path}/touch", {"minutes": 5}, 204)
        self.assertNotEqual(made["changeKey"], self.call("GET", path)["changeKey"])
        header = {"Authorization": f"Bearer {self.access_token()}"}
        calendar = self.session.post(
            f"{self.http}/v1.0/me/calendars", json={"name": "Two"}, headers=header
        ).json()["id"]
        moved = self.call("POST", f"{path}/move", {"calendar": calendar})
        self.call("GET", path, status=404)
        events = self.call("GET", f"/people/{ANN}/events?calendar={calendar}")
        self.assertEqual([moved["id"]], [each["id"] for each in events])
        self.call("DELETE", f"/people/{ANN}/events/{moved['id']}", status=204)
        self.assertEqual(
            [], self.call("GET", f"/people/{ANN}/events?calendar={calendar}")
        )

    def test_an_outsider_invites(self):
        body = {"organizer": "eve@fabrikam.example", "name": "Eve", "event": EVENT}
        copy = self.call("POST", f"/people/{ANN}/invitations", body)
        self.assertFalse(copy["isOrganizer"])
        self.call(
            "POST",
            f"/people/{ANN}/events/{copy['id']}/answer",
            {"answer": "declined", "send": False},
            204,
        )
        self.assertEqual([], self.call("GET", "/mails"))

    def test_refusals_have_the_words_of_graph(self):
        body = self.call("POST", f"/people/{ANN}/events", {"subject": "x"}, 400)
        self.assertIn("code", body)
        self.call("GET", "/people/nobody/events", status=404)
        made = self.call("POST", f"/people/{ANN}/events", EVENT)
        path = f"/people/{ANN}/events/{made['id']}/answer"
        self.call("POST", path, {"answer": "perhaps"}, 400)
        self.call("POST", path, {"answer": "accepted"}, 400)

    def test_calendars_are_listed(self):
        names = [each["name"] for each in self.call("GET", f"/people/{ANN}/calendars")]
        self.assertEqual("Calendar", names[0])


class TestProtocol(ControlCase):
    def test_every_address_is_in_the_readme(self):
        readme = README.read_text(encoding="utf-8")
        for method, path, _function in ROUTES:
            self.assertIn(f"| `{method} /control{path}` |", readme)
        rows = re.findall(r"(?m)^\| `[A-Z]+ /control", readme)
        self.assertEqual(len(ROUTES), len(rows))

    def test_every_kind_of_fault_is_in_the_readme(self):
        readme = README.read_text(encoding="utf-8")
        for kind in KINDS:
            self.assertIn(f"| `{kind}` |", readme)

    def test_unknown_addresses_and_methods(self):
        self.call("GET", "/nothing", status=404)
        self.call("DELETE", "/clock", status=405)

    def test_a_body_must_be_a_json_object(self):
        url = f"{self.http}/control/clock"
        for data in ("[]", "no json"):
            headers = {"Content-Type": "application/json"}
            response = self.session.post(url, data=data, headers=headers)
            self.assertEqual(400, response.status_code)
        self.assertEqual(415, self.session.post(url, data="advance=1").status_code)

    def test_pages_of_other_sites_may_not_write(self):
        url = f"{self.http}/control/reset"
        headers = {"Origin": "https://evil.example"}
        self.assertEqual(403, self.session.post(url, headers=headers).status_code)
        headers = {"Origin": self.http}
        self.assertEqual(204, self.session.post(url, headers=headers).status_code)
