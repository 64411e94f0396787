"""A mail server that keeps every letter, and misbehaves as a seed says."""

import asyncio
import email
import email.policy
import pathlib
import random
import ssl
import time
from collections import Counter
from dataclasses import dataclass

# What may go wrong, with weights; each is one conversation that does not go as it should.
FAULTS = {
    "refuse connection": 2, "421 greeting": 1, "451 sender": 1, "451 recipient": 1, "452 data": 1, "421 in the middle": 2,
    "drop in the middle": 2, "451 after the dot": 1, "word withheld": 4, "stall after the dot": 1,
    "garbled answer": 1, "slow": 1,
}
# What may go wrong besides, where letters go by STARTTLS.
TLS_FAULTS = {"starttls stripped": 4, "unknown certificate": 4}

# Made with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj /CN=…
# -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE`: the one that postorder
# is told to trust, and one that it has never heard of. They protect nothing.
CERTIFICATES = pathlib.Path(__file__).parent / "tls"
TRUSTED, STRANGER = CERTIFICATES / "mail.pem", CERTIFICATES / "stranger.pem"


def identity(certificate):
    """A server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@dataclass
class Letter:
    """A letter that was taken."""

    at: float  # time.monotonic() when it was taken
    to: str
    message_id: str
    in_reply_to: str
    subject: str
    text: str
    withheld: bool = False  # the sender was not told that it was taken
    asked: float | None = None  # time.monotonic() when its sender was asked for it

    @property
    def kind(self):
        """`offer` of `<offer.token@domain>`."""
        return self.message_id.partition(".")[0]


def read(data, to, withheld):
    """A letter from its bytes."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    body = mail.get_body(("plain",))
    bare = lambda name: (mail[name] or "").strip().strip("<>")  # noqa: E731
    text = body.get_content() if body else ""
    return Letter(time.monotonic(), to, bare("Message-ID"), bare("In-Reply-To"), mail["Subject"] or "", text, withheld)


class Catcher:
    """Listens on a port of 127.0.0.1; to be started on a loop."""

    def __init__(self, seed, rate, arrived, tls=False):
        self.tls = tls  # letters are taken by STARTTLS only
        self.complaints = []  # what was said to us that should not have been
        self.kinds = FAULTS | TLS_FAULTS if tls else FAULTS
        self.random = random.Random(f"catcher {seed}")
        self.rate = rate  # faults per conversation
        self.arrived = arrived  # called with each letter
        self.letters, self.refusals, self.faults = [], Counter(), Counter()
        self.port, self.stall = 0, 4.0

    async def start(self):
        """Begins to listen."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    def choose(self):
        """The fault of the next conversation, if any."""
        if self.random.random() >= self.rate:
            return None
        return self.random.choices(list(self.kinds), list(self.kinds.values()))[0]

    async def serve(self, reader, writer):
        """One connection."""
        try:
            await self.talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # whoever went away, or did not trust us, was told nothing
        finally:
            writer.close()

    async def talk(self, reader, writer):
        fault, recipient, trusted = self.choose(), "", not self.tls

        async def say(text):
            if fault == "slow":
                for part in (text[:2], text[2:]):
                    writer.write(part.encode())
                    await writer.drain()
                    await asyncio.sleep(0.2)
                writer.write(b"\r\n")
            else:
                writer.write(text.encode() + b"\r\n")
            await writer.drain()

        def struck(name):
            if fault != name:
                return False
            self.faults[name] += 1
            return True

        if fault == "slow":
            self.faults[fault] += 1
        if struck("refuse connection"):
            return
        if struck("421 greeting"):
            return await say("421 4.3.2 busy")
        await say("220 chaos ESMTP")
        while line := await reader.readline():
            words = line.decode("utf-8", "replace").strip()
            verb = words[:4].upper()
            if verb in ("EHLO", "HELO"):
                offers = ["chaos", "8BITMIME", "SMTPUTF8"] if verb == "EHLO" else ["chaos"]
                if not trusted and not struck("starttls stripped"):
                    offers.append("STARTTLS")
                await say("\r\n".join(f"250{'-' if offer != offers[-1] else ' '}{offer}" for offer in offers))
            elif verb == "STAR" and not trusted:
                shown = STRANGER if struck("unknown certificate") else TRUSTED
                await say("220 2.0.0 go ahead")
                await writer.start_tls(identity(shown))
                trusted = shown is TRUSTED
            elif verb == "MAIL" and not trusted:
                self.complaints.append(f"a letter was handed to {'a stranger' if fault == 'unknown certificate' else 'the line in clear text'}: {words}")
                return await say("530 5.7.0 STARTTLS first")
            elif verb == "MAIL":
                if struck("451 sender"):
                    await say("451 4.3.0 try later")
                    fault = self.choose()
                    continue
                if struck("garbled answer"):
                    return await say("\x07\x7f 2x0 ?")
                recipient = ""
                await say("250 2.1.0 fine")
            elif verb == "RCPT":
                recipient = words.partition("<")[2].partition(">")[0].lower()
                if recipient.startswith("refused."):
                    self.refusals[recipient] += 1
                    await say("550 5.1.1 no such user")
                elif struck("451 recipient"):
                    await say("451 4.2.1 greylisted")
                    fault = self.choose()
                elif struck("421 in the middle"):
                    return await say("421 4.3.2 shutting down")
                else:
                    await say("250 2.1.5 fine")
            elif verb == "DATA":
                if struck("452 data"):
                    await say("452 4.3.1 no room")
                    fault = self.choose()
                    continue
                asked = time.monotonic()
                await say("354 go on")
                if struck("drop in the middle"):
                    return await reader.readline()
                data = await body(reader)
                if struck("451 after the dot"):
                    await say("451 4.3.0 not taken")
                    fault = self.choose()
                    continue
                withheld = struck("word withheld") or struck("stall after the dot")
                letter = read(data, recipient, withheld)
                letter.asked = asked
                self.letters.append(letter)
                self.arrived(letter)
                if fault == "word withheld":
                    return None
                if fault == "stall after the dot":
                    return await asyncio.sleep(self.stall)
                await say("250 2.0.0 taken")
                fault = self.choose()
            elif verb == "QUIT":
                return await say("221 2.0.0 bye")
            else:
                await say("250 2.0.0 fine")
        return None


async def body(reader):
    """The lines up to the dot."""
    lines = []
    while True:
        line = await reader.readuntil(b"\n")
        if line in (b".\r\n", b".\n"):
            return b"".join(lines)
        lines.append(line[1:] if line.startswith(b".") else line)
