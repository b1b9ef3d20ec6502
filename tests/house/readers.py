"""Independent readers of what `atz check` prints: each returns the findings of one format as sorted tuples, as far as the
format tells them, and raises when the text is not what its standard or our schema says."""
import json
import re
import urllib.parse
import xml.etree.ElementTree

import jsonschema

LEVELS = {"error": "error", "warning": "warning", "note": "info", "notice": "info", "info": "info"}


class Readers:
    def __init__(self, root):
        with open(f"{root}/tests/house/sarif/sarif-schema-2.1.0.json", encoding="utf-8") as handle:
            self.sarif_schema = jsonschema.Draft7Validator(json.load(handle))
        with open(f"{root}/schemas/output.schema.json", encoding="utf-8") as handle:
            self.own_schema = jsonschema.Draft7Validator(json.load(handle))

    def read(self, name, text):
        return sorted(getattr(self, name)(text))

    @staticmethod
    def _plain(finding):
        return (finding["file"], finding["line"], finding["column"], finding["severity"], finding["rule"])

    def json(self, text):
        document = json.loads(text)
        self.own_schema.validate(document)
        counts = {"error": 0, "warning": 0, "info": 0}
        for finding in document["findings"]:
            counts[finding["severity"]] += 1
        assert list(counts.values()) == [document[key] for key in ("errors", "warnings", "notes")], counts
        return [self._plain(finding) for finding in document["findings"]]

    def jsonl(self, text):
        findings = []
        for line in text.splitlines():
            finding = json.loads(line)
            self.own_schema.validate(finding)
            findings.append(self._plain(finding))
        return findings

    def sarif(self, text):
        log = json.loads(text)
        self.sarif_schema.validate(log)
        (run,) = log["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            assert rule["name"] and rule["shortDescription"]["text"] and rule["fullDescription"]["text"], rule
            assert rule["help"]["text"] and rule["defaultConfiguration"]["level"] in LEVELS, rule
        findings, fingerprints = [], set()
        for result in run["results"]:
            fingerprints.add(tuple(result["partialFingerprints"].items()))
            if "ruleIndex" in result:
                assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result
            places = [location["physicalLocation"] for location in result["locations"] + result.get("relatedLocations", [])]
            for place in places:
                uri = place["artifactLocation"]["uri"]
                # Nothing but what RFC 3986 allows in a relative path, and no segment that would be taken for a scheme.
                assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) and not uri.startswith("/"), uri
                region = place.get("region")
                if region:
                    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
                    assert start <= end, region
            region = places[0].get("region", {"startLine": 0, "startColumn": 0})
            file = urllib.parse.unquote(places[0]["artifactLocation"]["uri"])
            findings.append((file, region["startLine"], region["startColumn"], LEVELS[result["level"]], result.get("ruleId", "")))
        assert len(fingerprints) == len(findings), "fingerprints repeat"
        return findings

    def junit(self, text):
        """Files are those of the suites: `self.clean` gets the names of those without findings."""
        root = xml.etree.ElementTree.fromstring(text)
        assert root.tag == "testsuites"
        self.clean = []
        findings, all_tests, all_failures = [], 0, 0
        for suite in root:
            assert suite.tag == "testsuite" and int(suite.get("tests")) == len(suite), suite.get("name")
            failures = suite.findall("testcase/failure")
            assert int(suite.get("failures")) == len(failures), suite.get("name")
            all_tests, all_failures = all_tests + len(suite), all_failures + len(failures)
            for case in suite:
                assert case.tag == "testcase" and case.get("name") and case.get("classname") == suite.get("name")
                if len(case) == 0:
                    self.clean.append(suite.get("name"))
                    continue
                (said,) = case
                severity = "error" if said.tag == "failure" else said.text.split(":")[0]
                place = re.search(r" at (\d+):(\d+)$", case.get("name"))
                rule = case.get("name").split(" ")[0]
                findings.append((case.get("file"), *(map(int, place.groups()) if place else (0, 0)), severity, rule))
        assert (int(root.get("tests")), int(root.get("failures"))) == (all_tests, all_failures)
        return findings

    def github(self, text):
        findings = []
        for line in text.splitlines():
            command, properties, _ = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line).groups()
            pairs = {key: urllib.parse.unquote(value) for key, value in (pair.split("=", 1) for pair in properties.split(","))}
            column = int(pairs.get("col", 0))  # left out where a finding spans lines
            findings.append((pairs["file"], int(pairs.get("line", 0)), column, LEVELS[command], pairs.get("title", "").split(" ")[0]))
        return findings

    def concise(self, text):
        findings = []
        for line in text.splitlines():
            file, place, column, severity, rule = re.match(r"(.*?)(?::(\d+):(\d+))?: (error|warning|info) ([A-Z]{2}\d{3}) ", line).groups()
            findings.append((file, int(place or 0), int(column or 0), severity, rule))
        return findings

    def human(self, text):
        heads = re.findall(r"^(error|warning|info)\[([A-Z]{2}\d{3}) [^\n]*\n *--> (.*?)(?::(\d+):(\d+))?$", text, re.MULTILINE)
        return [(file, int(line or 0), int(column or 0), severity, rule) for severity, rule, file, line, column in heads]
