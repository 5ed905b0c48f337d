"""Becomes another program, tied to its parent and, where asked, under an unprivileged identity.

Run by path with `python -I -S`, so it may import the standard library only. A few lines of Python instead of
`unshare` and `setpriv`, because slim images have neither and because only here can the race be closed in which
the parent ends before the tie is made. Arguments: PARENT_PID SIGNAL IDENTITY UID GID PROGRAM [ARGUMENT ...].
"""

import ctypes
import os
import signal
import sys

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
CANNOT_EXECUTE = 126
USAGE = 64
FIXED_ARGUMENTS = 5


def enter_namespace(uid: int, gid: int) -> None:
    """Become `uid`:`gid` inside a new user namespace while keeping the caller's rights to its own files."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are blocked")
    # Bytes and plain calls: inside, the interpreter's own files may be out of reach, so nothing more can be imported.
    _write("/proc/self/setgroups", b"deny")
    _write("/proc/self/uid_map", f"{uid} {outer_uid} 1".encode())
    _write("/proc/self/gid_map", f"{gid} {outer_gid} 1".encode())


def _write(path: str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)


def drop_to(uid: int, gid: int) -> None:
    """Become `uid`:`gid` for good."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def tie_to_parent(parent: int, death_signal: int) -> None:
    """Ask the kernel for `death_signal` when the parent thread ends; give up if it already has.

    Must follow any change of identity, which clears the request. Without Linux there is no such request: there
    the launcher finds what an abrupt end left behind when it starts again.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        raise ProcessLookupError("the parent has ended")


def reset_signals() -> None:
    """Undo what Python or the parent changed: the program expects default actions and nothing blocked."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def main(arguments: list[str]) -> int:
    """Returns only when the program could not be started."""
    if len(arguments) <= FIXED_ARGUMENTS:
        return USAGE
    parent, death_signal, identity, uid, gid, *program = arguments
    try:
        if identity == "namespace":
            enter_namespace(int(uid), int(gid))
        elif identity == "setuid":
            drop_to(int(uid), int(gid))
        tie_to_parent(int(parent), int(death_signal))
        reset_signals()
        os.umask(0o077)
        os.execv(program[0], program)  # noqa: S606  # becoming that program is the purpose
    except OSError as error:
        sys.stderr.write(f"cannot start {program[0]}: {error}\n")
    return CANNOT_EXECUTE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
