// The pages of a form as Backstage's frontend treats them: with the same library, and the same behaviour with regard to defaults.
import { createRequire } from 'module';
import { CLUSTER } from './template.mjs';

const require = createRequire(import.meta.url);
const { createSchemaUtils } = require('@rjsf/utils');
const { default: validator } = require('@rjsf/validator-ajv8');

// As the component Stepper of @backstage/plugin-scaffolder-react sets it.
const DEFAULTS = { allOf: 'populateDefaults' };
const SWITCH = 'showAdvancedSettings';
// What somebody chooses besides.
const OWNER = 'group:default/team-a';

export class Form {
  constructor(pages) {
    this.pages = pages.map((page) => createSchemaUtils(validator, page, DEFAULTS));
    this.schemas = pages;
  }

  /** Enters an object, with every switch on behind which it has a field, and goes through all pages. */
  fill({ metadata, spec }) {
    let data = { xrName: metadata.name, xrNamespace: metadata.namespace, owner: OWNER, clusters: [CLUSTER], ...structuredClone(spec) };
    const problems = [];
    this.pages.forEach((utils, index) => {
      switchOn(utils, this.schemas[index], data);
      data = utils.getDefaultFormState(this.schemas[index], data);
      const resolved = utils.retrieveSchema(this.schemas[index], data);
      problems.push(...validator.validateFormData(data, resolved).errors.map(({ stack }) => stack));
      problems.push(...empty(utils, this.schemas[index], data, '').map((path) => `${path} is empty, and the browser requires it`));
    });
    return { data, problems, missing: this.missing(spec, data) };
  }

  /** The paths of what has been entered and has no field. */
  missing(spec, data) {
    const shown = this.pages.map((utils, index) => [utils, utils.retrieveSchema(this.schemas[index], data)]);
    return Object.keys(spec).flatMap((key) => {
      const [utils, page] = shown.find(([, { properties }]) => properties[key]) ?? [];
      return page ? withoutField(utils, page.properties[key], data[key], `spec.${key}`) : [`spec.${key}`];
    });
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function switchOn(utils, schema, data) {
  if (Array.isArray(data)) {
    data.forEach((item) => switchOn(utils, schema.items ?? {}, item));
  } else if (isObject(data)) {
    const hidden = utils.retrieveSchema(schema, { ...data, [SWITCH]: true }).properties ?? {};
    const plain = utils.retrieveSchema(schema, { ...data, [SWITCH]: false }).properties ?? {};
    if (plain[SWITCH] && Object.keys(data).some((key) => key in hidden && !(key in plain))) {
      data[SWITCH] = true;
    }
    Object.entries(data).filter(([key]) => hidden[key]).forEach(([key, value]) => switchOn(utils, hidden[key], value));
  }
}

/** The inputs with the attribute required that are empty. They have it even in an object that nobody has touched. */
function empty(utils, schema, data, path) {
  if (schema.type === 'array') {
    return (data ?? []).flatMap((item, index) => empty(utils, schema.items, item, `${path}[${index}]`));
  }
  const { properties = {}, required = [] } = utils.retrieveSchema(schema, data ?? {});
  return Object.entries(properties).flatMap(([key, field]) => {
    const inner = path ? `${path}.${key}` : key;
    if (['object', 'array'].includes(field.type)) {
      return empty(utils, field, data?.[key], inner);
    }
    return required.includes(key) && field.type !== 'boolean' && [undefined, ''].includes(data?.[key]) ? [inner] : [];
  });
}

function withoutField(utils, schema, value, path) {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => withoutField(utils, schema.items ?? {}, item, `${path}[${index}]`));
  }
  if (!isObject(value)) {
    return [];
  }
  const { properties = {} } = utils.retrieveSchema(schema, value);
  return Object.entries(value).flatMap(([key, inner]) =>
    properties[key] ? withoutField(utils, properties[key], inner, `${path}.${key}`) : [`${path}.${key}`]);
}
