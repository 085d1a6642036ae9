"""Closes a process off before it touches a file nobody trusts: no network, no other files, no other processes. For good.

Works without privileges: seccomp takes the network away, Landlock all files that are not named. The standard library only.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import resource
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Seccomp: number of each system call by machine. What is not here may be called, Landlock and the limits bound it.
_CALLS: Mapping[str, Mapping[str, int]] = {
    "x86_64": {
        "access": 21, "socket": 41, "connect": 42, "kill": 62, "ptrace": 101, "setpgid": 109, "setsid": 112, "pivot_root": 155,
        "chroot": 161, "mount": 165, "umount2": 166, "init_module": 175, "delete_module": 176, "kexec_load": 246,
        "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "perf_event_open": 298, "open_by_handle_at": 304,
        "faccessat": 269, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "finit_module": 313, "bpf": 321,
        "userfaultfd": 323, "faccessat2": 439,
    },
    "aarch64": {
        "faccessat": 48, "faccessat2": 439, "socket": 198, "connect": 203, "kill": 129, "ptrace": 117, "setpgid": 154,
        "setsid": 157, "pivot_root": 41, "chroot": 51, "mount": 40, "umount2": 39, "init_module": 105, "delete_module": 106,
        "kexec_load": 104, "add_key": 217, "request_key": 218, "keyctl": 219, "unshare": 97, "perf_event_open": 241,
        "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "finit_module": 273,
        "bpf": 280, "userfaultfd": 282,
    },
}  # fmt: skip
#: What starts every program.
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
#: The same on every machine: pidfd_send_signal, io_uring_setup/enter/register, pidfd_getfd, and the newer way to mount.
_CALLS_EVERYWHERE = (424, 425, 426, 427, 428, 429, 430, 432, 438, 442)
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000  # numbers from here on are a second door to the same calls

_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUALS, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_Line = tuple[int, int, int, int]
_YES: _Line = (_RETURN, 0, 0, _ALLOW)
_NO: _Line = (_RETURN, 0, 0, _REFUSE | errno.EACCES)

# Landlock
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_MAKE = 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 13  # remove, make folders, files and sockets, rename across folders
_HANDLED = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}  # by version; from 5 on devices too
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE
#: What every program needs of the machine: its libraries and their data, nothing that belongs to anybody.
SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/share/fonts", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/localtime", "/var/cache/fontconfig", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/proc/cpuinfo",
    "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip


class NotPossible(Exception):
    """This machine cannot close a process off."""


@dataclass(frozen=True)
class Limits:
    """What a closed-off process may use: bytes of address space, seconds of a processor, bytes of one file it writes."""

    memory: int = 2048 * 1024 * 1024
    seconds: int = 20
    file: int = 1024 * 1024 * 1024


def enclose(
    *, reading: Iterable[Path | str] = (), writing: Iterable[Path | str] = (), running: Iterable[Path | str] = (),
    hide_tmp: bool = False,
) -> None:  # fmt: skip
    """Close this process off for good: it reads and writes beneath what is named, and reaches no network, local ones included.

    `running`: what it may still start. `hide_tmp`: it is told that it may write nowhere when it only asks (LibreOffice then
    keeps its pipe where OSL_SOCKET_PATH says). Call it before any thread is started. Raises NotPossible, nothing promised.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0):  # no new privileges: both locks ask for it
        raise NotPossible("no_new_privs")
    _close_files(libc, [*SYSTEM, *reading], list(writing), list(running))
    _close_network(libc, hide_tmp=hide_tmp)


def limit(limits: Limits) -> None:
    """Take limits, end with the parent, and let the live pages go first."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    os.nice(5)


def command(
    program: Sequence[str], *, limits: Limits, reading: Iterable[Path | str] = (), writing: Iterable[Path | str] = (),
    running: Iterable[Path | str] = (), hide_tmp: bool = False,
) -> list[str]:  # fmt: skip
    """Return a command that starts a program closed off and within limits: for this process, in a session of its own."""
    wishes = {
        "parent": os.getpid(),
        "limits": [limits.memory, limits.seconds, limits.file],
        "reading": [str(path) for path in reading],
        "writing": [str(path) for path in writing],
        "running": [str(path) for path in running],
        "hide_tmp": hide_tmp,
    }
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve()), json.dumps(wishes), *program]


def is_possible() -> bool:
    """Tell whether this machine can close a process off: tried in a child, until it has been seen to hold."""
    if not _seen_to_hold:
        command = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
        try:
            done = subprocess.run(command, capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return False
        if done.returncode == 0:
            _seen_to_hold.append(True)
    return bool(_seen_to_hold)


_seen_to_hold: list[bool] = []


# The network


def _close_network(libc: ctypes.CDLL, *, hide_tmp: bool = False) -> None:
    machine = platform.machine()
    if machine not in _CALLS:
        raise NotPossible(machine)
    code = _program(machine, hide_tmp=hide_tmp)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(22, 2, ctypes.c_char_p(program), 0, 0):
        raise NotPossible("seccomp")


def _program(machine: str, *, hide_tmp: bool) -> bytes:
    """Return the filter: sockets within this machine alone, none of them connected, and no way around it."""
    calls = dict(_CALLS[machine])
    lines = [(_LOAD, 0, 0, 4), (_EQUALS, 1, 0, _AUDIT[machine]), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    if machine == "x86_64":
        lines += [(_AT_LEAST, 0, 1, _X32), _NO]
    lines += _when(calls.pop("socket"), [*_unless(0, socket.AF_UNIX), *_unless(1, socket.SOCK_STREAM, 15), _YES])
    for name, argument in (("access", 1), ("faccessat", 2), ("faccessat2", 2)):
        number = calls.pop(name, None)
        if hide_tmp and number is not None:
            lines += _when(number, [(_LOAD, 0, 0, 16 + 8 * argument), (_EQUALS, 0, 1, os.W_OK), _NO, _YES])
    for number in (*calls.values(), *_CALLS_EVERYWHERE):
        lines += _when(number, [_NO])
    return b"".join(struct.pack("HBBI", *line) for line in [*lines, _YES])


def _when(number: int, then: list[_Line]) -> list[_Line]:
    """Lines for one system call; they end with an answer."""
    return [(_EQUALS, 0, len(then), number), *then]


def _unless(argument: int, value: int, mask: int = 0xFFFFFFFF) -> list[_Line]:
    """Lines that refuse unless an argument (its lower half) has a value."""
    return [(_LOAD, 0, 0, 16 + 8 * argument), (_AND, 0, 0, mask), (_EQUALS, 1, 0, value), _NO]


# Files


def _close_files(libc: ctypes.CDLL, reading: list[Path | str], writing: list[Path | str], running: list[Path | str]) -> None:
    version = libc.syscall(444, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        raise NotPossible("landlock")
    handled = _HANDLED.get(min(version, 3), 0) | (1 << 15 if version >= 5 else 0)
    wishes = [handled] + ([3] if version >= 4 else []) + ([3] if version >= 6 else [])  # files, TCP, signals and local sockets
    attributes = struct.pack(f"{len(wishes)}Q", *wishes)
    rules = libc.syscall(444, ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), ctypes.c_uint(0))
    if rules < 0:
        raise NotPossible("landlock")
    for path in reading:
        _open_beneath(libc, rules, path, (_READ | _LIST) & handled)
    for path in ("/dev/null", "/dev/zero"):
        _open_beneath(libc, rules, path, (_READ | _WRITE) & handled)
    for path in writing:
        _open_beneath(libc, rules, path, (_READ | _LIST | _WRITE | _TRUNCATE | _MAKE) & handled)
    for path in [*running, *(LOADERS if running else ())]:
        _open_beneath(libc, rules, path, (_READ | _LIST | _EXECUTE) & handled)
    if libc.syscall(446, ctypes.c_int(rules), ctypes.c_uint(0)):
        raise NotPossible("landlock")
    os.close(rules)


def _open_beneath(libc: ctypes.CDLL, rules: int, path: Path | str, rights: int) -> None:
    """Allow something beneath a place; one that is not there needs no rule."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & _OF_FILES
        rule = struct.pack("=Qi", allowed, place)
        if libc.syscall(445, ctypes.c_int(rules), ctypes.c_int(1), ctypes.c_char_p(rule), ctypes.c_uint(0)):
            raise NotPossible("landlock")
    finally:
        os.close(place)


# As a program


def main() -> None:
    """Close off, then become the program that is named; without one, prove that the locks hold."""
    if len(sys.argv) < 3:
        sys.exit(0 if _holds() else 1)
    wishes = json.loads(sys.argv[1])
    limits = Limits(*wishes.pop("limits"))
    limit(limits)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))  # a program may catch the softer signal
    if os.getppid() != wishes.pop("parent"):
        os._exit(125)  # who asked for it is gone already, and nobody would be told of its end
    try:
        enclose(**wishes)
        os.execv(sys.argv[2], sys.argv[2:])
    except (NotPossible, OSError):
        os._exit(126)


def _holds() -> bool:
    try:
        enclose()
    except NotPossible:
        return False
    return _refused(lambda: socket.socket(socket.AF_INET)) and _refused(lambda: os.listdir("/etc"))


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    return False


if __name__ == "__main__":
    main()
