# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The sandbox as a whole: its parts, and which of them answers a request.

The Graph side is brought in through two names:

* ``exchange.Exchange(clock, directory)``, made anew on :meth:`Sandbox.reset`, with
  ``load_seed(mailboxes)`` (the ``mailboxes`` member of a seed), ``dump()`` and
  ``load(data)`` (everything as JSON values, for the data file) and ``mails``;
* ``graph_app.graph_app(sandbox)``, which returns a function from a werkzeug
  ``Request`` below ``/v1.0`` to a ``Response`` and may raise ``GraphProblem``. It
  must take ``sandbox.exchange`` and its kin anew on every request, since a reset
  replaces them.

Requests are answered one at a time under ``sandbox.lock``; faults, delays, the
concurrency limit, request ids and the request log are dealt with here, so that the
Graph side has none of it, but for ``sandbox.faults.flag(name, person)``.
"""
