// A server that is started anew in the middle of something, and several servers on one host.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { restart, restartEmpty } from '../fixtures/restarted_server.mjs';

const { startServer } = await import('../fixtures/own_server.mjs');
const { PASSWORD } = await import('../fixtures/user_pool.mjs');
const { openWindow } = await import('./chromium.mjs');
const { landing, watch } = await import('./landing.mjs');
const { STEPS, makeStep } = await import('./sign_in_steps.mjs');
const { serveApp } = await import('./single_page_app.mjs');

for (const name of STEPS) {
  test(`r13 a restart of the server during ${name} is not noticed`, async (t) => {
    const step = await makeStep(t, name);
    const { app } = step;
    watch(app.window);
    await step.reach();
    await step.readMail();
    await restart();
    await step.answer();
    if (name === 'a forgotten password') await step.signInAfterwards();
    await app.isDone();
    assert.equal(await app.shown('received-state'), 'kept');
    assert.ok(await app.shown('id_token'));
  });
}

// Two servers that a developer started from one seed: their pools have the same ids.
const POOL_ID = 'us-east-1_SideBySide';
const CLIENT_ID = 'sidebyside';

const seed = (callback) => ({
  user_pools: [
    {
      id: POOL_ID,
      name: 'side by side',
      clients: [
        {
          id: CLIENT_ID,
          name: 'app',
          settings: {
            CallbackURLs: [callback],
            AllowedOAuthFlows: ['code'],
            AllowedOAuthScopes: ['openid', 'email'],
            AllowedOAuthFlowsUserPoolClient: true,
            SupportedIdentityProviders: ['COGNITO'],
          },
        },
      ],
      users: [
        { username: 'sam', password: PASSWORD, attributes: { email: 'sam@example.com' } },
        { username: 'new', temporary_password: PASSWORD, attributes: { email: 'new@example.com' } },
      ],
    },
  ],
});

async function seeded(t) {
  const app = await serveApp(t);
  const server = await startServer(t, seed(app.callback), ['--listen', 'localhost:0']);
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    scope: 'openid email',
    redirect_uri: app.callback,
    state: 'kept',
  });
  const signInUrl = `${server.url}/oauth2/authorize?${query}`;
  Object.assign(app.settings, {
    endpoint: server.url,
    clientId: CLIENT_ID,
    redirectUri: app.callback,
    signInUrl,
  });
  return { ...app, server, signInUrl };
}

async function typeIn(window, username) {
  await window.locator('#signInFormUsername').fill(username);
  await window.locator('#signInFormPassword').fill(PASSWORD);
  await window.locator('[name="signInSubmitButton"]').click();
}

test('s53 two servers of one seed on one host do not disturb each other', async (t) => {
  const [one, two] = [await seeded(t), await seeded(t)];
  const left = await openWindow(t);
  const right = await left.context().newPage();
  watch(left);
  watch(right);
  // Both are in the middle of a sign-in, one step apart.
  await left.goto(one.signInUrl);
  await typeIn(left, 'new');
  await left.locator('#new_password').waitFor();
  await right.goto(two.signInUrl);
  await typeIn(right, 'sam');
  await right.locator('#done').waitFor();
  await left.locator('#new_password').fill('Another-horse-8');
  await left.locator('#confirm_password').fill('Another-horse-8');
  await left.locator('[name="new_password_submit"]').click();
  await left.locator('#done').waitFor();
  // Each knows its own user, silently.
  for (const [window, app, name] of [[left, one, 'new'], [right, two, 'sam']]) {
    await window.goto(app.signInUrl);
    await window.locator('#id_token').waitFor();
    const token = await window.locator('#id_token').textContent();
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    assert.equal(claims['cognito:username'], name);
    assert.ok(claims.iss.startsWith(app.server.url), claims.iss);
  }
});

test('a server that lost everything leads to a page that says so', async (t) => {
  const steps = [];
  for (const name of STEPS) {
    const step = await makeStep(t, name);
    watch(step.app.window);
    await step.reach();
    await step.readMail();
    step.app.pool.isGone();
    steps.push(step);
  }
  await restartEmpty();
  for (const step of steps) {
    await step.answer();
    await step.app.window.waitForURL('**/error?*');
    const page = await landing(step.app.window);
    assert.match(page.heading, /An error was encountered/);
    assert.match(page.text, /client/);
  }
});
