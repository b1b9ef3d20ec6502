"""Case files with something wrong at every personal value: what is said about them names nobody."""
import re

from canaries import PEOPLE, PERSONAL, TEXT, quoted

DAY = "2026-01-04"
MACHINES = ("concise", "json", "jsonl", "sarif", "junit", "github")


def ways(value, needle):
    """Texts in the place of a value."""
    text = quoted(value)
    bare = re.sub(r"[^A-Za-z0-9-]", "", value)
    yield from (f"[{text}]", f"{{x: {text}}}", f"{{{text}: x}}", text[:-1], f"*{bare}", f"&{bare} {text}", f"!{bare} {text}",
                f"{bare}: {bare}", f"\t{text}", quoted(value + "\x07"), quoted(value + "\u202e"), f"'{bare}", f"{{{bare}",
                f"|\n{bare}", quoted(value + "x"), quoted(value.lower()), quoted(value.upper()), quoted(f" {value} "),
                quoted(needle), quoted("Q" * 3000 + value), f"{text} {text}")


def broken_files(story):
    place = story.place
    number = 0
    for path, canary in PEOPLE["A"].items():
        if canary.kind != PERSONAL or quoted(canary.value) not in story.home_text:
            continue
        for index, way in enumerate(ways(canary.value, canary.needles[0])):
            if story.whole or (number + index) % 7 == 0:
                place.write(f"desk/broken/{number:03d}-{index:02d}.yaml", story.home_text.replace(quoted(canary.value), way, 1))
        number += 1
    for kind in MACHINES if story.whole else ("sarif", "junit"):
        story.run("check", "--as-of", DAY, "--format", kind, "broken", shows=(TEXT,))
    human = story.run("check", "--as-of", DAY, "broken", own_lines=True, shows=(TEXT,))
    for name in sorted(set(re.findall(r"broken/[\d-]+\.yaml", human.out)))[::4 if story.whole else 20]:
        story.run("plan", "--as-of", DAY, "--format", "json", name, shows=(TEXT,))
        story.run("staffing", "--as-of", DAY, name, own_lines=True, shows=(TEXT,))
        story.run("submit", "--as-of", DAY, name, own_lines=True, shows=(TEXT,))
