"""Looks for canaries in bytes, however they are written there."""
import base64
import re
import subprocess
import tempfile
import zlib

from canaries import PERSONAL, SECRET, digests

_ESCAPED = re.compile(rb"\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x0*([0-9a-f]{2});|&#0*([0-9]{2,3});|=([0-9a-f]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def _unescape(match):
    digits = next(part for part in match.groups() if part is not None)
    value = int(digits, 10 if match.group(5) else 16)
    return bytes([value]) if value < 256 else match.group(0)


def _inner_base64(raw):
    """What any base64 text that holds `raw` must hold, wherever it begins."""
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw)
        first = -(-shift * 8 // 6)  # a digit that has bits of what is in front is left out
        last = (shift + len(raw)) * 8 // 6
        if last - first >= 8:
            yield text[first:last]


class Searcher:
    """The looking itself is left to grep, which finds thousands of texts in one pass."""

    def __init__(self):
        self.canaries, self._needles = [], {}
        self.bytes = 0

    def _note(self, needle, canary):
        self._needles.setdefault(needle, []).append(canary)

    def add(self, canary):
        self.canaries.append(canary)
        for needle in canary.needles:
            raw = needle.encode()
            self._note(raw, canary)
            if len(raw) < 7:
                continue
            cases = {raw, raw.upper(), raw.capitalize(), canary.value.encode()}
            start = canary.value.lower().find(needle)
            if start >= 0:
                cases.add(canary.value[start:start + len(needle)].encode())
            for case in cases:
                self._note(case.hex().encode(), canary)
                for text in _inner_base64(case):
                    self._note(text, canary)
        if canary.kind in (PERSONAL, SECRET) and canary.digests:
            for digest in digests(canary.value.encode()):
                self._note(digest.hex()[:24].encode(), canary)
                self._note(digest[:12], canary)
                self._note(base64.b64encode(digest)[:16], canary)
                self._note(base64.urlsafe_b64encode(digest)[:16], canary)

    def add_bytes(self, canary, raw):
        """A secret that is no text: a key."""
        self.canaries.append(canary)
        self._note(raw, canary)
        self._note(raw.hex().encode(), canary)
        for text in _inner_base64(raw):
            self._note(text, canary)
            self._note(text.replace(b"+", b"-").replace(b"/", b"_"), canary)

    def find(self, parts, kinds):
        """Names of the canaries of these kinds in any of `parts`."""
        self.bytes += sum(map(len, parts))
        wanted = {needle: [canary.name for canary in canaries if canary.kind in kinds]
                  for needle, canaries in self._needles.items() if any(canary.kind in kinds for canary in canaries)}
        texts = [text for part in parts for text in self._views(part)]
        found = [name for needle, names in wanted.items() if b"\n" in needle and any(needle in text for text in texts)
                 for name in names]
        with tempfile.NamedTemporaryFile() as patterns:
            patterns.write(b"\n".join(needle for needle in wanted if b"\n" not in needle) + b"\n")
            patterns.flush()
            done = subprocess.run(["grep", "-oaF", "-f", patterns.name], input=b"\n".join(texts), env={"LC_ALL": "C"},
                                  stdout=subprocess.PIPE, check=False)
        assert done.returncode in (0, 1), done
        for needle in set(done.stdout.split(b"\n")):
            found += wanted.get(needle, [])
        return set(found)

    @staticmethod
    def _views(data):
        """The bytes, and what is packed in them; each as it is, and in the ways in which it may be written."""
        views = [data] if data else []
        if data[:4] == b"%PDF":
            views += [opened for opened in map(_inflated, _STREAM.findall(data)) if opened]
        if data[:2] == b"\x1f\x8b":
            views.append(_inflated(data, 47))
        for view in views:
            small = view.lower()
            yield view
            yield small
            if b"\0" in small:
                yield small.replace(b"\0", b"")  # UTF-16, either way round
            plain = _ESCAPED.sub(_unescape, small)
            if plain != small:
                yield plain.lower()


def _inflated(stream, window=15):
    try:
        return zlib.decompressobj(window).decompress(stream)
    except zlib.error:
        return b""
