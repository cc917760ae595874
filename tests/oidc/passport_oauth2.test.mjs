// An Express app with passport-oauth2, unmodified; docs/clients/passport.md has its configuration.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';

import { serve } from '../fixtures/loopback.mjs';
import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';

// Tells who a user is by asking the userInfo endpoint.
class CognitoStrategy extends OAuth2Strategy {
  userProfile(accessToken, done) {
    this._oauth2.useAuthorizationHeaderforGET(true);
    this._oauth2.get(`${ENDPOINT}/oauth2/userInfo`, accessToken, (error, body) =>
      error ? done(error) : done(null, JSON.parse(body)),
    );
  }
}

// Makes the app's routes.
function routes(origin, client) {
  const authenticator = new passport.Passport();
  const strategy = new CognitoStrategy(
    {
      authorizationURL: `${ENDPOINT}/oauth2/authorize`,
      tokenURL: `${ENDPOINT}/oauth2/token`,
      clientID: client.id,
      clientSecret: client.secret,
      callbackURL: `${origin}/callback`,
      scope: ['openid', 'email'],
      state: true,
      pkce: true,
    },
    (accessToken, refreshToken, tokens, profile, done) => {
      record({ refresh_token: refreshToken, ...tokens });
      done(null, { profile, tokens, hasRefreshToken: Boolean(refreshToken) });
    },
  );
  authenticator.use('cognito', strategy);
  authenticator.serializeUser((user, done) => done(null, user));
  authenticator.deserializeUser((user, done) => done(null, user));
  const app = express();
  app.use(session({ secret: 'a secret of the app', resave: false, saveUninitialized: false }));
  app.use(authenticator.session());
  app.get('/sign-in', authenticator.authenticate('cognito'));
  app.get('/callback', authenticator.authenticate('cognito', { successRedirect: '/me' }));
  app.get('/me', (request, response) => response.json(request.user ?? null));
  app.get('/sign-out', (request, response, next) => {
    const query = new URLSearchParams({ client_id: client.id, logout_uri: `${origin}/bye` });
    request.logout((error) => (error ? next(error) : response.redirect(`${ENDPOINT}/logout?${query}`)));
  });
  app.get('/bye', (_, response) => response.json('bye'));
  return app;
}

async function createApp(t) {
  let app;
  const origin = await serve(t, (request, response) => app(request, response));
  const pool = await UserPool.create(t);
  const client = await pool.createWebClient(`${origin}/callback`, {
    GenerateSecret: true,
    LogoutURLs: [`${origin}/bye`],
  });
  app = routes(origin, client);
  const username = await pool.createUser(undefined, { email: 'pat@example.com' });
  return { origin, username, browser: new ScriptedBrowser() };
}

const signIn = async ({ origin, username, browser }) => {
  const toPage = locationOf(await browser.get(`${origin}/sign-in`));
  return locationOf(await browser.signIn(toPage, username, PASSWORD));
};

test('an app with passport signs in, asks userInfo, and signs out', async (t) => {
  const app = await createApp(t);
  const { address, response } = await app.browser.follow(await signIn(app));
  assert.equal(address.href, `${app.origin}/me`);
  const me = await response.json();
  assert.equal(me.profile.email, 'pat@example.com');
  assert.equal(me.profile.username, app.username);
  assert.equal(me.tokens.token_type, 'Bearer');
  assert.ok(me.tokens.id_token && me.hasRefreshToken);

  const { address: bye } = await app.browser.follow(`${app.origin}/sign-out`);
  assert.equal(bye.href, `${app.origin}/bye`);
  assert.equal(await (await app.browser.get(`${app.origin}/me`)).json(), null);
  const again = locationOf(await app.browser.get(`${app.origin}/sign-in`));
  assert.equal((await app.browser.open(again)).response.status, 200, 'the page asks again');
});

test('passport refuses an answer whose state is another', async (t) => {
  const app = await createApp(t);
  const callback = await signIn(app);
  callback.searchParams.set('state', 'another');
  const { response } = await app.browser.follow(callback);
  assert.equal(response.status, 403);
});
