# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Open extensions and extended properties of events."""

from urllib.parse import quote

from .graphing import WINDOW, EventCase, event


class TestExtensions(EventCase):
    NAME = "com.example.sync"
    PROPERTY = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name OdooId"

    def inline(self, **members):
        kind = "microsoft.graph.openTypeExtension"
        return {"@odata.type": kind, "extensionName": self.NAME, **members}

    def expand(self, made, text):
        return self.get(f"/me/events/{made['id']}?$expand={quote(text)}")

    def test_open_extensions_come_and_go(self):
        made = self.make(event(extensions=[self.inline(odoo=42, note="x")]))
        self.assertNotIn("extensions", made)
        path = f"/me/events/{made['id']}/extensions"
        full = f"Microsoft.OutlookServices.OpenTypeExtension.{self.NAME}"
        rows = self.get(path)["value"]
        self.assertEqual([(full, 42)], [(row["id"], row["odoo"]) for row in rows])
        changed = self.ask("PATCH", f"{path}/{full}", {"odoo": 43, "note": None}).json()
        self.assertEqual((43, "x"), (changed["odoo"], changed["note"]))
        other = {"extensionName": "com.example.b", "n": 1}
        self.assertEqual(201, self.ask("POST", path, other).status_code)
        self.assertEqual(1, self.get(f"{path}/com.example.b")["n"])
        self.assertEqual(204, self.ask("DELETE", f"{path}/{self.NAME}").status_code)
        for method in ("GET", "DELETE", "PATCH"):
            with self.subTest(method):
                answer = self.ask(method, f"{path}/{self.NAME}", {})
                self.refused(answer, 404, "ErrorItemNotFound")
        self.refused(self.ask("POST", path, {}), 400, "ErrorInvalidParameter")

    def test_open_extensions_are_expanded_by_name(self):
        other = {"extensionName": "com.example.b"}
        made = self.make(event(extensions=[self.inline(odoo=42), other]))
        self.assertEqual(2, len(self.expand(made, "extensions")["extensions"]))
        text = f"extensions($filter=id eq '{self.NAME}')"
        rows = self.expand(made, text)["extensions"]
        self.assertEqual([42], [row["odoo"] for row in rows])
        self.assertEqual(
            [], self.expand(made, "extensions($filter=id eq 'x')")["extensions"]
        )

    def stamped(self, value="42", **members):
        rows = [{"id": self.PROPERTY, "value": value}]
        return event(singleValueExtendedProperties=rows, **members)

    def test_single_value_properties_are_read_by_name(self):
        made = self.make(self.stamped())
        self.assertNotIn("singleValueExtendedProperties", made)
        text = f"singleValueExtendedProperties($filter=id eq '{self.PROPERTY}')"
        rows = self.expand(made, text)["singleValueExtendedProperties"]
        self.assertEqual([{"id": self.PROPERTY, "value": "42"}], rows)
        listed = self.get(f"/me/events?$expand={quote(text)}&$select=subject")["value"]
        self.assertEqual(rows, listed[0]["singleValueExtendedProperties"])
        other = text.replace("OdooId", "odooid")
        self.assertNotIn("singleValueExtendedProperties", self.expand(made, other))
        answer = self.ask("GET", "/me/events?$expand=singleValueExtendedProperties")
        self.refused(answer, 400, "ErrorInvalidUrlQuery")

    def test_single_value_properties_are_searched(self):
        made = self.make(self.stamped("Abc-1"))
        self.make(self.stamped("7"))
        self.make()
        for test, expected in (
            ("ep/value eq 'ABC-1'", 1),
            ("startswith(ep/value, 'abc')", 1),
            ("ep/value ne 'Abc-1'", 1),
            ("ep/value gt 5", 1),
            ("ep/value eq 'zzz'", 0),
        ):
            with self.subTest(test):
                text = (
                    f"singleValueExtendedProperties/Any(ep: ep/id eq '{self.PROPERTY}' "
                    f"and {test})"
                )
                rows = self.get(f"/me/events?$filter={quote(text)}")["value"]
                self.assertEqual(expected, len(rows))
        changed = self.stamped("Abc-2")["singleValueExtendedProperties"]
        self.patch(made["id"], {"singleValueExtendedProperties": changed})
        text = (
            f"singleValueExtendedProperties/any(ep: ep/id eq '{self.PROPERTY.upper()}'"
            " and ep/value eq 'Abc-2')"
        )
        name = text.replace("NAME ODOOID", "Name OdooId").replace("STRING", "String")
        rows = self.get(f"/me/events?$filter={quote(name)}")["value"]
        self.assertEqual([made["id"]], [row["id"] for row in rows])

    def test_bad_properties_are_refused(self):
        for rows, code in (
            ([{"id": "OdooId", "value": "1"}], "ErrorInvalidProperty"),
            ([{"value": "1"}], "RequestBodyRead"),
        ):
            with self.subTest(code):
                self.refuse(event(singleValueExtendedProperties=rows), code)
        self.refuse(event(extensions=[{}]), "ErrorInvalidParameter")
        self.assertEqual([], self.get(f"/me/calendarView?{WINDOW}")["value"])
