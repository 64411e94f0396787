"""The judge of postorder: writes mails, disturbs, and asks only Odoo, the mail server and the maildir.

Kinds of campaigns: `kills` at random instants, also amid the recovery; `network`: a line to Odoo and a mail
server that fail in every way, and a few kills; `disk`: no room and no inodes (needs root); `sites`: killed at each write, flush, rename and send on the
road of one mail, a run for each.

Shares no code with postorder and knows nothing of its database. For each seed it prints one line,
    seed S faults F mails N orders M lost 0 doubled 0 letters lost 0 letters doubled K unexplained 0
and ends with 1 if anything is lost, doubled or unexplained. Letters may be doubled where the mail
server's word was lost on its way, then with the same Message-ID and text: K counts those.
"""

import argparse
import concurrent.futures
import multiprocessing
import os
import pathlib
import sys

from runs import KINDS, campaign
from target import ROOT


def options():
    """The command line."""
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given = os.environ.get
    binary = given("POSTORDER_BINARY", ROOT / "target/release/postorder")
    add = parser.add_argument
    add("--binary", type=pathlib.Path, default=binary, help="the postorder to judge (or $POSTORDER_BINARY)")
    add("--target", choices=["stand-in", "odoo-19"], default=given("TARGET", "stand-in"), help="who plays Odoo (or $TARGET)")
    add("--only", choices=list(KINDS), help="one kind of campaign; default: each in turn")
    add("--seed", type=int, default=1, help="the first seed")
    add("--seeds", type=int, default=int(given("SEEDS", "1")), help="how many seeds (or $SEEDS)")
    add("--jobs", type=int, default=int(given("JOBS", "1")), help="campaigns side by side: most of their time they wait (or $JOBS)")
    add("--mails", type=int, default=int(given("MAILS", "150")), help="mails of each campaign (or $MAILS)")
    add("--kills", type=int, default=int(given("KILLS", "100")), help="kills of each campaign of kills (or $KILLS)")
    add("--net-faults", type=float, help="part of the changing requests to Odoo that go wrong (of others a sixth)")
    add("--smtp-faults", type=float, help="part of the SMTP conversations that go wrong")
    add("--tls", action=argparse.BooleanOptionalAction, help="letters by STARTTLS, which fails too (default: with network)")
    add("--batch", type=int, help="cases that share a call to Odoo")
    add("--backlog", type=int, default=60, help="no more mails while so much is open")
    add("--grace", type=float, default=2, help="seconds to wait for what comes too much")
    add("--mail", choices=["plain", "short", "incomplete"], default="plain", help="the mail of a campaign of sites")
    add("--stride", type=int, default=3, help="with sites: only every so many of them; 1: each")
    add("--keep", action="store_true", help="keep the folders of good campaigns too")
    return parser.parse_args()


def main():
    """Runs the seeds; the exit code."""
    asked = options()
    kinds = [asked.only] if asked.only else list(KINDS)
    seeds = range(asked.seed, asked.seed + asked.seeds)
    runs = [(asked, kind, seed) for seed in seeds for kind in kinds]
    if asked.jobs < 2:
        good = [campaign(*run) for run in runs]
    else:
        anew = multiprocessing.get_context("spawn")  # each has threads and sockets of its own
        with concurrent.futures.ProcessPoolExecutor(asked.jobs, anew, max_tasks_per_child=1) as pool:
            good = list(pool.map(campaign, *zip(*runs)))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
