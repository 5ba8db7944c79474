# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Outlook's colours as the nearest of Odoo's twelve, which are numbers.

Source: Graph v1.0 calendarColor and outlookCategory (``preset0`` to ``preset24``: red,
orange, brown, yellow, green, teal, olive, blue, purple, cranberry, steel, dark steel,
grey, dark grey, black, then the dark ones of the first ten); Odoo 19, ``$o-colors`` of
web/static/src/scss: 0 none, 1 red, 2 orange, 3 yellow, 4 cyan, 5 purple, 6 almond, 7
teal, 8 blue, 9 raspberry, 10 green, 11 violet.
"""

_OF_CALENDAR = {
    "auto": 0,
    "lightBlue": 8,
    "lightGreen": 10,
    "lightOrange": 2,
    "lightGray": 0,
    "lightYellow": 3,
    "lightTeal": 7,
    "lightPink": 9,
    "lightBrown": 6,
    "lightRed": 1,
    "maxColor": 0,
}
_OF_CATEGORY = (
    *(1, 2, 6, 3, 10, 7, 10, 8, 5, 9, 4, 4, 0, 0, 0),
    *(1, 2, 6, 3, 10, 7, 10, 8, 11, 9),
)


def odoo_colour(name: str) -> int:
    """Return Odoo's number for the colour of a calendar or of a category.

    :param name: Graph's ``color``; one that is not known has none

    >>> odoo_colour("lightTeal"), odoo_colour("preset7"), odoo_colour("plaid")
    (7, 8, 0)
    """
    number = name.removeprefix("preset")
    if number != name and number.isdecimal() and int(number) < len(_OF_CATEGORY):
        return _OF_CATEGORY[int(number)]
    return _OF_CALENDAR.get(name, 0)
