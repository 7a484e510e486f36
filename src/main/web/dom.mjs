// Elements of the page.

let count = 0;

/** An id that no other element has. */
export const nextId = () => `field-${(count += 1)}`;

/**
 * An element.
 *
 * @param properties attributes, and listeners that begin with on; undefined leaves one out
 */
export function element(name, properties = {}, ...content) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) {
      created.addEventListener(key.slice(2), value);
    } else if (value === true) {
      created.setAttribute(key, '');
    } else if (value !== undefined && value !== false) {
      created.setAttribute(key, value);
    }
  }
  created.append(...content.flat().filter((part) => part !== undefined));
  return created;
}

/** Text in which what stands between backticks is code. */
export const prose = (text) => text.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part));
