#include "atz/base/rational.hpp"

#include <limits>
#include <stdexcept>

namespace atz {
namespace {

__extension__ typedef __int128 Wide;

std::int64_t narrow(Wide value) {
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max()) {
    throw std::overflow_error("a fraction does not fit into 64 bits");
  }
  return static_cast<std::int64_t>(value);
}

Wide magnitude(Wide value) {
  return value < 0 ? -value : value;
}

// b > 0, so the result is too.
Wide greatest_common_divisor(Wide a, Wide b) {
  while (a != 0) {
    const Wide rest = b % a;
    b = a;
    a = rest;
  }
  return b;
}

struct Terms {
  std::int64_t num;
  std::int64_t den;
};

Terms lowest(Wide num, Wide den) {
  if (den == 0) {
    throw std::domain_error("a fraction with denominator 0");
  }
  if (den < 0) {
    num = -num;
    den = -den;
  }
  const Wide divisor = greatest_common_divisor(magnitude(num), den);
  return {narrow(num / divisor), narrow(den / divisor)};
}

Rational fraction(Wide num, Wide den) {
  const Terms terms = lowest(num, den);
  return {terms.num, terms.den};
}

constexpr int kMostDigits = 18;  // 10^18 is the largest power of ten in 64 bits

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 10;
  }
  return power;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Rational::Rational(std::int64_t num, std::int64_t den) {
  const Terms terms = lowest(num, den);
  num_ = terms.num;
  den_ = terms.den;
}

std::int64_t Rational::floor() const {
  const std::int64_t quotient = num_ / den_;
  return num_ % den_ < 0 ? quotient - 1 : quotient;
}

Rational Rational::operator-() const {
  return fraction(-Wide{num_}, den_);
}

Rational operator+(Rational a, Rational b) {
  return fraction(Wide{a.num_} * b.den_ + Wide{b.num_} * a.den_, Wide{a.den_} * b.den_);
}

Rational operator-(Rational a, Rational b) {
  return fraction(Wide{a.num_} * b.den_ - Wide{b.num_} * a.den_, Wide{a.den_} * b.den_);
}

Rational operator*(Rational a, Rational b) {
  return fraction(Wide{a.num_} * b.num_, Wide{a.den_} * b.den_);
}

Rational operator/(Rational a, Rational b) {
  return fraction(Wide{a.num_} * b.den_, Wide{a.den_} * b.num_);
}

std::strong_ordering operator<=>(Rational a, Rational b) {
  const Wide left = Wide{a.num_} * b.den_;
  const Wide right = Wide{b.num_} * a.den_;
  if (left < right) {
    return std::strong_ordering::less;
  }
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::optional<Rational> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && decimals.empty()) ||
      whole.size() + decimals.size() > kMostDigits) {
    return std::nullopt;
  }
  std::int64_t digits = 0;
  for (const std::string_view part : {whole, decimals}) {
    for (const char c : part) {
      if (!is_digit(c)) {
        return std::nullopt;
      }
      digits = digits * 10 + (c - '0');
    }
  }
  return Rational(negative ? -digits : digits, power_of_ten(static_cast<int>(decimals.size())));
}

std::string format_decimal(Rational value, int places) {
  if (places < 0 || places > kMostDigits) {
    throw std::invalid_argument("decimals must be 0 to 18");
  }
  const Wide scaled = magnitude(Wide{value.num()}) * power_of_ten(places);
  Wide rounded = (2 * scaled + value.den()) / (2 * Wide{value.den()});
  const bool negative = value.num() < 0 && rounded != 0;

  std::string reversed;
  for (int written = 0; rounded != 0 || written <= places; ++written) {
    if (written == places && places > 0) {
      reversed += '.';
    }
    reversed += static_cast<char>('0' + static_cast<int>(rounded % 10));
    rounded /= 10;
  }
  if (negative) {
    reversed += '-';
  }
  return {reversed.rbegin(), reversed.rend()};
}

}  // namespace atz
