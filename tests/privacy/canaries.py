"""Texts that are found again wherever they turn up: one in every personal field of a case file, and one in every secret.

Which fields are personal is asked of the program itself: a new one without a canary here ends the test."""
import hashlib
import re

PERSONAL, TEXT, CODE, SECRET = "personal", "free text", "code", "secret"
LABELS = ("A", "B", "C")
# Too few letters to be told from chance, or words that are everywhere. They are in the file all the same.
CANNOT_CARRY = {"members[].gender", "members[].address.state", "members[].guardian.address.state",
                "members[].case_manager.address.state"}


def letters(number):
    """Two letters for a number, which no word of a language has behind "qzv"."""
    return "bcdfghjklm"[number // 10] + "bcdfghjklm"[number % 10]


class Canary:
    """`value` is what is written; `needles` are what is looked for, all in small letters, beside its digests."""

    def __init__(self, name, value, kind=PERSONAL, needles=None, digests=True):
        self.name, self.value, self.kind, self.digests = name, value, kind, digests
        self.needles = [needle.lower() for needle in (needles or re.findall(r"qzv\w+", value.lower(), re.ASCII))]
        assert self.needles and all(len(needle) >= 5 for needle in self.needles), (name, value)


def word(name, number, label, kind=PERSONAL, around="d'Ü & {} \"O"):
    """A text with what has to be escaped somewhere on both sides of it."""
    return Canary(f"{name} of {label}", around.format(f"Qzv{letters(number)}{name.split('.')[-1].strip('[]')}{label}"),
                  kind)


def number(name, label, digits, written, *forms):
    return Canary(f"{name} of {label}", written, PERSONAL, [digits, *forms])


def phone(name, label, last):
    digits = f"2079{ord(label) - 64}8{last:04d}"
    written = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return number(name, label, digits[3:], written, written[4:], f"({digits[:3]}) {written[4:]}")


def zip_code(name, label, last):
    return number(name, label, f"9817{ord(label) - 64}{last:04d}", f"9817{ord(label) - 64}-{last:04d}",
                  f"9817{ord(label) - 64}-{last:04d}")


def born(label):
    day, month, year = 10 + ord(label) - 64, 5, 1931
    return number("members[].born", label, f"{year}{month:02d}{day}", f"{year}-{month:02d}-{day}",
                  f"{year}-{month:02d}-{day}", f"{month:02d}/{day}/{year}", f"{month}/{day}/{year}",
                  f"{day} May {year}", f"May {day}, {year}", f"{day}.{month:02d}.{year}")


def person(label):
    """Canaries of one member, by path; what an add-on alone has is of the member who gets one."""
    made, at = {}, iter(range(100))

    def add(path, kind=PERSONAL, around="d'Ü & {} \"O"):
        made[path] = word(path, next(at), label, kind, around)

    made["members[].id"] = number("members[].id", label, f"7391826{ord(label) - 64}", f"7391826{ord(label) - 64}A")
    for path in ("members[].name.last", "members[].name.first", "members[].name.middle"):
        add(path)
    made["members[].born"] = born(label)
    made["members[].phone"] = phone("members[].phone", label, 4716)
    for index, whose in enumerate(("members[].address", "members[].guardian.address", "members[].case_manager.address")):
        for part in ("line", "line2", "city"):
            add(f"{whose}.{part}", around="7 {} St" if part == "line" else "{}")
        made[f"{whose}.zip"] = zip_code(f"{whose}.zip", label, 4625 + index)
    for index, whose in enumerate(("members[].guardian", "members[].case_manager")):
        add(f"{whose}.name")
        made[f"{whose}.phone"] = phone(f"{whose}.phone", label, 5816 + index)
    if label == "C":
        for path in ("members[].order.condition", "members[].order.procedures"):
            add(path, around="{}")
        add("members[].planning_team.members[]", around="{}")
    for path in ("answer", "because", "diagnosis"):
        if path == "diagnosis":
            code = f"Q99.{ord(label) - 64}"
            made[path] = Canary(f"diagnosis of {label}", code, CODE, [code])
        else:
            add(path, TEXT, "Ü {} & more")
    return made


PEOPLE = {label: person(label) for label in LABELS}
# Somebody who is nobody's member here: what a payer that mixes up its people sends.
STRANGER = Canary("a stranger", "Qzvstrangername", PERSONAL)


def uncovered(explained):
    """Personal fields of the program that nothing here stands for, and canaries of fields that are not personal."""
    fields = {field["path"] for field in explained["fields"]
              if field["personal"] and field["file"] == "case file" and field["type"] != "group of keys"}
    ours = {path for made in PEOPLE.values() for path, canary in made.items() if canary.kind == PERSONAL}
    return sorted(fields - ours - CANNOT_CARRY), sorted(ours - fields)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written(label, extra=""):
    """The lines of a member from `id` to the case manager."""
    def value(path):
        return quoted(PEOPLE[label][f"members[].{path}"].value)

    def address(whose):
        return (f"{{line: {value(whose + '.line')}, line2: {value(whose + '.line2')}, city: {value(whose + '.city')}, "
                f"state: ME, zip: {value(whose + '.zip')}}}")

    def contact(whose):
        return f"{{name: {value(whose + '.name')}, phone: {value(whose + '.phone')}, address: {address(whose + '.address')}}}"

    return (f"    id: {value('id')}\n"
            f"    name: {{last: {value('name.last')}, first: {value('name.first')}, middle: {value('name.middle')}}}\n"
            f"    born: {value('born')}\n    gender: other\n    waiver: section-21\n    phone: {value('phone')}\n"
            f"    address: {address('address')}\n    guardian: {contact('guardian')}\n"
            f"    case_manager: {contact('case_manager')}\n{extra}")


def with_canaries(text):
    """A case file of the program's own, about the people here instead of those there."""
    for label in LABELS:
        made = PEOPLE[label]
        pattern = re.compile(rf"(  - label: {label}\n(?:    (?:case|current_end|reason|because): .*\n)*)"
                             r"    id: .*\n(?:    .*\n)*?(    diagnoses: \[)([^\]]*)(\])", re.MULTILINE)
        text = pattern.sub(lambda match: match.group(1) + written(label) + match.group(2) + match.group(3) + ", "
                           + made["diagnosis"].value + match.group(4), text, count=1)
        head, found, tail = text.partition(f"  - label: {label}\n")
        if not found:
            continue
        end = re.search(r"^  - label: |^[a-z]", tail, re.MULTILINE)
        block, rest = tail[:end.start()], tail[end.start():]
        # The reason of an extension is also an answer: the same text in both places, as rules want it.
        block = re.sub(r"^(    because: |        1\.2\.1: )(.*)$", lambda match: match.group(1)
                       + quoted(made["because"].value), block, flags=re.MULTILINE)
        block = re.sub(r"^(        3\.1\.1: |        6: (?=Six))(.*)$", lambda match: match.group(1)
                       + quoted(made["answer"].value), block, flags=re.MULTILINE)
        if label == "C":
            for key, path in (("condition|1", "condition"), ("procedures|2", "procedures")):
                block = re.sub(rf"^( {{6,8}}(?:{key}): )(?:Dysph|Oral).*$", lambda match, path=path: match.group(1)
                               + quoted(made[f"members[].order.{path}"].value), block, flags=re.MULTILINE)
            block = re.sub(r"members: \[member, ", lambda _: "members: [member, "
                           + quoted(made["members[].planning_team.members[]"].value) + ", ", block)
        text = head + found + block + rest
    return text


def all_personal():
    return [canary for made in PEOPLE.values() for canary in made.values()] + [STRANGER]


def everything_about(label):
    """What a payer quotes that says too much: every personal value of a member that names somebody, in one line. What is
    the matter with somebody is what reviewers write about."""
    return " | ".join(canary.value for path, canary in PEOPLE[label].items()
                      if canary.kind == PERSONAL and not path.startswith(("members[].order", "members[].planning")))


def digests(value):
    """Unkeyed digests, with which a guess could be tested."""
    for name in ("md5", "sha1", "sha256", "blake2b"):
        made = hashlib.blake2b(value, digest_size=32) if name == "blake2b" else hashlib.new(name, value)
        yield made.digest()
