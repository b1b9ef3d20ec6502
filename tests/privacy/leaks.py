"""A program that gives away what it is told, in one kind of place: so that the proof can show that it would see it.

usage: leaks.py WAY TEXT..."""
import base64
import hashlib
import os
import subprocess
import sys
import zlib

way, texts = sys.argv[1], sys.argv[2:]
os.umask(0o077)
state = os.environ["ATZ_STATE_DIR"]
os.makedirs(state, exist_ok=True)
spare = f"{state}/left"
text = "\n".join(texts)


def leave(data, path=spare):
    with open(path, "wb") as handle:
        handle.write(data)


raw = text.encode()
if way == "stdout":
    print(text)
elif way == "stderr":
    print(text, file=sys.stderr)
elif way == "file":
    leave(b"\0\1" + raw)
elif way == "upper case":
    leave(text.upper().encode())
elif way == "utf-16":
    leave(text.encode("utf-16"))
elif way == "hex":
    leave(raw.hex().upper().encode())
elif way.startswith("base64"):
    leave(base64.b64encode(b"x" * int(way[-1]) + raw))
elif way == "json":
    leave("".join(f"\\u{ord(letter):04x}" for letter in text).encode())
elif way == "percent":
    leave("".join(f"%{byte:02X}" for byte in raw).encode())
elif way == "xml":
    leave("".join(f"&#{ord(letter)};" for letter in text).encode())
elif way == "sha256":
    leave("\n".join(hashlib.sha256(part.encode()).hexdigest() for part in texts).encode())
elif way == "pdf":
    leave(b"%PDF-1.4\n1 0 obj <<>> stream\n" + zlib.compress(raw) + b"\nendstream\n")
elif way == "file name":
    for part in texts:
        leave(b"", f"{state}/{part.encode().hex()}")
elif way == "temporary file":
    path = os.environ["TMPDIR"] + "/gone"
    leave(raw, path)
    os.remove(path)
elif way == "temporary name":
    for part in texts:
        leave(b"", f"{state}/{part.encode().hex()}")
        os.remove(f"{state}/{part.encode().hex()}")
elif way == "arguments":
    subprocess.run(["true", *texts], check=True)
elif way == "environment":
    subprocess.run(["true"], env={"PATH": os.environ["PATH"], "X": text}, check=True)
elif way == "mode":
    leave(b"")
    os.chmod(spare, 0o644)
elif way == "core":
    os.abort()
