// Step 4, first half: the tokens in clear.

import { explainClaim } from './claims.js';
import { byId, code, copyButton, el, fill, muted, notice, textBlock } from './dom.js';
import { decode } from './jwt.js';
import { serverNow, state, watch } from './state.js';

const INTRO = {
  id_token: ['ID token', 'Says to your app who signed in. It is for your app alone: do not send it to an API.'],
  access_token: ['Access token', 'Opens APIs: send it as Authorization: Bearer. Its scopes say what it opens.'],
};

export function startTokens() {
  watch(['tokens'], () => {
    const { tokens } = state;
    if (!tokens) {
      fill(byId('token-cards'), muted('They come from step 3, 6 or 7. You can also paste one below.'));
      return;
    }
    fill(byId('token-cards'), Object.keys(INTRO).filter((name) => tokens[name]).map((name) => card(name, tokens[name])),
      tokens.refresh_token ? refreshCard(tokens.refresh_token) : null);
  });
}

function card(name, token) {
  const [title, why] = INTRO[name];
  const children = [el('h3', {}, title), muted(why), tokenText(token)];
  try {
    children.push(...decoded(decode(token)));
  } catch (error) {
    children.push(notice(error.message));
  }
  return el('section', { class: 'token', 'aria-label': title, 'data-token': name }, children);
}

function decoded({ header, claims, parts }) {
  const now = serverNow();
  const rows = (object, explain) => el('div', { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': 'Names, values and what they say' }, el('table', {}, el('tbody', {}, Object.entries(object).map(([name, value]) =>
    el('tr', {}, el('th', { scope: 'row' }, code(name)), el('td', {}, code(typeof value === 'string' ? value : JSON.stringify(value))), el('td', { class: 'muted' }, explain(name, value)))))));
  const headers = { alg: 'How it is signed: RSA with SHA-256.', kid: 'Which key of the JWKS signed it.', typ: 'What it is.' };
  return [
    el('details', {}, el('summary', {}, 'Header'), rows(header, (name) => headers[name] ?? '')),
    el('details', { open: true }, el('summary', {}, 'Claims'), rows(claims, (name, value) => explainClaim(name, value, now))),
    el('details', {}, el('summary', {}, 'Signature'), muted(`${parts.signature.length} characters of base64url. It says nothing to read; it fits the two parts before it and the pool’s key, or it does not.`)),
  ];
}

// The three parts in three colours.
export function tokenText(token) {
  const [header = '', payload = '', ...rest] = token.split('.');
  return el('div', { class: 'snippet' }, textBlock('The token',
    el('span', { class: 'part-header' }, header), '.', el('span', { class: 'part-payload' }, payload), '.', el('span', { class: 'part-signature' }, rest.join('.'))),
  el('div', { class: 'row' }, copyButton(token, 'the token')));
}

function refreshCard(token) {
  const parts = token.split('.').length;
  return el('section', { class: 'token', 'aria-label': 'Refresh token', 'data-token': 'refresh_token' }, el('h3', {}, 'Refresh token'),
    muted(`Only the server can read it: its ${parts === 5 ? 'five parts are an encrypted token (JWE)' : 'text is encrypted'} under a key that never leaves the pool. Your app keeps it safe and sends it to one address, the token endpoint, for new tokens. It has no claims for you, and nothing in it should be relied on.`),
    textBlock('The refresh token', token), el('div', { class: 'row' }, copyButton(token, 'the refresh token')));
}
