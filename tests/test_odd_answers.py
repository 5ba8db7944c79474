# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Answers that Graph should not give: flagged in words, nothing else stopped."""

import json
from datetime import timedelta

from odoo.tests import tagged

from .common import OutlookCase


@tagged("post_install", "-at_install")
class TestOddAnswers(OutlookCase):
    def setUp(self):
        super().setUp()
        self.in_outlook("ann", "Plain")
        self.account = self.connect(self.ann)
        self.link = self.env["outlook.link"].search([])
        [row] = self.outlook("ann")
        self.row = {**row, "id": self.link.remote_id}

    def answer(self, *rows):
        """Let the next delta page hold these rows."""
        cursor = self.account.sudo().calendar_ids.filtered("is_synced").delta_link
        body = {"value": rows, "@odata.deltaLink": cursor}
        self.fault("status", status=200, path="delta", body=json.dumps(body))
        self.sync(self.account)

    def other(self, **changes):
        """Return the row of another item."""
        return {**self.row, "id": "AAMkOther=", "iCalUId": "", **changes}

    def test_a_missing_field_holds_up_that_item_alone(self):
        broken = self.other()
        del broken["start"]
        self.answer(broken, self.other(id="AAMkGood=", subject="Good"))
        self.assertTrue(self.events(name="Good"))
        note = self.journal("fail")
        self.assertIn("without a usable value", note.summary)
        self.assertFalse(self.account.error_message)
        remembered = self.env["outlook.link"].search([("remote_id", "=", "AAMkOther=")])
        self.assertTrue(remembered.problem)
        self.assertFalse(remembered.event_id)

    def test_what_was_held_up_comes_in_when_it_is_repaired(self):
        broken = self.other()
        broken["end"] = {"dateTime": "yesterday", "timeZone": "UTC"}
        self.answer(broken)
        self.answer(self.other(subject="Repaired"))
        self.assertTrue(self.events(name="Repaired"))
        self.assertFalse(self.env["outlook.link"].search([("problem", "!=", False)]))

    def test_what_was_held_up_is_asked_for_again(self):
        """Graph does not send an unchanged item twice, so we ask for it."""
        row = {**self.row, "@odata.etag": "another", "start": None}
        self.answer(row)
        self.assertTrue(self.link.problem)
        event = self.link.event_id.with_user(self.ann)
        self.assertEqual(event.outlook_state, "failed")
        self.link.tried_at = self.now - timedelta(hours=2)
        self.sync(self.account)
        self.assertFalse(self.link.problem)
        event.invalidate_recordset()
        self.assertEqual(event.outlook_state, "synced")

    def test_what_was_held_up_and_is_gone_is_forgotten(self):
        brief = self.in_outlook("ann", "Brief")
        self.delete_in_outlook("ann", brief)
        self.answer(self.other(id=brief["id"], start=None))
        held = self.env["outlook.link"].search([("problem", "!=", False)])
        held.tried_at = self.now - timedelta(hours=2)
        self.sync(self.account)
        self.assertFalse(held.exists())

    def test_retry_reads_the_item_again(self):
        row = {**self.row, "@odata.etag": "another", "start": None}
        self.answer(row)
        event = self.link.event_id.with_user(self.ann)
        event.action_outlook_retry()
        self.sync(self.account)
        event.invalidate_recordset()
        self.assertEqual(event.outlook_state, "synced")

    def test_unknown_enum_values_become_the_usual_ones(self):
        self.answer(
            self.other(
                subject="Odd",
                sensitivity="topSecret",
                showAs="sleeping",
                importance="galactic",
                responseStatus={"response": "perhaps", "time": "never"},
            )
        )
        event = self.events(name="Odd")
        self.assertEqual((event.privacy, event.show_as), (False, "busy"))
        note = self.journal("create").filtered(lambda row: row.event_id == event)
        self.assertIn("value that this version does not know", note.details)

    def test_rows_that_are_no_items_are_passed_over(self):
        self.answer({"subject": "No id"}, self.other(subject="Good"))
        self.assertTrue(self.events(name="Good"))
        self.assertFalse(self.account.error_message)

    def test_a_removed_row_of_an_unknown_id_means_nothing(self):
        self.answer({"id": "AAMkNever=", "@removed": {"reason": "deleted"}})
        self.assertTrue(self.link.event_id.active)
        self.assertFalse(self.account.error_message)

    def test_a_page_without_a_link_changes_nothing(self):
        body = json.dumps({"value": [self.other(subject="Half")]})
        self.fault("status", status=200, path="delta", body=body)
        self.sync(self.account)
        self.assertTrue(self.account.error_message)
        self.assertFalse(self.events(name="Half"))

    def test_ids_that_differ_only_in_case_are_two_items(self):
        self.answer(
            self.other(id="AAMkCase=", subject="Upper"),
            self.other(id="aamkcase=", subject="Lower"),
        )
        self.assertTrue(self.events(name="Upper") and self.events(name="Lower"))

    def test_replays_change_nothing(self):
        count = len(self.journal("update"))
        self.answer(self.row, self.row)
        self.answer(self.row)
        self.assertEqual(len(self.journal("update")), count)
        self.assertEqual(len(self.events(user_id=self.ann.id)), 1)

    def test_endless_pages_end(self):
        self.fault("endless_delta", times=0)
        self.sync(self.account)
        self.assertTrue(self.account.error_message)
        self.assertEqual(self.account.state, "connected")
        self.sandbox.faults.clear()
        self.sync(self.account)
        self.assertFalse(self.account.error_message)
