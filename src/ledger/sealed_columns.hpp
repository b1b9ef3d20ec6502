// Every sealed column and every keyed digest, for what goes through all of them: verifying and changing the key.
#pragma once

#include <array>
#include <string_view>

namespace atz::ledger {

struct SealedColumn {
  std::string_view table, column;
  // Selects the row, the sealed value and its context (see context()), where the value is there.
  std::string_view rows;
};

inline constexpr std::array kSealedColumns{
    SealedColumn{"transmissions", "body",
                 "SELECT t.rowid, t.body, 'transmissions.body/' || b.batch_id || '//' || t.number "
                 "FROM transmissions AS t JOIN batches AS b ON b.id = t.batch"},
    SealedColumn{"cases", "remarks",
                 "SELECT c.rowid, c.remarks, 'cases.remarks/' || b.batch_id || '/' || c.label || '/' || c.attempt "
                 "FROM cases AS c JOIN batches AS b ON b.id = c.batch WHERE c.remarks IS NOT NULL"},
    SealedColumn{"cases", "identity",
                 "SELECT c.rowid, c.identity, 'cases.identity/' || b.batch_id || '/' || c.label || '/' || c.attempt "
                 "FROM cases AS c JOIN batches AS b ON b.id = c.batch"},
    SealedColumn{"cases", "body",
                 "SELECT c.rowid, c.body, 'cases.body/' || b.batch_id || '/' || c.label || '/' || c.attempt "
                 "FROM cases AS c JOIN batches AS b ON b.id = c.batch"},
    SealedColumn{
        "lines", "asked",
        "SELECT l.rowid, l.asked, 'lines.asked/' || b.batch_id || '/' || c.label || '/' || c.attempt || '/' "
        "|| l.sequence FROM lines AS l JOIN cases AS c ON c.id = l.case_row JOIN batches AS b ON b.id = c.batch"},
    SealedColumn{"lines", "decision",
                 "SELECT l.rowid, l.decision, 'lines.decision/' || b.batch_id || '/' || c.label || '/' || c.attempt "
                 "|| '/' || l.sequence FROM lines AS l JOIN cases AS c ON c.id = l.case_row "
                 "JOIN batches AS b ON b.id = c.batch WHERE l.decision IS NOT NULL"},
    SealedColumn{"replies", "body",
                 "SELECT r.rowid, r.body, 'replies.body/' || b.batch_id || '/' || c.label || '/' || c.attempt || '/' "
                 "|| r.number FROM replies AS r JOIN cases AS c ON c.id = r.case_row "
                 "JOIN batches AS b ON b.id = c.batch"},
    SealedColumn{"events", "previous",
                 "SELECT e.rowid, e.previous, 'events.previous/' || b.batch_id || '/' || c.label || '/' || c.attempt "
                 "|| '/' || e.sequence FROM events AS e JOIN cases AS c ON c.id = e.case_row "
                 "JOIN batches AS b ON b.id = c.batch WHERE typeof(e.previous) = 'blob'"},
    SealedColumn{"events", "now",
                 "SELECT e.rowid, e.now, 'events.now/' || b.batch_id || '/' || c.label || '/' || c.attempt || '/' "
                 "|| e.sequence FROM events AS e JOIN cases AS c ON c.id = e.case_row "
                 "JOIN batches AS b ON b.id = c.batch WHERE typeof(e.now) = 'blob'"},
    SealedColumn{"follow_ups", "body",
                 "SELECT rowid, body, 'follow_ups.body/' || bundle_identifier || '/follow-up/1' FROM follow_ups"},
    SealedColumn{"follow_ups", "text",
                 "SELECT rowid, text, 'follow_ups.text/' || bundle_identifier || '/follow-up/1' FROM follow_ups"},
    SealedColumn{"follow_ups", "reply",
                 "SELECT rowid, reply, 'follow_ups.reply/' || bundle_identifier || '/follow-up/1' FROM follow_ups "
                 "WHERE reply IS NOT NULL"},
};

struct DigestColumn {
  std::string_view table, column;
};

// The digests of the log stay as they were written: each entry says with which key.
inline constexpr std::array kDigestColumns{
    DigestColumn{"transmissions", "body_digest"},
    DigestColumn{"cases", "content_digest"},
    DigestColumn{"cases", "body_digest"},
    DigestColumn{"notifications", "digest"},
};

}  // namespace atz::ledger
