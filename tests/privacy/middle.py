"""A payer that says too much: it hands requests on to the embedded payer and quotes people in what it answers."""
import http.client
import http.server
import json
import threading

QUOTED = {"text", "display", "disposition", "diagnostics", "div", "description"}


def talkative(node, words):
    """Every text that is for people, with `words` behind it."""
    if isinstance(node, dict):
        return {key: f"{value} {words}" if key in QUOTED and isinstance(value, str) and "<" not in value
                else talkative(value, words) for key, value in node.items()}
    return [talkative(part, words) for part in node] if isinstance(node, list) else node


def outcome(words):
    return json.dumps({"resourceType": "OperationOutcome", "issue": [
        {"severity": "error", "code": "business-rule", "diagnostics": words, "details": {"text": words},
         "expression": ["Bundle.entry[0]"]}]}).encode()


class Middle:
    """`play` is given what the payer answered and changes it: (method, path, body, status, headers, answer) to the last
    three. `instead` answers a POST that the payer is never shown. `token` is what the token endpoint gives out, or a whole
    answer."""

    def __init__(self, upstream):
        self.upstream = upstream.split("//")[1].split("/")[0]
        self.play, self.instead, self.token, self.seen = None, None, "", []
        self.holding, self.go_on = threading.Event(), threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.seen.append((self.command, self.path, dict(self.headers), body))
                if self.path.startswith("/token"):
                    status, headers, answer = outer.give_token()
                elif outer.instead and self.command == "POST":
                    status, headers, answer = outer.instead()
                else:
                    status, headers, answer = outer.hand_on(self.command, self.path, dict(self.headers), body)
                    if outer.play:
                        status, headers, answer = outer.play(self.command, self.path, body, status, headers, answer)
                if status is None:
                    self.close_connection = True
                    return
                reason = headers.pop("reason", "")
                self.send_response_only(status, reason or None)
                for name, value in headers.items():
                    if name.lower() not in ("content-length", "connection", "keep-alive", "transfer-encoding"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_DELETE = do

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a client that was killed

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}/fhir"
        self.token_url = f"http://127.0.0.1:{self.server.server_port}/token"

    def give_token(self):
        if isinstance(self.token, tuple):
            return self.token
        return 200, {"Content-Type": "application/json"}, json.dumps(
            {"access_token": self.token, "token_type": "Bearer", "expires_in": 600}).encode()

    def hand_on(self, method, path, headers, body):
        headers = {name: value for name, value in headers.items() if name.lower() not in ("host", "accept-encoding")}
        connection = http.client.HTTPConnection(self.upstream, timeout=60)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        made = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return made

    def hold(self):
        """Answers nothing until it is told to go on; then nothing at all."""
        self.holding.set()
        self.go_on.wait(120)
        return None, {}, b""

    def close(self):
        self.go_on.set()
        self.server.shutdown()
        self.server.server_close()
