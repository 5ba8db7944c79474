# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Base of the tests of the preview: both sides hold meetings of every kind."""

from .common import OutlookCase, guest


class PreviewCase(OutlookCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")

    def fill(self):
        """Meetings of every kind on both sides."""
        self.meet(self.ann, "Twin", location="Ghent")
        self.in_outlook("ann", "Twin", location={"displayName": "Mons"})
        self.meet(self.ann, "With Zoe", hours=30, guests=[self.zoe])
        self.meet(self.ann, "Doctor", hours=50, privacy="private", guests=[self.zoe])
        self.meet(self.ann, "Over", hours=-50, guests=[self.zoe])
        self.meet(self.bob, "Of Bob", hours=60, guests=[self.ann.partner_id])
        self.in_outlook("ann", "New", hours=70, attendees=[guest("new@x.example")])
        self.in_outlook("ann", "Dentist", hours=80, sensitivity="private")
        self.in_outlook("ann", "In a year", hours=24 * 300)
        self.age_events()

    def counts(self, wizard):
        names = ("in", "out", "joined", "left_out", "mail")
        return tuple(wizard[f"{name}_count"] for name in names)

    def reasons(self, wizard):
        return {line["name"]: line["reason"] for line in wizard.lines}
