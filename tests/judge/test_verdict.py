"""The judge can fail: doctored outcomes, each with the one thing wrong that it must be blamed for."""

import copy
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from catcher import Letter  # noqa: E402
from plan import VENDOR, Plan  # noqa: E402
from verdict import Outcome, judge  # noqa: E402


def faultless():
    """A plan of every kind of mail, and what a faultless postorder leaves behind."""
    plan = Plan(7, 120)
    outcome = Outcome(posted=list(plan.every_mail()))
    for mail in outcome.posted:
        numbers = []
        for order in mail.orders:
            numbers.append(f"S{len(outcome.orders):05}")
            outcome.orders.append({
                "number": numbers[-1], "state": "sale", "sender": mail.sender, "date": order.date,
                "lines": dict(order.lines), "reserved": dict(order.lines),
            })
        for kind in mail.letters:
            text = f"{kind}: {' '.join(numbers)}"
            outcome.letters.append(letter(kind, mail.sender, mail.message_id, text, len(outcome.letters)))
        for _ in range(mail.requests):
            outcome.letters.append(letter("request", VENDOR, "", "please", len(outcome.letters)))
        outcome.files += [(mail.folder or ".Review", mail.message_id, True)] * mail.copies
        if mail.refused:
            outcome.refusals[mail.sender] += 1
    outcome.partners = sorted({order["sender"] for order in outcome.orders})
    return outcome


def letter(kind, to, answers, text, number):
    """A letter that was caught."""
    return Letter(100.0 + number, to, f"{kind}.t{number}@chaos-shop.example", answers, kind, text)


class Doctored(unittest.TestCase):
    """One thing is wrong each time."""

    def setUp(self):
        self.outcome = faultless()

    def blamed(self, **counts):
        """Exactly these counts are not 0."""
        verdict = judge(self.outcome)
        names = ("lost", "doubled", "letters_lost", "letters_doubled", "unexplained")
        self.assertEqual({name: getattr(verdict, name) for name in names}, {name: counts.get(name, 0) for name in names}, verdict.findings)
        bad = set(counts) - {"letters_doubled"}
        self.assertEqual(verdict.good, not bad)

    def first(self, kind):
        """The first letter of a kind."""
        return next(letter for letter in self.outcome.letters if letter.kind == kind)

    def test_what_is_right_is_not_blamed(self):
        self.blamed()
        kinds = {letter.kind for letter in self.outcome.letters}
        self.assertLessEqual({"confirmation", "offer", "not-made", "incomplete", "cancelled", "request", "replenishment"}, kinds)

    def test_a_lost_order(self):
        del self.outcome.orders[3]
        self.blamed(lost=1)

    def test_a_doubled_order(self):
        self.outcome.orders.append(dict(self.outcome.orders[3], number="S99999"))
        self.blamed(doubled=1)

    def test_a_wrong_quantity(self):
        lines = self.outcome.orders[3]["lines"]
        lines[next(iter(lines))] += 1
        self.blamed(lost=1, unexplained=1)

    def test_a_wrong_product(self):
        order = self.outcome.orders[3]
        order["lines"] = order["reserved"] = {"CHAOS7-E00": 1}
        self.blamed(lost=1, unexplained=1)

    def test_a_wrong_date(self):
        self.outcome.orders[3]["date"] = "2001-01-01"
        self.blamed(lost=1, unexplained=1)

    def test_an_order_of_somebody_else(self):
        self.outcome.orders[3]["sender"] = "stranger@elsewhere.example"
        self.blamed(lost=1, unexplained=1)

    def test_an_order_that_is_not_confirmed(self):
        self.outcome.orders[3]["state"] = "draft"
        self.blamed(unexplained=1)

    def test_an_order_that_is_not_reserved(self):
        self.outcome.orders[3]["reserved"] = {}
        self.blamed(unexplained=1)

    def test_a_doubled_partner(self):
        self.outcome.partners.append(self.outcome.partners[0])
        self.blamed(unexplained=1)

    def test_a_lost_letter_of_each_kind(self):
        for kind in ("confirmation", "offer", "not-made", "incomplete", "cancelled", "replenishment", "request"):
            self.outcome = faultless()
            self.outcome.letters.remove(self.first(kind))
            self.blamed(letters_lost=1)

    def test_a_second_letter_with_another_message_id(self):
        for kind in ("confirmation", "offer", "request"):
            self.outcome = faultless()
            self.outcome.letters.append(copy.copy(self.first(kind)))
            self.outcome.letters[-1].message_id = f"{kind}.another@chaos-shop.example"
            self.blamed(unexplained=1)

    def test_the_same_letter_again_without_a_reason(self):
        self.again(1)
        self.blamed(unexplained=1)

    def again(self, seconds):
        """A confirmation comes again, so much later."""
        letter = copy.copy(self.first("confirmation"))
        letter.at, letter.withheld = letter.at + seconds, False
        self.outcome.letters.append(letter)

    def test_the_same_letter_again_after_its_servers_word_was_withheld(self):
        self.first("confirmation").withheld = True
        self.again(1)
        self.blamed(letters_doubled=1)

    def test_the_same_letter_again_after_a_kill(self):
        self.outcome.kills = [self.first("confirmation").at + 0.1]
        self.again(1)
        self.blamed(letters_doubled=1)

    def test_the_same_letter_again_after_a_kill_before_we_read_it(self):
        first = self.first("confirmation")
        first.asked = first.at - 2
        self.outcome.kills = [first.at - 1]
        self.again(1)
        self.blamed(letters_doubled=1)

    def test_the_same_letter_again_though_the_kill_came_before_it_was_sent(self):
        first = self.first("confirmation")
        first.asked = first.at - 2
        self.outcome.kills = [first.at - 3]
        self.again(1)
        self.blamed(unexplained=1)

    def test_the_same_letter_again_though_the_kill_came_long_after_it(self):
        self.outcome.kills = [self.first("confirmation").at + 500]
        self.again(501)
        self.blamed(unexplained=1)

    def test_the_same_letter_again_with_another_text(self):
        first = self.first("confirmation")
        first.withheld = True
        again = copy.copy(first)
        again.text += " and more"
        self.outcome.letters.append(again)
        self.blamed(unexplained=1)

    def test_a_letter_to_somebody_else(self):
        self.first("confirmation").to = "stranger@elsewhere.example"
        self.blamed(unexplained=1)

    def test_a_letter_that_does_not_tell_of_the_order(self):
        self.first("confirmation").text = "Thank you."
        verdict = judge(self.outcome)
        self.assertFalse(verdict.good)

    def test_a_letter_to_an_automatic_mail(self):
        mail = next(mail for mail in self.outcome.posted if mail.folder == ".Ignored")
        self.outcome.letters.append(letter("held", mail.sender, mail.message_id, "", 9999))
        self.blamed(unexplained=1)

    def test_nobody_tried_to_write_to_who_refuses(self):
        mail = next(mail for mail in self.outcome.posted if mail.refused)
        self.outcome.refusals.clear()
        number = sum(mail.refused for mail in self.outcome.posted)
        self.assertTrue(mail.refused)
        self.blamed(letters_lost=number)

    def test_a_lost_file(self):
        del self.outcome.files[5]
        self.blamed(lost=1)

    def test_a_changed_file(self):
        folder, message_id, _ = self.outcome.files[5]
        self.outcome.files[5] = (folder, message_id, False)
        self.blamed(unexplained=1)

    def test_a_file_that_nobody_handled(self):
        _, message_id, _ = self.outcome.files[5]
        self.outcome.files[5] = ("new", message_id, True)
        self.blamed(unexplained=1)

    def test_a_daemon_that_ended_by_itself(self):
        self.outcome.complaints.append("postorder ended by itself (-6): panic")
        self.blamed(unexplained=1)


class Plans(unittest.TestCase):
    """What a seed stands for does not change."""

    def test_a_seed_is_its_mails(self):
        bodies = lambda seed: [(mail.message_id, mail.body) for mail in Plan(seed, 60).every_mail()]  # noqa: E731
        self.assertEqual(bodies(3), bodies(3))
        self.assertNotEqual(bodies(3), bodies(4))

    def test_mails_are_counted_with_their_answers(self):
        self.assertGreaterEqual(len(list(Plan(3, 60).every_mail())), 60)


if __name__ == "__main__":
    unittest.main()
