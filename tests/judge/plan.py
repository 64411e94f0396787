"""What is written and what must come of it: mails from a seed, in the form agreed with customers."""

import datetime
import random
from dataclasses import dataclass, field
from email.header import Header
from email.utils import format_datetime

SHOP = "orders@chaos-shop.example"
VENDOR = "dispo@chaos-supply.example"
PLENTY, EMPTY, AWAITED = 12, 4, 4  # products of each sort


@dataclass
class Product:
    """A product that the judge makes in Odoo before the start."""

    code: str
    stock: int
    id: int = 0


@dataclass
class Order:
    """An order as it must stand in Odoo in the end."""

    date: str
    lines: dict  # code -> quantity


@dataclass
class Mail:
    """One mail, and what must come of it."""

    sender: str
    message_id: str
    body: str
    subject: str = "Order"
    headers: list = field(default_factory=list)
    orders: list = field(default_factory=list)  # of Order
    letters: list = field(default_factory=list)  # kinds that answer it, to its sender
    requests: int = 0  # letters to the supplier
    folder: str = ".Done"
    copies: int = 1  # files of it that come in
    refused: bool = False  # the mail server takes no letter to the sender
    answers: str = ""  # the kind of letter that is answered with `answer`
    answer: "Mail | None" = None

    def bytes(self, letter=None):
        """The mail as a mail server leaves it in a maildir; `letter` is what it answers."""
        subject, extra, body = self.subject, list(self.headers), self.body
        if letter is not None:
            subject = "Re: " + letter.subject
            extra.append(f"In-Reply-To: <{letter.message_id}>")
            extra.append(f"References: <{letter.in_reply_to}> <{letter.message_id}>")
            quoted = "".join(f"> {line}\n" for line in letter.text.splitlines())
            body += f"\n\nOn Mon, Apr 1, 2024 at 9:00 AM {SHOP} wrote:\n\n{quoted}"
        now = format_datetime(datetime.datetime.now(datetime.timezone.utc))
        lines = [
            f"Return-Path: <{self.sender}>",
            f"From: Chaos Customer <{self.sender}>",
            f"To: {SHOP}",
            f"Date: {now}",
            f"Message-ID: <{self.message_id}>",
            f"Subject: {Header(subject, 'utf-8').encode()}",
            *extra,
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "",
            body,
        ]
        return ("\n".join(lines) + "\n").encode()


class Plan:
    """All mails of a seed. Nothing in it depends on anything but the seed and the number of mails."""

    def __init__(self, seed, mails, name="chaos"):
        self.seed, self.name = seed, name
        self.random = random.Random(f"plan {seed}")
        self.today = datetime.date.today()
        prefix = f"CHAOS{seed}"
        self.plenty = [Product(f"{prefix}-P{n:02}", 10_000_000) for n in range(PLENTY)]
        self.empty = [Product(f"{prefix}-E{n:02}", 0) for n in range(EMPTY)]
        self.awaited = [Product(f"{prefix}-W{n:02}", 0) for n in range(AWAITED)]
        self.few = []  # one for each mail that takes what there is of it
        self.count = 0
        self.mails = []
        self.half = mails // 2
        while self.count < mails:
            self.mails.append(self.conversation())

    @property
    def products(self):
        """Every product that the mails name."""
        return self.plenty + self.empty + self.awaited + self.few

    def every_mail(self):
        """All mails, answers too."""
        for mail in self.mails:
            while mail:
                yield mail
                mail = mail.answer

    def conversation(self):
        """A first mail, with the answer that follows where there is one."""
        kinds = {
            self.plain: 48, self.twins: 6, self.short: 24, self.unknown: 6, self.incomplete: 9,
            self.automatic: 4, self.refused: 3,
        }
        make = self.random.choices(list(kinds), list(kinds.values()))[0]
        return make()

    # ---- kinds of mails ------------------------------------------------------------------------

    def plain(self):
        """All of it is in stock."""
        blocks = self.blocks(self.random.randint(1, 4))
        return self.mail(blocks, orders=orders_of(blocks), letters=["confirmation"])

    def twins(self):
        """One mail in several files."""
        mail = self.plain()
        mail.copies = self.random.randint(2, 6)
        return mail

    def refused(self):
        """The order stands; the letter cannot be delivered, and a person hears of it."""
        mail = self.plain()
        mail.sender = "refused." + mail.sender
        mail.refused, mail.letters, mail.folder = True, [], None
        return mail

    def unknown(self):
        """We do not make that."""
        blocks = [(f"NO-SUCH-{self.random.randint(10_000, 99_999)}", 3, self.date())]
        return self.mail(blocks, letters=["not-made"])

    def incomplete(self):
        """A quantity is missing; half of them correct it."""
        (code, quantity, date), = self.blocks(1)
        mail = self.mail([(code, "", date)], letters=["incomplete"])
        if self.random.random() < 0.5:
            blocks = [(code, quantity, date)]
            answer = self.mail(blocks, orders=orders_of(blocks), letters=["confirmation"])
            self.let_answer(mail, "incomplete", answer)
        return mail

    def automatic(self):
        """Never answered."""
        mail = self.mail(self.blocks(1), folder=".Ignored")
        mail.body, mail.subject = "I am away until Monday.", "Automatic reply: away"
        mail.headers.append("Auto-Submitted: auto-replied")
        return mail

    def short(self):
        """A line of which there is too little, mostly beside one that there is."""
        choices = ["none", "some", "lines", "cancel"]
        if self.count < self.half:
            choices.append("wait")
        choice = self.random.choice(choices)
        wanted = self.random.randint(5, 60)
        if choice == "some":
            few = Product(f"CHAOS{self.seed}-F{len(self.few):04}", self.random.randint(1, 4))
            self.few.append(few)
            code = few.code
        else:
            code = self.random.choice(self.awaited if choice == "wait" else self.empty).code
        there = self.blocks(self.random.choice([0, 1, 1, 2]))
        blocks = there + [(code, wanted, self.date())]
        mail = self.mail(blocks, orders=orders_of(there), letters=["offer"])
        if choice != "none":
            self.let_answer(mail, "offer", self.choice(choice, blocks[-1]))
        return mail

    def choice(self, choice, block):
        """The answer to an offer."""
        code, wanted, date = block
        if choice == "some":
            there = self.few[-1].stock
            answer = self.mail([], orders=[Order(date, {code: there})], letters=["confirmation"])
            answer.body = "1"
        elif choice == "lines":
            blocks = self.blocks(1)
            answer = self.mail(blocks, orders=orders_of(blocks), letters=["confirmation"])
            answer.body = "1\n\n" + answer.body
        elif choice == "wait":
            orders = [Order(date, {code: wanted})]
            answer = self.mail([], orders=orders, letters=["replenishment", "confirmation"])
            answer.body, answer.requests = "2", 1
        else:
            answer = self.mail([], letters=["cancelled"])
            answer.body = "3"
        return answer

    # ---- their parts ---------------------------------------------------------------------------

    def mail(self, blocks, **expected):
        """A mail of a new sender."""
        self.count += 1
        at = f"n{self.count}.s{self.seed}.{self.name}.example"
        form = "".join(self.block(*block) for block in blocks)
        body = f"Hello, this is my order below,\n{form}Thank you,\nBest regards\n"
        return Mail(f"buyer@{at}", f"m{self.count}.{self.random.getrandbits(40):x}@{at}", body, **expected)

    def block(self, code, quantity, date):
        """A line of the form."""
        day = datetime.date.fromisoformat(date)
        words = f"{day:%B} {day.day}, {day.year}"
        today = f"{self.today:%B} {self.today.day}, {self.today.year}"
        return f"- Order Date: {today}\n- Delivery Date: {words}\n- Product ID: {code}\n- Quantity: {quantity}\n\n"

    def blocks(self, number):
        """Lines of what there is; no product twice in a mail."""
        codes = self.random.sample([product.code for product in self.plenty], number)
        dates = [self.date(), self.date()]
        return [(code, self.random.randint(1, 90), self.random.choice(dates)) for code in codes]

    def date(self):
        """A delivery date to come."""
        return (self.today + datetime.timedelta(days=self.random.randint(5, 40))).isoformat()

    @staticmethod
    def let_answer(mail, kind, answer):
        """The sender answers the letter of this kind."""
        answer.sender = mail.sender
        mail.answers, mail.answer = kind, answer


def orders_of(blocks):
    """One order per delivery date."""
    dates = {}
    for code, quantity, date in blocks:
        dates.setdefault(date, {})[code] = quantity
    return [Order(date, lines) for date, lines in dates.items()]
