// Step 3: the same requests for Postman, to download.

import { byId, fill, quietButton } from './dom.js';
import { challengeOf, newNonce, newState, newVerifier } from './pkce.js';
import { collection, environment } from './postman.js';
import { state, watch } from './state.js';

export function startPostman() {
  watch(['target'], () => {
    if (!state.target) return;
    fill(byId('postman'),
      quietButton('Download the collection', () => download('cognito.postman_collection.json', collection(state.target))),
      quietButton('Download the environment', async () => download('cognito.postman_environment.json', environment(state.target, await values()))));
  });
}

// A verifier of its own, so that what is exchanged in Postman began in Postman.
async function values() {
  const verifier = newVerifier();
  return { state: newState(), nonce: newNonce(), code_verifier: verifier, code_challenge: await challengeOf(verifier) };
}

function download(name, value) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
