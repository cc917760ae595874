// Step 3, second half: the code becomes tokens.

import { parameter } from './arrival.js';
import { byId, el, fill, note } from './dom.js';
import { exchangePanel } from './exchange_panel.js';
import { exchangeRequest } from './requests.js';
import { change, state, watch } from './state.js';
import { stepLink } from './steps.js';

// What is exchanged, as the fields show it.
const typed = { code: '', codeVerifier: '', redirectUri: '' };

export function startExchange() {
  const { arrived } = state;
  const inputs = { code: byId('code'), codeVerifier: byId('code-verifier'), redirectUri: byId('exchange-redirect-uri') };
  const { panel, refresh } = exchangePanel({
    label: 'Send the exchange',
    describe: () => (state.target && typed.code ? exchangeRequest(state.target, typed) : null),
    onAnswer: took,
  });
  fill(byId('exchange-panel'), panel);
  const code = arrived?.isOurs ? parameter(arrived.query, 'code') : null;
  const put = (name, value) => { inputs[name].value = typed[name] = value ?? ''; };
  put('code', code);
  put('codeVerifier', code ? arrived.pending.codeVerifier : '');
  for (const [name, input] of Object.entries(inputs)) {
    input.addEventListener('input', () => { typed[name] = input.value.trim(); refresh(); });
  }
  byId('pasted-answer').addEventListener('input', paste);
  watch(['target'], () => {
    byId('pasted-row').hidden = state.target?.isForeign !== true;
    put('redirectUri', (code && arrived.pending.redirectUri) || state.target?.redirectUri);
    refresh();
  });
}

// Takes tokens that were got elsewhere; what is no such answer yet changes nothing.
function paste(event) {
  try {
    const { id_token, access_token, refresh_token } = JSON.parse(event.target.value);
    if (access_token) change({ tokens: { id_token, access_token, refresh_token } });
  } catch {
    // Half of a paste.
  }
}

function took(answer) {
  if (answer.status !== 200 || !answer.json) return null;
  change({ tokens: { ...answer.json, nonce: state.arrived?.pending?.nonce } });
  return el('div', { class: 'answer-place' }, note('Tokens. The code is spent now: send the same again and see.'),
    el('div', { class: 'row' }, stepLink('tokens', 'Read and verify them')));
}
