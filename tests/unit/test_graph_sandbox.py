# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The HTTP layer from end to end on the sandbox: sign in, write, read, lose, repeat."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests

from ...core.delta import fold
from ...core.errors import (
    AppRefused,
    ConsentRevoked,
    CursorExpired,
    NotFound,
    Refused,
    TransientError,
)
from ...graph.calendars import STAMP_PROPERTY, Calendars, stamp_member
from ...graph.client import GraphClient, new_session
from ...graph.identity import Identity, Registration, check_registration
from ...sandbox.server import start
from .browser import sign_in
from .common import PureCase

TEAM = Path(__file__).resolve().parents[2] / "sandbox" / "seed" / "team.json"
APP = "24d3b144-21ae-4080-943f-7067b395b913"
SECRET = "sandbox-secret-of-odoo"
CALLBACK = "http://localhost:8069/microsoft_account/authentication"
PASSWORDS = {"ann": "ann-Sandbox1", "bob": "bob-Sandbox1"}


def now():
    return datetime.now(timezone.utc)


class SandboxCase(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seed = json.loads(TEAM.read_text()) | {"mailboxes": {}}
        cls.running = start(cls.seed)
        cls.addClassCleanup(cls.running.stop)

    def setUp(self):
        super().setUp()
        self.running.sandbox.reset(self.seed)
        self.session = new_session(timeout=10, verify=self.running.ca_file)
        self.addCleanup(self.session.close)

    def control(self, path, /, **body):
        answer = requests.post(f"{self.running.http_url}/control/{path}", json=body)
        answer.raise_for_status()

    def registration(self, **changes):
        values = {
            "client_id": APP,
            "client_secret": SECRET,
            "authority": self.running.https_url,
            "tenant": "organizations",
        }
        return Registration(**values | changes)

    def signed_in(self, name="ann", *, accept=True, **changes):
        """Return the identity of a person who went through the pages."""
        identity = Identity(self.registration(**changes), self.session, now=now)
        flow = identity.start(CALLBACK, "state-1")
        address = f"{name}@contoso.example"
        answer = sign_in(
            flow["auth_uri"],
            CALLBACK,
            address,
            PASSWORDS[name],
            self.running.ca_file,
            accept=accept,
        )
        self.person = identity.finish(flow, answer)
        return identity

    def calendars(self, identity):
        base = f"{self.running.http_url}/v1.0"
        client = GraphClient(
            self.session, base, identity.token, now, refresh=identity.refresh
        )
        return Calendars(client)

    def meeting(self, subject="Board", transaction="t-1", days=1, **more):
        start = (now() + timedelta(days=days)).replace(tzinfo=None)
        times = {
            name: {"dateTime": moment.isoformat(timespec="seconds"), "timeZone": "UTC"}
            for name, moment in (("start", start), ("end", start + timedelta(hours=1)))
        }
        return {"subject": subject, "transactionId": transaction, **times, **more}

    def changes(self, outlook, url):
        """Return the folded rows of a round, and the next delta link."""
        pages = list(outlook.iter_delta(url, page_size=2))
        return fold(row for page in pages for row in page.rows), pages[-1].delta_link


class TestSignIn(SandboxCase):
    def test_a_person_signs_in_and_reads_his_calendar(self):
        identity = self.signed_in()
        self.assertEqual(self.person.username, "ann@contoso.example")
        self.assertEqual(self.person.object_id, "3f5d0c1e-1111-4222-8333-944455556601")
        owner = self.calendars(identity).default_calendar()["owner"]
        self.assertEqual(owner["address"], "ann@contoso.example")

    def test_the_cache_is_all_that_is_kept(self):
        cache = self.signed_in().cache
        later = Identity(self.registration(), self.session, cache, now=now)
        self.assertTrue(self.calendars(later).default_calendar()["id"])
        self.assertFalse(later.cache_changed)

    def test_a_refused_consent(self):
        with self.assertRaises(Refused) as caught:
            self.signed_in(accept=False)
        self.assertEqual(caught.exception.code, "access_denied")

    def test_a_wrong_secret(self):
        with self.assertRaises(AppRefused) as caught:
            self.signed_in(client_secret="wrong")
        self.assertIn("AADSTS7000215", str(caught.exception))

    def test_a_code_is_good_once(self):
        identity = Identity(self.registration(), self.session, now=now)
        flow = identity.start(CALLBACK, "s")
        answer = sign_in(
            flow["auth_uri"],
            CALLBACK,
            "ann@contoso.example",
            PASSWORDS["ann"],
            self.running.ca_file,
        )
        identity.finish(flow, answer)
        with self.assertRaises(ConsentRevoked):
            Identity(self.registration(), self.session).finish(flow, answer)

    def test_a_code_of_another_sign_in(self):
        """PKCE: the code works with the verifier of its own flow only."""
        mine = Identity(self.registration(), self.session)
        stolen, own = mine.start(CALLBACK, "s"), mine.start(CALLBACK, "s")
        answer = sign_in(
            stolen["auth_uri"],
            CALLBACK,
            "bob@contoso.example",
            PASSWORDS["bob"],
            self.running.ca_file,
        )
        with self.assertRaises(ConsentRevoked):
            mine.finish(own, answer)

    def test_a_rotated_refresh_token(self):
        identity = self.signed_in()
        before = identity.cache
        self.assertTrue(identity.refresh())
        self.assertTrue(identity.cache_changed)
        self.assertNotEqual(identity.cache, before)

    def test_a_revoked_sign_in(self):
        identity = self.signed_in()
        self.control("people/ann@contoso.example/revoke", access_tokens=True)
        with self.assertRaises(ConsentRevoked) as caught:
            self.calendars(identity).default_calendar()
        self.assertEqual(caught.exception.code, "invalid_grant")

    def refresh_token(self, identity):
        """Return what another program would have kept of a sign-in."""
        [kept] = json.loads(identity.cache)["RefreshToken"].values()
        return kept["secret"]

    def test_a_sign_in_of_another_program_goes_on(self):
        kept = self.refresh_token(self.signed_in())
        options = {"without_profile": True, "now": now}
        heir = Identity(self.registration(), self.session, **options)
        person = heir.take_over(kept)
        self.assertEqual(person.object_id, self.person.object_id)
        self.assertEqual(person.tenant_id, self.person.tenant_id)
        self.assertTrue(self.calendars(heir).default_calendar()["id"])
        cache = heir.cache
        later = Identity(self.registration(), self.session, cache, **options)
        self.assertTrue(later.refresh())

    def test_a_revoked_sign_in_of_another_program_does_not_go_on(self):
        kept = self.refresh_token(self.signed_in())
        self.control("people/ann@contoso.example/revoke", access_tokens=True)
        with self.assertRaises(ConsentRevoked):
            Identity(self.registration(), self.session).take_over(kept)

    def test_an_expired_secret(self):
        identity = self.signed_in()
        self.control(f"apps/{APP}/secrets/expire")
        with self.assertRaises(AppRefused):
            identity.refresh()


class TestCheckRegistration(SandboxCase):
    def codes(self, redirect_uri=CALLBACK, **changes):
        base = f"{self.running.http_url}/v1.0"
        found = check_registration(
            self.registration(**changes), self.session, redirect_uri, base
        )
        return {finding.check: finding.code for finding in found}

    def test_each_fault_and_none(self):
        good = {"tenant": "ok", "app": "ok", "secret": "ok", "graph": "ok"}
        tenant = {"tenant": "84bd8158-6d4d-4958-8b9f-9d6445542f95"}
        self.assertEqual(self.codes(**tenant), good)
        wrong = "https://odoo.example/callback"
        self.assertEqual(
            self.codes(wrong, **tenant), good | {"app": "redirect_unknown"}
        )
        self.assertEqual(
            self.codes(client_secret="wrong", **tenant),
            good | {"secret": "secret_wrong"},
        )
        self.assertEqual(
            self.codes(client_id="11111111-2222-4333-8444-555555555555", **tenant),
            good | {"app": "app_unknown", "secret": "app_unknown"},
        )
        self.assertEqual(
            self.codes(tenant="nobody.example"), {"tenant": "tenant_unknown"}
        )
        self.control(f"apps/{APP}/secrets/expire")
        self.assertEqual(self.codes(**tenant), good | {"secret": "secret_expired"})


class TestEvents(SandboxCase):
    def setUp(self):
        super().setUp()
        self.identity = self.signed_in()
        self.outlook = self.calendars(self.identity)
        self.home = self.outlook.default_calendar()["id"]
        window = (now() - timedelta(days=30), now() + timedelta(days=365))
        self.first = self.outlook.first_delta_url(self.home, *window)

    def test_the_life_of_an_event(self):
        made = self.outlook.create(self.home, self.meeting())
        self.assertEqual(self.outlook.events().get(made["id"])["subject"], "Board")
        found, link = self.changes(self.outlook, self.first)
        self.assertEqual(list(found.changed), [made["id"]])
        changed = self.outlook.events().update(made["id"], {"subject": "Council"})
        self.assertNotEqual(changed["@odata.etag"], made["@odata.etag"])
        found, link = self.changes(self.outlook, link)
        self.assertEqual(found.changed[made["id"]]["subject"], "Council")
        self.outlook.events().delete(made["id"])
        self.outlook.events().delete(made["id"])  # a second time does no harm
        found, link = self.changes(self.outlook, link)
        self.assertEqual(found.removed, (made["id"],))
        with self.assertRaises(NotFound):
            self.outlook.events().get(made["id"])
        self.assertEqual(self.changes(self.outlook, link)[0], fold([]))

    def test_several_pages(self):
        made = {
            self.outlook.create("", self.meeting(f"No. {n}", f"t-{n}", days=n))["id"]
            for n in range(1, 6)
        }
        pages = list(self.outlook.iter_delta(self.first, page_size=2))
        self.assertGreater(len(pages), 2)
        self.assertEqual({row["id"] for page in pages for row in page.rows}, made)

    def test_a_lost_answer_makes_no_second_event(self):
        self.control("faults", kind="lost_answer", method="POST", path="/events")
        with self.assertRaises(TransientError):
            self.outlook.create(self.home, self.meeting())
        again = self.outlook.create(self.home, self.meeting())
        self.assertEqual(
            list(self.changes(self.outlook, self.first)[0].changed), [again["id"]]
        )

    def test_a_transaction_id_of_another_event(self):
        made = self.outlook.create(self.home, self.meeting())
        with self.assertRaises(Refused) as caught:
            self.outlook.create(self.home, self.meeting("Something else", days=3))
        self.assertEqual(caught.exception.code, "ErrorDuplicateTransactionId")
        self.assertEqual(caught.exception.existing_id, made["id"])

    def test_an_expired_delta_link(self):
        link = self.changes(self.outlook, self.first)[1]
        self.control("delta/expire", person="ann@contoso.example")
        with self.assertRaises(CursorExpired):
            self.changes(self.outlook, link)

    def test_stamped_items_are_found_by_their_stamp(self):
        stamped = {}
        for number in (1, 2):
            body = self.meeting(f"No. {number}", f"t-{number}", days=number)
            body |= stamp_member(f"db-1,calendar.event,{number}")
            made = self.outlook.create(self.home, body)
            stamped[made["id"]] = f"db-1,calendar.event,{number}"
        self.outlook.create(self.home, self.meeting("Plain", "t-3"))
        foreign = self.meeting("Foreign", "t-4") | stamp_member("db-2,calendar.event,1")
        self.outlook.create(self.home, foreign)
        self.assertEqual(
            dict(self.outlook.events().stamped(STAMP_PROPERTY, "db-1,")), stamped
        )

    def test_a_meeting_is_found_by_the_id_of_all_its_copies(self):
        made = self.outlook.create(self.home, self.meeting())
        self.outlook.create(self.home, self.meeting("Other", "t-2"))
        [found] = self.outlook.events().with_ical_uid(made["iCalUId"])
        self.assertEqual(found["id"], made["id"])
        self.assertEqual(list(self.outlook.events().with_ical_uid("it's gone")), [])

    def test_an_invitation_is_answered(self):
        guest = {"emailAddress": {"address": "bob@contoso.example"}, "type": "required"}
        made = self.outlook.create(self.home, self.meeting(attendees=[guest]))
        bob = self.calendars(self.signed_in("bob"))
        found, _link = self.changes(
            bob, bob.first_delta_url("", now(), now() + timedelta(days=9))
        )
        (copy,) = found.changed
        bob.events().respond(copy, "accept", send=True, comment="Fine")
        answer = self.outlook.events().get(made["id"])["attendees"][0]["status"][
            "response"
        ]
        self.assertEqual(answer, "accepted")
        with self.assertRaises(Refused):
            self.outlook.events().respond(made["id"], "accept", send=True)

    def test_throttling_says_how_long(self):
        self.control(
            "faults", kind="status", status=429, retry_after="7", path="/me/calendar"
        )
        with self.assertRaises(TransientError) as caught:
            self.outlook.default_calendar()
        self.assertEqual(caught.exception.retry_after, 7.0)

    def test_all_calendars(self):
        names = [calendar["id"] for calendar in self.outlook.list_calendars()]
        self.assertIn(self.home, names)
