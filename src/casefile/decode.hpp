// Located trees to the model, one function for each part of the file.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "atz/model/home.hpp"
#include "casefile/reader.hpp"

namespace atz::casefile {

// Reads a staffing file named in a case file: its root, or nullptr when it cannot be read (which is then recorded).
using DrawIn = std::function<const Node*(const std::string& file, diag::Span span, const std::string& path)>;

inline constexpr std::size_t kMaxMembers = 24;  // of one home

void decode_home(const Reader& root, const DrawIn& draw_in, model::Home& home);
void decode_provider(const Reader& reader, model::Provider& provider);
void decode_address(const Reader& reader, model::Address& address);
void decode_period(const Reader& reader, model::Period& period);
void decode_member(const Reader& reader, const DrawIn& draw_in, model::Member& member);
void decode_case(const Reader& reader, model::Member& member);
void attach_notice(model::Member& member);  // the notice's file becomes one of the member's documents
void decode_documents(const Reader& reader, std::vector<model::Document>& documents);
void decode_ignores(const Reader& reader, std::vector<model::Ignore>& ignores);
// A `staffing` section, or what its file says instead.
void decode_staffing(const Reader& reader, const DrawIn& draw_in, model::StaffingPattern& staffing);
// The same keys at the top of a file.
void decode_pattern(const Reader& reader, model::StaffingPattern& staffing);
void decode_block(const Reader& reader, model::WeekSpan& block);

// Normal forms of identifiers; the text stays as written.
void upper(model::Field<std::string>& field);
std::string dotted_diagnosis(const std::string& code);  // "f840" -> "F84.0"
void split_code(model::Service& service);               // "T2016SC" -> T2016 and SC

}  // namespace atz::casefile
