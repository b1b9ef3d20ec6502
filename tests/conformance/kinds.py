"""What kind of message a FHIR resource is, told from its content; and the kinds that a recording must hold."""

PROFILES = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"

# kind: what it is. Every one has to be seen in a recording, or the suite fails.
EXPECTED = {
    "request new": "a member's first request",
    "request continue by number": "an extension of a case whose Claim is not held here",
    "request smi-termination": "a request to end a service",
    "update added line": "an extension as a further line of the case",
    "update in place": "an extension of the line itself",
    "update add-on": "a Medical Add-On as a further line",
    "update answer": "an answer to a question, as an update",
    "update cancel": "the withdrawal of a whole case",
    "update cancel line": "the withdrawal of one line",
    "inquiry by case": "an inquiry by Case ID",
    "inquiry by days": "an inquiry by member, code and days, after a lost answer",
    "attachments": "an answer to a question, by the attachment operation",
    "outer transaction": "all members of a home as one transaction",
    "outer batch": "all members of a home as a batch of independent requests",
    "outer transaction-response": "the answer to a transaction",
    "outer batch-response": "the answer to a batch",
    "submit reply approved": "decided at once: approved",
    "submit reply partial": "decided at once: fewer hours",
    "submit reply denied": "decided at once: denied",
    "submit reply pended": "in review",
    "submit reply question": "something is asked at once",
    "submit reply cancelled": "a withdrawal was taken",
    "submit reply error": "a business error: no case was made",
    "submit reply mixed": "lines of a case in different states",
    "inquiry reply approved": "approved",
    "inquiry reply partial": "fewer hours than asked for",
    "inquiry reply denied": "denied",
    "inquiry reply pended": "in review",
    "inquiry reply question": "something is asked",
    "inquiry reply cancelled": "withdrawn, or voided by the reviewers",
    "inquiry reply mixed": "lines of a case in different states",
    "inquiry parameters": "the bundles that an inquiry found",
    "inquiry nothing": "an inquiry that found nothing",
    "notification": "a change of a case that the payer tells by itself",
    "outcome": "an OperationOutcome",
    "capabilities": "the CapabilityStatement",
    "patients": "what a search for members found",
    "patients none": "a search for members that found nobody",
}


NEWEST = "2.2.1"


def expected(version):
    """Before 2.2 all that an inquiry found stands in one bundle, which counts as the reply that comes first in it.
    Notifications are left by the reviewers' commands, which write the newest style."""
    newest_only = ("inquiry parameters", "notification")
    return {kind: words for kind, words in EXPECTED.items() if version == NEWEST or kind not in newest_only}


def codings(concept):
    return {coding.get("code", "") for coding in (concept or {}).get("coding", [])}


def extensions(element, name):
    return [each for each in (element or {}).get("extension", []) if each.get("url") == PROFILES + name]


def concept_codes(element, name):
    return set().union(*(codings(each.get("valueCodeableConcept")) for each in extensions(element, name)), set())


def change(element):
    return {each.get("valueCode") for each in extensions(element, "extension-infoChanged")}


def claim_kind(claim):
    profiles = claim.get("meta", {}).get("profile", [])
    items = claim.get("item", [])
    if PROFILES + "profile-claim-inquiry" in profiles:
        by_case = any(extensions(item, "extension-administrationReferenceNumber") for item in items)
        return "inquiry by case" if by_case else "inquiry by days"
    if PROFILES + "profile-claim-update" in profiles:
        if "3" in concept_codes(claim, "extension-certificationType"):
            return "update cancel"
        if any(item.get("modifierExtension") for item in items if change(item)):
            return "update cancel line"
        if any("added" in change(item) and "SC" in set().union(*map(codings, item.get("modifier", [])), set()) for item in items):
            return "update add-on"
        if any("added" in change(item) for item in items):
            return "update added line"
        return "update in place" if any(change(item) for item in items) else "update answer"
    if "smi-termination" in codings(claim.get("subType")):
        return "request smi-termination"
    if any(extensions(item, "extension-administrationReferenceNumber") for item in items):
        return "request continue by number"
    return "request new"


def review_actions(line):
    actions = set()
    for adjudication in line.get("adjudication", []):
        for review in extensions(adjudication, "extension-reviewAction"):
            actions |= concept_codes(review, "extension-reviewActionCode")
    return actions


def response_kind(response, operation):
    words = {"A1": "approved", "A3": "denied", "A6": "partial", "A4": "pended", "C": "cancelled"}
    lines = [review_actions(line) for line in response.get("item", [])]
    states = {words.get(action, action) for actions in lines for action in actions}
    if not states:
        return f"{operation} reply " + ("error" if response.get("error") else "empty")
    if response.get("communicationRequest") and "pended" in states:
        return f"{operation} reply question"
    return f"{operation} reply " + (states.pop() if len(states) == 1 else "mixed")


def kind_of(resource, operation):
    """operation: submit or inquiry, whichever a ClaimResponse answers."""
    name = resource.get("resourceType")
    entries = resource.get("entry", [])
    if name == "Parameters":
        parameters = resource.get("parameter", [])
        if any(parameter.get("name") == "TrackingId" for parameter in parameters):
            return "attachments"
        return "inquiry parameters" if parameters else "inquiry nothing"
    if name == "OperationOutcome":
        return "outcome"
    if name == "CapabilityStatement":
        return "capabilities"
    if name != "Bundle":
        return name or "no resource"
    if resource.get("type") == "searchset":
        return "patients" if entries else "patients none"
    if resource.get("type") == "history":
        return "notification"
    if resource.get("type") != "collection":
        return f"outer {resource.get('type')}"
    first = entries[0].get("resource", {}) if entries else {}
    if first.get("resourceType") == "Claim":
        return claim_kind(first)
    if first.get("resourceType") == "ClaimResponse":
        return response_kind(first, operation)
    return "inquiry nothing" if not entries else "bundle"


def inner(resource):
    """The resources that a message carries as messages of their own: (resource, where it stands)."""
    found = []
    if resource.get("resourceType") == "Bundle" and resource.get("type") not in ("collection", "searchset"):
        # The Parameters of a notification are a part of it; those of a batch are an answer of their own.
        own = ("Bundle",) if resource["type"] == "history" else ("Bundle", "Parameters", "OperationOutcome")
        for number, entry in enumerate(resource.get("entry", [])):
            if entry.get("resource", {}).get("resourceType") in own:
                found.append((entry["resource"], f"entry[{number}].resource"))
            if "outcome" in entry.get("response", {}):
                found.append((entry["response"]["outcome"], f"entry[{number}].response.outcome"))
    if resource.get("resourceType") == "Parameters":
        for number, parameter in enumerate(resource.get("parameter", [])):
            if parameter.get("resource", {}).get("resourceType") == "Bundle":
                found.append((parameter["resource"], f"parameter[{number}].resource"))
    return found
