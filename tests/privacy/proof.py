"""Nobody's name and no secret turns up where it does not belong.

Every personal field of a case file and every secret holds a text that is found again wherever it turns up. Then a whole story
runs, with payers that quote people in their answers, and everything that it leaves behind is searched.

usage: proof.py ROOT ATZ short|long"""
import sys
import time

from canaries import PERSONAL, SECRET, all_personal, uncovered
from place import Place, check, tracing
from search import Searcher
from selfcheck import selfcheck
from story import Story

root, atz, extent = sys.argv[1:]
started = time.monotonic()
searcher = Searcher()
for canary in all_personal():
    searcher.add(canary)
why_not = tracing()
if why_not:
    print(f"NOT WATCHED: {why_not}; what is written and removed again, and what other programs are passed, is not seen",
          file=sys.stderr)
caught = selfcheck(searcher, traced=not why_not)

with Place(atz, searcher, traced=not why_not) as place:
    missing, needless = uncovered(Story.explained(place))
    check(not missing, "personal fields without a canary", missing)
    check(not needless, "canaries in fields that are not personal", needless)
    story = Story(root, place, extent == "long")
    story.tell()
    place.look_at_files("at the end", everything=True)
    place.search()
    if not why_not:
        check(place.hardened == {"not dumpable", "no core", "umask"}, place.hardened)
    for where, name in place.hits:
        print(f"HIT: {name} in {where}")
    kinds = [canary.kind for canary in searcher.canaries]
    print(f"privacy: {kinds.count(PERSONAL)} personal canaries and {kinds.count(SECRET)} secrets, {place.runs} runs, "
          f"{place.places} places, {searcher.bytes / 1e6:.1f} MB searched, {caught} planted leaks found, "
          f"hits: {len(place.hits)} ({time.monotonic() - started:.0f} s)")
    sys.exit(1 if place.hits else 0)
