# Part of outlook_calendar. LGPL-3, see LICENSE.
from . import (
    calendar_popover_delete,
    outlook_disconnect,
    outlook_disconnect_line,
    outlook_first_sync,
    outlook_first_sync_incoming,
    outlook_first_sync_numbers,
    outlook_first_sync_outgoing,
    outlook_first_sync_reading,
    outlook_take_over_wizard,
    outlook_undo,
)
