// The app's API: it answers whoever brings an access token of the user pool.

import express from 'express';

import { requireAccessToken } from './accessToken';
import type { WithAccess } from './accessToken';

const PORT = 5182;

const api = express();
api.disable('x-powered-by');

api.get('/api/profile', requireAccessToken, (_request, response: WithAccess) => {
  const { username, scope, exp } = response.locals.access;
  response.set('Cache-Control', 'no-store').json({
    username,
    scopes: scope.split(' '),
    validUntil: new Date(exp * 1000).toISOString(),
  });
});

// On this machine only: the page reaches it through the development server.
api.listen(PORT, 'localhost', (error) => {
  if (error) throw error;
  console.log(`API listening on http://localhost:${PORT}`);
});
