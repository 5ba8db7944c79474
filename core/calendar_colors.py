# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The colours of Outlook's calendars as the nearest of Odoo's, which are numbers.

Source: Graph v1.0 calendarColor; Odoo 19, ``$o-colors`` of web/static/src/scss: 0 none,
1 red, 2 orange, 3 yellow, 4 cyan, 5 purple, 6 almond, 7 teal, 8 blue, 9 raspberry, 10
green, 11 violet.
"""

_COLORS = {
    "lightBlue": 8,
    "lightGreen": 10,
    "lightOrange": 2,
    "lightYellow": 3,
    "lightTeal": 7,
    "lightPink": 9,
    "lightBrown": 6,
    "lightRed": 1,
}


def color_from_graph(name: str) -> int:
    """Return Odoo's number for the colour of a calendar; any other has none.

    >>> color_from_graph("lightTeal"), color_from_graph("auto")
    (7, 0)
    """
    return _COLORS.get(name, 0)
