// What is wrong with a manifest: the bounds of the schema, unknown fields, what is unique in lists, and the rules in CEL.

import { Validator } from '@cfworker/json-schema';
import { violatedRules } from './rules.mjs';
import { child, isObject, objectSchema, toJsonSchema, withDefaults } from './schema.mjs';

const ALTERNATIVES = /\/(anyOf|oneOf|not)\//;
const MOST_SHOWN = 60;

/** The path of a field in the form of the API server, such as spec.apps[0].name. */
export const pathText = (path) => path.reduce(
  (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${key}` : key), '');

/** The value as the beginning of a message; without what is long or may be secret, as in https://user:password@host. */
const found = (value) => {
  const text = JSON.stringify(value);
  return text.length <= MOST_SHOWN && !/[@?\\]/.test(text) ? `is ${text}; ` : '';
};

const typeName = (value) => (value === null ? 'null' : Array.isArray(value) ? 'a list' : isObject(value) ? 'an object'
  : typeof value === 'string' ? 'a string' : typeof value === 'boolean' ? 'a boolean' : 'a number');

const TYPES = {
  array: 'a list', object: 'an object', string: 'a string', boolean: 'true or false', integer: 'a whole number', number: 'a number',
};

/** Without quotes, YAML reads 1.35 as a number, and true as a boolean. */
const unquoted = (schema, value) =>
  schema.type === 'string' && ['number', 'boolean'].includes(typeof value) ? ': write it in quotes' : '';

const MESSAGES = {
  type: (schema, value) => `is ${typeName(value)}; must be ${schema['x-kubernetes-int-or-string'] ? 'a whole number or a string'
    : TYPES[schema.type] ?? schema.type}${unquoted(schema, value)}`,
  enum: (schema, value) => `${found(value)}must be ${schema.enum.length > 1 ? 'one of ' : ''}${schema.enum.join(', ')}`,
  pattern: (schema, value) => `${found(value)}must match ${schema.pattern}`,
  format: (schema, value) => `${found(value)}must be in the format ${schema.format}`,
  minLength: (schema) => (schema.minLength === 1 ? 'is empty' : `must have at least ${schema.minLength} characters`),
  maxLength: (schema) => `must have at most ${schema.maxLength} characters`,
  minimum: (schema, value) => `is ${value}; must be at least ${schema.minimum}`,
  maximum: (schema, value) => `is ${value}; must be at most ${schema.maximum}`,
  exclusiveMinimum: (schema, value) => `is ${value}; must be more than ${schema.minimum}`,
  exclusiveMaximum: (schema, value) => `is ${value}; must be less than ${schema.maximum}`,
  multipleOf: (schema, value) => `is ${value}; must be a multiple of ${schema.multipleOf}`,
  minItems: (schema) => `must have at least ${schema.minItems} ${schema.minItems === 1 ? 'item' : 'items'}`,
  maxItems: (schema) => `must have at most ${schema.maxItems} items`,
  minProperties: (schema) => `must have at least ${schema.minProperties} ${schema.minProperties === 1 ? 'key' : 'keys'}`,
  maxProperties: (schema) => `must have at most ${schema.maxProperties} keys`,
  anyOf: () => 'has none of the forms that are allowed',
  oneOf: () => 'must have exactly one of the forms that are allowed',
  not: () => 'has a form that is not allowed',
  uniqueItems: () => 'has an item twice',
};

/** What a JSON pointer refers to: its path, its schema and its value. */
function locate(pointer, schema, value) {
  const found = { path: [], schema, value };
  for (const part of pointer.split('/').slice(1)) {
    const text = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(found.value) ? Number(text) : text;
    found.path.push(key);
    found.schema = child(found.schema, key) ?? {};
    found.value = found.value[key];
  }
  return found;
}

function boundProblems(schema, value) {
  const problems = [];
  const { errors } = new Validator(toJsonSchema(schema), '7', false).validate(value);
  for (const error of errors) {
    if (ALTERNATIVES.test(error.keywordLocation)) {
      continue;
    }
    const at = locate(error.instanceLocation, schema, value);
    if (error.keyword === 'required') {
      at.schema.required?.filter((key) => at.value[key] === undefined)
        .forEach((key) => problems.push({ path: [...at.path, key], message: 'is missing' }));
    } else if (MESSAGES[error.keyword]) {
      problems.push({ path: at.path, message: MESSAGES[error.keyword](at.schema, at.value) });
    }
  }
  return problems;
}

/** Fields that the schema does not have, and items of lists that are there twice. */
function structureProblems(schema, value, path) {
  if (Array.isArray(value)) {
    return [
      ...repeated(schema, value, path),
      ...value.flatMap((item, index) => structureProblems(schema.items ?? {}, item, [...path, index])),
    ];
  }
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, field]) => {
    const known = child(schema, key);
    return known ? structureProblems(known, field, [...path, key])
      : schema.properties || schema.type === 'object' ? [{ path: [...path, key], message: unknown(schema) }] : [];
  });
}

const unknown = (schema) =>
  `is an unknown field; known fields: ${Object.keys(schema.properties ?? {}).sort().join(', ')}`;

function repeated(schema, items, path) {
  const kind = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  if (kind !== 'map' && kind !== 'set') {
    return [];
  }
  const identity = (item) => JSON.stringify(kind === 'map' ? keys.map((key) => item?.[key]) : item);
  const seen = new Set();
  return items.flatMap((item, index) => {
    const again = seen.has(identity(item));
    seen.add(identity(item));
    return again ? [{
      path: [...path, index],
      message: kind === 'map' ? `has the same ${keys.join(' and ')} as another item` : 'is there twice',
    }] : [];
  });
}

function nameProblems(value) {
  const metadata = value?.metadata;
  return isObject(metadata) && metadata.name === undefined && metadata.generateName === undefined
    ? [{ path: ['metadata', 'name'], message: 'is missing' }] : [];
}

/** Problems at the same field with the same text are one. */
function distinct(problems) {
  const seen = new Set();
  return problems.filter(({ path, message }) => {
    const text = `${pathText(path)}: ${message}`;
    return !seen.has(text) && seen.add(text);
  });
}

/**
 * The problems of a manifest, each with the path of its field.
 *
 * @returns {{problems: {path: (string|number)[], message: string}[], unchecked: string[]}} unchecked are rules that could not
 *   be evaluated here
 */
export function validate(type, manifest) {
  if (!isObject(manifest)) {
    return { problems: [{ path: [], message: `is ${typeName(manifest)}; must be an object` }], unchecked: [] };
  }
  const schema = objectSchema(type);
  const value = withDefaults(schema, manifest);
  const problems = [
    ...boundProblems(schema, value), ...structureProblems(schema, value, []), ...nameProblems(value),
  ];
  const rules = violatedRules(schema, value, problems);
  return { problems: distinct([...problems, ...rules.problems]), unchecked: rules.unchecked };
}
