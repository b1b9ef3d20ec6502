// Holidays, rates and questionnaires of the data files.
#pragma once

#include <vector>

#include "atz/model/tables.hpp"
#include "casefile/reader.hpp"

namespace atz::casefile {

void apply_holidays(const Reader& file, model::Tables& tables);
void apply_rates(const Reader& file, model::Tables& tables);
void apply_questionnaire(const Reader& file, model::Tables& tables);

}  // namespace atz::casefile
