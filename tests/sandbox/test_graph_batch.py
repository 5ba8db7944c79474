# Part of outlook_calendar. LGPL-3, see LICENSE.
"""$batch: the envelope, what each item brings along, and dependencies."""

from .graphing import IMMUTABLE, GraphCase, event

JSON = {"Content-Type": "application/json"}
NOWHERE = "/me/events/AAMkAGI" + "x" * 140 + "QAAA="


def item(number, url, method="GET", **members):
    return {"id": str(number), "method": method, "url": url, **members}


class BatchCase(GraphCase):
    def batch(self, *items):
        """Send a batch; return the answers by id."""
        answer = self.ask("POST", "/$batch", {"requests": list(items)})
        self.assertEqual(200, answer.status_code, answer.text)
        rows = answer.json()["responses"]
        self.assertEqual({row["id"] for row in items}, {row["id"] for row in rows})
        return {row["id"]: row for row in rows}

    def refuse(self, *items):
        answer = self.ask("POST", "/$batch", {"requests": list(items)})
        return self.refused(answer, 400, "BadRequest")


class TestItems(BatchCase):
    def test_every_item_is_answered_for_itself(self):
        made = self.make()
        path = f"/me/events/{made['id']}"
        zone = {"Prefer": 'outlook.timezone="Asia/Tokyo"'}
        rows = self.batch(
            item(1, path, "PATCH", headers=JSON, body={"subject": "New"}),
            item(2, f"{path}?$select=start", headers=zone),
            item(3, f"{path}?$select=start"),
            item(4, NOWHERE),
            item(5, "/me/events", "POST", headers=JSON, body=event("Fifth")),
        )
        self.assertEqual(
            {"1": 200, "2": 200, "3": 200, "4": 404, "5": 201},
            {name: row["status"] for name, row in rows.items()},
        )
        self.assertEqual("Asia/Tokyo", rows["2"]["body"]["start"]["timeZone"])
        self.assertEqual("UTC", rows["3"]["body"]["start"]["timeZone"])
        self.assertEqual("ErrorItemNotFound", rows["4"]["body"]["error"]["code"])
        self.assertEqual("New", rows["1"]["body"]["subject"])
        self.assertIn("ETag", rows["1"]["headers"])

    def test_headers_of_the_batch_are_not_inherited(self):
        made = self.make()
        body = {"requests": [item(1, f"/me/events/{made['id']}")]}
        answer = self.ask("POST", "/$batch", body, prefer=IMMUTABLE).json()
        self.assertEqual(200, answer["responses"][0]["status"])

    def test_an_item_without_a_body_has_none(self):
        made = self.make()
        rows = self.batch(item(1, f"/me/events/{made['id']}", "DELETE"))
        self.assertEqual(204, rows["1"]["status"])
        self.assertNotIn("body", rows["1"])

    def test_what_is_no_json_comes_in_base64(self):
        rows = self.batch(item(1, "/me/events/$count"))
        self.assertEqual("MA==", rows["1"]["body"])

    def test_links_are_whole(self):
        for number in range(11):
            self.make(event(str(number)))
        body = self.batch(item(1, "/me/events"))["1"]["body"]
        self.assertEqual(1, len(self.get(body["@odata.nextLink"])["value"]))

    def test_an_item_may_be_throttled_by_itself(self):
        self.sandbox.faults.add("status", status=429, path="calendars", retry_after="7")
        rows = self.batch(item(1, "/me/calendars"), item(2, "/me/events"))
        self.assertEqual(
            (429, "7"), (rows["1"]["status"], rows["1"]["headers"]["Retry-After"])
        )
        self.assertEqual(200, rows["2"]["status"])

    def test_the_order_of_answers_is_another(self):
        items = [item(number, "/me/calendar") for number in range(3)]
        answer = self.ask("POST", "/$batch", {"requests": items}).json()
        names = [row["id"] for row in answer["responses"]]
        self.assertNotEqual(["0", "1", "2"], names)
        self.assertEqual(["0", "1", "2"], sorted(names))

    def test_a_token_is_needed(self):
        body = {"requests": [item(1, "/me")]}
        answer = self.ask("POST", "/$batch", body, Authorization="")
        self.refused(answer, 401, "InvalidAuthenticationToken")


class TestEnvelope(BatchCase):
    def test_bad_envelopes_are_refused_as_a_whole(self):
        for name, items in (
            ("none", []),
            ("too many", [item(number, "/me") for number in range(21)]),
            ("no id", [{"method": "GET", "url": "/me"}]),
            ("same id", [item("a", "/me"), item("A", "/me")]),
            ("no url", [item(1, "")]),
            ("a whole url", [item(1, "https://graph.microsoft.com/v1.0/me")]),
            ("no method", [item(1, "/me", "LOOK")]),
            ("no type", [item(1, "/me/events", "POST", body=event())]),
            ("unknown need", [item(1, "/me", dependsOn=["7"])]),
            ("odd need", [item(1, "/me", dependsOn=[7])]),
            ("odd needs", [item(1, "/me", dependsOn=True)]),
            ("odd headers", [item(1, "/me", headers="x")]),
        ):
            with self.subTest(name):
                self.refuse(*items)
        self.assertEqual([], self.get("/me/events")["value"])

    def test_twenty_are_allowed(self):
        self.batch(*[item(number, "/me/calendar") for number in range(20)])


class TestDependencies(BatchCase):
    def test_a_chain_runs_in_turn_and_breaks(self):
        made = self.make()
        path = f"/me/events/{made['id']}"
        rows = self.batch(
            item(1, path, "PATCH", headers=JSON, body={"subject": "New"}),
            item(2, f"{path}?$select=subject", dependsOn=["1"]),
            item(3, NOWHERE, dependsOn=["2"]),
            item(4, path, "DELETE", dependsOn=["3"]),
        )
        self.assertEqual("New", rows["2"]["body"]["subject"])
        self.assertEqual(404, rows["3"]["status"])
        self.assertEqual(424, rows["4"]["status"])
        self.assertEqual("FailedDependency", rows["4"]["body"]["error"]["code"])
        self.get(path)

    def test_all_may_depend_on_the_first(self):
        rows = self.batch(
            item("a", NOWHERE),
            item("b", "/me", dependsOn=["A"]),
            item("c", "/me", dependsOn=["a"]),
        )
        statuses = [rows[name]["status"] for name in "abc"]
        self.assertEqual([404, 424, 424], statuses)

    def test_other_shapes_are_refused(self):
        self.refuse(item(1, "/me"), item(2, "/me", dependsOn=["1"]), item(3, "/me"))
        self.refuse(
            item(1, "/me"),
            item(2, "/me", dependsOn=["1"]),
            item(3, "/me", dependsOn=["1", "2"]),
        )
        self.refuse(item(1, "/me", dependsOn=["2"]), item(2, "/me"))
