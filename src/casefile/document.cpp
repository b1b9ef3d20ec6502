#include "atz/casefile/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <iterator>
#include <streambuf>

#include "casefile/extent.hpp"
#include "casefile/places.hpp"
#include "casefile/repeats.hpp"
#include "casefile/slips.hpp"
#include "casefile/syntax.hpp"

namespace atz::casefile {
namespace {

// More than this many refusals say nothing new.
constexpr std::size_t kMaxProblems = 50;
struct Stop {};  // thrown through yaml-cpp to end a parse whose problem is already recorded

class Builder final : public YAML::EventHandler {
 public:
  Builder(std::string_view text, std::uint32_t source, const TextFacts& facts)
      : text_(text), places_(text, source, facts.ascii), tabs_(facts.tabs), ascii_(facts.ascii) {
    entries_.reserve(64);
    items_.reserve(64);
    frames_.reserve(16);
  }

  Document take() && {
    Document document;
    document.problems = std::move(problems_);
    if (has_root_ && root_.kind == Node::Kind::null && document.problems.empty()) {
      const diag::Span start = places_.span(0, 0);
      document.problems.push_back({Problem::Kind::empty, start, {}, "the file is empty", {}, {}, {}, {}});
    } else if (has_root_) {
      document.root = std::move(root_);
    }
    return document;
  }

  void drop_root() { has_root_ = false; }

  void syntax_error(const YAML::Exception& error) {
    const std::size_t offset = error.mark.is_null() ? last_end_ : static_cast<std::size_t>(error.mark.pos);
    if (error.msg.rfind(YAML::ErrorMsg::UNKNOWN_ANCHOR, 0) == 0) {
      refuse_alias(offset);
      return;
    }
    problems_.push_back(syntax_problem(text_, places_, trouble_at(offset), error.msg));
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!has_root_) return;
    if (root_.kind == Node::Kind::scalar) {
      // A first line without a colon, or without the space after it, is a document of its own to YAML.
      const std::size_t begin = skip_blank(text_, 0);
      if (auto slip = find_key_slip(text_, places_, {begin, text_.find_first_of("\r\n", begin)})) {
        problems_.push_back(std::move(*slip));
        throw Stop{};
      }
    }
    std::size_t at = std::min(static_cast<std::size_t>(mark.pos), text_.size());
    if (const std::size_t marker = text_.rfind("\n---", at);
        marker != std::string_view::npos && marker + 1 >= last_end_) {
      at = marker + 1;
    }
    add(Problem::Kind::several_documents, places_.span(at, std::min(at + 3, text_.size())),
        "a second document begins here", "keep one home in a file");
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    const std::size_t at = properties(start_of(mark));
    if (const std::size_t word = null_word(text_, at); word != 0 && inside(at)) {
      scalar(at, std::string(text_.substr(at, word)));
      return;
    }
    if (!frames_.empty() && frames_.back().mapping && frames_.back().key_next) {
      const std::size_t stop = std::min(at + 1, text_.size());
      add(Problem::Kind::bad_key, places_.span(at, stop), "a key is missing before this place", "write `key: value`");
      throw Stop{};
    }
    if (!frames_.empty() && frames_.back().mapping && frames_.back().flow) refuse_lone_entry();
    Node node;
    if (!frames_.empty() && !frames_.back().mapping && !frames_.back().flow) {
      const std::size_t dash = skip_blank(text_, std::max(last_end_, frames_.back().start));
      node.span = places_.span(dash, dash + 1);
      last_end_ = dash + 1;
    } else if (!frames_.empty() && frames_.back().mapping) {
      node.span = entries_.back().key_span;
    } else {
      node.span = places_.span(last_end_, last_end_);
    }
    complete(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse_alias(start_of(mark));
    if (!frames_.empty() && frames_.back().mapping && frames_.back().key_next) throw Stop{};
    complete(Node{});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    const std::size_t at = start_of(mark);
    const std::size_t content = properties(at);
    if (content != at && value.empty() &&
        (content >= text_.size() || (text_[content] != '"' && text_[content] != '\''))) {
      Node node;  // a tag with nothing after it
      node.span = places_.span(at, last_end_);
      if (!frames_.empty() && frames_.back().mapping && frames_.back().key_next) throw Stop{};
      complete(std::move(node));
      return;
    }
    scalar(content, value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, false);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, true);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    std::size_t start = 0;  // offset
    std::size_t first = 0;  // index of its first child in items_ or entries_
    int column = -1;        // of a block collection, in bytes
    bool mapping = false;
    bool flow = false;
    bool key_next = true;
    diag::Span span;
  };

  [[nodiscard]] std::size_t start_of(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  }

  void add(Problem::Kind kind, diag::Span span, std::string message, std::string help) {
    problems_.push_back({kind, span, {}, std::move(message), {}, {}, std::move(help), {}});
    if (problems_.size() >= kMaxProblems) throw Stop{};
  }

  void refuse_alias(std::size_t at) {
    std::size_t end = at;
    while (end < text_.size() && std::string_view(" \t\r\n,[]{}").find(text_[end]) == std::string_view::npos) ++end;
    last_end_ = end;
    add(Problem::Kind::alias, places_.span(at, end), "references (`*name`) are not allowed",
        "write the value out here");
  }

  [[nodiscard]] Trouble trouble_at(std::size_t offset) const {
    Trouble trouble;
    trouble.offset = std::min(offset, text_.size());
    trouble.from = last_end_;
    trouble.last = last_;
    if (quoted_.end != 0 && quoted_.end == last_end_) trouble.quoted = quoted_;
    for (const Frame& frame : frames_) {
      if (frame.flow) trouble.open_bracket = frame.start;
      if (!frame.flow) trouble.blocks.push_back({frame.column, frame.mapping});
    }
    trouble.blocks.insert(trouble.blocks.end(), closed_.rbegin(), closed_.rend());
    return trouble;
  }

  // `{units 365}`, `{units=365}`, `{weekly_hours: 67,75}`: an entry with nothing but a key.
  void refuse_lone_entry() {
    const std::size_t next = skip_blank(text_, last_end_);
    if (next < text_.size() && text_[next] == ':') return;
    if (auto slip = find_key_slip(text_, places_, {key_begin_, last_end_})) {
      problems_.push_back(std::move(*slip));
    } else {
      add(Problem::Kind::syntax, places_.span(key_begin_, last_end_), "this stands alone, without a key or a value",
          "a comma separates entries: write `key: value`, put quotes around a text that holds a comma, and write "
          "numbers "
          "with a point");
    }
    throw Stop{};
  }

  // Reports tags and anchors before a node; returns where the node itself begins.
  std::size_t properties(std::size_t at) {
    if (at >= text_.size() || (text_[at] != '!' && text_[at] != '&')) return at;
    const std::size_t content = skip_properties(text_, at, last_end_);
    for (std::size_t i = at; i < last_end_;) {
      std::size_t stop = i;
      skip_one(stop);
      if (text_[i] == '!') {
        add(Problem::Kind::tag, places_.span(i, stop), "type tags (`!name`) are not allowed",
            "remove it; put quotes around a text that begins with an exclamation mark");
      } else {
        add(Problem::Kind::anchor, places_.span(i, stop), "anchors (`&name`) are not allowed",
            "remove it, and write the value out wherever it is used");
      }
      i = skip_blank(text_, stop);
    }
    return content;
  }

  void skip_one(std::size_t& at) const {
    while (at < text_.size() && std::string_view(" \t\r\n,]}").find(text_[at]) == std::string_view::npos) ++at;
  }

  // Whether the token at `at` belongs to the current collection rather than following an empty value: yaml-cpp gives an
  // empty value the place of whatever comes next.
  bool inside(std::size_t at) {
    if (frames_.empty() || frames_.back().flow) return true;
    const Frame& frame = frames_.back();
    const int column = static_cast<int>(at - places_.line_start(at));
    if (frame.mapping && frame.key_next) return column >= frame.column;
    return column > frame.column;
  }

  int parent_column() const {
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
      if (!frame->flow) return frame->column;
    }
    return -1;
  }

  void scalar(std::size_t at, std::string value) {
    const char first = at < text_.size() ? text_[at] : '\0';
    const bool quoted = first == '"' || first == '\'' || first == '|' || first == '>';
    const std::size_t end = scalar_end(text_, at, value, parent_column());
    if (end == std::string_view::npos) {
      add(Problem::Kind::syntax, places_.span(at, at + 1), "this quote is never closed",
          "end the text with the same quote that it begins with");
      throw Stop{};
    }
    last_end_ = end;
    last_ = {at, end};
    closed_.clear();
    if (first == '"' || first == '\'') quoted_ = {at, end};
    const bool is_key = !frames_.empty() && frames_.back().mapping && frames_.back().key_next;
    if (!ascii_ && !quoted) clean(at, end, value, is_key);
    if (is_key) {
      key(at, end, std::move(value), quoted);
      return;
    }
    Node node;
    node.kind = Node::Kind::scalar;
    node.quoted = quoted;
    node.span = places_.span(at, end);
    node.text = std::move(value);
    complete(std::move(node));
  }

  // Takes off what only looks like a space or a quote. After such a key nothing can be trusted to be in its place.
  void clean(std::size_t at, std::size_t end, std::string& value, bool is_key) {
    Stretch words{at, end};
    auto odd = find_odd_character(text_, places_, words, is_key);
    if (!odd) return;
    if (value.size() == end - at) value = text_.substr(words.begin, words.end - words.begin);
    problems_.push_back(std::move(*odd));
    if (is_key || problems_.size() >= kMaxProblems) throw Stop{};
  }

  void key(std::size_t at, std::size_t end, std::string value, bool quoted) {
    Frame& frame = frames_.back();
    key_begin_ = at;
    const std::size_t line = places_.line_start(at);
    if (tabs_ && !frame.flow) {
      const std::string_view before = text_.substr(line, at - line);
      const std::size_t other = before.find_first_not_of(" \t");
      const std::size_t tab = before.find('\t');
      if (tab != std::string_view::npos && other == std::string_view::npos) {
        add(Problem::Kind::syntax, places_.span(line + tab, line + tab + 1), "a tab stands where only spaces may",
            "indent with spaces");
        throw Stop{};
      }
    }
    Node::Entry entry;
    entry.key_span = places_.span(at, end);
    std::size_t before = at;
    while (before > line && (text_[before - 1] == ' ' || text_[before - 1] == '\t')) --before;
    if (before > line && before < at && text_[before - 1] == '?') {
      add(Problem::Kind::bad_key, entry.key_span, "a question mark before a key is not allowed", "write `key: value`");
    }
    if (!quoted && value == "<<") {
      add(Problem::Kind::merge_key, entry.key_span, "merge keys (`<<`) are not allowed", "write the values out here");
    }
    entry.key = std::move(value);
    entries_.push_back(std::move(entry));
    frame.key_next = false;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style,
            bool mapping) {
    Frame frame;
    frame.start = start_of(mark);
    if (anchor != 0 || (!tag.empty() && tag != "?")) frame.start = properties(frame.start);
    frame.mapping = mapping;
    frame.flow = style == YAML::EmitterStyle::Flow;
    frame.span = places_.span(frame.start, frame.start);
    if (!frames_.empty() && frames_.back().mapping && frames_.back().key_next) {
      frame.span = places_.span(frame.start, std::min(frame.start + 1, text_.size()));
      if (frame.flow && never_closed(text_, frame.start)) {
        add(Problem::Kind::syntax, frame.span, "this bracket is never closed", "add the bracket that closes");
        throw Stop{};
      }
      add(Problem::Kind::bad_key, frame.span, "a key must be a plain text, not a list or a group",
          "put quotes around a text that begins with a bracket");
      throw Stop{};
    }
    if (frames_.size() >= static_cast<std::size_t>(kMaxDepth)) {
      frame.span = places_.span(frame.start, std::min(frame.start + 1, text_.size()));
      add(Problem::Kind::too_deep, frame.span, "the file is nested too deeply",
          "a case file needs fewer than ten levels");
      throw Stop{};
    }
    closed_.clear();
    frame.first = mapping ? entries_.size() : items_.size();
    if (!frame.flow) frame.column = static_cast<int>(frame.start - places_.line_start(frame.start));
    last_end_ = std::min(frame.start + (frame.flow ? 1U : 0U), text_.size());
    frames_.push_back(frame);
  }

  void close() {
    const Frame frame = frames_.back();
    if (frame.flow && (text_[frame.start] == '[' || text_[frame.start] == '{')) {
      const std::size_t bracket = find_close(text_, last_end_);
      if (bracket < text_.size()) last_end_ = bracket + 1;
    }
    Node node;
    node.span = frame.span;
    places_.set_end(node.span, last_end_);
    if (frame.mapping) {
      node.kind = Node::Kind::mapping;
      const auto from = entries_.begin() + static_cast<std::ptrdiff_t>(frame.first);
      node.entries.assign(std::make_move_iterator(from), std::make_move_iterator(entries_.end()));
      entries_.erase(from, entries_.end());
      if (drop_repeats(node.entries, kMaxProblems, problems_) && problems_.size() >= kMaxProblems) throw Stop{};
    } else {
      node.kind = Node::Kind::sequence;
      const auto from = items_.begin() + static_cast<std::ptrdiff_t>(frame.first);
      node.items.assign(std::make_move_iterator(from), std::make_move_iterator(items_.end()));
      items_.erase(from, items_.end());
    }
    frames_.pop_back();
    if (!frame.flow) closed_.push_back({frame.column, frame.mapping});
    complete(std::move(node));
  }

  void complete(Node&& node) {
    if (frames_.empty()) {
      root_ = std::move(node);
      has_root_ = true;
      return;
    }
    Frame& frame = frames_.back();
    if (frame.mapping) {
      entries_.back().value = std::move(node);
      frame.key_next = true;
    } else {
      items_.push_back(std::move(node));
    }
  }

  std::string_view text_;
  Places places_;
  bool tabs_;
  bool ascii_;
  std::vector<Frame> frames_;
  std::vector<Node> items_;           // entries of all open sequences, innermost last
  std::vector<Node::Entry> entries_;  // entries of all open mappings, innermost last
  std::size_t last_end_ = 0;          // end of the last thing that was understood
  std::size_t key_begin_ = 0;         // of the last key
  Stretch last_;                      // the last key or value
  Stretch quoted_;                    // the last one that stands in quotes
  std::vector<Block> closed_;         // block collections that have ended since the last scalar, innermost first
  Node root_;
  bool has_root_ = false;
  std::vector<Problem> problems_;
};

// Reads a text where it lies.
class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only ever read
    setg(begin, begin, begin + text.size());
  }
};

void run(Builder& builder, std::string_view text) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    builder.drop_root();
  } catch (const YAML::Exception& error) {
    builder.drop_root();
    builder.syntax_error(error);
  }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto hit = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return hit == entries.end() ? nullptr : &hit->value;
}

Document parse(std::string_view text, std::uint32_t source) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);  // no character, as far as columns go
  const TextFacts facts = look_at(text);
  if (auto refused = refuse_text(text, source, facts)) {
    Document document;
    document.problems.push_back(std::move(*refused));
    return document;
  }
  Builder builder(text, source, facts);
  run(builder, text);
  Document document = std::move(builder).take();
  if (!document.root && document.problems.empty()) {
    document.problems.push_back({Problem::Kind::empty, {source, 1, 1, 1, 1}, {}, "the file is empty", {}, {}, {}, {}});
  }
  return document;
}

}  // namespace atz::casefile
