// The check of access tokens, before anything else of a request to the API is looked at.

import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { CognitoAccessTokenPayload } from 'aws-jwt-verify/jwt-model';
import type { NextFunction, Request, Response } from 'express';

import { config } from './config';

export type WithAccess = Response<unknown, { access: CognitoAccessTokenPayload }>;

// aws-jwt-verify fetches keys over https only; on this machine they come over plain http.
const fetcher = {
  async fetch(address: string) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return answer.arrayBuffer();
  },
};

// Checks signature, issuer and expiry. It is `JwtVerifier` because `CognitoJwtVerifier` knows AWS's issuers
// alone.
const verifier = JwtVerifier.create(
  {
    issuer: config.issuer,
    jwksUri: `${config.issuer}/.well-known/jwks.json`,
    // Access tokens of Cognito have no `aud`; the client stands in `client_id`.
    audience: null,
    customJwtCheck({ payload }) {
      if (payload.token_use !== 'access') throw new Error('not an access token');
      if (payload.client_id !== config.clientId) throw new Error('a token of another client');
    },
  },
  { jwksCache: new SimpleJwksCache({ fetcher }) },
);

// Lets a request pass that brings a good access token, and puts its claims into `response.locals.access`.
export async function requireAccessToken(request: Request, response: WithAccess, next: NextFunction) {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(request.get('Authorization') ?? '') ?? [];
  if (token === undefined) {
    response.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'no access token' });
    return;
  }
  try {
    response.locals.access = (await verifier.verify(token)) as CognitoAccessTokenPayload;
  } catch (error) {
    // The log says why; the caller learns only that it is not good.
    console.warn('refused a token:', error instanceof Error ? error.message : error);
    response.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"');
    response.json({ error: 'invalid token' });
    return;
  }
  next();
}
