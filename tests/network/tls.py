"""TLS between the real binary and servers that were not written here: nginx in front of the embedded payer, and the server
of the openssl command.

usage: tls.py ROOT ATZ"""
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading

from program import DAY, Place, check, skip

root, atz = sys.argv[1], sys.argv[2]
# Debian keeps it where only root's PATH looks.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SUBMITTED, BAD_SETTINGS, NOT_SIGNED_IN, TEMPORARY, UNKNOWN, REFUSED = 0, 2, 4, 5, 6, 9


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Certificates:
    """An authority, and what it signs; all of it made for this run."""

    def __init__(self, place):
        self.place = place
        for name in ("ca", "other-ca"):
            self.make(name, "-x509", "-days", "2", "-addext", "basicConstraints=critical,CA:TRUE")
        place.write("ca.conf", "[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=.\ndatabase=index\nserial=serial\n"
                    "default_md=sha256\npolicy=any\ncopy_extensions=copy\n[any]\ncommonName=supplied\n")

    def make(self, name, *options):
        out = (f"{name}.pem" if "-x509" in options else f"{name}.csr")
        self.place.command("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                           f"/CN={name}", "-keyout", f"{name}.key", "-out", out, *options)

    def issue(self, name, host="localhost", authority="ca", start="20200101000000Z", end="20990101000000Z"):
        self.make(name, "-addext", f"subjectAltName=DNS:{host}")
        self.place.write("index", "")
        self.place.write("index.attr", "unique_subject=no\n")
        self.place.write("serial", f"{len(os.listdir(self.place.folder)) + 4096:x}\n")
        self.place.command("openssl", "ca", "-batch", "-notext", "-config", "ca.conf", "-cert", f"{authority}.pem",
                           "-keyfile", f"{authority}.key", "-startdate", start, "-enddate", end, "-in", f"{name}.csr",
                           "-out", f"{name}.pem")

    def self_signed(self, name):
        self.make(name, "-x509", "-days", "2", "-addext", "subjectAltName=DNS:localhost")


class Nginx:
    """Servers of nginx, each on a port of its own, that pass on to the embedded payer."""

    def __init__(self, place, payer):
        self.place, self.payer, self.servers, self.ports = place, payer, [], {}

    def add(self, name, certificate="good", lines=""):
        port = self.ports[name] = free_port()
        self.servers.append(f"""
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {certificate}.pem;
    ssl_certificate_key {certificate}.key;
    access_log {name}.log seen;
    {lines}
    location / {{ proxy_pass {self.payer}; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}""")

    def start(self):
        user = "user root;" if os.geteuid() == 0 else ""
        temporary = " ".join(f"{kind}_temp_path {kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.place.write("nginx.conf", f"""{user}
daemon off;
pid nginx.pid;
error_log error.log;
worker_processes 1;
events {{}}
http {{
  {temporary}
  client_max_body_size 0;
  log_format seen '$request_method $uri $status $content_length';
{"".join(self.servers)}
}}
""")
        server = subprocess.Popen([NGINX, "-p", self.place.folder, "-c", "nginx.conf", "-e", "error.log"],
                                  cwd=self.place.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
        self.place.servers.append(server)
        for port in self.ports.values():
            for _ in range(200):
                check(server.poll() is None, "nginx", server.stderr.read() if server.poll() is not None else "")
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                threading.Event().wait(0.05)

    def url(self, name):
        return f"https://localhost:{self.ports[name]}/fhir"

    def seen(self, name):
        with open(self.place.path(f"{name}.log"), encoding="ascii") as log:
            return [line.split() for line in log]


class Elsewhere(http.server.ThreadingHTTPServer):
    """A place to which nothing may come; and a proxy, that connects all names to one port."""
    daemon_threads = True

    def __init__(self, target=None, refuses=False):
        requests = self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def note(self):
                requests.append(f"{self.command} {self.path}\n{self.headers}")

            def answer(self):
                self.note()
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = answer

            def do_CONNECT(self):
                self.note()
                if refuses:
                    self.send_error(403)
                    return
                with socket.create_connection(("127.0.0.1", target)) as onward:
                    self.send_response(200)
                    self.end_headers()
                    there = threading.Thread(target=pour, args=(self.connection, onward), daemon=True)
                    there.start()
                    pour(onward, self.connection)
                self.close_connection = True

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


def pour(source, target):
    try:
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


if not NGINX:
    skip("TLS against a foreign server needs nginx (Debian package nginx-light)")
if not shutil.which("openssl"):
    skip("TLS tests need the openssl command (Debian package openssl)")

with Place(root, atz) as place:
    certificates = Certificates(place)
    certificates.issue("good")
    certificates.issue("expired", end="20210101000000Z")
    certificates.issue("future", start="20980101000000Z")
    certificates.issue("foreign", host="payer.example")
    certificates.issue("unknown", authority="other-ca")
    certificates.self_signed("self")
    certificates.issue("client", host="client.example")
    certificates.issue("stranger", host="client.example", authority="other-ca")
    place.command("openssl", "ec", "-in", "client.key", "-aes128", "-passout", "pass:words", "-out", "locked.key")

    _, payer, _ = place.serve()
    elsewhere = Elsewhere()
    nginx = Nginx(place, payer.removesuffix("/fhir"))
    for name in ("good", "expired", "future", "foreign", "unknown", "self"):
        nginx.add(name, name)
    nginx.add("old", lines="ssl_protocols TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0;")
    nginx.add("new", lines="ssl_protocols TLSv1.3;")
    nginx.add("mutual", lines="ssl_verify_client on; ssl_client_certificate ca.pem;")
    redirects = ("301", "302", "303", "307", "308")
    for status in redirects:
        nginx.add(f"all-{status}", lines=f"return {status} {elsewhere.address}/fhir;")
        nginx.add(f"read-{status}", lines=f"location = /fhir/metadata {{ return {status} {elsewhere.address}/fhir; }}")
        nginx.add(f"submit-{status}", lines=f"location = /fhir {{ return {status} {elsewhere.address}/fhir; }}")
    nginx.start()

    secret = place.path("payer/sandbox-client-secret")
    profiles = {}

    def profile(name, server, tls=None, **more):
        url = nginx.url(server) if server in nginx.ports else server
        profiles[name] = {"base_url": url, "replay_safe": True, "tls": {"ca_file": place.path("ca.pem"), **(tls or {})},
                          "auth": {"mode": "client-secret-basic", "client_id": "atz-sandbox", "secret_file": secret,
                                   "token_url": f"{url}/token"}, **more}
        return profiles[name]

    own = {"client_cert": place.path("client.pem"), "client_key": place.path("client.key")}
    strange = {"client_cert": place.path("stranger.pem"), "client_key": place.path("stranger.key")}
    for name in nginx.ports:
        profile(name, name)
    for status in redirects:
        del profile(f"discovery-{status}", f"all-{status}")["auth"]["token_url"]
    profile("system", "good")["tls"] = {}
    profile("own", "mutual", own)
    profile("strange", "mutual", strange)
    profile("crossed", "mutual", {**own, "client_key": strange["client_key"]})
    profile("locked", "mutual", {**own, "client_key": place.path("locked.key")})
    profile("no-ca", "good", {"ca_file": place.path("missing.pem")})
    profile("bad-token-host", "good")["auth"]["token_url"] = nginx.url("expired") + "/token"
    profile("plain", f"https://localhost:{payer.split(':')[2]}")
    profile("http", "http://payer.example/fhir")
    profile("named", "https://payer.example/fhir")
    # The openssl command's server ends the handshake itself when it gets no certificate.
    strict = {}
    for version in ("tls1_2", "tls1_3"):
        shown, _ = place.background(["openssl", "s_server", "-accept", "127.0.0.1:0", "-www", f"-{version}", "-cert",
                                     "good.pem", "-key", "good.key", "-Verify", "1", "-verify_return_error", "-CAfile",
                                     "ca.pem"], "ACCEPT")
        strict[version] = f"https://localhost:{shown.strip().rsplit(':', 1)[1]}/fhir"
        profile(f"strict-{version}", strict[version])
    place.profiles(**profiles)

    def refused(name, code, *parts, command=place.find_member, **environment):
        outcome = command(name, **environment)
        check(outcome.code == code, name, outcome)
        for part in parts:
            check(part in outcome.err, name, part, outcome)
        return outcome

    # Certificates that must not be trusted: each has its own message, and nothing reaches the server behind it.
    untrusted = {"expired": "has expired", "future": "is not valid yet", "foreign": "belongs to another host name",
                 "unknown": "authority that this computer does not know",
                 "self": "authority that this computer does not know", "old": "older than 1.2"}
    for name, message in untrusted.items():
        refused(name, TEMPORARY, message, command=place.submit)
        check(nginx.seen(name) == [], name, nginx.seen(name))
    refused("system", TEMPORARY, "authority that this computer does not know")
    refused("bad-token-host", TEMPORARY, "has expired", "localhost:" + str(nginx.ports["expired"]))
    refused("plain", TEMPORARY, "does not speak TLS")
    refused("no-ca", BAD_SETTINGS, "tls.ca_file")
    refused("http", BAD_SETTINGS, "https://")
    for name in ("good", "new"):
        found = place.find_member(name)
        check(found.code in (0, 1) and len(nginx.seen(name)) >= 2, name, found)

    # Client certificates: missing, of another authority, not fitting their key, locked; then the right one.
    for name in ("mutual", "strange"):
        refused(name, NOT_SIGNED_IN, "client certificate", "tls.client_cert", command=place.submit)
    for version in strict:
        refused(f"strict-{version}", TEMPORARY, "TLS connection", "tls.client_cert")
    refused("crossed", BAD_SETTINGS, "tls.client_key")
    refused("locked", BAD_SETTINGS, "tls.client_key")
    check(all(method_uri[2] == "400" for method_uri in nginx.seen("mutual")), nginx.seen("mutual"))
    sent = place.submit("own")
    check(sent.code == SUBMITTED and "900000101" in sent.out, sent)
    check(["POST", "/fhir", "200"] in [line[:3] for line in nginx.seen("mutual")], nginx.seen("mutual"))
    status = place.run("status", "--profile", "own", "--as-of", DAY, "--format", "json")
    check(status.code == 8 and json.loads(status.out)["cases"][0]["case_id"] == "900000101", status)

    # Redirects are not followed: no token and no body goes to the other place. What a payer does that has taken the body
    # and then sends elsewhere is not known, unless its answer says that the same has to be sent there (307, 308).
    for code in redirects:
        refused(f"all-{code}", NOT_SIGNED_IN, f"HTTP {code}", command=place.submit)
        refused(f"discovery-{code}", NOT_SIGNED_IN, f"HTTP {code}", "base_url", command=place.submit)
        refused(f"read-{code}", REFUSED, f"HTTP {code}", "base_url", command=place.submit)
    refused("submit-307", TEMPORARY, "HTTP 307", command=place.submit)
    check(elsewhere.requests == [], elsewhere.requests)
    refused("submit-302", UNKNOWN, "HTTP 302", command=place.submit)
    check(elsewhere.requests == [], elsewhere.requests)

    # Proxies from the environment: they see a host name and nothing else.
    proxy, strict_proxy = Elsewhere(nginx.ports["foreign"]), Elsewhere(refuses=True)
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        proxy.requests.clear()
        found = place.find_member("named", **{variable: proxy.address})
        check(found.code in (0, 1), variable, found)
        check(proxy.requests and all(line.startswith("CONNECT payer.example:443") for line in proxy.requests), proxy.requests)
        check("authorization" not in "".join(proxy.requests).lower(), proxy.requests)
    proxy.requests.clear()
    refused("named", TEMPORARY, "cannot be resolved", HTTPS_PROXY=proxy.address, NO_PROXY="payer.example")
    refused("named", TEMPORARY, "The proxy refused", "HTTP 403", HTTPS_PROXY=strict_proxy.address)
    refused("named", TEMPORARY, HTTPS_PROXY=f"http://127.0.0.1:{free_port()}")
    everything = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "http_proxy", "ALL_PROXY"), proxy.address)
    check(place.find_member("good", **everything).code in (0, 1), "loopback needs no proxy")
    check(proxy.requests == [], proxy.requests)
print("ok")
