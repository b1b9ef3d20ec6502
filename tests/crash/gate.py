"""Stands between atz and a payer, and decides what becomes of messages: all that is neither sign-in nor a question."""
import http.client
import http.server
import sys
import threading
import time
import urllib.parse

ANSWERS = "answers"  # processed, answered
LOSES = "loses"      # processed, then the connection ends without an answer
FAILS = "fails"      # processed, then HTTP 500
REFUSES = "refuses"  # the connection ends before the payer has seen anything
HOLDS = "holds"      # nothing, until release(); then as if it never came
FATES = (ANSWERS, LOSES, FAILS, REFUSES)


def is_message(body):
    return b"profile-claim-inquiry" not in body and b"$inquire" not in body


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A program that is killed leaves its connection in the middle."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(*_)


class Gate:
    def __init__(self, target):
        self.fate = ANSWERS
        self.posts = []  # of each, without those to sign in: whether it is a message
        self.busy = 0
        self.changed = threading.Condition()
        self.held, self.released = threading.Event(), threading.Event()
        there = urllib.parse.urlsplit(target)
        gate = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def pass_on(self):
                with gate.changed:
                    gate.busy += 1
                try:
                    self.answer()
                except (OSError, http.client.HTTPException):
                    self.close_connection = True  # the program has been killed, or the payer hung up
                finally:
                    with gate.changed:
                        gate.busy -= 1
                        gate.changed.notify_all()

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                if len(body) < length:
                    self.close_connection = True  # half a request is none
                    return
                fate = ANSWERS
                if self.command == "POST" and not self.path.endswith("/token"):
                    gate.posts.append(is_message(body))
                    fate = gate.fate if gate.posts[-1] else ANSWERS
                if fate == HOLDS:
                    gate.held.set()
                    gate.released.wait(60)
                if fate in (REFUSES, HOLDS):
                    self.close_connection = True
                    return
                status, headers, content = self.ask(body)
                if fate == LOSES:
                    self.close_connection = True
                    return
                if fate == FAILS:
                    status, headers, content = 500, [("Content-Type", "text/plain")], b"trouble"
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def ask(self, body):
                headers = {name: value for name, value in self.headers.items()
                           if name.lower() not in ("host", "connection")}
                connection = http.client.HTTPConnection(there.hostname, there.port, timeout=60)
                try:
                    connection.request(self.command, self.path, body or None, {**headers, "Host": there.netloc})
                    answer = connection.getresponse()
                    return answer.status, answer.getheaders(), answer.read()
                finally:
                    connection.close()

            do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815 the library names them so

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}{there.path}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def release(self):
        self.released.set()
        self.settle()
        self.released.clear()

    def settle(self):
        """Until what was under way when the program was killed is over at the payer, too."""
        deadline = time.monotonic() + 60
        with self.changed:
            while self.busy:
                if not self.changed.wait(deadline - time.monotonic()):
                    raise TimeoutError("the payer does not come to an end")

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class NoGate:
    """Where nobody stands in between."""

    fate, posts = ANSWERS, []

    def settle(self):
        pass

    def close(self):
        pass
