// FHIR R4 JSON against the snapshots of the FHIR packages in a folder.
// usage: node pas-check.mjs --packages DIR [--undecided] FILE...     exit code 0: clean, 1: faults, 2: wrong usage
//
// Checks cardinality, fixed and pattern values, primitive forms, unknown members, reference targets inside a bundle,
// required bindings that expand locally, slices, and every error-level constraint (FHIRPath). It can't check X12's value
// sets, which are licensed. --undecided prints what it could not judge.
import fs from 'fs';
import {parseArgs} from 'util';
import {check, undecided} from './check.mjs';
import {load} from './definitions.mjs';

function options() {
  try {
    const {values, positionals} = parseArgs({
      options: {packages: {type: 'string'}, undecided: {type: 'boolean'}}, allowPositionals: true});
    if (values.packages && positionals.length) return {...values, files: positionals};
  } catch (error) {
    console.error(error.message);
  }
  console.error('usage: node pas-check.mjs --packages DIR [--undecided] FILE...');
  process.exit(2);
}

function faultsOf(file) {
  try {
    return check(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error.code) return ['unreadable: ' + error.message];
    throw error;
  }
}

const {packages, files, undecided: told} = options();
load(packages);
let failed = 0;
for (const file of files) {
  const faults = faultsOf(file);
  if (faults.length) ++failed;
  console.log(`${file}: ${faults.length ? faults.length + ' faults' : 'clean'}`);
  for (const fault of faults) console.log('  ' + fault);
}
if (told) for (const words of undecided) console.log('undecided: ' + words);
console.log(`${files.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
