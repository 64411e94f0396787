"""The judgement: a pure function of what was written, what was done to postorder, and what is there now."""

from collections import Counter
from dataclasses import dataclass, field

from plan import VENDOR

# A letter may come twice where the mail server's word that it took it did not arrive or was not recorded: postorder
# was killed, or the word was withheld, within this time (seconds) of its being taken.
UNRECORDED = 10


@dataclass
class Outcome:
    """What the judge found."""

    posted: list = field(default_factory=list)  # mails of the plan that were written
    orders: list = field(default_factory=list)  # as odoo.Odoo.orders has them
    partners: list = field(default_factory=list)  # addresses of partners
    letters: list = field(default_factory=list)  # as catcher.Letter
    refusals: Counter = field(default_factory=Counter)  # address -> refused attempts
    files: list = field(default_factory=list)  # (folder, message id, bytes are as written)
    kills: list = field(default_factory=list)  # when
    complaints: list = field(default_factory=list)  # of the run itself


@dataclass
class Verdict:
    """Counts, and a line for each thing that is wrong."""

    mails: int = 0
    orders: int = 0
    lost: int = 0
    doubled: int = 0
    letters_lost: int = 0
    letters_doubled: int = 0
    unexplained: int = 0
    findings: list = field(default_factory=list)

    @property
    def good(self):
        """Nothing lost, nothing twice that must not be, everything explained."""
        return not (self.lost or self.doubled or self.letters_lost or self.unexplained)

    def line(self, seed, faults):
        """The one line."""
        return (
            f"seed {seed} faults {faults} mails {self.mails} orders {self.orders} lost {self.lost} doubled {self.doubled} "
            f"letters lost {self.letters_lost} letters doubled {self.letters_doubled} unexplained {self.unexplained}"
        )

    def say(self, count, text):
        """One more of `count`, and why."""
        setattr(self, count, getattr(self, count) + 1)
        self.findings.append(f"{count.replace('_', ' ')}: {text}")


def judge(outcome):
    """Says what is wrong."""
    verdict = Verdict(mails=len(outcome.posted), orders=len(outcome.orders))
    orders_of = judge_orders(outcome, verdict)
    judge_letters(outcome, verdict, orders_of)
    judge_files(outcome, verdict)
    for address, number in Counter(outcome.partners).items():
        if number > 1:
            verdict.say("unexplained", f"{number} partners have the address {address}")
    for complaint in outcome.complaints:
        verdict.say("unexplained", complaint)
    return verdict


def form(date, lines):
    """An order's content, to be compared."""
    return date, tuple(sorted((str(code), float(quantity)) for code, quantity in lines.items()))


def judge_orders(outcome, verdict):
    """Every order once, with its lines, confirmed and reserved. Returns mails' numbers of orders."""
    there, wanted, numbers = {}, {}, {}
    for order in outcome.orders:
        there.setdefault((order["sender"], form(order["date"], order["lines"])), []).append(order)
    for mail in outcome.posted:
        for order in mail.orders:
            wanted.setdefault((mail.sender, form(order.date, order.lines)), []).append(mail)
    for key, mails in wanted.items():
        found = there.get(key, [])
        for mail, order in zip(mails, found):
            numbers.setdefault(mail.message_id, []).append(order["number"])
        for mail in mails[len(found):]:
            verdict.say("lost", f"the order {key[1]} of {mail.message_id}")
    for key, found in there.items():
        expected = len(wanted.get(key, []))
        for order in found[expected:]:
            if expected:
                verdict.say("doubled", f"{order['number']} is an order of {key[0]} that there is already: {key[1]}")
            else:
                verdict.say("unexplained", f"nobody wrote the order {order['number']} of {key[0]}: {key[1]}")
        for order in found[:expected]:
            if order["state"] != "sale" or form("", order["lines"]) != form("", order["reserved"]):
                verdict.say("unexplained", f"{order['number']} of {key[0]} is {order['state']}, reserved: {order['reserved']}")
    return numbers


def judge_letters(outcome, verdict, orders_of):
    """Every letter, once; the same one again only where that is explained."""
    same = {}
    for letter in outcome.letters:
        same.setdefault(letter.message_id, []).append(letter)
    answers, requests = {}, []
    for letters in same.values():
        first = letters[0]
        for before, again in zip(letters, letters[1:]):
            if repeated(outcome, verdict, first, before, again):
                verdict.letters_doubled += 1
        if first.to == VENDOR:
            requests.append(first)
        else:
            answers.setdefault((first.in_reply_to, first.kind), []).append(first)
    for mail in outcome.posted:
        for kind in mail.letters:
            found = answers.pop((mail.message_id, kind), [])
            if not found:
                verdict.say("letters_lost", f"no {kind} answers {mail.message_id}")
            for letter in found[1:]:
                verdict.say("unexplained", f"another {kind} answers {mail.message_id}: {letter.message_id}")
            for letter in found[:1]:
                about(verdict, mail, letter, orders_of.get(mail.message_id, []))
        if mail.refused and not outcome.refusals[mail.sender]:
            verdict.say("letters_lost", f"nobody tried to answer {mail.message_id}")
    for (answered, kind), letters in answers.items():
        for letter in letters:
            verdict.say("unexplained", f"a {kind} to {letter.to} that answers {answered or 'nothing'}")
    wanted = sum(mail.requests for mail in outcome.posted)
    for _ in range(wanted - len(requests)):
        verdict.say("letters_lost", "a request to the supplier")
    for letter in requests[wanted:]:
        verdict.say("unexplained", f"a request to the supplier too many: {letter.message_id}")


def about(verdict, mail, letter, numbers):
    """It goes to whom it answers, and tells of the orders."""
    if letter.to != mail.sender:
        verdict.say("unexplained", f"{letter.message_id} answers {mail.sender}, but goes to {letter.to}")
    if letter.kind in ("confirmation", "offer"):
        for number in numbers:
            if number not in letter.text:
                verdict.say("unexplained", f"{letter.message_id} does not tell of the order {number}")


def repeated(outcome, verdict, first, before, again):
    """A second letter with the same Message-ID: is it the same letter, and is there a reason?"""
    if (again.to, again.subject, again.text) != (first.to, first.subject, first.text):
        verdict.say("unexplained", f"{first.message_id} came twice, with another text")
        return False
    # We may come to read a letter only after its sender was killed: it did not hear us then either.
    sent = before.at if before.asked is None else before.asked
    killed = any(sent <= kill <= before.at + UNRECORDED for kill in outcome.kills)
    if not (before.withheld or killed):
        verdict.say("unexplained", f"{first.message_id} came twice, though its server's word was heard")
        return False
    return True


def judge_files(outcome, verdict):
    """Every mail lies in the maildir as it was written, in the folder where it belongs."""
    places = {}
    for folder, message_id, whole in outcome.files:
        places.setdefault(message_id, []).append(folder)
        if not whole:
            verdict.say("unexplained", f"the file of {message_id} in {folder} is not as it was written")
    for mail in outcome.posted:
        found = places.get(mail.message_id, [])
        for _ in range(mail.copies - len(found)):
            verdict.say("lost", f"a file of the mail {mail.message_id}")
        if len(found) > mail.copies:
            verdict.say("unexplained", f"{len(found)} files of {mail.message_id}, {mail.copies} were written")
        strange = [folder for folder in found if folder == "new" or folder not in (mail.folder or folder)]
        if strange:
            verdict.say("unexplained", f"the mail {mail.message_id} lies in {', '.join(strange)}")
