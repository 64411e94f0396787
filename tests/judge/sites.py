"""Killed at every site: each write, flush, rename and send on the road of one mail, one run each."""

import copy
import pathlib
import sys
import time
from collections import Counter

import plan as plans
from campaign import Town
from verdict import Outcome, judge

PATIENCE = 90  # seconds for one mail
TRACER = pathlib.Path(__file__).parent / "tracer.py"


class Sites:
    """One mail of a kind, killed at its first site, at its second, and so on until it ends unharmed."""

    def __init__(self, options, seed, target):
        self.options, self.seed = options, seed
        plan = plans.Plan(seed, 1)
        plan.name = "sites"
        mails = [getattr(plan, options.mail)() for _ in range(2000)]
        self.mails = iter(mails)
        # Only the products that the first mails name; nobody answers.
        plan.few, self.domain = [], f"s{seed}.sites.example"
        self.town = Town(options, seed, target, plan, lambda letter: None)
        self.posted, self.files, self.kills, self.complaints = [], [], [], []
        self.killed, self.kinds = 0, Counter()

    def run(self):
        """All sites; the verdict."""
        try:
            site = 1
            while self.one(site):
                site += self.options.stride
            time.sleep(1)
            return judge(self.outcome())
        finally:
            self.town.close()

    def one(self, site):
        """One mail, killed at this site; false where it has no such site."""
        mail = copy.copy(next(self.mails))
        mail.answer = None
        folder = self.town.folder / f"site-{site}"
        maildir, daemon = self.town.installation(self.options.binary, folder)
        self.posted.append(mail)
        maildir.deliver(mail)
        report = folder / "sites"
        daemon.before = (sys.executable, str(TRACER), str(site), str(report))
        daemon.start()
        killed = self.until(lambda: not daemon.alive() or self.done(mail, maildir)) and not daemon.alive()
        if killed:
            if daemon.child.wait() != -9:
                daemon.complain()
            self.kills.append(time.monotonic())
            self.killed += 1
            self.kinds[report.read_text().splitlines()[-1].split()[0]] += 1
            daemon.before = ()
            daemon.start()
            if not self.until(lambda: self.done(mail, maildir)):
                self.complaints.append(f"killed at site {site}: not done within {PATIENCE} s: {daemon.last_words()}")
        daemon.stop()
        if not killed and daemon.child.returncode == -9:  # at a site of its shutdown, when all was done
            daemon.complaints.clear()
            self.killed, killed = self.killed + 1, True
        self.complaints += daemon.complaints
        self.files += maildir.files()
        return killed

    @staticmethod
    def until(condition):
        """Waits for it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.02)
        return False

    def done(self, mail, maildir):
        """Its letters are there and its file is filed."""
        there = {(letter.in_reply_to, letter.kind) for letter in list(self.town.catcher.letters)}
        return all((mail.message_id, kind) in there for kind in mail.letters) and not maildir.waiting()

    def outcome(self):
        """What there is now."""
        orders, partners = self.town.target.odoo.orders(self.domain)
        return Outcome(
            self.posted, orders, partners, list(self.town.catcher.letters), self.town.catcher.refusals, self.files,
            self.kills, self.complaints,
        )

    def faults(self):
        """How many faults there were."""
        return self.killed + self.town.faults()

    def story(self):
        """What else there is to say."""
        kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(self.kinds.items()))
        return f"killed at each of {self.killed} sites ({kinds})"
