// An Express app with Auth.js (NextAuth) and its own Cognito provider, unmodified;
// docs/clients/auth-js.md has its configuration.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ExpressAuth } from '@auth/express';
import Cognito from '@auth/express/providers/cognito';
import express from 'express';

import { serve } from '../fixtures/loopback.mjs';
import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';

async function createApp(t) {
  const app = express();
  const origin = await serve(t, app);
  const pool = await UserPool.create(t);
  const client = await pool.createWebClient(`${origin}/auth/callback/cognito`, {
    GenerateSecret: true,
    AllowedOAuthScopes: ['openid', 'profile', 'email'],
    LogoutURLs: [origin],
  });
  const seen = {};
  app.use(
    '/auth',
    ExpressAuth({
      providers: [
        Cognito({ clientId: client.id, clientSecret: client.secret, issuer: pool.issuer }),
      ],
      secret: 'a secret of the app',
      trustHost: true,
      logger: { error() {} },
      callbacks: {
        jwt({ token, account }) {
          record(account);
          if (account) Object.assign(seen, account);
          return token;
        },
      },
    }),
  );
  app.get('/', (_, response) => response.json('home'));
  const attributes = { email: 'ada@example.com', email_verified: 'true', name: 'Ada' };
  const username = await pool.createUser(undefined, attributes);
  return { origin, client, username, seen, browser: new ScriptedBrowser() };
}

// Posts to one of the library's own actions, as its pages do.
async function act({ origin, browser }, action) {
  const { csrfToken } = await (await browser.get(`${origin}/auth/csrf`)).json();
  record({ _csrf: csrfToken });
  const fields = { csrfToken, callbackUrl: origin };
  return locationOf(await browser.post(`${origin}/auth/${action}`, fields));
}

const sessionOf = async ({ origin, browser }) =>
  (await browser.get(`${origin}/auth/session`)).json();

test('an app with Auth.js signs in by its Cognito provider and signs out', async (t) => {
  const app = await createApp(t);
  const toPage = await act(app, 'signin/cognito');
  assert.equal(toPage.origin + toPage.pathname, `${ENDPOINT}/oauth2/authorize`);
  const callback = locationOf(await app.browser.signIn(toPage, app.username, PASSWORD));
  const { address } = await app.browser.follow(callback);
  assert.equal(address.href, `${app.origin}/`);
  const { user } = await sessionOf(app);
  assert.deepEqual([user.name, user.email], ['Ada', 'ada@example.com']);
  assert.equal(app.seen.provider, 'cognito');
  assert.ok(app.seen.access_token && app.seen.id_token && app.seen.refresh_token);

  await act(app, 'signout');
  assert.equal(await sessionOf(app), null);
  const query = new URLSearchParams({ client_id: app.client.id, logout_uri: app.origin });
  const bye = await app.browser.get(`${ENDPOINT}/logout?${query}`);
  assert.equal(bye.headers.get('location'), app.origin);
});

test('s18 a code that belongs to the verifier of another sign-in is refused', async (t) => {
  const app = await createApp(t);
  const toPage = await act(app, 'signin/cognito');
  const callback = locationOf(await app.browser.signIn(toPage, app.username, PASSWORD));
  const other = { ...app, browser: new ScriptedBrowser() };
  await act(other, 'signin/cognito');
  const { address } = await other.browser.follow(callback);
  assert.match(address.search, /error=/);
  assert.equal(await sessionOf(other), null);
});
