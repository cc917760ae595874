// One step of the page at a time. Without script all are shown; the address names the step.

import { byId, el, quietButton } from './dom.js';

const sections = () => [...document.querySelectorAll('main > section[id]')];
const links = () => [...document.querySelectorAll('.map a')];

const titleOf = (id) => links().find((link) => link.hash === `#${id}`)?.textContent ?? id;

// Puts the ways on and back below each step, and shows the one that the address names.
export function startSteps(first) {
  const all = sections();
  all.forEach((section, index) => {
    const way = (to, text) => (to ? quietButton(`${text}: ${titleOf(to.id)}`, () => showStep(to.id)) : null);
    section.append(el('div', { class: 'row ways' }, way(all[index - 1], 'Back'), way(all[index + 1], 'Next')));
  });
  for (const link of links()) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      showStep(link.hash.slice(1));
    });
  }
  addEventListener('popstate', (event) => show(event.state?.step ?? location.hash.slice(1), true));
  const named = all.some(({ id }) => id === location.hash.slice(1)) ? location.hash.slice(1) : null;
  const step = first ?? named ?? all[0].id;
  history.replaceState({ step }, '', location.href);
  show(step, first !== null);
}

// Goes to a step and keeps it in the history, so that the browser's back button leads back.
export function showStep(id) {
  history.pushState({ step: id }, '', `${location.pathname}${location.search}#${id}`);
  show(id, true);
}

// Something that leads to a step.
export const stepLink = (id, text) => quietButton(text, () => showStep(id));

function show(id, isMoved) {
  const wanted = byId(id)?.matches('main > section') ? id : sections()[0].id;
  for (const section of sections()) section.hidden = section.id !== wanted;
  for (const link of links()) {
    if (link.hash === `#${wanted}`) link.setAttribute('aria-current', 'step');
    else link.removeAttribute('aria-current');
  }
  if (!isMoved) return;
  byId(wanted).querySelector('h2').focus({ preventScroll: true });
  scrollTo(0, 0);
}
