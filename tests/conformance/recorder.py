"""A proxy that keeps every FHIR body that goes through it, in both directions."""
import copy
import http.client
import http.server
import json
import pathlib
import re
import threading
import urllib.parse

import kinds


CODES = ("code", "resourceType", "type", "outcome", "system", "url", "valueCode", "status", "use")


def shape(value):
    """The value without what differs from message to message of the same make: its keys, and codes."""
    if isinstance(value, dict):
        told = value.get("system") != "http://hl7.org/fhir/sid/icd-10-cm"
        parts = {}
        for key in sorted(set(value) - {"tag"}):
            part = value[key]
            tells = key in CODES and isinstance(part, str) and told and not part.startswith("http://127.0.0.1")
            parts[key] = part if tells else shape(part)
        return parts
    if isinstance(value, list):
        # How often the same thing comes in a row says nothing new.
        parts = []
        for each in map(shape, value):
            if each not in parts:
                parts.append(each)
        return parts
    return type(value).__name__


def without_inner(resource):
    """An outer message alone: each inner bundle is checked by itself, and stands for itself by an empty one."""
    alone = copy.deepcopy(resource)
    for holder in alone.get("entry", []) + alone.get("parameter", []):
        if holder.get("resource", {}).get("resourceType") == "Bundle":
            holder["resource"] = {"resourceType": "Bundle", "type": "collection"}
    return alone


class Record:
    """Messages in a folder, one of each shape, and index.json: file, kind, who wrote it, what it answers."""

    def __init__(self, folder, version):
        self.version = version
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.index = []
        self.shapes = set()
        self.kinds = {}
        self.lock = threading.Lock()

    def keep(self, body, writer, about, operation):
        try:
            resource = json.loads(body)
        except ValueError:
            return
        if not isinstance(resource, dict) or "resourceType" not in resource:
            return
        with self.lock:
            self._keep(resource, writer, about, operation)

    def _keep(self, resource, writer, about, operation):
        kind = kinds.kind_of(resource, operation)
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        for part, where in kinds.inner(resource):
            self._keep(part, writer, f"{about}, {where}", operation)
        alone = without_inner(resource)
        key = (writer, kind, json.dumps(shape(alone), sort_keys=True))
        if key in self.shapes:
            return
        self.shapes.add(key)
        name = f"{len(self.index) + 1:03d}-{re.sub('[^a-z0-9]+', '-', kind.lower())}.json"
        (self.folder / name).write_text(json.dumps(alone, indent=1), encoding="utf-8")
        self.index.append({"file": name, "kind": kind, "writer": writer, "about": about})

    def close(self):
        text = json.dumps({"messages": self.index, "kinds": self.kinds}, indent=1, sort_keys=True)
        (self.folder / "index.json").write_text(text + "\n", encoding="utf-8")


class Proxy:
    """Stands before a payer (its base URL) and passes everything on. Loopback only."""

    def __init__(self, target, record):
        there = urllib.parse.urlsplit(target)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                operation = "inquiry" if b"profile-claim-inquiry" in body else "submit"
                about = f"{self.command} {urllib.parse.urlsplit(self.path).path}"
                record.keep(body, "client", about, operation)
                headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
                connection = http.client.HTTPConnection(there.hostname, there.port, timeout=60)
                try:
                    connection.request(self.command, self.path, body or None, {**headers, "Host": there.netloc})
                    answer = connection.getresponse()
                    content = answer.read()
                except OSError:
                    self.close_connection = True  # the payer hung up, and so does this
                    return
                except http.client.HTTPException:
                    self.close_connection = True
                    return
                finally:
                    connection.close()
                record.keep(content, "payer", f"{answer.status} for {about}", operation)
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815 the library names them so

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
