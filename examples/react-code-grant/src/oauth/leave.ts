// The two ways out of the app, both to pages of the identity server.

import { config } from '../config';
import { rememberPendingSignIn } from './pendingSignIn';
import { challengeOf, randomText } from './random';

// Leaves for the sign-in page.
export async function goToSignIn(): Promise<void> {
  const pending = { state: randomText(), nonce: randomText(), codeVerifier: randomText() };
  rememberPendingSignIn(pending);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    scope: config.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(pending.codeVerifier),
    code_challenge_method: 'S256',
  });
  window.location.assign(`${config.domain}/oauth2/authorize?${query}`);
}

// Leaves for the end of the browser's session there. Without this, the next "Sign in" would come back
// signed in, without a question.
export function goToSignOut(): void {
  const query = new URLSearchParams({ client_id: config.clientId, logout_uri: config.logoutUri });
  window.location.assign(`${config.domain}/logout?${query}`);
}
