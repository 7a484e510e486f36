// The schema of a type, as the API server applies it: structural, with defaults, and without unknown fields.

const COMMON = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
const ANY = { 'x-kubernetes-preserve-unknown-fields': true };
const NAME = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';
const TEXTS = { type: 'object', additionalProperties: { type: 'string' } };

/** Crossplane writes the name into labels, so the definition that it creates has this limit. */
const LONGEST_NAME = 63;

/** Names and labels are the same for all types. What else metadata may have is of no interest in a form. */
function metadata(type) {
  const own = type.schema.properties?.metadata?.properties ?? {};
  const fields = {
    name: {
      description: `The name of the ${type.kind}.`,
      type: 'string', maxLength: LONGEST_NAME, pattern: NAME, ...own.name,
    },
    ...(type.namespaced ? {
      namespace: {
        description: 'The namespace in which it is created. Without it, kubectl uses the namespace of the context.',
        type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', ...own.namespace,
      },
    } : {}),
    labels: { ...TEXTS, description: 'Labels, by which it can be selected.' },
    annotations: { ...TEXTS, description: 'Annotations, for tools.' },
  };
  return { type: 'object', properties: fields, ...ANY };
}

/** The schema of a whole object of a type. */
export function objectSchema(type) {
  const given = type.schema.properties ?? {};
  const others = Object.fromEntries(Object.entries(given).filter(([key]) => !COMMON.includes(key)));
  const fields = Object.fromEntries(type.crossplaneFields.map((field) => [field, ANY]));
  const spec = given.spec && {
    ...given.spec,
    properties: { ...given.spec.properties, ...fields },
    'x-crossplane-fields': type.crossplaneFields,
  };
  return {
    ...type.schema,
    type: 'object',
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...(type.schema.required ?? [])])],
    properties: {
      apiVersion: { type: 'string', enum: [type.apiVersion] },
      kind: { type: 'string', enum: [type.kind] },
      metadata: metadata(type),
      ...others,
      ...(spec ? { spec } : {}),
      status: ANY,
    },
  };
}

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a schema allows fields that it does not name. */
export const isOpen = (schema) =>
  schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true
  || (!schema.type && !schema.properties && !schema['x-kubernetes-int-or-string']);

/** The schema of a field of an object or of an item of a list; undefined for an unknown field. */
export function child(schema, key) {
  if (typeof key === 'number') {
    return schema.items;
  }
  const known = schema.properties?.[key];
  if (known) {
    return known;
  }
  if (isObject(schema.additionalProperties)) {
    return schema.additionalProperties;
  }
  return isOpen(schema) || schema.additionalProperties === true ? ANY : undefined;
}

/** The value with all defaults, as the API server stores it. */
export function withDefaults(schema, value) {
  if (Array.isArray(value)) {
    return schema?.items ? value.map((item) => withDefaults(schema.items, item)) : value;
  }
  if (!isObject(value) || !schema) {
    return value;
  }
  const result = { ...value };
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (result[key] === undefined && field.default !== undefined) {
      result[key] = structuredClone(field.default);
    }
  }
  for (const key of Object.keys(result)) {
    result[key] = withDefaults(child(schema, key), result[key]);
  }
  return result;
}

const COMBINATIONS = ['allOf', 'anyOf', 'oneOf'];

/** The schema in the words of JSON Schema. Unknown fields, and what is unique in a list, are checked elsewhere. */
export function toJsonSchema(schema) {
  if (!isObject(schema)) {
    return schema;
  }
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      result.properties = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJsonSchema(field)]));
    } else if (key === 'items' || key === 'additionalProperties' || key === 'not') {
      result[key] = toJsonSchema(value);
    } else if (COMBINATIONS.includes(key)) {
      result[key] = value.map(toJsonSchema);
    } else if (key === 'exclusiveMinimum' || key === 'exclusiveMaximum') {
      // A boolean beside the bound, as in OpenAPI 3.0.
      if (value === true) {
        result[key] = schema[key === 'exclusiveMinimum' ? 'minimum' : 'maximum'];
      }
    } else if (!key.startsWith('x-') && !['default', 'description', 'title', 'example', 'nullable'].includes(key)) {
      result[key] = value;
    }
  }
  if (schema['x-kubernetes-int-or-string']) {
    result.type = ['integer', 'string'];
    delete result.anyOf;
  }
  if (schema.nullable && result.type) {
    result.type = [result.type, 'null'].flat();
  }
  return result;
}
