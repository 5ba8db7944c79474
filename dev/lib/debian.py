# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Debian's packages, downloaded and unpacked beside the machine's own.

A private apt configuration takes the machine's own mirror with the suite replaced by
``sid``: nothing is installed and nothing of the machine's configuration changes.
"""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

from .say import Bar, Missing, step
from .shell import failure, run

SOURCES = Path("/etc/apt")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
CONFIGURATION = """\
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{apt}/sources";
Dir::State::Lists "{apt}/lists";
Dir::Cache "{apt}";
Dir::Cache::archives "archives";
Acquire::Languages "none";
"""


def mirrors(folder=SOURCES):
    """Return (address, keyring) of every Debian mirror in an apt configuration.

    Both forms are read, the one-line form and deb822; the archives of security
    updates are left out, since they have no ``sid``.
    """
    found = []
    lists = [folder / "sources.list", *sorted(folder.glob("sources.list.d/*.list"))]
    for path in filter(Path.exists, lists):
        pattern = r"^deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+\S+.*\bmain\b"
        for match in re.finditer(pattern, path.read_text(), re.MULTILINE):
            key = re.search(r"signed-by=(\S+)", match["options"] or "")
            found.append((match["uri"], key[1] if key else KEYRING))
    for path in sorted(folder.glob("sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", path.read_text()):
            fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", stanza, re.MULTILINE))
            if "main" in fields.get("Components", "").split():
                keyring = fields.get("Signed-By") or KEYRING
                found += [(uri, keyring) for uri in fields.get("URIs", "").split()]
    return [(uri, key) for uri, key in found if re.search(r"/debian/?$", uri)]


def configure(apt):
    """Write the private configuration below ``apt`` and read the package list.

    :raise Missing: no apt, no Debian mirror in its configuration, or no network
    """
    hint = "set OUTLOOK_CALENDAR_ODOO to an Odoo 19 checkout"
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Missing(f"Odoo's sources come from Debian, and there is no apt: {hint}.")
    known = mirrors()
    if not known:
        raise Missing(f"apt knows no Debian mirror to take Odoo 19 from: {hint}.")
    for name in ("sources", "lists/partial", "archives/partial"):
        (apt / name).mkdir(parents=True, exist_ok=True)
    address, keyring = known[0]
    source = f"deb [signed-by={keyring}] {address} sid main\n"
    (apt / "sources" / "sid.sources").unlink(missing_ok=True)
    (apt / "sources" / "sid.list").write_text(source)
    text = CONFIGURATION.format(apt=apt)
    if not os.geteuid():
        text += 'APT::Sandbox::User "root";\n'
    (apt / "apt.conf").write_text(text)
    step("Debian: reading the package list of sid")
    strict = ["-o", "APT::Update::Error-Mode=any"]
    what = f"Reading the package list of {address} (is there a network?)"
    run(["apt-get", "update", *strict], what, env={"APT_CONFIG": str(apt / "apt.conf")})


def download(apt, packages):
    """Download packages into ``apt/archives`` and return their files."""
    environment = {"APT_CONFIG": str(apt / "apt.conf")}
    archives = apt / "archives"
    command = ["apt-get", "download", *packages]
    what = "Downloading Odoo 19 and its libraries"
    listed = run([*command, "--print-uris"], what, env=environment, cwd=archives)
    rows = re.findall(r"^'\S+' (\S+) (\d+) ", listed, re.MULTILINE)
    sizes = {archives / name: int(size) for name, size in rows}
    bar = Bar("Odoo 19 and its libraries", sum(sizes.values()), "MB")
    with subprocess.Popen(
        command,
        env={**os.environ, **environment},
        cwd=archives,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None:
            bar.show(_present(sizes))
            time.sleep(0.2)
        bar.show(_present(sizes))
        bar.close()
        if process.returncode:
            raise Missing(failure(what, process.stderr.read()))
    return list(sizes)


def unpack(files, target):
    """Unpack packages into one tree, which appears only when it is whole."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for path in files:
        run(["dpkg", "-x", path, fresh], f"Unpacking {path.name}")
    (fresh / "packages").write_text("".join(f"{path.name}\n" for path in files))
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _present(sizes):
    """Return how many bytes of the files are there; apt writes some to ``partial``."""
    total = 0
    for path in sizes:
        for place in (path, path.parent / "partial" / path.name):
            if place.exists():
                total += place.stat().st_size
                break
    return total
