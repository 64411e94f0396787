"""Who plays Odoo: the stand-in of `postorder sandbox`, in a process of its own, or a real Odoo."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from odoo import Odoo

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Target:
    """An Odoo with a database of this run's own."""

    def __init__(self, url, database, admin, user, key, timeout):
        self.url, self.database, self.user, self.key, self.timeout = url, database, user, key, timeout
        self.odoo = Odoo(url, database, *admin)

    def close(self):
        """Ends it."""


class StandIn(Target):
    """`postorder sandbox`."""

    def __init__(self, binary, version="19"):
        folder = self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chaos-sandbox-"))
        command = [str(binary), "sandbox", "--dir", str(folder), "--odoo", version]
        for port in ("smtp", "odoo", "page"):
            command += [f"--{port}-port", "0"]
        self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for line in self.child.stdout:
            if found := re.search(r"Odoo \S+ +(http\S+), database (\w+), user (\w+)", line):
                break
        else:
            raise RuntimeError("the sandbox does not start")
        url, database, user = found.groups()
        key = None if version == "14" else (folder / "odoo-api-key").read_text().strip()
        for _ in range(100):
            try:
                return super().__init__(url, database, ("admin", "admin"), user, key, 2)
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the sandbox does not answer")

    def close(self):
        self.child.kill()
        self.child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Real(Target):
    """A fresh database of a real Odoo 19 that `scripts/real-odoo up 19` started."""

    def __init__(self, name, version="19"):
        command = [str(ROOT / "scripts/real-odoo"), "fresh", version, name]
        made = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ).stdout
        made = json.loads(made.splitlines()[-1])
        self.name, self.version = name, version
        admin, user = made["admin"], made["user"]
        super().__init__(made["url"], made["database"], (admin["login"], admin["password"]), user["login"], user["api_key"], 10)

    def close(self):
        subprocess.run([str(ROOT / "scripts/real-odoo"), "drop", self.version, self.name], check=False)
