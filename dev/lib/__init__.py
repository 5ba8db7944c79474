# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What ``dev/setup``, ``dev/test``, ``dev/pot`` and ``dev/demo`` are made of.

Everything here needs the standard library alone, since it runs before the virtual
environment exists.
"""
