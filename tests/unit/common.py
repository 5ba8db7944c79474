# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The base class of the pure tests."""

import sys

if "odoo.tests" in sys.modules:  # run by Odoo, whose loader wants its own class
    from odoo.tests import BaseCase as PureCase
else:
    from unittest import TestCase as PureCase

__all__ = ["PureCase"]
