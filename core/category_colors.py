# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The colours of Outlook's categories as those that Odoo has for tags."""

from collections.abc import Iterable, Mapping
from typing import Any

from .reading import Reading

NO_COLOR = 0
# Graph v1.0 outlookCategory: the constants of ``color`` and what Outlook shows. Odoo:
# ``$o-colors`` of web/static/src/scss/primary_variables.scss, by their places.
_RED, _ORANGE, _YELLOW, _SKY, _PLUM, _ALMOND = 1, 2, 3, 4, 5, 6
_TEAL, _BLUE, _RASPBERRY, _GREEN, _VIOLET = 7, 8, 9, 10, 11
PRESETS: Mapping[str, int] = {
    "preset0": _RED,
    "preset1": _ORANGE,
    "preset2": _ALMOND,  # brown
    "preset3": _YELLOW,
    "preset4": _GREEN,
    "preset5": _TEAL,
    "preset6": _GREEN,  # olive
    "preset7": _SKY,  # blue
    "preset8": _VIOLET,  # purple
    "preset9": _RASPBERRY,  # cranberry
    "preset10": _BLUE,  # steel
    "preset11": _BLUE,  # dark steel
    "preset12": NO_COLOR,  # gray
    "preset13": NO_COLOR,  # dark gray
    "preset14": NO_COLOR,  # black
    "preset15": _RED,  # dark red
    "preset16": _ORANGE,  # dark orange
    "preset17": _ALMOND,  # dark brown
    "preset18": _YELLOW,  # dark yellow
    "preset19": _GREEN,  # dark green
    "preset20": _TEAL,  # dark teal
    "preset21": _GREEN,  # dark olive
    "preset22": _BLUE,  # dark blue
    "preset23": _PLUM,  # dark purple
    "preset24": _RASPBERRY,  # dark cranberry
}


def colors_from_graph(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return ``{name, case-folded: Odoo's colour}`` of a mailbox's categories.

    :param rows: of ``/me/outlook/masterCategories``

    >>> colors_from_graph([{"displayName": "Sales", "color": "preset0"}])
    {'sales': 1}
    """
    found = {}
    for row in rows:
        reading = Reading(row, [])
        name = reading.text("displayName").strip().casefold()
        if name:
            found[name] = PRESETS.get(reading.text("color"), NO_COLOR)
    return found
