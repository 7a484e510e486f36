// A form as text: a line for each field, in the order in which the form shows it.

const INDENT = '  ';

export function outline(template) {
  const pages = template.spec.parameters.map((page) => [page.title, ...fields(page, INDENT)].join('\n'));
  const steps = template.spec.steps.map(({ name, action, input }) => [`${action} (${name})`,
    ...Object.entries(input).filter(([key]) => key !== 'parameters').map(([key, value]) => `${INDENT}${key}: ${text(value)}`)].join('\n'));
  return `${template.metadata.title}: ${template.metadata.description}\n\n${[...pages, ...steps].join('\n\n')}\n`;
}

const text = (value) => typeof value === 'string' ? value : JSON.stringify(value);

/** The fields of an object, and those that appear once another one has a value. */
function fields(schema, indent) {
  const properties = Object.entries(schema.properties ?? {});
  const order = schema['ui:order'] ?? [];
  const place = (key) => order.includes(key) ? order.indexOf(key) : order.length;
  properties.sort(([one], [other]) => place(one) - place(other));
  return [
    ...properties.flatMap(([key, field]) => line(key, field, (schema.required ?? []).includes(key), indent)),
    ...Object.entries(schema.dependencies ?? {}).flatMap(([key, dependency]) => appearing(key, dependency, indent)),
  ];
}

function appearing(key, dependency, indent) {
  if (dependency.then) {
    return [`${indent}if ${key} is on:`, ...fields(dependency.then, indent + INDENT)];
  }
  return (dependency.oneOf ?? []).flatMap((branch) => {
    const { [key]: value, ...others } = branch.properties;
    const shown = fields({ ...branch, properties: others }, indent + INDENT);
    return shown.length ? [`${indent}if ${key} is ${value.enum.map(String).join(' or ')}:`, ...shown] : [];
  });
}

function line(key, field, required, indent) {
  const words = [
    `${indent}${key}: ${required ? 'required ' : ''}${kind(field)}`,
    field.title && `titled "${field.title}"`,
    field.enum && `one of ${field.enum.join(', ')}`,
    field.default !== undefined && `default ${text(field.default)}`,
    field['ui:placeholder'] !== undefined && `hint ${text(field['ui:placeholder'])}`,
    !field.description && !field.title && 'WITHOUT TITLE AND DESCRIPTION',
  ];
  return [words.filter(Boolean).join(', '), ...inside(field, indent + INDENT)];
}

function kind(field) {
  const widget = field['ui:field'] ?? field['ui:widget'];
  const type = field.type === 'array' ? `list of ${field.items?.type ?? 'anything'}` : field.type ?? 'anything';
  const empty = field.type === 'object' && !field.properties && !field.additionalProperties;
  return `${widget ? `${widget} with ` : ''}${type}${empty ? ' without fields' : ''}`;
}

const inside = (field, indent) => field.type === 'array' ? (field.items?.properties ? fields(field.items, indent) : [])
  : field.properties ? fields(field, indent) : [];
