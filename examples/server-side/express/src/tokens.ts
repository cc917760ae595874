// The tokens of who is signed in.

import type { Request } from 'express';
import * as oidc from 'openid-client';

import { config } from './config';
import { identityServer } from './identityServer';
import { Problem } from './problem';
import type { SignedIn } from './session';

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

// What the session keeps of a sign-in.
export function signedInBy(tokens: Tokens): SignedIn {
  const claims = tokens.claims();
  if (claims === undefined || tokens.refresh_token === undefined) {
    throw new Problem('The identity server sent too few tokens.');
  }
  return {
    username: String(claims['cognito:username']),
    email: String(claims.email),
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: expiryOf(tokens),
  };
}

// An access token that is good for a while yet; it is renewed here if it is not. Two requests at the same
// time may both renew: without rotation of refresh tokens that does no harm.
export async function freshAccessToken({ session }: Request): Promise<string> {
  const { signedIn } = session;
  if (signedIn === undefined) throw new Problem('Please sign in first.');
  if (Date.now() < signedIn.expiresAt - config.renewEarlySeconds * 1000) return signedIn.accessToken;
  try {
    const tokens = await oidc.refreshTokenGrant(identityServer, signedIn.refreshToken);
    session.signedIn = { ...signedIn, accessToken: tokens.access_token, expiresAt: expiryOf(tokens) };
    return tokens.access_token;
  } catch (error) {
    // Only a refusal ends the session; without an answer it may be as good as before.
    if (error instanceof oidc.ResponseBodyError) delete session.signedIn;
    throw new Problem('Your session could not be renewed. Please sign in again.', { cause: error });
  }
}

function expiryOf(tokens: { expires_in?: number }): number {
  return Date.now() + (tokens.expires_in ?? 0) * 1000;
}
