"""Without room and without inodes: the store and the maildir each lie on a small file system of their own."""

import os
import subprocess
import time

from campaign import Campaign

STORE_SIZE, MAIL_SIZE, INODES = "80m", "16m", 600


class Disk(Campaign):
    """Mails come while the disks are full; afterwards everything must be as if they had not been."""

    def __init__(self, options, seed, target):
        super().__init__(options, seed, target)
        self.stalls = 0
        self.disks = [self.mount("store-disk", f"size={STORE_SIZE}"), self.mount("mail-disk", f"size={MAIL_SIZE},nr_inodes={INODES}")]
        store, mails = self.disks
        self.maildir, self.daemon = self.town.installation(options.binary, mails / "shop", store / "postorder.db")

    def mount(self, name, options):
        """A small file system."""
        place = self.town.folder / name
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
        return place

    def disturbed(self):
        """Writes mails before, during and after each shortage."""
        store, mails = self.disks
        left = list(self.plan.mails)
        share = max(1, len(left) // 12)
        self.daemon.start()
        shortages = [self.no_room, self.no_room_and_killed, self.no_inodes] * 2
        for shortage in shortages:
            self.some(left, share)
            self.wait(self.random.uniform(0.1, 1.0))
            shortage(store, mails, left, share)
            self.stalls += 1
        self.some(left, len(left))

    def some(self, left, number):
        """Writes the next mails."""
        for mail in left[:number]:
            self.post(mail)
        del left[:number]

    def no_room(self, store, mails, left, share):
        """Not a byte is left for the store: what comes now stays in new/."""
        ballast = fill(store)
        self.wait(2)
        before = self.new()
        self.some(left, share)
        came = self.new() - before
        self.wait(3)
        if self.new() < before + came:
            self.daemon.complaints.append("without room for the store, mails left new/")
        if not self.daemon.alive():
            self.daemon.complain()
            self.daemon.start()
        ballast.unlink()
        self.wait(1)

    def no_room_and_killed(self, store, mails, left, share):
        """The same, and it is killed; it need not start without room, but must afterwards."""
        ballast = fill(store)
        self.some(left, share)
        self.wait(0.5)
        if self.daemon.alive():
            self.daemon.kill()
        self.daemon.start()
        self.wait(1)
        ballast.unlink()
        if not self.daemon.alive():
            self.daemon.start()
        self.wait(1)

    def no_inodes(self, store, mails, left, share):
        """No file and no folder can be made in the maildir."""
        self.some(left, share)
        crumbs = mails / "crumbs"
        crumbs.mkdir()
        number = 0
        try:
            while True:
                (crumbs / str(number)).touch()
                number += 1
        except OSError:
            pass
        time.sleep(3)  # the customers cannot write either
        for name in range(number):
            (crumbs / str(name)).unlink()
        crumbs.rmdir()
        self.wait(1)

    def new(self):
        """How many files are in new/."""
        return len(os.listdir(self.maildir.path / "new"))

    def faults(self):
        """How many faults there were."""
        return super().faults() + self.stalls

    def run(self):
        """All of it; the verdict."""
        try:
            return super().run()
        finally:
            for place in self.disks:
                subprocess.run(["umount", "-l", str(place)], check=False)


def fill(place):
    """Takes all room there is."""
    ballast = place / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                pass
    return ballast
