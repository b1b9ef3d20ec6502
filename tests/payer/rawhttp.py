"""HTTP by hand, so that a test can say what no client would."""
import json
import socket

FHIR = "application/fhir+json"


class Answer:
    def __init__(self, raw):
        self.raw = raw
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        parts = lines[0].split(" ")
        self.status = int(parts[1]) if len(parts) > 1 and parts[0].startswith("HTTP/") else 0  # 0: none came
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}

    def json(self):
        return json.loads(self.body)

    def __str__(self):
        return f"{self.raw[:700]!r}"


def connect(port, address="127.0.0.1", patience=120):
    return socket.create_connection((address, port), timeout=patience)


def read_answer(connection):
    """One answer with Content-Length, or whatever comes until the end."""
    raw = b""
    try:
        while True:
            head, end, body = raw.partition(b"\r\n\r\n")
            if end:
                length = Answer(raw).headers.get("content-length")
                if length is not None and len(body) >= int(length):
                    break
            more = connection.recv(65536)
            if not more:
                break
            raw += more
    except ConnectionError:
        pass
    return Answer(raw)


def send(connection, data):
    """False: the other side did not take all of it."""
    try:
        connection.sendall(data)
        return True
    except OSError:
        return False


def raw(port, data):
    with connect(port) as connection:
        send(connection, data)
        return read_answer(connection)


def head(method, path, port, *lines, host=None):
    host = f"127.0.0.1:{port}" if host is None else host
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", *lines, "", ""]).encode("latin-1")


def get(port, path="/fhir/metadata", *lines, **more):
    return raw(port, head("GET", path, port, *lines, **more))


def post(port, path, body, *lines, content=FHIR):
    body = body if isinstance(body, bytes) else body.encode()
    return raw(port, head("POST", path, port, f"Content-Type: {content}", f"Content-Length: {len(body)}", *lines) + body)
