# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which meetings are exchanged at all, by their categories."""

from collections.abc import Iterable
from typing import Literal

Rule = Literal["all", "only", "except"]


def is_chosen(rule: Rule, chosen: Iterable[str], categories: Iterable[str]) -> bool:
    """Whether a meeting with these categories is one of those that are exchanged.

    Outlook's categories do not differ by their case alone, nor do Odoo's tags here.

    :param rule: ``all``; ``only`` those with a chosen category; ``except`` these
    :param chosen: names of categories, or of tags
    :param categories: those of the meeting; of a series those of all its days

    >>> is_chosen("only", ["Customer"], ["customer", "Green"])
    True
    >>> is_chosen("except", ["Customer"], ["customer"])
    False
    >>> is_chosen("only", ["Customer"], [])
    False
    """
    if rule == "all":
        return True
    has_one = bool(_plain(chosen) & _plain(categories))
    return has_one is (rule == "only")


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names)
