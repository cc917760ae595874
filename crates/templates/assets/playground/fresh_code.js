// A fresh authorization code without a page: the browser still has its session.

import { parameter } from './arrival.js';
import { challengeOf, newState, newVerifier } from './pkce.js';
import { authorizeRequest, fullUrl } from './requests.js';
import { silentAnswer } from './server.js';

export async function freshCode(target) {
  const codeVerifier = newVerifier();
  const state = newState();
  const request = authorizeRequest(target, [
    ['client_id', target.clientId],
    ['response_type', 'code'],
    ['redirect_uri', target.redirectUri],
    ['scope', target.scopes.join(' ')],
    ['state', state],
    ['code_challenge', await challengeOf(codeVerifier)],
    ['code_challenge_method', 'S256'],
    ['prompt', 'none'],
  ]);
  const came = [...(await silentAnswer(fullUrl(request))).searchParams];
  const code = parameter(came, 'code');
  if (code && parameter(came, 'state') === state) return { code, codeVerifier, redirectUri: target.redirectUri };
  if (parameter(came, 'error') === 'login_required') {
    throw new Error('Your browser has no session at the pool. Sign in first (step 2).');
  }
  throw new Error(`There is no fresh code: ${parameter(came, 'error') ?? 'the answer belongs to another request'}.`);
}
