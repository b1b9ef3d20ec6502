#include "atz/cli/main.hpp"

int main(int argc, char** argv) {
  return atz::cli::run({argv + 1, argv + argc});
}
