// The example `react-code-grant` in Chromium, with the development server and so with React's StrictMode.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openWindow } from '../browser/chromium.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { JANE, fillSignInPage } from './sign_in_page.mjs';
import { startExample } from './started_example.mjs';

const APP = 'http://localhost:5181';
const ISSUER = `${ENDPOINT}/us-east-1_CodeGrant`;
const STORED = 'code-grant.session';

startExample({
  folder: 'react-code-grant',
  command: [process.execPath, 'start.mjs', 'poolhouse'],
  environment: { VITE_DOMAIN: ENDPOINT, VITE_ISSUER: ISSUER },
  address: APP,
});

// Opens the app in a browser of its own, and counts what it asks the token endpoint.
async function openApp(t) {
  const window = await openWindow(t);
  const app = { window, tokenRequests: 0 };
  window.on('request', (request) => {
    if (request.method() === 'POST' && request.url() === `${ENDPOINT}/oauth2/token`) app.tokenRequests += 1;
  });
  return app;
}

const button = (window, name) => window.getByRole('button', { name, exact: true });

async function signIn({ window }) {
  await window.goto(APP);
  await button(window, 'Sign in').click();
  await fillSignInPage(window, JANE);
  await isSignedIn(window);
}

const isSignedIn = (window) => window.getByText('You are signed in as jane.').waitFor();
const isSignedOut = (window) => window.getByText('You are signed out.').waitFor();

async function stored(window) {
  const session = JSON.parse(await window.evaluate((key) => sessionStorage.getItem(key), STORED));
  record({ access_token: session?.accessToken, refresh_token: session?.refreshToken });
  return session;
}

test('a sign-in ends with a verified user and a clean address bar', async (t) => {
  const { window } = await openApp(t);
  await signIn({ window });
  await window.getByText('jane@example.com').waitFor();
  assert.equal(window.url(), `${APP}/`);
});

test('the back button leads to no old code and ends nothing', async (t) => {
  const app = await openApp(t);
  await signIn(app);
  // The sign-in page answers who is signed in with another code, which nobody here has asked for.
  await app.window.goBack();
  await app.window.waitForURL(`${APP}/`);
  await isSignedIn(app.window);
  assert.equal(await app.window.getByRole('alert').count(), 0);
  assert.equal(app.tokenRequests, 1);
});

test('the code is exchanged once, though React runs its effects twice', async (t) => {
  const app = await openApp(t);
  const shown = [];
  await app.window.exposeFunction('isShown', (text) => shown.push(text));
  await app.window.addInitScript(() => {
    if (location.pathname !== '/callback') return;
    const observer = new MutationObserver(() => window.isShown(document.body.innerText));
    observer.observe(document, { childList: true, subtree: true });
  });
  await signIn(app);
  assert.equal(app.tokenRequests, 1);
  // The second run of the effect did not answer for the first one, which was still under way.
  assert.ok(shown.some((text) => text.includes('One moment')));
  assert.ok(!shown.some((text) => text.includes('signed out')));
});

test('a reload keeps the session and asks for no new tokens', async (t) => {
  const app = await openApp(t);
  await signIn(app);
  const before = await stored(app.window);
  await app.window.reload();
  await isSignedIn(app.window);
  assert.equal((await stored(app.window)).accessToken, before.accessToken);
  assert.equal(app.tokenRequests, 1);
});

test('a code with a wrong state is refused and not exchanged', async (t) => {
  const app = await openApp(t);
  await app.window.goto(`${APP}/callback?code=stolen&state=wrong`);
  await app.window.getByRole('alert').getByText('belongs to no sign-in').waitFor();
  await isSignedOut(app.window);
  assert.equal(app.window.url(), `${APP}/`);
  assert.equal(app.tokenRequests, 0);
});

test('a foreign answer does not end the session of who is signed in', async (t) => {
  const app = await openApp(t);
  await signIn(app);
  await app.window.goto(`${APP}/callback?code=stolen&state=wrong`);
  await isSignedIn(app.window);
  assert.equal(app.window.url(), `${APP}/`);
  assert.equal(app.tokenRequests, 1);
});

test('an error of the sign-in page is shown in words', async (t) => {
  const { window } = await openApp(t);
  await window.route(`${ENDPOINT}/oauth2/authorize?*`, (route) => {
    const address = new URL(route.request().url());
    address.searchParams.set('scope', 'openid nothing');
    return route.continue({ url: address.href });
  });
  await window.goto(APP);
  await button(window, 'Sign in').click();
  await window.getByRole('alert').getByText('The sign-in page answered').waitFor();
});

test('an ID token that is not for this sign-in is refused', async (t) => {
  const { window } = await openApp(t);
  await window.route(`${ENDPOINT}/oauth2/authorize?*`, (route) => {
    const address = new URL(route.request().url());
    address.searchParams.set('nonce', 'of-another-sign-in');
    return route.continue({ url: address.href });
  });
  await window.goto(APP);
  await button(window, 'Sign in').click();
  await fillSignInPage(window, JANE);
  await window.getByRole('alert').getByText('another sign-in').waitFor();
  await isSignedOut(window);
});

test('the API takes the access token and refuses a call without one', async (t) => {
  const app = await openApp(t);
  await signIn(app);
  await button(app.window, 'Call the API').click();
  await app.window.getByText('The API knows you as jane').waitFor();
  await button(app.window, 'Call it without a token').click();
  await app.window.getByText('The API refused').waitFor();
});

test('the API refuses forged tokens and ID tokens', async (t) => {
  const app = await openApp(t);
  let idToken;
  app.window.on('response', async (response) => {
    if (response.url() === `${ENDPOINT}/oauth2/token`) ({ id_token: idToken } = await response.json());
  });
  await signIn(app);
  const { accessToken } = await stored(app.window);
  const [header, claims, signature] = accessToken.split('.');
  const changed = JSON.parse(Buffer.from(claims, 'base64url'));
  changed.username = 'root';
  const forged = [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
  const status = async (token) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${APP}/api/profile`, { headers })).status;
  };
  assert.equal(await status(accessToken), 200);
  assert.equal(await status(forged), 401);
  assert.equal(await status(idToken), 401);
  assert.equal(await status('nonsense'), 401);
});

test('the tokens are renewed before they end', async (t) => {
  const app = await openApp(t);
  await app.window.clock.install();
  await signIn(app);
  const before = await stored(app.window);
  await app.window.clock.fastForward('54:00');
  assert.equal(app.tokenRequests, 1);
  const renewal = app.window.waitForResponse(`${ENDPOINT}/oauth2/token`);
  await app.window.clock.fastForward('02:00');
  assert.equal((await renewal).status(), 200);
  await app.window.waitForFunction(
    ([key, old]) => JSON.parse(sessionStorage.getItem(key)).accessToken !== old,
    [STORED, before.accessToken],
  );
  const after = await stored(app.window);
  assert.notEqual(after.refreshToken, before.refreshToken);
  assert.ok(after.expiresAt > before.expiresAt);
  assert.equal(app.tokenRequests, 2);
  await button(app.window, 'Call the API').click();
  await app.window.getByText('The API knows you as jane').waitFor();
});

test('a session that the server has ended is over here, and said to be', async (t) => {
  const app = await openApp(t);
  await app.window.clock.install();
  await signIn(app);
  const { refreshToken } = await stored(app.window);
  const body = new URLSearchParams({ client_id: 'codegrantweb', token: refreshToken });
  assert.equal((await fetch(`${ENDPOINT}/oauth2/revoke`, { method: 'POST', body })).status, 200);
  await app.window.clock.fastForward('56:00');
  await app.window.getByRole('alert').getByText('Your session has ended').waitFor();
  assert.equal(await stored(app.window), null);
});

test('signing out ends both sessions', async (t) => {
  const app = await openApp(t);
  await signIn(app);
  const { refreshToken } = await stored(app.window);
  await button(app.window, 'Sign out').click();
  await isSignedOut(app.window);
  assert.equal(app.window.url(), `${APP}/`);
  assert.equal(await stored(app.window), null);
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'codegrantweb',
    refresh_token: refreshToken,
  });
  const answer = await fetch(`${ENDPOINT}/oauth2/token`, { method: 'POST', body });
  assert.equal((await answer.json()).error, 'invalid_grant');
  // The sign-in page asks for the password again.
  await button(app.window, 'Sign in').click();
  await app.window.locator('#signInFormPassword:visible').waitFor();
});
