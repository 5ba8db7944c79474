# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lists of attachments, and the colours of categories."""

from hypothesis import given
from hypothesis import strategies as st

from ...core.attachments import Attachment, attachments_from_graph
from ...core.category_colors import NO_COLOR, PRESETS, colors_from_graph
from .common import PureCase

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)


class TestAttachments(PureCase):
    def test_each_kind_is_told_apart(self):
        rows = [
            {"id": str(at), "name": kind, "@odata.type": f"#microsoft.graph.{kind}"}
            for at, kind in enumerate(
                ("fileAttachment", "itemAttachment", "referenceAttachment", "other")
            )
        ]
        found = attachments_from_graph(rows)
        self.assertEqual(
            [one.kind for one in found], ["file", "item", "reference", "file"]
        )

    def test_what_is_within_the_text_or_has_no_id_is_left_out(self):
        rows = [{"id": "A", "isInline": True}, {"name": "x"}, {"id": "B", "size": -1}]
        self.assertEqual(attachments_from_graph(rows), (Attachment("B", ""),))

    @given(
        row=st.dictionaries(
            st.sampled_from(["id", "name", "size", "isInline", "contentType"]), ODD
        )
    )
    def test_any_json_is_read(self, row):
        for one in attachments_from_graph([row]):
            self.assertTrue(one.remote_id)
            self.assertGreaterEqual(one.size, 0)


class TestColors(PureCase):
    def test_every_colour_of_outlook_has_one_of_odoo(self):
        self.assertEqual(list(PRESETS), [f"preset{n}" for n in range(25)])
        self.assertTrue(all(0 <= color <= 11 for color in PRESETS.values()))

    def test_names_are_found_in_any_case(self):
        rows = [
            {"displayName": " Straße ", "color": "preset7"},
            {"displayName": "None", "color": "none"},
            {"displayName": "", "color": "preset1"},
        ]
        self.assertEqual(colors_from_graph(rows), {"strasse": 4, "none": NO_COLOR})

    @given(row=st.dictionaries(st.sampled_from(["displayName", "color"]), ODD))
    def test_any_json_is_read(self, row):
        for color in colors_from_graph([row]).values():
            self.assertIn(color, range(12))
