// The ID token says who signed in. It is believed only after it was verified.

import { createRemoteJWKSet, jwtVerify } from 'jose';

import { config } from '../config';

export interface User {
  sub: string;
  username: string;
  email: string;
}

// Fetches the pool's public keys when they are needed, and keeps them.
const keys = createRemoteJWKSet(new URL(`${config.issuer}/.well-known/jwks.json`));

// Checks signature, issuer, audience and expiry, and the nonce of the sign-in. A renewed token has no new
// sign-in behind it: then `nonce` is null.
export async function verifyIdToken(idToken: string, nonce: string | null): Promise<User> {
  const { payload } = await jwtVerify(idToken, keys, {
    algorithms: ['RS256'],
    issuer: config.issuer,
    audience: config.clientId,
    requiredClaims: ['exp', 'sub'],
    // Clocks differ a little.
    clockTolerance: 60,
  });
  if (payload.token_use !== 'id') throw new Error('The server sent no ID token.');
  if (nonce !== null && payload.nonce !== nonce) {
    throw new Error('The ID token belongs to another sign-in. Please sign in again.');
  }
  return {
    sub: String(payload.sub),
    username: String(payload['cognito:username']),
    email: String(payload.email),
  };
}
