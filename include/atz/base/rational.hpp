// Exact fractions of 64-bit integers: hours and money are never floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atz {

// Always in lowest terms with a positive denominator. Intermediate results are 128 bits wide;
// a result that does not fit into 64 bits throws std::overflow_error.
class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : num_(whole) {}  // NOLINT(google-explicit-constructor)
  Rational(std::int64_t num, std::int64_t den);            // den != 0, else std::domain_error

  [[nodiscard]] std::int64_t num() const { return num_; }
  [[nodiscard]] std::int64_t den() const { return den_; }
  [[nodiscard]] bool is_whole() const { return den_ == 1; }
  [[nodiscard]] std::int64_t floor() const;

  Rational operator-() const;
  friend Rational operator+(Rational a, Rational b);
  friend Rational operator-(Rational a, Rational b);
  friend Rational operator*(Rational a, Rational b);
  friend Rational operator/(Rational a, Rational b);  // b != 0, else std::domain_error
  Rational& operator+=(Rational b) { return *this = *this + b; }
  Rational& operator-=(Rational b) { return *this = *this - b; }
  friend bool operator==(Rational a, Rational b) { return a.num_ == b.num_ && a.den_ == b.den_; }
  friend std::strong_ordering operator<=>(Rational a, Rational b);

 private:
  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

// Plain decimal text: optional minus, digits, optional point and digits ("67.75", "-3", "0.5").
// No exponent, no blanks, no thousands separators, at most 18 digits; anything else is nullopt.
std::optional<Rational> parse_decimal(std::string_view text);

// Rounded half up (away from zero) to `places` decimals, always with that many digits: 250 -> "250.00".
std::string format_decimal(Rational value, int places);

}  // namespace atz
