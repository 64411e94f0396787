"""One seed from its first mail to the verdict."""

import asyncio
import pathlib
import random
import shutil
import tempfile
import threading
import time

import daemon
import plan as plans
from catcher import TRUSTED, Catcher
from proxy import Proxy
from verdict import Outcome, judge

LONGEST = 420  # seconds without any change until the judge gives up waiting


class Town:
    """What lies around postorder: an Odoo behind a line that fails, and a mail server that fails."""

    def __init__(self, options, seed, target, plan, letter_arrived):
        self.target, self.batch = target, options.batch
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"chaos-{seed}-"))
        self.catcher = Catcher(seed, options.smtp_faults, letter_arrived, options.tls)
        self.proxy = Proxy(seed, options.net_faults, target.url, target.timeout)
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        for server in (self.catcher, self.proxy):
            asyncio.run_coroutine_threadsafe(server.start(), self.loop).result(30)
        target.odoo.make(plan.products, plans.VENDOR)
        self.secret = self.folder / "key"
        self.secret.touch(mode=0o600)
        self.secret.write_text(target.key)

    def installation(self, binary, folder, store=None):
        """A maildir and a daemon of its own."""
        folder.mkdir(exist_ok=True)
        maildir = daemon.Maildir(folder / "Maildir")
        target = self.target
        text = daemon.settings(
            maildir.path, store or folder / "postorder.db", (f"http://127.0.0.1:{self.proxy.port}", target.database), target.user,
            f"api_key_file = '{self.secret}'", self.mail_server(), target.timeout, self.batch,
        )
        return maildir, daemon.Daemon(binary, folder, text)

    def mail_server(self):
        """How postorder is to reach the mail server."""
        if self.catcher.tls:
            return f"port = {self.catcher.port}\nsecurity = 'starttls'\nca_file = '{TRUSTED}'"
        return f"port = {self.catcher.port}\nsecurity = 'none'"

    def calm(self):
        """No faults any more."""
        self.catcher.rate = self.proxy.rate = 0

    def faults(self):
        """How many faults there were."""
        return sum(self.catcher.faults.values()) + sum(self.proxy.faults.values())

    def close(self):
        """Ends it."""
        self.loop.set_exception_handler(lambda *_: None)
        asyncio.run_coroutine_threadsafe(ended(), self.loop)
        self.target.close()

    def clean(self):
        """Removes the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


async def ended():
    """Ends what is still open on this loop, and the loop."""
    loop = asyncio.get_running_loop()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    loop.call_soon(loop.stop)


class Campaign:
    """A plan, a town, a daemon in it, and how they are disturbed."""

    def __init__(self, options, seed, target):
        self.options, self.seed = options, seed
        self.random = random.Random(f"campaign {seed}")
        self.plan = plans.Plan(seed, options.mails)
        self.posted = []
        self.by_id = {mail.message_id: mail for mail in self.plan.every_mail()}
        self.due = []  # (when, mail, letter): answers to be written
        self.restocked = False
        self.pace = 0.2
        self.town = Town(options, seed, target, self.plan, self.letter_arrived)
        self.catcher, self.odoo = self.town.catcher, target.odoo
        self.maildir, self.daemon = self.town.installation(options.binary, self.town.folder / "shop")

    # ---- mails and their answers ---------------------------------------------------------------

    def letter_arrived(self, letter):
        """Plans the answer to a letter; called by the catcher."""
        mail = self.by_id.get(letter.in_reply_to)
        if mail and mail.answer and mail.answers == letter.kind and not any(m is mail.answer for _, m, _ in self.due):
            self.due.append((time.monotonic() + random.random() / 2, mail.answer, letter))

    def post(self, mail, letter=None):
        """Delivers a mail."""
        self.posted.append(mail)
        self.maildir.deliver(mail, letter)

    def post_answers(self):
        """Delivers the answers that are due."""
        for entry in list(self.due):
            when, mail, letter = entry
            if mail not in self.posted and when <= time.monotonic():
                self.post(mail, letter)

    def open(self):
        """What is not there yet: how many letters, and how many files wait."""
        there = {(letter.in_reply_to, letter.kind) for letter in list(self.catcher.letters)}
        missing = sum((mail.message_id, kind) not in there for mail in self.posted for kind in mail.letters)
        return missing + sum(mail not in self.posted for _, mail, _ in self.due) + self.maildir.waiting()

    def restock(self):
        """The supplier delivers, once all who wait for it know that they wait."""
        there = {letter.in_reply_to for letter in list(self.catcher.letters) if letter.kind == "replenishment"}
        waiting = [mail for mail in self.plan.every_mail() if mail.requests]
        if not self.restocked and all(mail.message_id in there for mail in waiting):
            self.restocked = True
            for product in self.plan.awaited:
                self.odoo.set_stock(product, 10_000_000)

    # ---- the run -------------------------------------------------------------------------------

    def run(self):
        """All of it; the verdict."""
        try:
            self.disturbed()
            self.settle()
            return judge(self.outcome())
        finally:
            if self.daemon.alive():
                self.daemon.child.kill()
                self.daemon.child.wait()
            self.town.close()

    def disturbed(self):
        """Writes mails and kills, spread over the same time."""
        self.first()
        left, kills = self.plan.mails[1:], self.options.kills
        rounds = max(kills, len(left) // 3, 1)
        share, every = -(-len(left) // rounds), rounds / kills if kills else float("inf")
        number, next_kill = 0, every
        while kills or left:
            number += 1
            if self.open() < self.options.backlog:
                for mail in left[:share]:
                    self.post(mail)
                left = left[share:]
            if kills and (number >= next_kill or not left):
                self.wait(self.lifetime())
                self.daemon.kill()
                self.daemon.start()
                kills, next_kill = kills - 1, next_kill + every
            else:
                self.wait(self.random.uniform(0, 0.4))
            self.restock()

    def first(self):
        """The first mail, undisturbed: how long this machine takes, by which all kills are measured."""
        calm = self.catcher.rate, self.town.proxy.rate
        self.town.calm()
        self.daemon.start()
        begun = time.monotonic()
        self.post(self.plan.mails[0])
        while self.maildir.waiting() and time.monotonic() - begun < 60:
            self.wait(0.02)
        self.pace = min(2.0, max(0.2, time.monotonic() - begun))
        self.catcher.rate, self.town.proxy.rate = calm

    def lifetime(self):
        """How long until the next kill: often amid the recovery, mostly amid the work."""
        chance = self.random.random()
        if chance < 0.25:
            return self.random.uniform(0, 0.6) * self.pace
        if chance < 0.8:
            return self.random.uniform(0.3, 3) * self.pace
        return self.random.uniform(2, 8) * self.pace

    def wait(self, seconds):
        """Lets it work, and answers letters meanwhile."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            self.post_answers()
            time.sleep(min(rest, 0.05))

    def settle(self):
        """Without faults now, until nothing is open, or nothing moves any more."""
        self.town.calm()
        before, since = None, time.monotonic()
        while time.monotonic() - since < LONGEST:
            self.wait(0.25)
            if not self.daemon.alive():
                self.daemon.complain()
                self.daemon.start()
            self.restock()
            state = self.open()
            if state == 0 and self.restocked:
                break
            if state != before:
                before, since = state, time.monotonic()
        self.wait(self.options.grace)  # whatever comes too much comes now
        self.daemon.stop()

    def outcome(self):
        """What there is now."""
        orders, partners = self.odoo.orders(f"s{self.seed}.{self.plan.name}.example")
        return Outcome(
            self.posted, orders, partners, list(self.catcher.letters), self.catcher.refusals, self.maildir.files(),
            self.daemon.kills, self.daemon.complaints + self.catcher.complaints,
        )

    def faults(self):
        """How many faults there were."""
        return len(self.daemon.kills) + self.town.faults()

    def story(self):
        """What else there is to say."""
        proxy, struck = self.town.proxy, self.catcher.faults
        by_kind = ", ".join(f"{name} {count}" for name, count in sorted(struck.items()))
        return (
            f"{len(self.daemon.kills)} kills, {proxy.requests} requests to Odoo, {sum(proxy.faults.values())} went wrong, "
            f"{proxy.lost} answers lost after a change, {proxy.late} of them late commits, "
            f"{sum(struck.values())} SMTP faults" + (f" ({by_kind})" if by_kind else "")
        )
