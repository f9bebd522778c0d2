"""Become a Java process that ends with its parent. Run as a script, on the standard library alone.

usage: launch.py PARENT FOLDER PROGRAM ARGUMENT...    (PARENT 0: nobody's child, stay until stopped)

A script of its own, because code between fork and exec in a process with threads can deadlock.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with(parent: int) -> None:
    """Ask the kernel to end us when the parent's thread that started us ends, however it ends."""
    if sys.platform != "linux":  # elsewhere a killed parent leaves its server; the next one uses it
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked: nobody would tell us any more
        sys.exit(1)


def main() -> None:
    parent, folder, program, *arguments = sys.argv[1:]
    os.umask(0o077)
    os.chdir(folder)
    if int(parent):
        end_with(int(parent))
    os.execv(program, [program, *arguments])  # noqa: S606


if __name__ == "__main__":
    main()
