"""A line between postorder and Odoo that fails as a seed says, request by request."""

import asyncio
import json
import random
import socket
import struct
from collections import Counter

# Faults with weights. `late commit`: the request is held until its sender has given up, and carried out only then.
FAULTS = {
    "refuse": 4, "reset before": 8, "reset after": 16, "delay": 4, "late commit": 8, "stall the answer": 3, "cut the answer": 14,
    "garble the answer": 10, "502 page as 200": 8, "502 page as 200, carried out": 8, "429": 3, "503": 3, "504, carried out": 8,
    "slow drip": 2, "endless answer": 2,
}
READS = {"search_read", "read", "search", "fields_get", "authenticate", "login", "version", "check_access_rights", "has_group", "search_count"}
PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"


class Proxy:
    """Listens on a port of 127.0.0.1; to be started on a loop."""

    def __init__(self, seed, rate, url, timeout):
        self.random = random.Random(f"proxy {seed}")
        self.rate, self.timeout = rate, timeout
        host, port = url.rpartition("//")[2].rstrip("/").split(":")
        self.upstream = host, int(port)
        self.port, self.faults = 0, Counter()
        self.requests = self.lost = self.late = 0

    async def start(self):
        """Begins to listen."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        """One connection: requests until one of them goes wrong."""
        try:
            while request := await read_message(reader):
                self.requests += 1
                if not await self.exchange(request, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, OSError):
            pass  # whoever went away hears no more
        finally:
            writer.close()

    async def forward(self, request):
        """Passes a request on; Odoo's whole answer."""
        head, body = request
        reader, writer = await asyncio.open_connection(*self.upstream, limit=1 << 20)
        try:
            lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
            writer.write(b"\r\n".join(lines + [b"Connection: close"]) + b"\r\n\r\n" + body)
            await writer.drain()
            return await read_message(reader, answer=True)
        finally:
            writer.close()

    def choose(self, request):
        """The fault of this request, if any: mostly where something is changed, for there it matters."""
        if self.random.random() >= (self.rate if changes(request) else self.rate / 6):
            return None
        fault = self.random.choices(list(FAULTS), list(FAULTS.values()))[0]
        self.faults[fault] += 1
        return fault

    async def exchange(self, request, reader, writer):
        """One request and its answer; false where the connection is over."""
        fault = self.choose(request)
        if fault in ("refuse", "reset before"):
            return reset(writer)
        if fault == "429":
            return await say(writer, b"429 Too Many Requests", b"busy", b"Retry-After: 1")
        if fault == "503":
            return await say(writer, b"503 Service Unavailable", PAGE)
        if fault == "502 page as 200":
            return await say(writer, b"200 OK", PAGE)
        if fault == "delay":
            await asyncio.sleep(self.random.uniform(0, self.timeout * 0.6))
        if fault == "late commit":
            await gone(reader, self.timeout + 1)
            await asyncio.sleep(self.random.choice([0, 0, 0.3, 1.5]))
        answer = await self.forward(request)
        if answer is None:
            return reset(writer)
        if fault in (None, "delay"):
            writer.write(answer[0] + b"\r\n\r\n" + answer[1])
            await writer.drain()
            return True
        if changes(request):
            self.lost += 1
            self.late += fault == "late commit"
        return await self.lose(fault, answer, reader, writer)

    async def lose(self, fault, answer, reader, writer):
        """The request was carried out; its sender does not learn it."""
        head, body = answer
        if fault in ("reset after", "late commit"):
            return reset(writer)
        if fault == "stall the answer":
            await gone(reader, self.timeout + 1)
            return reset(writer)
        if fault == "504, carried out":
            return await say(writer, b"504 Gateway Timeout", PAGE)
        if fault == "502 page as 200, carried out":
            return await say(writer, b"200 OK", PAGE)
        if fault == "cut the answer":
            whole = head + b"\r\n\r\n" + body
            writer.write(whole[: self.random.randrange(len(whole))])
            await writer.drain()
            return False
        if fault == "garble the answer":
            broken = bytearray(body)
            for _ in range(1 + len(broken) // 20):
                broken[self.random.randrange(len(broken))] = self.random.choice(b"\x00\x01\xfe\xff")
            writer.write(head + b"\r\n\r\n" + bytes(broken))
            await writer.drain()
            return False
        if fault == "slow drip":
            whole = head + b"\r\n\r\n" + body
            for byte in whole[: int(self.timeout * 40)]:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.05)
            return False
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b"[" * 0x10000 + b"\r\n"
        for _ in range(16_000):  # a gigabyte: as good as no end
            writer.write(chunk)
            await writer.drain()
        return False


async def read_message(reader, answer=False):
    """Head and body of a request or an answer; nothing at the end of a connection."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
    except asyncio.IncompleteReadError:
        return None
    fields = {}
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    if b"content-length" in fields:
        body = await reader.readexactly(int(fields[b"content-length"]))
    elif fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        body = await chunks(reader)
    elif answer:
        body = await reader.read(-1)
    else:
        body = b""
    if answer:  # with its length, so that the connection may stay
        dropped = (b"transfer-encoding:", b"content-length:", b"connection:")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(dropped)]
        head = b"\r\n".join(lines + [b"Content-Length: %d" % len(body)])
    return head, body


async def chunks(reader):
    """A body in chunks."""
    body = b""
    while size := int((await reader.readline()).partition(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def changes(request):
    """The request changes something in Odoo."""
    head, body = request
    path = head.split(b" ")[1].decode("ascii", "replace")
    if path.startswith("/json/2/"):
        return path.rstrip("/").rpartition("/")[2] not in READS
    if path != "/jsonrpc":
        return False
    try:
        params = json.loads(body)["params"]
    except (ValueError, KeyError, TypeError):
        return False
    args = params.get("args", [])
    return params.get("service") == "object" and len(args) > 4 and args[4] not in READS


def reset(writer):
    """Ends a connection by force: the peer sees a reset."""
    raw = writer.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


async def say(writer, status, body, *fields):
    """An answer of the proxy's own."""
    head = [b"HTTP/1.1 " + status, b"Content-Type: text/html", b"Content-Length: %d" % len(body), b"Connection: close", *fields]
    writer.write(b"\r\n".join(head) + b"\r\n\r\n" + body)
    await writer.drain()
    return False


async def gone(reader, most):
    """Waits until the peer has hung up."""
    try:
        await asyncio.wait_for(reader.read(1), most)
    except (asyncio.TimeoutError, ConnectionError):
        pass
