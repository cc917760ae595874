// Tabs for the same request in several languages, by the keyboard pattern of the ARIA guide.

import { el, newId } from './dom.js';

// What was chosen last, for the next request too.
let favourite = null;

// `tabs` is a list of { name, content() }.
export function tabs(label, list) {
  const panelId = newId('panel');
  const panel = el('div', { role: 'tabpanel', id: panelId, class: 'tab-panel', tabindex: '0' });
  const handles = list.map((tab) =>
    el('button', { type: 'button', role: 'tab', id: newId('tab'), 'aria-controls': panelId, class: 'tab' }, tab.name));
  const choose = (index, hasFocus) => {
    handles.forEach((handle, at) => {
      handle.setAttribute('aria-selected', String(at === index));
      handle.tabIndex = at === index ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', handles[index].id);
    panel.replaceChildren(list[index].content());
    if (hasFocus) {
      handles[index].focus();
      favourite = list[index].name;
    }
  };
  handles.forEach((handle, index) => {
    handle.addEventListener('click', () => choose(index, true));
    handle.addEventListener('keydown', (event) => {
      const last = handles.length - 1;
      const target = {
        ArrowRight: index === last ? 0 : index + 1,
        ArrowLeft: index === 0 ? last : index - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      choose(target, true);
    });
  });
  const first = list.findIndex((tab) => tab.name === favourite);
  choose(Math.max(first, 0), false);
  return el('div', { class: 'tabs' }, el('div', { role: 'tablist', 'aria-label': label, class: 'tab-list' }, handles), panel);
}
