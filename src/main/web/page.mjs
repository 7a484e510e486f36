// What a page does: the choice of a team, and the form of a type, with the manifest beside it and what can be done with it.

import { actions } from './actions.mjs';
import { element } from './dom.mjs';
import { Fields } from './fields.mjs';
import { parseManifest, withValue, writeManifest } from './manifest.mjs';
import { objectSchema } from './schema.mjs';
import { TeamChoice, inWords, teamOf } from './teams.mjs';
import { pathText, validate } from './validation.mjs';

const begins = (path, prefix) => path.startsWith(prefix) && ['', '.', '['].includes(path.slice(prefix.length).charAt(0));

class Form {
  constructor(type, root) {
    this.type = type;
    this.schema = objectSchema(type);
    this.teams = type.teams ?? [];
    this.suggestions = type.suggestions;
    this.touched = new Set();
    /** What cannot be read in a control with YAML, by path. */
    this.unreadable = new Map();
    this.all = false;
    this.fields = element('form', { id: 'fields-of-form', autocomplete: 'off', novalidate: true, onsubmit: (event) => event.preventDefault() });
    this.lists = element('div', { hidden: true });
    this.text = element('textarea', {
      id: 'manifest', class: 'code', spellcheck: 'false', rows: 16, 'aria-describedby': 'manifest-help', oninput: () => this.read(),
    });
    this.count = element('p', { id: 'problem-count', role: 'status' });
    this.list = element('ul', { id: 'problems', class: 'problems' });
    this.unchecked = element('div', { class: 'note' });
    this.status = element('p', { id: 'status', role: 'status', class: 'note' });
    root.append(this.fields, this.lists, element('div', { class: 'result' },
      element('div', { class: 'field' },
        element('label', { for: 'manifest' }, 'Manifest'), this.text,
        element('p', { class: 'help', id: 'manifest-help' }, 'You can also write or paste YAML here; the form follows.')),
      this.count, this.list, this.unchecked, actions(this), this.status));
    // Not while somebody still writes the namespace.
    root.addEventListener('change', () => this.follow());
    this.reset();
    this.choice = new TeamChoice((name) => this.suggest(name), (name) => this.chosen(name));
  }

  /** The namespace of the manifest; empty as long as it has none. */
  namespace() {
    const namespace = this.value?.metadata?.namespace;
    return typeof namespace === 'string' ? namespace : '';
  }

  /** Shows the rules that the namespace of the manifest has. */
  follow() {
    const namespace = this.namespace();
    const team = teamOf(this.teams, namespace);
    if (namespace && this.choice.choose(team)) {
      this.say(`In the namespace ${namespace}, the rules of ${inWords(team)} apply. The page shows them.`);
    }
  }

  chosen(name) {
    const namespace = this.namespace();
    const team = teamOf(this.teams, namespace);
    this.say(namespace && team !== name
      ? `In the namespace ${namespace}, not these rules apply, but those of ${inWords(team)}.` : '');
  }

  /** Suggests what a team may use. */
  suggest(name) {
    this.suggestions = this.teams.find((team) => team.name === name)?.suggestions ?? this.type.suggestions;
    [...this.lists.children].forEach((list) => this.fill(list));
  }

  hasSuggestions(path) {
    return [this.type, ...this.teams].some(({ suggestions }) => suggestions[path]?.length > 0);
  }

  reset() {
    this.touched.clear();
    this.all = false;
    this.show({ apiVersion: this.type.apiVersion, kind: this.type.kind, metadata: {} });
  }

  /** Shows a manifest in the controls and as text. */
  show(value) {
    this.value = value;
    this.writeText();
    this.draw();
  }

  /** Shows what somebody wrote as text, with all its problems. */
  read() {
    this.all = true;
    try {
      this.value = parseManifest(this.type, this.text.value);
      this.textProblem = undefined;
      this.draw();
    } catch (error) {
      this.textProblem = `The manifest is not valid YAML: ${error.reason ?? error.message}${error.mark ? `, line ${error.mark.line + 1}` : ''}`;
      this.check();
    }
  }

  /** Shows an example. */
  load(text) {
    this.text.value = text;
    this.read();
    this.writeText();
    this.follow();
  }

  draw() {
    // Its problems are found once, when all of it is there.
    this.drawing = true;
    this.unreadable.clear();
    this.lists.replaceChildren();
    const fields = new Fields(this);
    const parts = ['metadata', 'spec', ...Object.keys(this.schema.properties)]
      .filter((key, index, keys) => keys.indexOf(key) === index && this.schema.properties[key] && !['apiVersion', 'kind', 'status'].includes(key));
    this.fields.replaceChildren(...parts.map((key) => {
      const schema = this.schema.properties[key];
      const named = schema.properties && (key === 'metadata' || schema.type === 'object')
        ? { ...schema, 'x-kubernetes-preserve-unknown-fields': undefined } : schema;
      return key === 'metadata' ? this.metadata(fields, named) : fields.field(named, [key], key, true);
    }));
    this.drawing = false;
    this.check();
  }

  /** The name and the namespace come first, as in a manifest; labels and annotations are seldom set. */
  metadata(fields, schema) {
    const { labels, annotations, ...names } = schema.properties;
    const seldom = ['labels', 'annotations'].some((key) => this.value.metadata?.[key] !== undefined);
    return element('div', { class: 'metadata', 'data-path': 'metadata' },
      element('p', { class: 'problem' }),
      Object.entries(names).map(([key, field]) => fields.field(field, ['metadata', key], key, key === 'name')),
      element('details', { class: 'group', open: seldom }, element('summary', {}, 'labels and annotations'),
        fields.field(labels, ['metadata', 'labels'], 'labels'),
        fields.field(annotations, ['metadata', 'annotations'], 'annotations')));
  }

  keepList(list) {
    this.fill(list);
    this.lists.append(list);
  }

  fill(list) {
    const options = this.suggestions[list.dataset.suggests] ?? [];
    list.replaceChildren(...options.map((option) => element('option', { value: option })));
  }

  change(path, content) {
    this.value = withValue(this.value, path, content);
    this.touched.add(pathText(path));
    this.writeText();
    this.check();
  }

  problem(path, text) {
    if (text) {
      this.unreadable.set(pathText(path), text);
      this.touched.add(pathText(path));
    } else {
      this.unreadable.delete(pathText(path));
    }
    this.check();
  }

  writeText() {
    this.textProblem = undefined;
    this.text.value = writeManifest(this.schema, this.value);
  }

  redrawn() {
    if (!this.drawing) {
      this.check();
    }
  }

  /** Finds all problems, and shows each at its control and in the list. */
  check() {
    const { problems, unchecked } = validate(this.type, this.value);
    const found = problems.map(({ path, message }) => ({ path: pathText(path), message }));
    this.unreadable.forEach((message, path) => found.push({ path, message }));
    this.problems = this.textProblem ? [{ path: '', message: this.textProblem }] : found;
    this.count.textContent = this.problems.length === 0 ? 'The manifest is valid.'
      : `${this.problems.length === 1 ? 'One problem' : `${this.problems.length} problems`} to solve:`;
    this.count.className = this.problems.length === 0 ? 'valid' : 'invalid';
    this.list.replaceChildren(...this.problems.map((problem) => this.entry(problem)));
    this.unchecked.replaceChildren(...(unchecked.length ? [
      element('p', {}, 'This page cannot check these rules, but the API server does:'),
      element('ul', {}, unchecked.map((rule) => element('li', {}, rule)))] : []));
    this.mark();
  }

  entry({ path, message }) {
    return element('li', { 'data-problem': path }, path === '' ? message
      : [element('a', { href: '#form', onclick: (event) => {
        event.preventDefault();
        this.goTo(path);
      } }, path), ` ${message}`]);
  }

  /** The part of the form that a path belongs to: its control, or the nearest one around it. */
  partOf(path) {
    const parts = [...this.fields.querySelectorAll('[data-path]')].filter((part) => begins(path, part.dataset.path));
    return parts.sort((one, other) => other.dataset.path.length - one.dataset.path.length)[0];
  }

  mark() {
    for (const part of this.fields.querySelectorAll('[data-path]')) {
      this.line(part).textContent = '';
      part.querySelector(':scope > input, :scope > textarea, :scope > select')?.removeAttribute('aria-invalid');
    }
    for (const { path, message } of this.problems) {
      const part = path && this.partOf(path);
      if (part && (this.all || this.isTouched(path))) {
        const line = this.line(part);
        const text = part.dataset.path === path ? message : `${path} ${message}`;
        line.textContent = line.textContent ? `${line.textContent}; ${text}` : text;
        part.querySelector(':scope > input, :scope > textarea, :scope > select')?.setAttribute('aria-invalid', 'true');
      }
    }
  }

  isTouched(path) {
    return [...this.touched].some((touched) => begins(touched, path) || begins(path, touched));
  }

  line(part) {
    return part.querySelector(':scope > .problem');
  }

  goTo(path) {
    let part;
    let found = this.partOf(path);
    // What is closed gets its controls when it is opened.
    while (found && found !== part) {
      part = found;
      for (let around = part; around; around = around.parentElement) {
        if (around.tagName === 'DETAILS') {
          around.open = true;
          around.fill?.();
        }
      }
      found = this.partOf(path);
    }
    part?.querySelector('input, textarea, select, summary, button')?.focus();
  }

  /** Shows all problems; returns whether there are none. */
  insist() {
    this.all = true;
    this.check();
    if (this.problems.length) {
      this.say('The manifest is not valid yet.');
      this.goTo(this.problems[0].path);
    }
    return this.problems.length === 0;
  }

  say(text) {
    this.status.textContent = text;
  }
}

function showForm(type) {
  const form = new Form(type, document.getElementById('form'));
  for (const button of document.querySelectorAll('button[data-example]')) {
    button.addEventListener('click', () => {
      form.load(type.examples[button.dataset.example].text);
      document.getElementById('request').scrollIntoView();
      form.goTo('metadata.name');
      form.say('The example is in the form.');
    });
  }
}

const type = document.getElementById('type');
if (type) {
  showForm(JSON.parse(type.textContent));
} else {
  new TeamChoice(() => {}, () => {});
}
