// The rules of a schema in CEL (x-kubernetes-validations), as the API server applies them when an object is created.

import { Environment } from '@marcbachmann/cel-js';
import { child, isObject } from './schema.mjs';

const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });
const parsed = new Map();

/** Words of CEL, which have underscores around them where they are names of fields. */
const RESERVED = new Set(('true false null in as break const continue else for function if import let loop package namespace '
  + 'return var void while').split(' '));

/** The name of a field in a rule. */
const escaped = (name) => (RESERVED.has(name) ? `__${name}__`
  : name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__'));

/** A value in the types of CEL, in which whole numbers and others are different. */
function toCel(schema, value) {
  if (Array.isArray(value)) {
    return value.map((item) => toCel(schema?.items, item));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [
      schema?.properties?.[key] ? escaped(key) : key, toCel(schema && child(schema, key), field),
    ]));
  }
  return typeof value === 'number' && schema?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function evaluate(expression, self) {
  if (!parsed.has(expression)) {
    parsed.set(expression, environment.parse(expression));
  }
  return parsed.get(expression)({ self });
}

/** The path below an object that a rule names, such as .spec.x or ['a key']. */
const fieldPath = (text) => [...(text ?? '').matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(\d+)\]/g)]
  .map(([, name, key, index]) => (index === undefined ? name ?? key : Number(index)));

function message(rule, self) {
  if (rule.messageExpression) {
    try {
      const text = evaluate(rule.messageExpression, self);
      if (typeof text === 'string' && text.trim()) {
        return text;
      }
    } catch {
      // The API server falls back to the message as well.
    }
  }
  return rule.message?.trim() || `failed rule: ${rule.rule.trim()}`;
}

const begins = (path, prefix) => prefix.every((key, index) => path[index] === key);

/**
 * The rules that an object violates. A rule is not evaluated where the value has other problems, and neither is one about a
 * change, for which there is no old value.
 */
export function violatedRules(schema, value, problems) {
  const found = [];
  const unchecked = new Set();
  const visit = (node, part, path) => {
    if (!node || part === undefined || part === null) {
      return;
    }
    const rules = node['x-kubernetes-validations'] ?? [];
    if (rules.length && !problems.some((problem) => begins(problem.path, path))) {
      const self = toCel(node, part);
      for (const rule of rules.filter(({ rule: text }) => !/\boldSelf\b/.test(text))) {
        try {
          if (evaluate(rule.rule, self) !== true) {
            found.push({ path: [...path, ...fieldPath(rule.fieldPath)], message: message(rule, self) });
          }
        } catch {
          unchecked.add(rule.message ?? rule.rule);
        }
      }
    }
    if (Array.isArray(part)) {
      part.forEach((item, index) => visit(node.items, item, [...path, index]));
    } else if (isObject(part)) {
      Object.entries(part).forEach(([key, field]) => visit(child(node, key), field, [...path, key]));
    }
  };
  visit(schema, value, []);
  return { problems: found, unchecked: [...unchecked] };
}
