// Step 6: the implicit grant, and what it leaves lying about.

import { parameter } from './arrival.js';
import { addressView, explained, stateView } from './arrival_section.js';
import { addressParts } from './authorize_section.js';
import { addressBlock, byId, copyButton, el, fill, muted, note, notice } from './dom.js';
import { newNonce, newState } from './pkce.js';
import { authorizeRequest, fullUrl } from './requests.js';
import { change, state, watch } from './state.js';
import { keep } from './tab_store.js';

export function startImplicit() {
  watch(['target'], () => { if (state.target) showRequest(); });
  const { arrived } = state;
  if (!arrived || arrived.fragment.length === 0) return;
  fill(byId('implicit-arrival'), addressView(arrived), explained(arrived.fragment), stateView(arrived));
  // The client is chosen after this, which empties the tokens.
  if (arrived.isOurs) takeOnceChosen(arrived);
}

function takeOnceChosen(arrived) {
  const [id_token, access_token] = ['id_token', 'access_token'].map((name) => parameter(arrived.fragment, name) ?? undefined);
  let isTaken = false;
  watch(['target'], () => {
    if (isTaken || !state.target || state.target.clientId !== arrived.pending.clientId) return;
    isTaken = true;
    queueMicrotask(() => change({ tokens: { id_token, access_token, nonce: arrived.pending.nonce } }));
    byId('implicit-arrival').append(note('The tokens are read and verified in step 4. There is no refresh token.'));
  });
}

function showRequest() {
  const { target } = state;
  const place = byId('implicit-request');
  if (!target.flows.includes('implicit') && !target.isForeign) {
    fill(place, muted('This client may not use it (AllowedOAuthFlows has no implicit), which is the better setting.'));
    return;
  }
  const pending = { clientId: target.clientId, redirectUri: target.redirectUri, state: newState(), nonce: newNonce() };
  const request = authorizeRequest(target, [
    ['client_id', target.clientId],
    ['response_type', 'token'],
    ['redirect_uri', target.redirectUri],
    ['scope', target.scopes.join(' ')],
    ['state', pending.state],
    ['nonce', pending.nonce],
  ]);
  const url = fullUrl(request);
  const link = el('a', { class: 'button button-quiet', href: url, id: 'go-implicit', on: { click: () => keep('pending', pending) } }, 'Go, by the implicit grant');
  fill(place, addressBlock('The address in parts', addressParts(request)),
    el('div', { class: 'row' }, target.isForeign ? null : link, copyButton(url, 'the address')),
    target.isRegistered ? null : notice('Register this page with the client first (step 1).'));
}
