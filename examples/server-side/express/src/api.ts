// An API for programs: it looks at access tokens alone, and at no cookie.

import { Router } from 'express';

import { requireAccessToken } from './accessToken';
import type { WithAccess } from './accessToken';

export interface Profile {
  username: string;
  scopes: string[];
  // Changes with every new token.
  tokenId: string;
}

export const api = Router();

api.get('/api/profile', requireAccessToken, (_request, response: WithAccess) => {
  const { username, scope, jti } = response.locals.access;
  const profile: Profile = { username, scopes: scope.split(' '), tokenId: jti };
  response.set('Cache-Control', 'no-store').json(profile);
});
