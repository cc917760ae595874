// One request in every language, a button that sends it, and the answer in full.

import { code, copyButton, el, fill, notice, button, announce, muted, textBlock } from './dom.js';
import { errorWords } from './error_words.js';
import { send } from './server.js';
import { snippets } from './snippets.js';
import { state, watch } from './state.js';
import { basicHeader } from './snippet_http.js';
import { tabs } from './tabs.js';

const COVER = '••••••••';

// The text as it is shown: a client's secret is covered until it was revealed.
function covered(text) {
  const { target } = state;
  if (!target?.clientSecret || state.isSecretShown) return text;
  return text
    .replaceAll(basicHeader([target.clientId, target.clientSecret]), `Basic ${COVER}`)
    .replaceAll(target.clientSecret, COVER);
}

function snippetView(name, text, isOfPage) {
  const shown = covered(text);
  return el('div', { class: 'snippet' },
    textBlock(`The request as ${name}`, code(shown)),
    isOfPage ? muted('With a secret, this belongs on a server: a page cannot keep one.') : null,
    el('div', { class: 'row' },
      copyButton(text, `the request as ${name}`),
      shown === text ? null : muted('The secret is covered here; “Copy” puts it in.')));
}

// The request in tabs.
export function requestView(request) {
  const ofPage = (name) => Boolean(request.basic) && ['fetch', 'axios'].includes(name);
  const list = snippets(request).map(({ name, text }) => ({ name, content: () => snippetView(name, text, ofPage(name)) }));
  if (!request.api) {
    list.push({
      name: 'AWS CLI',
      content: () => muted('The AWS CLI has no command for this one: it speaks the JSON API, not the OAuth endpoints.'),
    });
  }
  return tabs(`${request.name}: the request`, list);
}

// The answer: status, headers, body.
export function answerView(answer) {
  const isGood = answer.status < 400;
  const body = answer.json === null ? answer.text : JSON.stringify(answer.json, null, 2);
  return el('div', { class: `answer ${isGood ? 'answer-good' : 'answer-bad'}` },
    el('p', {}, el('strong', {}, `${answer.status}`), ' ', isGood ? 'It worked.' : 'It was refused.'),
    textBlock('The answer', code([...answer.headers.map(([name, value]) => `${name}: ${value}`), '', body || '(an empty body)'].join('\n'))));
}

// The code of an error as either door writes it.
export const errorOf = (answer) => (answer.status < 400 ? null : (answer.json?.error ?? answer.json?.__type ?? null));

// Which part of the dictionary of errors a request is answered from.
export function placeOf(request) {
  const path = new URL(request.url).pathname;
  return { '/oauth2/token': 'token', '/oauth2/revoke': 'revoke', '/oauth2/userInfo': 'userinfo' }[path] ?? 'api';
}

// A panel whose request is described anew each time, at once or by a promise; `onAnswer` may give something to show below.
export function exchangePanel({ label, describe, onAnswer = () => null }) {
  const requestPlace = el('div');
  const answerPlace = el('div', { class: 'answer-place', 'aria-live': 'polite' });
  let described = 0;
  const refresh = async () => {
    const mine = (described += 1);
    const request = await describe();
    if (mine !== described) return;
    fill(requestPlace, request ? requestView(request) : muted('Its parts come from the steps before.'));
    sender.disabled = !request || state.target?.isForeign === true;
  };
  const act = async () => {
    const request = await describe();
    if (!request) return null;
    sender.disabled = true;
    try {
      const answer = await send(request);
      announce(`The answer is ${answer.status}.`);
      const error = errorOf(answer);
      const words = error ? await errorWords(error, answer.json?.message ?? null, placeOf(request)) : null;
      fill(answerPlace, answerView(answer), words, await onAnswer(answer));
      return answer;
    } catch (error) {
      fill(answerPlace, notice(`Nothing came back: ${error.message}`));
      return null;
    } finally {
      sender.disabled = false;
    }
  };
  const sender = button(label, act);
  const panel = el('div', { class: 'exchange' }, requestPlace,
    el('div', { class: 'row' }, sender), answerPlace);
  watch(['isSecretShown'], refresh);
  return { panel, refresh, act, clear: () => fill(answerPlace) };
}
