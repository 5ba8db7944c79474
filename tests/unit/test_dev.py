# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The parts of the development commands that decide something."""

import io
import re
import tempfile
from contextlib import redirect_stderr
from pathlib import Path

from ...dev.lib.counts import Counts, counts_of_pytest
from ...dev.lib.debian import KEYRING, mirrors
from ...dev.lib.environment import _collected
from ...dev.lib.mails_command import PARTS
from ...dev.lib.mails_command import parse as parse_mails
from ...dev.lib.test_command import KINDS, around, parse
from .common import PureCase

DEB822 = """\
Types: deb
# A remark
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/some.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
"""
ONE_LINE = """\
# deb http://old.example/debian bullseye main
deb [arch=amd64 signed-by=/keys/one.gpg] https://one.example/debian/ bookworm main
deb http://two.example/debian bookworm main contrib
deb http://other.example/packages stable main
"""


class TestCounts(PureCase):
    def test_pytest_s_closing_line_is_read(self):
        cases = {
            "=== 3 passed in 0.69s ===\n": Counts(3, 0, 0),
            "1 failed, 4 passed, 18 subtests passed in 2s\n": Counts(4, 1, 0),
            "== 2 passed, 1 skipped, 1 error in 61.50s (0:01:01) ==\n": Counts(2, 1, 1),
            "5 passed, 2 xfailed, 1 warning in 1.00s\n": Counts(5, 0, 2),
        }
        for line, expected in cases.items():
            with self.subTest(line=line):
                output = ["7 passed the gate in time\n", line, "a warning in a file\n"]
                self.assertEqual(counts_of_pytest(output, 0), expected)

    def test_a_run_that_broke_off_failed(self):
        self.assertEqual(counts_of_pytest(["Killed\n"], -9), Counts(failed=1))
        self.assertEqual(
            counts_of_pytest(["=== no tests ran in 0.01s ===\n"], 5), Counts(failed=1)
        )

    def test_nothing_run_is_not_good(self):
        self.assertFalse(Counts().good)
        self.assertFalse((Counts(passed=3) + Counts(failed=1)).good)
        self.assertTrue((Counts(passed=3) + Counts(skipped=1)).good)
        self.assertEqual(str(Counts(1, 2, 3)), "1 passed, 2 failed, 3 skipped")


class TestOptions(PureCase):
    def test_without_a_kind_everything_runs_and_is_measured(self):
        options = parse([])
        self.assertEqual(options.kinds, list(KINDS))
        self.assertTrue(options.whole and options.coverage)

    def test_what_follows_the_kinds_is_pytest_s(self):
        options = parse(
            ["orm", "--database", "mine", "tests/test_pull.py", "-k", "lint"]
        )
        self.assertEqual(options.kinds, ["orm"])
        self.assertEqual(options.database, "mine")
        self.assertEqual(options.extra, ["tests/test_pull.py", "-k", "lint"])
        self.assertFalse(options.whole or options.coverage)

    def test_one_kind_runs_beside_those_after_it(self):
        before, aside, after = around(list(KINDS))
        self.assertEqual([*before, aside, *after], list(KINDS))
        self.assertEqual(aside, "kill")
        self.assertEqual(around(["kill"]), ([], "kill", []))
        self.assertEqual(around(["orm", "peer"]), (["orm", "peer"], None, []))


class TestMirrors(PureCase):
    def found(self, name, text):
        """Return the mirrors of an apt configuration with this file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            return mirrors(Path(folder))

    def test_one_line_sources_are_read(self):
        expected = [
            ("https://one.example/debian/", "/keys/one.gpg"),
            ("http://two.example/debian", KEYRING),
        ]
        self.assertEqual(self.found("sources.list", ONE_LINE), expected)
        self.assertEqual(self.found("sources.list.d/debian.list", ONE_LINE), expected)

    def test_deb822_sources_are_read(self):
        expected = [("http://mirror.example/debian", "/usr/share/keyrings/some.gpg")]
        self.assertEqual(self.found("sources.list.d/debian.sources", DEB822), expected)

    def test_a_machine_without_debian_has_none(self):
        text = "deb http://mirror.example/ubuntu noble main"
        self.assertEqual(self.found("sources.list", text), [])


class TestPip(PureCase):
    def test_each_requirement_is_counted_once(self):
        cases = {
            "Collecting PyJWT<3,>=2.8 (from -r r.txt (line 3))": {"pyjwt"},
            "Requirement already satisfied: lxml_html_clean in /x (0.4)": {
                "lxml-html-clean"
            },
            "Processing /opt/files/pyopenssl-26.4.0-py3-none-any.whl": {"pyopenssl"},
            "  Downloading PyJWT-2.15-py3-none-any.whl": set(),
        }
        for line, expected in cases.items():
            with self.subTest(line=line):
                self.assertEqual(_collected(line), expected)


class TestMails(PureCase):
    def test_without_a_part_all_are_printed(self):
        self.assertEqual(parse_mails([]).parts, [])
        self.assertEqual(
            parse_mails(["series", "meeting"]).parts, ["series", "meeting"]
        )

    def test_an_unknown_part_is_refused(self):
        with (
            redirect_stderr(io.StringIO()) as said,
            self.assertRaises(SystemExit),
        ):
            parse_mails(["nonsense"])
        self.assertIn("there is no part nonsense, only: meeting", said.getvalue())

    def test_each_part_is_a_test_of_the_matrix(self):
        text = (Path(__file__).parents[1] / "test_mail_matrix.py").read_text()
        there = re.findall(r"def test_(\w+)\(", text)
        self.assertEqual(sorted(PARTS.values()), sorted(there))
