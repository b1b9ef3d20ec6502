// Which slice of a sliced element a value belongs to, by the slicing's discriminators.
import {CORE, codesOf, structures, valueWith, withoutVersion} from './definitions.mjs';

export const capital = word => word[0].toUpperCase() + word.slice(1);

// Everything of `pattern` is in `value`, which may hold more.
export function holds(value, pattern) {
  if (Array.isArray(pattern)) return Array.isArray(value) && pattern.every(part => value.some(each => holds(each, part)));
  if (pattern && typeof pattern === 'object') {
    return Boolean(value) && typeof value === 'object' && Object.keys(pattern).every(key => holds(value[key], pattern[key]));
  }
  return value === pattern;
}

function isTypeName(word) {
  return /^[A-Z]/.test(word) && Boolean(structures[CORE + word] || structures[CORE + word[0].toLowerCase() + word.slice(1)]);
}

// A member by its name, or of a choice: value as valueString.
function member(value, name) {
  if (value[name] !== undefined) return value[name];
  const key = Object.keys(value).find(each => each.startsWith(name) && isTypeName(each.slice(name.length)));
  return key === undefined ? undefined : value[key];
}

// The values at a discriminator's path.
function valuesAt(value, path) {
  if (path === '$this' || !path) return [value];
  let found = [value];
  for (const part of path.split('.')) {
    const url = /^extension\('(.+)'\)$/.exec(part)?.[1];
    found = found.filter(each => each && typeof each === 'object').flatMap(each => {
      if (url) return (each.extension || []).filter(extension => extension.url === url);
      const inner = member(each, part);
      return inner === undefined ? [] : inner;
    });
  }
  return found;
}

function nodeAt(node, path) {
  if (path === '$this' || !path) return node;
  let at = node;
  for (const part of path.split('.')) {
    at = at?.children?.[part] || at?.children?.[part + '[x]'];
    if (!at) return null;
  }
  return at;
}

// What a slice demands at a path: its own fixed or pattern value there, or that part of one further up.
function wanted(slice, path) {
  const own = nodeAt(slice, path)?.element;
  const value = own && (valueWith('fixed', own) ?? valueWith('pattern', own));
  if (value !== undefined) return value;
  if (path === 'url') return withoutVersion(slice.element.type?.[0]?.profile?.[0] || '') || undefined;
  const above = path === '$this' ? [] : path.split('.');
  const below = [];
  while (above.length) {
    below.unshift(above.pop());
    const element = nodeAt(slice, above.join('.'))?.element;
    const pattern = element && (valueWith('pattern', element) ?? valueWith('fixed', element));
    if (pattern !== undefined) return valuesAt(pattern, below.join('.'))[0];
  }
  return undefined;
}

const codingsOf = value => [value, ...(value?.coding || [])];

function matchesBinding(found, binding) {
  if (!binding?.valueSet || binding.strength !== 'required') return null;
  const codes = codesOf(binding.valueSet);
  if (codes) return found.some(each => codingsOf(each).some(coding => codes.has(coding?.system + '|' + coding?.code)));
  if (!/x12/i.test(binding.valueSet)) return null;
  // X12's lists are licensed: the system alone tells.
  return found.some(each => /x12\.org/.test(each?.system || each?.coding?.[0]?.system || ''));
}

function matchesValue(value, slice, path) {
  const want = wanted(slice, path);
  const found = valuesAt(value, path);
  if (want !== undefined) return found.some(each => holds(each, want));
  const binding = nodeAt(slice, path)?.element?.binding || (path === '$this' ? slice.element.binding : null);
  return matchesBinding(found, binding);
}

function matchesType(value, type, slice, path) {
  const types = (nodeAt(slice, path)?.element || slice.element).type || [];
  const at = valuesAt(value, path)[0];
  const own = path === 'resource' || at?.resourceType ? at?.resourceType : type;
  return types.some(each => each.code === own);
}

function matchesProfile(value, slice, path, context) {
  const element = nodeAt(slice, path.replace(/\.?resolve\(\)/, ''))?.element || slice.element;
  const profiles = (element.type || []).flatMap(type => type.profile || type.targetProfile || []).map(withoutVersion);
  let at = valuesAt(value, path.replace(/\.?resolve\(\)/, ''))[0];
  if (path.includes('resolve()')) at = context.resolve(at?.reference);
  if (!at) return null;
  return profiles.some(url => (at.meta?.profile || []).map(withoutVersion).includes(url) || context.fits(at, url));
}

// true, false, or null when it can't be decided here. `type`: of the value, where its element is a choice.
export function belongs(value, type, slice, discriminators, context) {
  for (const {type: kind, path} of discriminators) {
    if (path.includes('(') && !['value', 'pattern', 'profile'].includes(kind)) return null;
    let matches = null;
    if (kind === 'type') matches = matchesType(value, type, slice, path);
    if (kind === 'value' || kind === 'pattern') matches = matchesValue(value, slice, path);
    if (kind === 'exists') matches = valuesAt(value, path).length > 0 === (nodeAt(slice, path)?.element?.max !== '0');
    if (kind === 'profile') matches = matchesProfile(value, slice, path, context);
    if (matches !== true) return matches;
  }
  return true;
}
