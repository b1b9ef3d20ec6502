"""Validates the examples against the schemas with an independent validator, loaded the ways editors load YAML."""
import glob
import json
import re
import sys

import jsonschema
import yaml

root = sys.argv[1]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 core schema: only true/false, null, decimal numbers are typed; dates and times stay text."""


CoreLoader.yaml_implicit_resolvers = {}
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:null|Null|NULL|~|)$"), ["n", "N", "~", ""])
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]*$"), list("-+0123456789"))


def text_dates(node):
    """An editor hands dates over as text."""
    if isinstance(node, dict):
        return {str(key): text_dates(value) for key, value in node.items()}
    if isinstance(node, list):
        return [text_dates(value) for value in node]
    return node.isoformat() if hasattr(node, "isoformat") else node


def check(schema_name, files):
    with open(f"{root}/schemas/{schema_name}", encoding="utf-8") as handle:
        schema = json.load(handle)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    faults = 0
    for name in files:
        with open(name, encoding="utf-8") as handle:
            text = handle.read()
        for loader in (yaml.BaseLoader, CoreLoader):
            for error in validator.iter_errors(text_dates(yaml.load(text, Loader=loader))):
                print(f"{name} ({loader.__name__}): {'/'.join(map(str, error.absolute_path))}: {error.message}")
                faults += 1
    # The schema must also refuse: a misspelled key and a missing member list.
    if files:
        broken = text_dates(yaml.load(open(files[0], encoding="utf-8").read(), Loader=yaml.BaseLoader))
        broken["no-such-key"] = "x"
        if validator.is_valid(broken):
            print(f"{schema_name}: accepts an unknown key")
            faults += 1
    return faults


homes = [name for name in sorted(glob.glob(f"{root}/examples/**/*.yaml", recursive=True)) if not name.endswith("atz.yaml")]
homes += [name for name in sorted(glob.glob(f"{root}/tests/golden/ok/*.yaml")) if "\natz: " in open(name, encoding="utf-8").read()]
assert homes, "no examples found"
configs = sorted(glob.glob(f"{root}/examples/**/atz.yaml", recursive=True))
sys.exit(1 if check("home.schema.json", homes) + check("config.schema.json", configs) else 0)
