// What "the same content" means: a stable text of one member's request, without identifiers, times and drawings.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace atz::model {

struct Home;
struct Tables;

// Everything of the home and of the member that reaches the payer, a "path = value" line each, with normal forms, so
// that layout, comments and spelling variants of the same value make no difference. Starts with the line
// "atz/content/1"; the form never changes within that version.
//
// In it: the member's request kind, type, sub-contract, priority; provider; house (name, NPI+3 as digits, address,
// roster); label, identifiers, name, birth date, gender, waiver, phone, guardian and case manager; diagnoses and
// services in order, each with the period that counts for it; plan statement; questionnaires with version, status and
// answers; ratio, time alone, statement on being out; the home's pattern and the member's own, blocks sorted; type,
// title and file name (without folders) of each document for this member, and `document_digests`, which stand for
// their bytes in the same order (a drawn pattern is left out); the attestation.
// Not in it: the home's id, file format, other members, ignored rules, facts that only checks use (start of service,
// not receiving home support), where a staffing file or document lies.
//
// Normal forms: no blanks at the ends; codes, IDs and states in upper case, keys in lower case; phones and NPI+3 as
// digits; ISO dates; fractions in lowest terms; defaults spelled out (awake, direct, line T2016, completed, npi); the
// member's address and periods as they count after defaults. An absent value has no line; one that could not be read
// has "path ? text". Backslash and line ends in values are escaped.
std::string canonical_request(const Home& home, std::size_t member, std::span<const std::string> document_digests);

}  // namespace atz::model
