// Sign-in and sign-out: the ways to the identity server and back.

import { promisify } from 'node:util';

import { Router } from 'express';
import type { Request } from 'express';
import * as oidc from 'openid-client';

import { config } from './config';
import { identityServer, signOutAddress } from './identityServer';
import { Problem } from './problem';
import { COOKIE } from './session';
import type { PendingSignIn } from './session';
import { signedInBy } from './tokens';

export const signIn = Router();

signIn.get('/sign-in', async (request, response) => {
  const pending = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    codeVerifier: oidc.randomPKCECodeVerifier(),
  };
  request.session.pending = pending;
  const address = oidc.buildAuthorizationUrl(identityServer, {
    redirect_uri: config.redirectUri,
    scope: config.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
  });
  response.redirect(address.href);
});

signIn.get('/callback', async (request, response) => {
  const { pending, signedIn } = request.session;
  // Taken once: a second answer, as the back button brings one, finds nothing.
  delete request.session.pending;
  // The redirect also takes the code out of the address bar.
  if (pending === undefined && signedIn !== undefined) return response.redirect('/');
  if (pending === undefined) throw new Problem('This answer belongs to no sign-in that was begun in this browser.');
  const tokens = await exchange(request, pending);
  // A new session id: whoever knew the one before sign-in does not know this one (session fixation).
  await promisify(request.session.regenerate.bind(request.session))();
  request.session.signedIn = signedInBy(tokens);
  response.redirect('/');
});

// A form leads here and not a link: nobody is signed out by an address that somebody sent.
signIn.post('/sign-out', async (request, response) => {
  const { signedIn } = request.session;
  await promisify(request.session.destroy.bind(request.session))();
  response.clearCookie(COOKIE);
  if (signedIn !== undefined) await revoke(signedIn.refreshToken);
  response.redirect(303, signOutAddress());
});

// openid-client checks state, nonce, issuer, audience, expiry and signature.
async function exchange(request: Request, { state, nonce, codeVerifier }: PendingSignIn) {
  const answer = new URL(request.originalUrl, config.origin);
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
  try {
    return await oidc.authorizationCodeGrant(identityServer, answer, checks);
  } catch (error) {
    throw new Problem('The sign-in did not work.', { cause: error });
  }
}

// Ends the refresh token. A server that cannot be reached must not keep anybody from signing out here.
async function revoke(refreshToken: string) {
  await oidc.tokenRevocation(identityServer, refreshToken).catch((error: unknown) => {
    console.warn('the refresh token was not revoked:', error);
  });
}
