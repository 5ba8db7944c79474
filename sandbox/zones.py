# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Time zones by the two families of names that Graph takes: Windows and IANA.

Source: ``dateTimeTimeZone`` and ``outlookUser: supportedTimeZones`` of Graph's
documentation; the pairs are CLDR's ``windowsZones`` as Babel ships them.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.core import get_global

from .problem import GraphProblem

# IANA has these names, Exchange refuses them all the same (seen live).
REFUSED = {"EST", "MST", "HST", "Factory", "localtime", "posixrules"}
SPECIAL = {"UTC": "UTC", "tzone://Microsoft/Utc": "UTC"}


def windows_zones() -> dict[str, str]:
    """Return every Windows name with the IANA name of its main territory."""
    pairs = {"UTC": "Etc/UTC", **get_global("windows_zone_mapping")}
    return {name: iana for name, iana in pairs.items() if iana in iana_zones()}


@lru_cache
def iana_zones() -> frozenset[str]:
    """Return every IANA name that is taken."""
    return frozenset(available_timezones() - REFUSED)


@lru_cache
def zone(name: str) -> ZoneInfo:
    """Return the zone with this Windows or IANA name.

    :raise GraphProblem: 400 ``TimeZoneNotSupportedException``, as for ``""``
    """
    iana = SPECIAL.get(name) or windows_zones().get(name, name)
    try:
        if iana in REFUSED or iana not in iana_zones():
            raise ZoneInfoNotFoundError(name)
        return ZoneInfo(iana)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise unsupported(name) from error


def unsupported(name: str) -> GraphProblem:
    """Return the refusal of a zone name that nobody knows."""
    return GraphProblem(
        400,
        "TimeZoneNotSupportedException",
        "A valid TimeZone value must be specified. "
        f"The following TimeZone value is not supported: '{name}'.",
    )


def same_zone(one: str, other: str) -> bool:
    """Return whether two names, Windows or IANA, mean the same clock.

    Exchange keeps Windows zones, which stand for many cities each: to it Brussels is
    Romance Standard Time as Paris is. Clocks that agree all year count as one zone.
    """
    return one == other or _offsets(one) == _offsets(other)


@lru_cache
def _offsets(name: str) -> tuple[timedelta | None, ...]:
    """Return the offsets from UTC around every half month of four years."""
    place = zone(name)
    return tuple(
        datetime(year, month, day, tzinfo=place).utcoffset()
        for year in range(2024, 2028)
        for month in range(1, 13)
        for day in (1, 15)
    )


def supported(standard: str) -> list[dict[str, str]]:
    """Return the rows of ``supportedTimeZones``.

    :param standard: ``windows`` or ``iana``
    """
    if standard == "iana":
        return [{"alias": name, "displayName": name} for name in sorted(iana_zones())]
    return [
        {"alias": name, "displayName": f"({iana}) {name}"}
        for name, iana in sorted(windows_zones().items())
    ]
