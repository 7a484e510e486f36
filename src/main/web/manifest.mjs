// A manifest as text and as an object, and its fields by path.

import { CORE_SCHEMA, dump, loadAll, types } from 'js-yaml';
import { child, isObject } from './schema.mjs';

const SCHEMA = CORE_SCHEMA.extend({ implicit: [types.merge] });

/** Reads a value in YAML; throws an error with the line where it is not valid. */
export function parseYaml(text) {
  const documents = loadAll(text, undefined, { schema: SCHEMA });
  return documents.length > 1 ? documents : documents[0];
}

/** Reads a manifest: of several documents, the first one that is of the type. */
export function parseManifest(type, text) {
  const documents = [parseYaml(text)].flat().filter((document) => document !== null && document !== undefined);
  return documents.find((document) => document.apiVersion === type.apiVersion && document.kind === type.kind)
    ?? documents[0] ?? {};
}

/** The value with the fields of each object in the order of the schema; others come last. */
function ordered(schema, value) {
  if (Array.isArray(value)) {
    return value.map((item) => ordered(schema?.items, item));
  }
  if (!isObject(value)) {
    return value;
  }
  const known = Object.keys(schema?.properties ?? {}).filter((key) => key in value);
  const keys = [...known, ...Object.keys(value).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, ordered(schema && child(schema, key), value[key])]));
}

/** Writes a value so that kubectl reads it as the same value: what YAML 1.1 takes for a boolean is quoted. */
export const writeYaml = (value) => dump(value, { lineWidth: -1, noRefs: true, noArrayIndent: true });

export const writeManifest = (schema, manifest) => writeYaml(ordered(schema, manifest));

export const valueAt = (value, path) => path.reduce((part, key) => part?.[key], value);

const isEmpty = (value) => isObject(value) && Object.keys(value).length === 0;

/**
 * A copy with another value at a path; undefined removes it, and objects that become empty with it.
 */
export function withValue(value, path, content) {
  if (path.length === 0) {
    return content;
  }
  const [key, ...rest] = path;
  const base = typeof key === 'number' ? (Array.isArray(value) ? [...value] : []) : { ...(isObject(value) ? value : {}) };
  const part = withValue(base[key], rest, content);
  if (part === undefined || (content === undefined && isEmpty(part) && typeof key === 'string')) {
    if (typeof key === 'number') {
      base[key] = isObject(base[key]) ? {} : '';
    } else {
      delete base[key];
    }
  } else {
    base[key] = part;
  }
  return base;
}
