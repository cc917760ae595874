// Step 3, first half: what came back in the address bar, and whether it is this tab's.

import { parameter } from './arrival.js';
import { addressBlock, byId, code, el, facts, fill, note, notice, muted, verdict } from './dom.js';
import { errorWords } from './error_words.js';
import { ANSWERS } from './parameters.js';
import { state } from './state.js';

export function startArrival() {
  const { arrived } = state;
  const place = byId('arrival');
  if (arrived === null) return;
  if (arrived.isSignedOut) {
    fill(place, note('Back from the sign-out: the browser’s session is gone. Tokens that were given out live on until they end or are revoked.'));
    return;
  }
  if (arrived.query.length === 0) {
    if (arrived.fragment.length === 0) fill(place, muted('The address brought nothing. Begin with step 2.'));
    return;
  }
  fill(place, addressView(arrived), explained(arrived.query), stateView(arrived));
  const error = parameter(arrived.query, 'error');
  if (error) showError(place, error, parameter(arrived.query, 'error_description'));
}

async function showError(place, error, description) {
  place.append(notice('There is no code: ', code(error), description ? ` – ${description}` : ''));
  const words = await errorWords(error, null, 'authorize').catch(() => null);
  if (words) place.append(words);
}

// The address as it stood, in parts as they were written.
export function addressView({ address }) {
  const [head, ...parts] = address.split(/(?=[?&#])/);
  return el('div', { class: 'snippet' },
    muted('The browser was sent to this address. It was shown here once and then taken out of the address bar and the history.'),
    addressBlock('The address as it stood', head, parts.map((part) => {
      const [name, ...value] = part.slice(1).split('=');
      return ['\n  ', part[0], el('span', { class: 'part-name' }, name), '=', el('span', { class: 'part-value' }, value.join('='))];
    }).flat()));
}

export const explained = (list) =>
  facts(list.map(([name, value]) => [code(name), code(value), el('p', { class: 'muted' }, ANSWERS[name] ?? 'Nothing that the flow needs.')]));

export function stateView({ pending, isOurs, query, fragment }) {
  const came = parameter([...query, ...fragment], 'state');
  const rows = [['came back', code(came ?? 'none')], ['this tab sent', code(pending ? (pending.state ?? 'none') : 'nothing: it began no sign-in')]];
  return el('div', { class: 'step' }, el('p', {}, el('strong', {}, 'Compare state'), ' ', verdict(isOurs)), facts(rows),
    isOurs ? null : notice('This answer does not belong to a sign-in of this tab. An app must stop here: somebody else may have made the link. This page goes no further with it either.'));
}
