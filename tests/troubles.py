# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The ways in which a connection can break, and what is to be seen of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from freezegun import freeze_time

from .common import APP_ID, DOMAIN

ANN = f"ann@{DOMAIN}"
_LATER = 2 * 3600  # seconds, after which access tokens have expired


@dataclass(frozen=True)
class Trouble:
    """One way to break a connection, and what is to be seen of it.

    :ivar breaks: called with the test case; so is ``repairs``
    :ivar message: words of what the owner and administrators read, "" for nothing
    :ivar mails: how many messages the owner gets, however often it is tried
    """

    breaks: Callable
    repairs: Callable = lambda case: case.sandbox.faults.clear()
    state: str = "connected"
    message: str = ""
    mails: int = 0


def _sign_in_again(case):
    case.connect(case.ann, start=False)


def _later(case):
    case.sandbox.clock.advance(_LATER)


def change_person(case, **values):
    case.control_by("PATCH", f"people/{ANN}", **values)


def _withdraw_consent(case):
    case.control_by("DELETE", f"consents/{ANN}")
    _later(case)


def _change_password(case):
    change_person(case, password="another one")
    _later(case)


def _disable(case):
    change_person(case, enabled=False)
    _later(case)


def _enable(case):
    change_person(case, enabled=True)
    _sign_in_again(case)


def _expire_secret(case):
    case.control(f"apps/{APP_ID}/secrets/expire")
    _later(case)


def _new_secret(case):
    case.control(f"apps/{APP_ID}/secrets", value="the next secret")
    case.env["outlook.connection"]._set_client_secret("the next secret")


def _put_clock_forward(case, hours):
    """Let Odoo's clock, and not Microsoft's, show a later time from now on."""
    frozen = freeze_time(datetime.now() + timedelta(hours=hours), tick=True)
    frozen.start()
    case.addCleanup(frozen.stop)
    case.sandbox.clock.advance(-hours * 3600)


def refuse(case, status, code):
    case.fault("status", status=status, code=code, path="/me/", times=0)


_SIGNED_OUT = {"state": "revoked", "message": "sign in again", "mails": 1}
TROUBLES = {
    "token revoked": Trouble(
        breaks=lambda case: case.revoke("ann"),
        repairs=_sign_in_again,
        **_SIGNED_OUT,
    ),
    "consent withdrawn": Trouble(
        breaks=_withdraw_consent,
        repairs=_sign_in_again,
        **_SIGNED_OUT,
    ),
    "password changed": Trouble(
        breaks=_change_password,
        repairs=_sign_in_again,
        **_SIGNED_OUT,
    ),
    "person disabled": Trouble(
        breaks=_disable,
        repairs=_enable,
        **_SIGNED_OUT,
    ),
    "another factor wanted": Trouble(
        breaks=lambda case: (case.fault("aadsts", code=50076, times=0), _later(case)),
        repairs=lambda case: (case.sandbox.faults.clear(), _sign_in_again(case)),
        **_SIGNED_OUT,
    ),
    "licence removed": Trouble(
        breaks=lambda case: change_person(case, has_mailbox=False),
        repairs=lambda case: change_person(case, has_mailbox=True),
        message="no mailbox",
        mails=1,
    ),
    "mailbox gone": Trouble(
        breaks=lambda case: refuse(case, 404, "ErrorNonExistentMailbox"),
        message="no mailbox",
        mails=1,
    ),
    "secret expired": Trouble(
        breaks=_expire_secret, repairs=_new_secret, message="client secret"
    ),
    "access denied": Trouble(
        breaks=lambda case: refuse(case, 403, "ErrorAccessDenied"),
        message="does not allow",
    ),
    "no answer": Trouble(
        breaks=lambda case: refuse(case, 503, ""), message="does not answer"
    ),
    "cursor expired": Trouble(
        breaks=lambda case: case.control("delta/expire", person=ANN)
    ),
    "clock of Odoo behind": Trouble(
        breaks=lambda case: case.sandbox.clock.advance(5 * 3600)
    ),
    "clock of Odoo ahead": Trouble(
        breaks=lambda case: _put_clock_forward(case, hours=5)
    ),
    "user archived": Trouble(
        breaks=lambda case: case.ann.write({"active": False}),
        repairs=lambda case: case.ann.write({"active": True}),
        message="archived",
    ),
}
