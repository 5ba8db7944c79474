# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph's ``dateTimeTimeZone`` to an instant and back; zone names to IANA's.

Outlook names zones the Windows way ("Romance Standard Time"), other programs the
IANA way ("Europe/Brussels"); Graph takes and gives both. Odoo knows IANA names, so
those are kept, and sent as they are.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import get_global

from .errors import ConversionError

# CLDR's windowsZones.xml, as Babel ships it, has neither the Canadian zones that
# Windows got in 2026 nor the two that Windows keeps for old items alone.
_NEWER_AND_OLDER = {
    "Alberta Standard Time": "America/Edmonton",
    "British Columbia Standard Time": "America/Vancouver",
    "Manitoba Standard Time": "America/Winnipeg",
    "Kamchatka Standard Time": "Asia/Kamchatka",
    "Mid-Atlantic Standard Time": "Atlantic/South_Georgia",
}
_UTC_NAMES = {"utc", "tzone://microsoft/utc"}
# Graph refuses these three although IANA has them: the zones they are links to.
_REFUSED = {
    "EST": "America/Panama",
    "MST": "America/Phoenix",
    "HST": "Pacific/Honolulu",
}
_DATE_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?"
    r"(?:(Z)|([+-])(\d{2}):?(\d{2}))?",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=1)
def _windows_names() -> dict[str, str]:
    """Return the IANA name of each Windows name, keyed in lower case."""
    names = {**get_global("windows_zone_mapping"), **_NEWER_AND_OLDER}
    return {name.lower(): iana for name, iana in names.items()}


def _is_iana(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no zone's name; a folder
        return False
    return True


@lru_cache(maxsize=1024)
def iana_from_graph(name: str) -> str:
    """Return the IANA name of a zone that Graph names, ``""`` when it has none.

    :param name: Windows or IANA name, or one of Exchange's ``tzone://`` names; a
        custom zone ("Customized Time Zone", ``tzone://Microsoft/Custom``) has no name
        elsewhere

    Source: Graph v1.0 dateTimeTimeZone; CLDR windowsZones.xml.

    >>> iana_from_graph("Romance Standard Time")
    'Europe/Paris'
    >>> iana_from_graph("Europe/Brussels")
    'Europe/Brussels'
    >>> iana_from_graph("tzone://Microsoft/Custom")
    ''
    """
    name = name.strip()
    if name.lower() in _UTC_NAMES:
        return "UTC"
    if found := _windows_names().get(name.lower()):
        return found
    return name if name and _is_iana(name) else ""


def instant_from_graph(text: str) -> datetime:
    """Return an aware datetime for an ISO date and time with ``Z`` or an offset.

    :param text: up to any number of digits of a second, those past the sixth are cut;
        without an offset the time is taken as UTC (Graph: DateTimeOffset)
    :raise ConversionError: not a date and time, or outside the years 1 to 9999

    >>> instant_from_graph("2026-11-20T08:55:11.1834712Z").isoformat()
    '2026-11-20T08:55:11.183471+00:00'
    """
    return _in_utc(_parsed(text), timezone.utc)


def utc_from_graph(value: Mapping[str, Any]) -> datetime:
    """Return the instant of a ``dateTimeTimeZone`` as an aware datetime in UTC.

    :param value: ``{"dateTime": ..., "timeZone": ...}``; a missing zone is UTC, and a
        ``Z`` or an offset in ``dateTime`` outweighs the zone, as it does for Graph
    :raise ConversionError: ``field`` is ``dateTime`` or ``timeZone``

    A wall time that a change of the clock makes ambiguous is the first of the two,
    one that it skips is read with the offset before the change (PEP 495, fold 0).

    >>> utc_from_graph({"dateTime": "2026-12-03T10:00:00.0000000",
    ...                 "timeZone": "Romance Standard Time"}).isoformat()
    '2026-12-03T09:00:00+00:00'
    """
    name = value.get("timeZone") or "UTC"
    moment = _parsed(_text(value))
    if moment.tzinfo is not None:
        return _in_utc(moment, timezone.utc)
    zone = iana_from_graph(name) if isinstance(name, str) else ""
    if not zone:
        raise ConversionError("unknown time zone", field="timeZone")
    return _in_utc(moment, ZoneInfo(zone))


def date_from_graph(value: Mapping[str, Any]) -> date:
    """Return the day of a ``dateTimeTimeZone`` of an all-day event.

    :raise ConversionError: ``field`` is ``dateTime``

    All-day events float: the clock face is midnight in whatever zone is named, so the
    date is taken as it stands and never converted.

    >>> date_from_graph({"dateTime": "2026-12-25T00:00:00.0000000", "timeZone": "UTC"})
    datetime.date(2026, 12, 25)
    """
    return _parsed(_text(value)).date()


def graph_from_utc(moment: datetime, zone: str) -> dict[str, str]:
    """Return an instant as wall time in a zone, in the form that Graph takes.

    :param moment: aware
    :param zone: IANA name, ``""`` for UTC
    :raise ConversionError: no such zone

    The second of two equal wall times (clocks set back) and a wall time outside the
    years 1 to 9999 cannot be told in the zone: such an instant is sent in UTC.

    >>> graph_from_utc(datetime(2026, 7, 1, 14, tzinfo=timezone.utc), "Europe/Brussels")
    {'dateTime': '2026-07-01T16:00:00', 'timeZone': 'Europe/Brussels'}
    """
    name = graph_zone(zone)
    try:
        wall = moment.astimezone(ZoneInfo(name)).replace(tzinfo=None)
    except OverflowError:
        wall = None
    if wall is None or wall.fold:
        name, wall = "UTC", moment.astimezone(timezone.utc).replace(tzinfo=None)
    return {"dateTime": wall.isoformat(), "timeZone": name}


def graph_zone(zone: str) -> str:
    """Return the name under which Graph accepts an IANA zone; ``""`` is UTC.

    :raise ConversionError: no such zone

    >>> graph_zone(""), graph_zone("EST")
    ('UTC', 'America/Panama')
    """
    name = _REFUSED.get(zone, zone or "UTC")
    if not _is_iana(name):
        raise ConversionError("unknown time zone", field="timeZone")
    return name


def _text(value: Mapping[str, Any]) -> str:
    text = value.get("dateTime")
    if not isinstance(text, str):
        raise ConversionError("no date and time", field="dateTime")
    return text


def _parsed(text: str) -> datetime:
    """Return the datetime that the text tells, aware only when the text is."""
    match = _DATE_TIME.fullmatch(text.strip())
    if not match:
        raise ConversionError("not a date and time", field="dateTime")
    day, time, fraction, utc, sign, hours, minutes = match.groups()
    micros = f"{fraction or '0':0<6.6}"
    try:
        moment = datetime.fromisoformat(f"{day}T{time}")
        if utc:
            zone = timezone.utc
        elif sign:
            span = timedelta(hours=int(hours), minutes=int(minutes))
            zone = timezone(-span if sign == "-" else span)
        else:
            zone = None
    except ValueError as error:  # the 31st of June, 25 o'clock, an offset of 30 hours
        raise ConversionError("no such date and time", field="dateTime") from error
    return moment.replace(microsecond=int(micros), tzinfo=zone)


def _in_utc(moment: datetime, zone: timezone | ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(timezone.utc)
    except OverflowError as error:  # the first or last hours of the calendar
        raise ConversionError("date out of range", field="dateTime") from error
