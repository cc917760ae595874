// Amplify's signInWithRedirect, which insists on https, in a browser that trusts the local CA.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startHttpsServer } from '../fixtures/own_server.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD } from '../fixtures/user_pool.mjs';
import { serveAmplifyPage } from './amplify_page.mjs';
import { openTrustingWindow, openWindow } from './chromium.mjs';

const POOL_ID = 'us-east-1_Amplify01';
const CLIENT_ID = 'amplifyapp';

const seed = (origin) => ({
  user_pools: [
    {
      id: POOL_ID,
      name: 'amplify',
      clients: [
        {
          id: CLIENT_ID,
          name: 'app',
          settings: {
            ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
            CallbackURLs: [`${origin}/`],
            LogoutURLs: [`${origin}/`],
            AllowedOAuthFlows: ['code'],
            AllowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
            AllowedOAuthFlowsUserPoolClient: true,
            SupportedIdentityProviders: ['COGNITO'],
          },
        },
      ],
      users: [
        {
          username: 'sam',
          password: PASSWORD,
          attributes: { email: 'sam@example.com', email_verified: true },
        },
      ],
    },
  ],
});

// What an app writes for a pool at AWS; the domain and the endpoint are Poolhouse's.
const settings = (origin, url) => ({
  Auth: {
    Cognito: {
      userPoolId: POOL_ID,
      userPoolClientId: CLIENT_ID,
      userPoolEndpoint: url,
      loginWith: {
        oauth: {
          domain: new URL(url).host,
          scopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
          redirectSignIn: [`${origin}/`],
          redirectSignOut: [`${origin}/`],
          responseType: 'code',
        },
      },
    },
  },
});

test('Amplify signs in by redirect, gets tokens, and signs out again', async (t) => {
  const app = await serveAmplifyPage(t);
  const server = await startHttpsServer(t, seed(app.origin));
  Object.assign(app.settings, settings(app.origin, server.url));
  const window = await openTrustingWindow(t, server.caFile);
  const shown = (name) => window.locator(`#${name}`).textContent();

  await window.goto(app.origin);
  assert.equal(await shown('nobody'), 'signed out');
  await window.locator('#sign-in').click();
  await window.locator('#signInFormUsername:visible').fill('sam');
  await window.locator('#signInFormPassword:visible').fill(PASSWORD);
  assert.equal(new URL(window.url()).origin, server.url);
  await window.locator('[name="signInSubmitButton"]:visible').click();
  assert.equal(await shown('username'), 'sam');
  const id = await shown('id_token');
  record({ id_token: id, access_token: await shown('access_token') });
  const claims = JSON.parse(Buffer.from(id.split('.')[1], 'base64url'));
  assert.equal(claims.iss, `${server.url}/${POOL_ID}`);
  assert.equal(claims.aud, CLIENT_ID);
  assert.equal(claims.email, 'sam@example.com');

  const cookies = await window.context().cookies(server.url);
  assert.ok(cookies.length > 0);
  for (const cookie of cookies) {
    assert.ok(cookie.secure && cookie.httpOnly, cookie.name);
    assert.match(cookie.name, /^__Host-/);
  }

  await window.locator('#sign-out').click();
  await window.waitForURL(`${app.origin}/**`);
  assert.equal(await shown('nobody'), 'signed out');
  // The browser's session is over too: the page asks for the password again.
  await window.locator('#sign-in').click();
  await window.locator('#signInFormPassword:visible').waitFor();
});

test('a browser that does not trust the local CA goes no further', async (t) => {
  const server = await startHttpsServer(t, { user_pools: [] });
  const window = await openWindow(t);
  await assert.rejects(window.goto(server.url), /ERR_CERT_AUTHORITY_INVALID/);
});
