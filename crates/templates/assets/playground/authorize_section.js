// Step 2: the authorization request in its parts.

import { addressBlock, byId, code, copyButton, el, fill, muted, newId, notice, quietButton } from './dom.js';
import { PARAMETERS } from './parameters.js';
import { challengeOf, newNonce, newState, newVerifier } from './pkce.js';
import { authorizeRequest, fullUrl } from './requests.js';
import { state, watch } from './state.js';
import { keep } from './tab_store.js';

let verifier = null;
const rows = new Map();

export function startAuthorize() {
  watch(['target'], () => { if (state.target) rebuild(); });
}

async function rebuild() {
  const { target } = state;
  verifier = newVerifier();
  const values = {
    client_id: target.clientId,
    response_type: 'code',
    redirect_uri: target.redirectUri,
    scope: target.scopes.join(' '),
    state: newState(),
    nonce: newNonce(),
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  };
  rows.clear();
  fill(byId('authorize-parameters'), PARAMETERS.map((parameter) => row(parameter, values[parameter.name] ?? parameter.sample)));
  update();
}

function row({ name, why, isExtra = false }, value) {
  const [inputId, whyId] = [newId('parameter'), newId('why')];
  const sent = el('input', { type: 'checkbox', 'aria-label': `Send ${name}`, on: { change: update } });
  sent.checked = !isExtra;
  const input = el('input', { class: 'field', id: inputId, 'aria-describedby': whyId, autocomplete: 'off', spellcheck: 'false', on: { input: () => { sent.checked = true; update(); } } });
  input.value = value;
  rows.set(name, { sent, input });
  return el('div', { class: 'parameter' }, sent,
    el('div', {}, el('label', { for: inputId }, code(name)), input, el('p', { class: 'muted', id: whyId }, why)));
}

// The parameters that are sent, in order.
export const parameters = () =>
  [...rows].filter(([, { sent }]) => sent.checked).map(([name, { input }]) => [name, input.value]);

function update() {
  const request = authorizeRequest(state.target, parameters());
  const url = fullUrl(request);
  fill(byId('authorize-address'),
    addressBlock('The address in parts', addressParts(request)),
    el('div', { class: 'row' }, state.target.isForeign ? null : goLink(url), copyButton(url, 'the address')),
    verifierView(),
    state.target.isForeign ? muted('Open the address in a browser yourself, sign in, and paste the code that comes back into step 3.') : null,
    !state.target.isForeign && !state.target.isRegistered ? notice('Register this page with the client first (step 1).') : null);
}

// An address with its parameters told apart.
export function addressParts({ url, query }) {
  return [el('span', {}, url), ...query.flatMap(([name, value], index) => [
    `\n  ${index === 0 ? '?' : '&'}`,
    el('span', { class: 'part-name' }, encodeURIComponent(name)), '=', el('span', { class: 'part-value' }, encodeURIComponent(value)),
  ])];
}

function verifierView() {
  return el('p', { class: 'muted' }, 'Kept in this tab, sent only with the exchange: ', code('code_verifier'), ' ', code(verifier), ' ',
    quietButton('New values', rebuild));
}

function goLink(url) {
  return el('a', { class: 'button', id: 'go', href: url, on: { click: remember } }, 'Go to the sign-in page');
}

// What the way back needs: nothing of it is a token.
function remember() {
  const sent = Object.fromEntries(parameters());
  keep('pending', {
    clientId: state.target.clientId,
    redirectUri: sent.redirect_uri,
    state: sent.state,
    nonce: sent.nonce,
    codeVerifier: sent.code_challenge === undefined ? undefined : verifier,
  });
}
