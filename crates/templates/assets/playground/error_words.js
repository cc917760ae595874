// What the dictionary of errors says, with the cause that is known to be the right one first.

import { code, el, muted } from './dom.js';
import { readErrorWords } from './server.js';

const MOST = 12;

// `text` narrows the entries down to one; without it every cause of the code is listed.
export async function errorWords(error, text = null, place = null) {
  const found = await find(error, text, place);
  if (found.length === 0) return null;
  const [first, ...others] = found;
  if (text !== null || others.length === 0) {
    return el('div', { class: 'words' }, explained(first), others.length > 0 && text === null ? listed(others) : null);
  }
  return el('div', { class: 'words' },
    muted('The answer gives the code ', code(error), ' and no more. It can mean:'),
    listed(found));
}

async function find(error, text, place) {
  const byText = text ? await readErrorWords(text) : [];
  const fitting = byText.filter((entry) => (place === null || entry.place === place) && (entry.code === error || error === null));
  if (fitting.length > 0) return fitting.slice(0, 1);
  const byCode = error ? await readErrorWords(error) : [];
  const unique = new Map(byCode.filter((entry) => place === null || entry.place === place).map((entry) => [entry.cause, entry]));
  return [...unique.values()].slice(0, MOST);
}

const explained = (entry) => el('dl', { class: 'facts' },
  el('dt', {}, 'What it means'), el('dd', {}, entry.cause),
  el('dt', {}, 'What to do'), el('dd', {}, entry.remedy));

const listed = (entries) => el('ul', {}, entries.map((entry) => el('li', {}, entry.cause, ' ', el('span', { class: 'muted' }, entry.remedy))));
