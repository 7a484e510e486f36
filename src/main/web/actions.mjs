// What can be done with a manifest: copy it, download it, or open a pull request with it.

import { element } from './dom.mjs';

/** Git hosts and browsers refuse longer addresses. */
const LONGEST_ADDRESS = 8000;

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  element('a', { href: address, download: name }).click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function copy(form) {
  try {
    await navigator.clipboard.writeText(form.text.value);
    return true;
  } catch {
    // Without permission, or where the page is not from a secure address: it is selected, so that one key copies it.
    form.text.select();
    return document.execCommand('copy');
  }
}

/** The address with the manifest in it; without the manifest where it would become too long. */
export function pullRequestAddress(template, value, text) {
  const fill = (manifest) => template.replace(/<(kind|namespace|name|manifest)>/g, (_, word) => encodeURIComponent(
    { kind: value.kind, namespace: value.metadata?.namespace ?? 'default', name: value.metadata?.name ?? '', manifest }[word]));
  const address = fill(text);
  return address.length > LONGEST_ADDRESS ? fill('') : address;
}

async function openPullRequest(form) {
  const address = pullRequestAddress(form.type.pullRequestURL, form.value, form.text.value);
  const copied = await copy(form);
  window.open(address, '_blank', 'noopener');
  form.say(`The Git host is open in another tab.${copied ? ' Paste the manifest there if it is empty.' : ''}`);
}

/** The buttons. They refuse a manifest with problems. */
export function actions(form) {
  const button = (label, act) => element('button', { type: 'button', onclick: () => form.insist() && act() }, label);
  return element('div', { class: 'actions' },
    button('Copy', async () => form.say(await copy(form) ? 'The manifest is copied.' : 'The browser refuses to copy; the manifest is selected.')),
    button('Download', () => {
      download(`${form.value.metadata.name ?? form.value.kind.toLowerCase()}.yaml`, form.text.value);
      form.say('The manifest is downloaded. Create it with kubectl apply --server-side -f FILE.');
    }),
    form.type.pullRequestURL ? button('Open a pull request', () => openPullRequest(form)) : '',
    element('button', { type: 'button', class: 'secondary', onclick: () => {
      form.reset();
      form.say('The form is empty.');
    } }, 'Start again'));
}
