# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars and calendar groups: made, renamed, coloured and deleted.

Source: graph.md, "Calendars, groups, permissions, sharing" (calendar.md,
calendar-update, calendar-delete, calendargroup.md).
"""

from typing import Any

from .items import Calendar, Group
from .mailbox import Mailbox
from .post import Post
from .problem import GraphProblem
from .refusals import access_denied, not_found, refused, unreadable

COLORS = (
    "auto",
    "lightBlue",
    "lightGreen",
    "lightOrange",
    "lightGray",
    "lightYellow",
    "lightTeal",
    "lightPink",
    "lightBrown",
    "lightRed",
    "maxColor",
)


class Places:
    """The calendars and groups of mailboxes."""

    def __init__(self, post: Post) -> None:
        self.post = post

    def calendar(self, mailbox: Mailbox, calendar_id: str = "") -> Calendar:
        """Return a calendar, the default one without an id.

        :raise GraphProblem: 404
        """
        if not calendar_id:
            return mailbox.default
        if calendar_id not in mailbox.calendars:
            raise not_found()
        return mailbox.calendars[calendar_id]

    def group(self, mailbox: Mailbox, group_id: str) -> Group:
        """Return a calendar group.

        :raise GraphProblem: 404
        """
        if group_id not in mailbox.groups:
            raise not_found()
        return mailbox.groups[group_id]

    def add_calendar(
        self, mailbox: Mailbox, body: dict[str, Any], group_id: str = ""
    ) -> Calendar:
        """Make a calendar from the body of a POST.

        :raise GraphProblem: 400 no name, 409 the name is taken
        """
        name = _name(body)
        self._check_free(mailbox, name)
        if not group_id:
            group_id = next(
                each.id for each in mailbox.groups.values() if each.is_default
            )
        group = self.group(mailbox, group_id)
        return mailbox.add_calendar(name, group.id, color=_color(body, "auto"))

    def change_calendar(
        self, mailbox: Mailbox, calendar: Calendar, body: dict[str, Any]
    ) -> None:
        """Rename or colour a calendar.

        :raise GraphProblem: 403 it is read-only, 409 the name is taken
        """
        if not calendar.can_edit:
            raise access_denied()
        if "name" in body and _name(body) != calendar.name:
            self._check_free(mailbox, _name(body))
            calendar.name = _name(body)
        calendar.color = _color(body, calendar.color)
        calendar.change = mailbox.next_change()

    def delete_calendar(self, mailbox: Mailbox, calendar: Calendar) -> None:
        """Delete a calendar and its events; nobody is told.

        :raise GraphProblem: 400, it is the default one
        """
        if calendar.is_default:
            raise refused("The default calendar can't be deleted.")
        for item in list(mailbox.inside(calendar.id)):
            mailbox.remove(item, self.post.now())
        del mailbox.calendars[calendar.id]

    def add_group(self, mailbox: Mailbox, body: dict[str, Any]) -> Group:
        """Make a calendar group from the body of a POST."""
        return mailbox.add_group(_name(body))

    def delete_group(self, mailbox: Mailbox, group: Group) -> None:
        """Delete an empty calendar group.

        :raise GraphProblem: 400, it is the default one or has calendars
        """
        used = any(each.group_id == group.id for each in mailbox.calendars.values())
        if group.is_default or used:
            raise refused("The calendar group can't be deleted.")
        del mailbox.groups[group.id]

    def _check_free(self, mailbox: Mailbox, name: str) -> None:
        taken = {each.name.lower() for each in mailbox.calendars.values()}
        if name.lower() in taken:
            raise GraphProblem(
                409,
                "ErrorFolderExists",
                "A folder with the specified name already exists.",
            )


def _name(body: dict[str, Any]) -> str:
    """Return the name that a body gives."""
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise unreadable("The property 'name' must be a text that is not empty.")
    return name.strip()


def _color(body: dict[str, Any], current: str) -> str:
    """Return the colour that a body gives, or the current one."""
    color = body.get("color", current)
    if color not in COLORS:
        raise unreadable(f"Requested value '{color}' was not found.")
    return str(color)
