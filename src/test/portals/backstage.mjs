// The form that Backstage shows for an XRD, and the manifest that it writes.
//
//   node backstage.mjs form APP-CONFIG DEFINITION COMPOSITION        prints the form
//   node backstage.mjs manifests APP-CONFIG DEFINITION COMPOSITION   reads a list of objects in JSON, enters each, and answers with a
//                                                                    line for each: what has no field, what the form refuses, and
//                                                                    the manifest
import fs from 'fs';
import yaml from 'js-yaml';
import { template } from './template.mjs';
import { outline } from './outline.mjs';
import { Form } from './form.mjs';
import { write } from './action.mjs';

const [mode, appConfig, ...files] = process.argv.slice(2);
const read = (file) => yaml.load(fs.readFileSync(file, 'utf8'));
const config = read(appConfig);
const made = await template(config, ...files.map(read));

if (mode === 'form') {
  process.stdout.write(outline(made));
} else {
  const form = new Form(made.spec.parameters);
  for (const object of JSON.parse(fs.readFileSync(0, 'utf8'))) {
    const filled = form.fill(object);
    const manifest = filled.problems.length ? undefined : await write(config, made.spec.steps, filled.data);
    console.log(JSON.stringify({ missing: filled.missing, problems: filled.problems, ...manifest }));
  }
}
