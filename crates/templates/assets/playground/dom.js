// Elements of the page. Text from anywhere becomes text: nothing here parses markup.

// Makes an element: `el('p', { class: 'muted', on: { click } }, 'text', child)`.
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { on = {}, ...attributes } = properties;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

// Puts new children in the place of the old ones.
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
}

export const byId = (id) => document.getElementById(id);

// A button that does something.
export function button(text, act, properties = {}) {
  const { class: more = '', ...rest } = properties;
  return el('button', { type: 'button', class: `button ${more}`.trim(), on: { click: act }, ...rest }, text);
}

export const quietButton = (text, act, properties = {}) =>
  button(text, act, { ...properties, class: `button-quiet button-small ${properties.class ?? ''}`.trim() });

// A button that puts a text on the clipboard and says so to who cannot see it.
export function copyButton(text, what) {
  const read = typeof text === 'function' ? text : () => text;
  const copy = quietButton('Copy', async () => {
    try {
      await navigator.clipboard.writeText(read());
      announce(`Copied: ${what}`);
      copy.textContent = 'Copied';
    } catch {
      copy.textContent = 'Select and copy by hand';
    }
    setTimeout(() => { copy.textContent = 'Copy'; }, 2000);
  }, { 'aria-label': `Copy ${what}` });
  return copy;
}

// Says something to screen readers.
export function announce(text) {
  const place = byId('announcements');
  if (place) place.textContent = text;
}

// A sentence that something went well or not.
export const note = (...children) => el('p', { class: 'note' }, ...children);
export const notice = (...children) => el('p', { class: 'notice', role: 'alert' }, ...children);
export const muted = (...children) => el('p', { class: 'muted' }, ...children);
export const code = (text) => el('code', {}, text);

// A block of text that scrolls, and that the keyboard reaches.
export const textBlock = (label, ...children) => el('pre', { tabindex: '0', role: 'group', 'aria-label': label }, ...children);

export const addressBlock = (label, ...children) => el('pre', { class: 'address', tabindex: '0', role: 'group', 'aria-label': label }, ...children);

// A list of names and values.
export function facts(rows) {
  return el('dl', { class: 'facts' }, rows.map(([name, ...value]) => [el('dt', {}, name), el('dd', {}, ...value)]));
}

// That a check passed or failed, in a word; the stylesheet puts a mark before it.
export function verdict(isGood) {
  const [word, kind] = isGood === null ? ['Not checked', 'open'] : isGood ? ['Holds', 'good'] : ['Fails', 'bad'];
  return el('span', { class: `verdict verdict-${kind}` }, word);
}

let lastId = 0;
export const newId = (prefix) => `${prefix}-${(lastId += 1)}`;
