// The controls of a form, generated from a schema.

import { element, nextId, prose } from './dom.mjs';
import { parseYaml, valueAt, writeYaml } from './manifest.mjs';
import { isObject, isOpen } from './schema.mjs';
import { pathText } from './validation.mjs';

const LONG = 1000;

/** The path in the schema: suggestions are for each item of a list. */
const schemaPath = (path) => pathText(path).replace(/\[\d+\]/g, '[]');

const defaultOf = (schema) => (schema.default === undefined || isObject(schema.default) ? undefined
  : JSON.stringify(schema.default).replaceAll('"', ''));

/** Writes the controls of a type. The form has the value, and is told about each change. */
export class Fields {
  /** @param form has value, change(path, content), problem(path, text), and by path in the schema hasSuggestions(path) and keepList(list) */
  constructor(form) {
    this.form = form;
  }

  /**
   * The controls of a field.
   *
   * @param keep whether an empty text is a value, as in an item of a list, and does not remove the field
   */
  field(schema, path, label, required, keep) {
    if (schema.type === 'array') {
      return this.list(schema, path, label);
    }
    if (isOpen(schema)) {
      return this.control(schema, path, label, required, (id) => this.yaml(path, id));
    }
    if (schema.type === 'object' && schema.properties) {
      return this.object(schema, path, label, required);
    }
    if (schema.type === 'object') {
      return this.map(schema, path, label);
    }
    return this.control(schema, path, label, required, (id) => this.scalar(schema, path, id, keep));
  }

  /** A label, what it means, a control, and what is wrong with it. */
  control(schema, path, label, required, make) {
    const id = nextId();
    const input = make(id);
    input.id = id;
    input.setAttribute('aria-describedby', `${id}-help ${id}-problem`);
    if (required) {
      input.setAttribute('aria-required', 'true');
    }
    const fallback = defaultOf(schema);
    return element('div', { class: 'field', 'data-path': pathText(path) },
      element('label', { for: id }, label, required ? element('span', { class: 'note' }, ' required') : ''),
      input,
      element('p', { class: 'help', id: `${id}-help` }, prose(schema.description ?? ''),
        fallback === undefined ? '' : ` Default: ${fallback}.`),
      element('p', { class: 'problem', id: `${id}-problem` }));
  }

  scalar(schema, path, id, keep) {
    const value = valueAt(this.form.value, path);
    if (schema.type === 'boolean' || schema.enum) {
      return this.choice(schema.enum ?? [true, false], schema, path, value);
    }
    const change = (event) => this.form.change(path, this.typed(schema, event.target.value) ?? (keep ? '' : undefined));
    const text = value === undefined || value === null || typeof value === 'object' ? '' : String(value);
    if (schema.type === 'string' && schema.maxLength > LONG) {
      const area = element('textarea', { rows: text.includes('\n') ? 6 : 2, spellcheck: 'false', oninput: change });
      area.value = text;
      return area;
    }
    const list = this.form.hasSuggestions(schemaPath(path)) ? `${id}-suggestions` : undefined;
    const input = element('input', {
      type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', list, oninput: change,
      inputmode: schema.type === 'integer' ? 'numeric' : schema.type === 'number' ? 'decimal' : undefined,
      placeholder: defaultOf(schema),
    });
    input.value = text;
    if (list) {
      this.form.keepList(element('datalist', { id: list, 'data-suggests': schemaPath(path) }));
    }
    return input;
  }

  /** What a text in a control stands for. A text that is no number stays one, and is refused as such. */
  typed(schema, text) {
    if (text === '') {
      return undefined;
    }
    const number = schema.type === 'integer' || schema['x-kubernetes-int-or-string'] ? /^-?\d+$/
      : schema.type === 'number' ? /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i : undefined;
    return number?.test(text) ? Number(text) : text;
  }

  choice(options, schema, path, value) {
    const fallback = defaultOf(schema);
    const select = element('select', { onchange: (event) => this.form.change(path, options[event.target.value]) },
      element('option', { value: '' }, fallback === undefined ? 'not set' : `not set, which means ${fallback}`),
      options.map((option, index) => element('option', { value: index }, String(option))));
    const index = options.indexOf(value);
    select.value = index < 0 ? '' : String(index);
    return select;
  }

  /** A value of any form, in YAML. */
  yaml(path) {
    const value = valueAt(this.form.value, path);
    const text = value === undefined ? '' : writeYaml(value);
    const area = element('textarea', {
      class: 'code', rows: Math.min(16, Math.max(3, text.split('\n').length)), spellcheck: 'false', placeholder: 'YAML',
      oninput: (event) => this.readYaml(path, event.target.value),
    });
    area.value = text;
    return area;
  }

  readYaml(path, text) {
    try {
      const content = parseYaml(text);
      this.form.problem(path, undefined);
      this.form.change(path, content ?? undefined);
    } catch (error) {
      this.form.problem(path, `is not valid YAML: ${error.reason ?? error.message}${error.mark ? `, line ${error.mark.line + 1}` : ''}`);
    }
  }

  /** An object is written when it is opened: most of a large form stays closed. */
  object(schema, path, label, required) {
    const start = required || valueAt(this.form.value, path) !== undefined;
    const details = element('details', { class: 'group', 'data-path': pathText(path), open: start, ontoggle: () => details.fill() },
      element('summary', {}, label),
      element('p', { class: 'help' }, prose(schema.description ?? '')),
      element('p', { class: 'problem' }));
    let filled = false;
    details.fill = () => {
      if (details.open && !filled) {
        filled = true;
        details.append(...this.properties(schema, path));
        this.form.redrawn();
      }
    };
    details.fill();
    return details;
  }

  /** The fields of an object, those that are required first. */
  properties(schema, path) {
    const required = schema.required ?? [];
    return Object.entries(schema.properties)
      .filter(([key, field]) => !schema['x-crossplane-fields']?.includes(key) && field['x-ui-hidden'] !== true)
      .map(([key, field]) => this.field(field, [...path, key], field.title ?? key, required.includes(key)));
  }

  list(schema, path, label) {
    const items = element('ol', { class: 'items' });
    const group = element('fieldset', { class: 'group', 'data-path': pathText(path) },
      element('legend', {}, label),
      element('p', { class: 'help' }, prose(schema.description ?? '')),
      element('p', { class: 'problem' }),
      items);
    const add = element('button', { type: 'button', class: 'add', onclick: () => {
      const count = (valueAt(this.form.value, path) ?? []).length;
      this.form.change([...path, count], schema.items?.type === 'object' ? {} : '');
      draw();
      items.lastElementChild.querySelector('input, select, textarea, summary').focus();
    } }, `Add an item to ${label}`);
    const draw = () => {
      const value = valueAt(this.form.value, path);
      items.replaceChildren(...(Array.isArray(value) ? value : []).map((_, index) => this.item(schema, [...path, index], label, () => {
        const left = valueAt(this.form.value, path).filter((__, other) => other !== index);
        this.form.change(path, left.length ? left : undefined);
        draw();
        add.focus();
      })));
      this.form.redrawn();
    };
    draw();
    group.append(add);
    return group;
  }

  item(schema, path, label, remove) {
    const name = `${label} ${path.at(-1) + 1}`;
    return element('li', {},
      schema.items?.properties && !isOpen(schema.items)
        ? element('fieldset', { class: 'item', 'data-path': pathText(path) },
          element('legend', {}, name), element('p', { class: 'problem' }), this.properties(schema.items, path))
        : this.field(schema.items ?? {}, path, name, true, true),
      element('button', { type: 'button', class: 'remove', onclick: remove }, `Remove ${name}`));
  }

  /** Keys and values. */
  map(schema, path, label) {
    const rows = element('ol', { class: 'items' });
    const group = element('fieldset', { class: 'group', 'data-path': pathText(path) },
      element('legend', {}, label),
      element('p', { class: 'help' }, prose(schema.description ?? '')),
      element('p', { class: 'problem' }),
      rows);
    const content = schema.additionalProperties === true ? {} : schema.additionalProperties ?? {};
    const keys = () => Object.keys(valueAt(this.form.value, path) ?? {});
    const row = (key) => this.pair(content, path, label, key, draw, add);
    const add = element('button', { type: 'button', class: 'add', onclick: () => {
      rows.append(row(''));
      rows.lastElementChild.querySelector('input').focus();
    } }, `Add a key to ${label}`);
    const draw = () => {
      rows.replaceChildren(...keys().map(row));
      this.form.redrawn();
    };
    draw();
    group.append(add);
    return group;
  }

  /** A key with its value. The value can be written as soon as the key is there. */
  pair(content, path, label, key, draw, add) {
    const id = nextId();
    const rename = (event) => {
      const name = event.target.value;
      const before = valueAt(this.form.value, path) ?? {};
      if (!name || name in before) {
        return;
      }
      const renamed = key in before
        ? Object.fromEntries(Object.entries(before).map(([other, value]) => [other === key ? name : other, value]))
        : { ...before, [name]: content.type === 'object' ? {} : '' };
      this.form.change(path, renamed);
      draw();
      [...add.parentElement.querySelectorAll('input[data-key]')].find((input) => input.value === name)
        ?.closest('li').querySelector('.field input, .field textarea, .field select, fieldset button')?.focus();
    };
    const input = element('input', { id, type: 'text', 'data-key': true, spellcheck: 'false', autocapitalize: 'off', onchange: rename });
    input.value = key;
    return element('li', {},
      element('div', { class: 'field' }, element('label', { for: id }, `Key of ${label}`), input),
      key ? this.field(content, [...path, key], `Value of ${key}`, true, true) : '',
      element('button', { type: 'button', class: 'remove', onclick: () => {
        const left = Object.fromEntries(Object.entries(valueAt(this.form.value, path) ?? {}).filter(([other]) => other !== key));
        this.form.change(path, Object.keys(left).length ? left : undefined);
        draw();
        add.focus();
      } }, key ? `Remove ${key}` : 'Remove this key'));
  }
}
