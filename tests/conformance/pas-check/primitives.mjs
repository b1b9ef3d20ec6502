// FHIR's primitive types as they stand in JSON.
import {CORE, structures} from './definitions.mjs';

const NAMES = ('base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string ' +
  'time unsignedInt uri url uuid xhtml').split(' ');
const NUMBERS = ['decimal', 'integer', 'positiveInt', 'unsignedInt'];
const LONGEST_PATTERN = 2000;  // beyond that (base64Binary) matching takes too long

export const primitives = new Set(NAMES);

const patterns = {};
function patternOf(type) {
  if (type in patterns) return patterns[type];
  const value = structures[CORE + type]?.snapshot.element.find(each => each.path.endsWith('.value'));
  const text = value?.type?.[0]?.extension?.find(each => each.url.endsWith('/regex'))?.valueString;
  return patterns[type] = text && text.length < LONGEST_PATTERN ? new RegExp('^(?:' + text + ')$') : null;
}

function isDay(text) {
  const [year, month, day = 1] = text.slice(0, 10).split('-').map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function isPrimitive(type, value) {
  if (type === 'boolean') return typeof value === 'boolean';
  if (typeof value !== (NUMBERS.includes(type) ? 'number' : 'string')) return false;
  if (['date', 'dateTime', 'instant'].includes(type) && /^\d{4}-\d\d/.test(value) && !isDay(value)) return false;
  const pattern = patternOf(type);
  return !pattern || pattern.test(String(value));
}
