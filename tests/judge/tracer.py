"""Runs a program, counts what it does to files and connections, and kills it at the Nth of it.

    python3 tracer.py N REPORT COMMAND...

Every thread and child is followed. A site is a system call that changes a file, a folder or what a peer
has received; it is counted when it begins, over all threads together, so that N names one instant. At the
Nth the program is killed before the call is carried out; with N = 0 it runs to its end. The report, a line
for each site, is written at the end. (strace counts per thread, and so cannot name the Nth of all.)
"""

import ctypes
import os
import signal
import struct
import sys

SEIZE, CONT_SYSCALL, GET_EVENT, GET_INFO, LISTEN = 0x4206, 24, 0x4201, 0x420E, 0x4208
CONT = 7
OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100000  # system calls marked; forks, vforks, clones, execs followed; dies with us
STOP = 128
ENTRY = 1

# Numbers of the calls, by machine.
X86_64 = {
    1: "write", 18: "pwrite64", 20: "writev", 44: "sendto", 46: "sendmsg", 74: "fsync", 75: "fdatasync", 76: "truncate",
    77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 86: "link", 87: "unlink", 258: "mkdirat", 263: "unlinkat",
    264: "renameat", 265: "linkat", 285: "fallocate", 296: "pwritev", 307: "sendmmsg", 316: "renameat2",
}
AARCH64 = {
    64: "write", 68: "pwrite64", 66: "writev", 206: "sendto", 211: "sendmsg", 82: "fsync", 83: "fdatasync", 45: "truncate",
    46: "ftruncate", 34: "mkdirat", 35: "unlinkat", 38: "renameat", 37: "linkat", 47: "fallocate", 70: "pwritev",
    269: "sendmmsg", 276: "renameat2",
}
CALLS = {"x86_64": X86_64, "aarch64": AARCH64}.get(os.uname().machine, X86_64)
BY_DESCRIPTOR = {
    "write", "pwrite64", "writev", "pwritev", "sendto", "sendmsg", "sendmmsg", "fsync", "fdatasync", "ftruncate", "fallocate",
}

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


def ptrace(request, pid, address=0, data=0):
    """The system call; what goes wrong with a thread that has just died does not matter."""
    return libc.ptrace(request, pid, address, data)


class Tracer:
    """One run."""

    def __init__(self, last, command):
        self.last, self.sites, self.buffer = last, [], ctypes.create_string_buffer(128)
        # The child waits for a byte, so that it is held before it becomes the program.
        ready, go = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            os.close(go)
            os.read(ready, 1)
            os.execvp(command[0], command)
        os.close(ready)
        if ptrace(SEIZE, self.child, 0, OPTIONS) != 0:
            os.kill(self.child, signal.SIGKILL)
            raise OSError(ctypes.get_errno(), "ptrace is not allowed here")
        os.write(go, b"x")
        os.close(go)
        # Whoever ends us means the program.
        signal.signal(signal.SIGTERM, self.pass_on)

    def pass_on(self, number, _frame):
        """The program is asked to end; it may have ended already."""
        try:
            os.kill(self.child, number)
        except ProcessLookupError:
            pass

    def run(self):
        """To its end; its exit code, negative for a signal."""
        ptrace(CONT_SYSCALL, self.child)
        while True:
            try:
                pid, status = os.waitpid(-1, 0x40000000)
            except ChildProcessError:
                return 0
            if os.WIFEXITED(status) or os.WIFSIGNALED(status):
                if pid == self.child:
                    return os.waitstatus_to_exitcode(status)
                continue
            self.stopped(pid, status)

    def stopped(self, pid, status):
        """A thread stands still."""
        number, event = os.WSTOPSIG(status), status >> 16
        if number == signal.SIGTRAP | 0x80:
            self.call(pid)
            ptrace(CONT_SYSCALL, pid)
        elif event == STOP and number != signal.SIGTRAP:
            ptrace(LISTEN, pid)
        elif event:
            ptrace(CONT_SYSCALL, pid)
        else:
            ptrace(CONT_SYSCALL, pid, 0, number)

    def call(self, pid):
        """A thread begins or ends a call."""
        if ptrace(GET_INFO, pid, len(self.buffer), ctypes.addressof(self.buffer)) <= 0 or self.buffer.raw[0] != ENTRY:
            return
        number, first, second = struct.unpack_from("<QQQ", self.buffer.raw, 24)
        name = CALLS.get(number)
        site = name and self.site(pid, name, first)
        if not site:
            return
        self.sites.append(site)
        if len(self.sites) == self.last:
            os.kill(self.child, signal.SIGKILL)

    @staticmethod
    def site(pid, name, first):
        """What the call is about; nothing for what leaves no trace outside."""
        if name not in BY_DESCRIPTOR:
            return name
        try:
            about = os.readlink(f"/proc/{pid}/fd/{first & 0xFFFFFFFF}")
        except OSError:
            return None
        if about.startswith(("anon_inode:", "pipe:")) or about.endswith(("/log", "/null")):
            return None
        return f"{name} {about if about.startswith('/') else about.partition(':')[0]}"


def main():
    """The command line."""
    tracer = Tracer(int(sys.argv[1]), sys.argv[3:])
    code = tracer.run()
    with open(sys.argv[2], "w", encoding="utf-8") as report:
        report.writelines(site + "\n" for site in tracer.sites)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main()
