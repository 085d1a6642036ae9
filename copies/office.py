"""Office files to PDF: by LibreOffice, closed off from the network and from every other file, with a profile of its own."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from xml.sax.saxutils import quoteattr

from copies import isolation
from copies.refusals import Refused

#: What LibreOffice is asked to make a PDF of, and with which of its parts.
KINDS = {
    **dict.fromkeys(("doc", "docx", "rtf", "odt"), "writer"),
    **dict.fromkeys(("xls", "xlsx", "ods"), "calc"),
    **dict.fromkeys(("ppt", "pptx", "odp"), "impress"),
}
VETTING = Path(__file__).with_name("vetting.py")
#: How each is read, so that what is in a file cannot choose.
READERS = {
    "doc": "MS Word 97", "docx": "MS Word 2007 XML", "rtf": "Rich Text Format", "odt": "writer8", "xls": "MS Excel 97",
    "xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "ppt": "MS PowerPoint 97", "pptx": "Impress MS PowerPoint 2007 XML",
    "odp": "impress8",
}  # fmt: skip
PLACES = ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", *sorted(glob("/opt/libreoffice*")))
#: One at a time in each process: a conversion takes a whole processor and half a gigabyte, beside a conference.
_TURN = threading.BoundedSemaphore(1)
_BEGIN_AGAIN = 81  # what LibreOffice answers when it has just furnished a new profile


@dataclass(frozen=True)
class Costs:
    """What a conversion may cost: bytes of address space, seconds of a processor, how many times that by the clock; and what may
    come of it: pages (one more than copies/making.py takes, so that none is cut off in silence), bytes of the PDF.
    """

    memory: int = 2048 * 1024 * 1024
    seconds: int = 18
    patience: float = 4.0
    pages: int = 3001
    size: int = 500 * 1024 * 1024

    def for_weight(self, weight: int) -> Costs:
        """Return the costs with more time for a heavy file, in bytes: what is small and takes long is meant to."""
        return replace(self, seconds=min(self.seconds + 3 * (weight >> 20), 6 * self.seconds))


COSTS = Costs()


def is_installed() -> bool:
    """Tell whether LibreOffice is on this machine."""
    return _home() is not None


def to_pdf(source: Path, kind: str, folder: Path, *, costs: Costs = COSTS) -> Path:
    """Make a PDF of an Office file within `folder`; return where it is. Raises Refused. `kind`: a key of KINDS.

    Blocks: a second or two for a short paper, never longer than the limits; one at a time in each process.
    """
    home = _home()
    if home is None:
        raise Refused("no_office")
    if not isolation.is_possible():
        raise Refused("no_isolation")
    with _TURN, _workplace(folder, home) as place:
        weight = _look_over(source, kind, place / f"paper.{kind}")
        made = _convert(home, place, kind, costs.for_weight(weight))
        target = folder / "office.pdf"
        os.replace(made, target)
    return target


def _home() -> Path | None:
    """Return the folder of LibreOffice's own files, or nothing."""
    return next((Path(place) for place in PLACES if (Path(place) / "program" / "soffice.bin").is_file()), None)


@contextmanager
def _workplace(folder: Path, home: Path) -> Iterator[Path]:
    """Yield a folder for one conversion; nothing of it stays."""
    place = Path(tempfile.mkdtemp(prefix="office-", dir=folder)).resolve()
    try:
        for name in ("profile/user/extensions", "tmp", "out"):
            (place / name).mkdir(parents=True)
        (place / "profile/user/extensions/buildid").write_text(_build_of(home))
        (place / "profile/user/registrymodifications.xcu").write_text(_settings())
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _build_of(home: Path) -> str:
    """Return which LibreOffice it is: a profile that names another, or none, is furnished first, and all begins again."""
    with suppress(OSError):
        for line in (home / "program" / "versionrc").read_text().splitlines():
            if line.startswith("buildid="):
                return line.removeprefix("buildid=").strip()
    return ""


def _look_over(source: Path, kind: str, target: Path) -> int:
    """Put what LibreOffice may open at `target`; return its weight in bytes. Raises Refused."""
    limits = [str(1024 * 1024 * 1024), "30"]
    command = [sys.executable, "-I", "-S", str(VETTING), kind, str(source.resolve()), str(target), *limits]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=120, check=False, env=environment, cwd=target.parent, start_new_session=True
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Refused("bomb") from None
    except ValueError:
        raise Refused("bomb" if done.returncode < 0 else "broken") from None
    if "refused" in said:
        raise Refused(said["refused"])
    return int(said["weight"])


def _convert(home: Path, place: Path, kind: str, costs: Costs) -> Path:
    for turn in range(3):
        code, used = _run(_command(home, place, kind, costs), place, costs)
        is_spent = used > costs.seconds - 1
        was_ended = code == -signal.SIGKILL and not is_spent  # by somebody else: a second time says that it will not do
        if code != _BEGIN_AGAIN and not (was_ended and turn == 0):
            break
    made = place / "out" / "paper.pdf"
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused("stopped" if was_ended else "slow")
    if code == 126:
        raise Refused("no_isolation")
    if not made.is_file() or made.is_symlink() or made.stat().st_size == 0:
        raise Refused("broken")
    return made


def _command(home: Path, place: Path, kind: str, costs: Costs) -> list[str]:
    options = f'{{"PageRange":{{"type":"string","value":"1-{costs.pages}"}}}}'
    program = [
        str(home / "program" / "soffice.bin"), f"-env:UserInstallation={(place / 'profile').as_uri()}", "-env:OSL_SOCKET_PATH=.",
        "-env:DISABLE_EXTENSION_SYNCHRONIZATION=1", "--headless", "--nologo", "--norestore", "--nodefault", "--nolockcheck",
        f"--infilter={READERS[kind]}",
        "--convert-to", f"pdf:{KINDS[kind]}_pdf_Export:{options}",
        "--outdir", str(place / "out"), str(place / f"paper.{kind}"),
    ]  # fmt: skip
    return isolation.command(
        program,
        limits=isolation.Limits(costs.memory, costs.seconds, costs.size),
        reading=[home, "/etc/libreoffice"],
        writing=[place],
        running=[home / "program"],
        hide_tmp=True,
    )


def _run(command: list[str], place: Path, costs: Costs) -> tuple[int, float]:
    """Run it in a session of its own, and end all of that session in any case; return how it ended, and after how many seconds
    of a processor (more than it took, when another child of ours has ended meanwhile).
    """
    environment = {
        "HOME": str(place), "TMPDIR": str(place / "tmp"), "XDG_CACHE_HOME": str(place / "tmp"), "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "MALLOC_ARENA_MAX": "2",
    }  # fmt: skip
    quiet, before = subprocess.DEVNULL, _used()
    process = subprocess.Popen(
        command, cwd=place, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        code = process.wait(costs.seconds * costs.patience)
        return code, _used() - before
    except subprocess.TimeoutExpired:
        raise Refused("slow") from None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _used() -> float:
    """Return how many seconds of a processor the children that have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


#: Settings of the profile: no macros, nothing brought up to date or calculated anew, nothing loaded from elsewhere, no Java.
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "CheckDocumentEvents", "true"),
    ("Common/Save/Document", "CreateBackup", "false"),
    ("Common/Misc", "CrashReport", "false"),
    ("Common/Misc", "CollectUsageInformation", "false"),
    ("Common/Misc", "MacroRecorderMode", "false"),
    ("Common/Load", "UserDefinedSettings", "false"),
    ("Java/ooSetupFactoryJava", "Enable", "false"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
    ("Calc/Content/Update", "Link", "2"),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Calc/Formula/Load", "ODFRecalcMode", "1"),
    ("Recovery/AutoSave", "Enabled", "false"),
)


def _settings() -> str:
    items = "".join(
        f'<item oor:path={quoteattr("/org.openoffice.Office." + path)}><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )
