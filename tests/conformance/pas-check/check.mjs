// A resource, and every resource inside it, against base R4 and the profiles that each claims in meta.profile.
import {createRequire} from 'module';
import {codesOf, CORE, structures, treeOf, valueWith, withoutVersion} from './definitions.mjs';
import {isPrimitive, primitives} from './primitives.mjs';
import {belongs, capital, holds} from './slices.mjs';

const require = createRequire(import.meta.url);
const fhirpath = require('fhirpath');
const model = require('fhirpath/fhir-context/r4');

const ELSEWHERE = ['ele-1', 'ext-1'];  // constraints that the walk below checks by itself
const ENVIRONMENT = {ucum: 'http://unitsofmeasure.org', sct: 'http://snomed.info/sct', loinc: 'http://loinc.org'};

export const undecided = new Set();  // what could not be judged, in words

const listOf = value => Array.isArray(value) ? value : [value];
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const compiled = {};
function evaluate(expression, base, value, environment) {
  const key = base + '\0' + expression;
  compiled[key] ??= fhirpath.compile(base ? {base, expression} : expression, model, {traceFn: () => {}});
  return compiled[key](value, environment);
}

// One message: its resources refer to each other, and constraints see it as their root.
class Message {
  constructor(resource) {
    this.bundle = resource.resourceType === 'Bundle' ? resource : null;
    this.resource = resource;
    this.faults = [];
  }

  resolve(reference) {
    if (!reference) return undefined;
    return (this.bundle?.entry || []).find(entry =>
      entry.fullUrl === reference || entry.fullUrl?.endsWith('/' + reference) ||
      (entry.resource && `${entry.resource.resourceType}/${entry.resource.id}` === reference))?.resource;
  }

  fits(value, profile) {
    return this.faultsAgainst(value, profile).length === 0;
  }

  // Without constraints: they are evaluated where the value stands.
  faultsAgainst(value, profile) {
    const outer = this.faults;
    this.faults = [];
    this.walk(value, treeOf(profile), {profile, path: '', type: structures[profile]?.type, constraints: false});
    const found = this.faults;
    this.faults = outer;
    return found;
  }

  checkResource(resource, path) {
    const outer = this.resource;
    this.resource = resource;
    const type = resource.resourceType;
    const profiles = (resource.meta?.profile || []).map(withoutVersion);
    for (const profile of [CORE + type, ...profiles]) {
      if (structures[profile]) this.walk(resource, treeOf(profile), {profile, path: path + type, type, constraints: true});
      else undecided.add('no profile ' + profile);
    }
    this.resource = outer;
  }

  fault(path, words) {
    this.faults.push(`${path}: ${words}`);
  }

  walk(value, node, at) {
    if (!node) return;
    if (node.element) this.checkElement(value, node.element, at);
    if (value === null || typeof value !== 'object') return;
    for (const [name, child] of Object.entries(node.children)) {
      if (child.element) this.checkChild(value, name, child, at);
    }
    this.checkNames(value, node, at);
  }

  checkElement(value, element, {path, constraints}) {
    const fixed = valueWith('fixed', element);
    const pattern = valueWith('pattern', element);
    if (fixed !== undefined && !same(value, fixed)) this.fault(path, `fixed value ${JSON.stringify(fixed)}`);
    if (pattern !== undefined && !holds(value, pattern)) this.fault(path, `pattern ${JSON.stringify(pattern)}`);
    if (element.binding?.strength === 'required' && element.binding.valueSet) this.checkBinding(value, element.binding.valueSet, path);
    if (constraints) this.checkConstraints(value, element, path);
  }

  checkBinding(value, valueSet, path) {
    const codes = codesOf(valueSet);
    if (!codes) return;
    const given = typeof value === 'string' ? [value] : value?.coding || (value?.code ? [value] : []);
    const listed = code => typeof code === 'string'
      ? [...codes].some(each => each.endsWith('|' + code))
      : codes.has(code.system + '|' + code.code);
    if (given.length && !given.some(listed)) this.fault(path, `code not in ${valueSet}`);
  }

  checkConstraints(value, element, path) {
    const base = element.path.includes('.') ? element.path : undefined;
    const environment = {...ENVIRONMENT, resource: this.resource, rootResource: this.resource, context: value};
    for (const constraint of element.constraint || []) {
      if (constraint.severity !== 'error' || !constraint.expression || ELSEWHERE.includes(constraint.key)) continue;
      try {
        const result = evaluate(constraint.expression, base, value, environment);
        if (result.length && result[0] === false) this.fault(path, constraint.key);
      } catch (error) {
        undecided.add(`${constraint.key} ${error.message.slice(0, 80)}`);
      }
    }
  }

  // What stands in `value` for an element: {value, type, path} each.
  valuesOf(value, name, element, path) {
    if (name.endsWith('[x]')) {
      const base = name.slice(0, -3);
      return (element.type || []).flatMap(({code}) => {
        const key = base + capital(code);
        return key in value ? listOf(value[key]).map(each => ({value: each, type: code, path: `${path}.${key}`})) : [];
      });
    }
    if (!(name in value)) return [];
    const type = element.type?.[0]?.code;
    const open = type === 'Resource' || type === 'http://hl7.org/fhirpath/System.String' || element.type?.length > 1;
    return listOf(value[name]).map((each, index) => ({
      value: each,
      type: open && each?.resourceType ? each.resourceType : type === 'http://hl7.org/fhirpath/System.String' ? 'string' : type,
      path: `${path}.${name}` + (Array.isArray(value[name]) ? `[${index}]` : ''),
    }));
  }

  checkChild(value, name, child, at) {
    const {element} = child;
    const base = name.replace('[x]', '');
    const found = this.valuesOf(value, name, element, at.path);
    if (name.endsWith('[x]') && !found.length) this.checkForeignChoice(value, base, at.path);
    this.checkCount(`${at.path}.${base}`, found.length, element);
    for (const each of found) {
      const inner = {...at, path: each.path, type: each.type};
      this.walk(each.value, child, inner);
      this.checkType(each, child, inner);
    }
    this.checkSlices(found, name, child, at);
  }

  checkCount(path, count, {min, max}) {
    if (min > count) this.fault(path, `${count} of at least ${min}`);
    if (max !== '*' && count > Number(max)) this.fault(path, `${count} of at most ${max}`);
  }

  checkForeignChoice(value, base, path) {
    for (const key of Object.keys(value).filter(each => each.startsWith(base) && each.length > base.length)) {
      const type = key.slice(base.length);
      if (structures[CORE + type] || primitives.has(type[0].toLowerCase() + type.slice(1))) this.fault(`${path}.${key}`, 'type not allowed');
    }
  }

  checkType({value, type, path}, child, at) {
    const declared = (child.element.type || []).find(each => each.code === type) || child.element.type?.[0];
    if (primitives.has(type) && !isPrimitive(type, value)) this.fault(path, `not a ${type}: ${JSON.stringify(value)}`);
    if (value?.resourceType) return;  // checked by itself
    const profiles = (declared?.profile || []).map(withoutVersion);
    if (type === 'Extension') {
      this.checkExtension(value, at);
    } else if (profiles.length && profiles.every(each => structures[each])) {
      const results = profiles.map(each => this.faultsAgainst(value, each));
      if (results.every(each => each.length)) this.faults.push(...results[0].map(each => path + each));
    } else if (!primitives.has(type) && !Object.keys(child.children).length && structures[CORE + type] && type !== 'Resource') {
      this.walk(value, treeOf(CORE + type), {...at, profile: CORE + type});
    }
    if (type === 'Reference') this.checkReference(value, declared, at);
  }

  checkExtension(value, at) {
    if (!value?.url || /^[a-zA-Z]+$/.test(value.url)) return;  // a part of another extension has a word for its URL
    const profile = withoutVersion(value.url);
    if (structures[profile]) this.walk(value, treeOf(profile), {...at, profile});
    else undecided.add('unknown extension ' + profile);
  }

  checkReference({reference}, declared, {path, profile}) {
    if (!declared?.targetProfile || !reference) return;
    const target = this.resolve(reference);
    if (!target) {
      if (this.bundle && profile.includes('davinci')) this.fault(path, `${reference} not in the bundle`);
      return;
    }
    const types = declared.targetProfile.map(withoutVersion).map(url => structures[url]?.type || url.split('/').pop());
    if (!types.includes('Resource') && !types.includes(target.resourceType)) {
      this.fault(path, `points at ${target.resourceType}, not ${[...new Set(types)]}`);
    }
  }

  checkSlices(found, name, child, at) {
    const slices = Object.entries(child.slices).filter(([, slice]) => slice.element);
    const discriminators = child.element.slicing?.discriminator || (name.endsWith('[x]') ? [{type: 'type', path: '$this'}] : null);
    if (!slices.length || !discriminators) return;
    const counts = {};
    let open = false;
    for (const each of found) {
      for (const [key, slice] of slices) {
        const matches = belongs(each.value, each.type, slice, discriminators, this);
        if (matches === null) {
          open = true;
          undecided.add('undecided slice ' + slice.element.id);
        } else if (matches) {
          counts[key] = (counts[key] || 0) + 1;
          this.walk(each.value, slice, {...at, path: `${each.path}:${key}`, type: each.type});
        }
      }
    }
    if (open) return;
    for (const [key, slice] of slices) this.checkCount(`${at.path}.${name.replace('[x]', '')}:${key}`, counts[key] || 0, slice.element);
  }

  // Members that no element of that name allows.
  checkNames(value, node, {profile, path, type}) {
    const whole = node === treeOf(profile);
    if (!whole && (node.element?.sliceName || Object.keys(node.children).length <= 3)) return;
    const names = new Set(['resourceType', 'fhir_comments']);
    for (const [name, child] of Object.entries(node.children)) {
      if (!name.endsWith('[x]')) {
        names.add(name);
        continue;
      }
      // A type that a profile removes is told of as such, not as an unknown name.
      const base = whole && treeOf(CORE + type)?.children[name]?.element || child.element;
      for (const {code} of base?.type || []) names.add(name.slice(0, -3) + capital(code));
    }
    for (const key of Object.keys(value)) {
      if (!names.has(key.replace(/^_/, ''))) this.fault(`${path}.${key}`, 'unknown property');
    }
  }
}

// The resources that stand inside a resource, with their places; those inside them not.
function inside(value, path) {
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    return part?.resourceType ? [[part, at]] : inside(part, at);
  });
}

// The faults of a resource and of all resources in it. A Bundle inside another message is a message of its own.
export function check(resource) {
  const faults = [];
  const visit = (message, part, path) => {
    message.checkResource(part, path);
    for (const [inner, at] of inside(part, '')) {
      const place = path + at + '.';
      if (inner.resourceType !== 'Bundle') {
        visit(message, inner, place);
        continue;
      }
      const own = new Message(inner);
      visit(own, inner, place);
      faults.push(...own.faults);
    }
  };
  const message = new Message(resource);
  visit(message, resource, '');
  return [...new Set([...message.faults, ...faults])];
}
