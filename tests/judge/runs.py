"""What kinds of campaigns there are, and one run of one."""

import argparse
import sys
import time

from campaign import Campaign
from disk import Disk
from sites import Sites
from target import Real, StandIn

# Kinds of campaigns, and what each disturbs unless told otherwise.
KINDS = {
    "kills": {"net_faults": 0.0, "smtp_faults": 0.1, "batch": 5},
    "network": {"net_faults": 0.12, "smtp_faults": 0.15, "batch": 1, "tls": True},
    "disk": {"net_faults": 0.0, "smtp_faults": 0.0, "batch": 5},
    "sites": {"net_faults": 0.0, "smtp_faults": 0.0, "batch": 5},
}


def campaign(asked, kind, seed):
    """Runs one; true if all is well."""
    begun = time.monotonic()
    target = Real(f"chaos_{kind}_{seed}") if asked.target == "odoo-19" else StandIn(asked.binary)
    one = argparse.Namespace(**{**vars(asked), **{name: value for name, value in KINDS[kind].items() if vars(asked).get(name) is None}})
    if kind == "network":
        one.kills = asked.kills // 20
    made = {"sites": Sites, "disk": Disk}.get(kind, Campaign)(one, seed, target)
    verdict = made.run()
    told = [verdict.line(seed, made.faults()), *(f"  {finding}" for finding in verdict.findings[:40])]
    if not verdict.good:
        told.append(f"  see {made.town.folder}")
    elif not asked.keep:
        made.town.clean()
    print("\n".join(told), flush=True)
    print(f"  ({kind}: {time.monotonic() - begun:.0f} s, {made.story()})", file=sys.stderr, flush=True)
    return verdict.good
