// The words of profiles.yaml for choices, one table each, read in both directions.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "atz/model/profile.hpp"

namespace atz::casefile {

template <class Choice>
struct Words;

template <>
struct Words<model::AuthMode> {
  static constexpr std::array<std::pair<std::string_view, model::AuthMode>, 6> kTable{
      {{"none", model::AuthMode::none},
       {"client-secret-basic", model::AuthMode::client_secret_basic},
       {"client-secret-post", model::AuthMode::client_secret_post},
       {"private-key-jwt", model::AuthMode::private_key_jwt},
       {"authorization-code", model::AuthMode::authorization_code},
       {"token-command", model::AuthMode::token_command}}};
};

template <>
struct Words<model::TokenBody> {
  static constexpr std::array<std::pair<std::string_view, model::TokenBody>, 2> kTable{
      {{"form", model::TokenBody::form}, {"json", model::TokenBody::json}}};
};

template <>
struct Words<model::BundleMode> {
  static constexpr std::array<std::pair<std::string_view, model::BundleMode>, 4> kTable{
      {{"auto", model::BundleMode::automatic},
       {"transaction", model::BundleMode::transaction},
       {"batch", model::BundleMode::batch},
       {"single", model::BundleMode::single}}};
};

template <>
struct Words<model::UpdateStyle> {
  static constexpr std::array<std::pair<std::string_view, model::UpdateStyle>, 2> kTable{
      {{"add-line", model::UpdateStyle::add_line}, {"in-place", model::UpdateStyle::in_place}}};
};

template <>
struct Words<model::AnswerBy> {
  static constexpr std::array<std::pair<std::string_view, model::AnswerBy>, 3> kTable{
      {{"auto", model::AnswerBy::automatic},
       {"attachment", model::AnswerBy::attachment},
       {"update", model::AnswerBy::update}}};
};

template <class Choice>
constexpr std::string_view word_of(Choice choice) {
  for (const auto& [word, value] : Words<Choice>::kTable) {
    if (value == choice) return word;
  }
  return {};
}

// Leaves `choice` as it is for any other word; the table of fields has refused it by then.
template <class Choice>
constexpr void read_word(std::string_view word, Choice& choice) {
  for (const auto& [known, value] : Words<Choice>::kTable) {
    if (known == word) choice = value;
  }
}

}  // namespace atz::casefile
