"""postorder as a black box: a binary, a configuration, a maildir; started, killed, stopped."""

import hashlib
import os
import pathlib
import signal
import subprocess
import time

FOLDERS = ("new", "cur", ".Done", ".Review", ".Failed", ".Ignored")


class Maildir:
    """The maildir, as a mail server and a mail program see it."""

    def __init__(self, path):
        self.path, self.count, self.written = pathlib.Path(path), 0, {}
        for folder in ("tmp", "new", "cur"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)

    def deliver(self, mail, letter=None):
        """Delivers a mail in as many files as it comes in."""
        data = mail.bytes(letter)
        self.written[mail.message_id] = hashlib.sha256(data).digest()
        for _ in range(mail.copies):
            self.count += 1
            name = f"{1_700_000_000 + self.count}.M{self.count}P{os.getpid()}.chaos"
            file = self.path / "tmp" / name
            file.write_bytes(data)
            file.rename(self.path / "new" / name)

    def entries(self):
        """Every file and the folder that it lies in."""
        for folder in FOLDERS:
            places = [self.path / folder]
            if folder.startswith("."):
                places = [self.path / folder / "new", self.path / folder / "cur"]
            for place in places:
                if place.is_dir():
                    for entry in os.scandir(place):
                        yield folder, entry.path

    def waiting(self):
        """How many files wait to be handled."""
        return sum(folder in ("new", "cur") for folder, _ in self.entries())

    def files(self):
        """(folder, Message-ID, it is whole) of every file."""
        found = []
        for folder, path in self.entries():
            data = pathlib.Path(path).read_bytes()
            head = data.partition(b"\nMessage-ID: <")[2]
            message_id = head.partition(b">")[0].decode("utf-8", "replace")
            whole = hashlib.sha256(data).digest() == self.written.get(message_id)
            found.append((folder, message_id, whole))
        return found


class Daemon:
    """One `postorder run` after the other, on one configuration."""

    def __init__(self, binary, folder, settings):
        self.binary, self.folder = str(binary), pathlib.Path(folder)
        self.config = self.folder / "postorder.toml"
        self.config.write_text(settings)
        self.log_path = self.folder / "log"
        self.child, self.kills, self.complaints, self.before = None, [], [], ()
        hidden = lambda name: name.startswith("POSTORDER_") or name == "CREDENTIALS_DIRECTORY"  # noqa: E731
        self.environment = {name: value for name, value in os.environ.items() if not hidden(name)}

    def start(self):
        """Starts it; does not wait."""
        command = [*self.before, self.binary, "run", "--config", str(self.config)]
        with open(self.log_path, "ab") as log:
            self.child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment,
            )

    def alive(self):
        """It runs."""
        return self.child is not None and self.child.poll() is None

    def kill(self):
        """SIGKILL. That it had ended before, by itself, is a complaint."""
        if not self.alive():
            self.complain()
        self.child.kill()
        self.child.wait()
        self.kills.append(time.monotonic())

    def complain(self):
        """It ended though nobody asked it to. SIGTERM is a request, also before it listens for it."""
        if self.child.returncode == -signal.SIGTERM:
            return
        self.complaints.append(f"postorder ended by itself ({self.child.returncode}): {self.last_words()}")

    def stop(self):
        """SIGTERM, as systemd does; it must end well."""
        if not self.alive():
            return self.complain()
        self.child.send_signal(signal.SIGTERM)
        try:
            if self.child.wait(45) != 0:
                self.complain()
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.complaints.append("postorder did not stop within 45 s of SIGTERM")
        return None

    def last_words(self):
        """The end of its log."""
        with open(self.log_path, "rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(0, log.tell() - 600))
            return log.read().decode("utf-8", "replace").replace("\n", " | ")


def settings(maildir, store, odoo, log_in, secret_file, smtp, timeout, batch):
    """A configuration."""
    url, database = odoo
    return (
        f"[maildir]\npaths = ['{maildir}']\npoll_seconds = 1\nrescan_seconds = 5\n\n[store]\npath = '{store}'\n\n"
        f"[odoo]\nurl = '{url}'\ndatabase = '{database}'\nlogin = '{log_in}'\n{secret_file}\ntimeout_seconds = {timeout}\nbatch = {batch}\nworkers = 2\n\n"
        f"[smtp]\nhost = '127.0.0.1'\n{smtp}\ntimeout_seconds = 2\nhelo = 'chaos.example'\n\n"
        "[company]\nname = 'Chaos Shop'\naddress = 'Chaos Shop <orders@chaos-shop.example>'\n\n"
        f"[policy]\nstock_check_minutes = 1\n\n[log]\nformat = 'json'\nlevel = 'warn'\n"
    )
