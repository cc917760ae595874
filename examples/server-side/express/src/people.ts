// What people see.

import { Router } from 'express';
import type { NextFunction, Request, Response } from 'express';

import type { Profile } from './api';
import { config } from './config';
import { accountPage, problemPage, profilePage, welcomePage } from './pages';
import { Problem } from './problem';
import { sessions } from './session';
import { signIn } from './signIn';
import { freshAccessToken } from './tokens';

export const people = Router();

people.use(sessions);

// Pages that say who is signed in are kept by nobody.
people.use((_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
});

people.get('/', (request, response) => {
  const { signedIn } = request.session;
  response.send(signedIn === undefined ? welcomePage() : accountPage(signedIn));
});

// Calls the API as another program would: by an access token.
people.get('/profile', async (request, response) => {
  const headers = { authorization: `Bearer ${await freshAccessToken(request)}` };
  const answer = await fetch(`${config.origin}/api/profile`, { headers });
  if (!answer.ok) throw new Problem(`The API answered with an error (${answer.status}).`);
  response.send(profilePage((await answer.json()) as Profile));
});

people.use(signIn);

people.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
  console.warn(error);
  if (response.headersSent) return next(error);
  if (error instanceof Problem) response.status(400).send(problemPage(error.message));
  else response.status(500).send(problemPage('Something went wrong. Please try again.'));
});
