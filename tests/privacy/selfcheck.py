"""The proof is able to fail: a program that leaks is caught, in every kind of place."""
import os

from canaries import PEOPLE
from place import Place, check

WAYS = ("stdout", "stderr", "file", "upper case", "utf-16", "hex", "base64 0", "base64 1", "base64 2", "json", "percent", "xml",
        "pdf", "file name", "mode", "sha256")
SEEN_BY_TRACING = ("temporary file", "temporary name", "arguments", "environment")
# The same place in the file for each: a name, a number, a date.
SAMPLES = ("members[].name.last", "members[].id", "members[].born")


def selfcheck(searcher, traced):
    """Plants leaks; how many were found, which are all."""
    with Place("", searcher, traced) as place:
        program = ["/usr/bin/python3", "-I", "-S", os.path.join(os.path.dirname(os.path.abspath(__file__)), "leaks.py")]

        def leaks(way, *canaries):
            """Gives these away; how many of them were noticed."""
            place.hits.clear()
            done = place.run(way, *[canary.value for canary in canaries], program=program, traced=way in SEEN_BY_TRACING)
            check(done.code == 0, way, done)
            for name in os.listdir(place.path("state")):
                os.remove(place.path(f"state/{name}"))
            found = {name for _, name in place.hits}
            return len(found if way == "mode" else found & {canary.name for canary in canaries})

        samples = [PEOPLE["B"][path] for path in SAMPLES]
        check(leaks("nothing", *samples) == 0 and not place.hits, "a program that leaks nothing", place.hits)
        count = 0
        for way in WAYS + (SEEN_BY_TRACING if traced else ()):
            found = leaks(way, *samples)
            check(found == (1 if way == "mode" else len(samples)), "a planted leak was not found", way, place.hits)
            count += found
        everybody = [canary for made in PEOPLE.values() for canary in made.values()]
        found = leaks("file", *everybody)
        check(found == len(everybody), "canaries that are not found", len(everybody) - found)
        return count + found
