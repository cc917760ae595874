// What both examples of `server-side` do, in Chromium: their pages say the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openWindow } from '../browser/chromium.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { JANE, fillSignInPage } from './sign_in_page.mjs';
import { startExample } from './started_example.mjs';

const HOUR = 3600;

// Starts the example; an access token counts as old here when it has lived for `oldAfter` seconds.
export function describeServer({ folder, command, app, cookie, poolId, clientId, clientSecret, oldAfter = 3 }) {
  const issuer = `${ENDPOINT}/${poolId}`;
  startExample({
    folder,
    command,
    environment: { ISSUER: issuer, RENEW_EARLY_SECONDS: String(HOUR - oldAfter) },
    address: app,
  });

  const behaves = (name, check) => test(`${folder}: ${name}`, check);

  async function signIn(t) {
    const window = await openWindow(t);
    await window.goto(app);
    await link(window, 'Sign in').click();
    await fillSignInPage(window, JANE);
    await isSignedIn(window);
    return window;
  }

  // Cookies do not know ports: those of the identity server are here, too.
  async function ownCookie(window) {
    const cookies = await window.context().cookies(app);
    return cookies.find(({ name }) => name === cookie);
  }

  // Tokens of the app's client that were not issued to the app: it does not exchange a code that it has not
  // asked for.
  async function tokensOfAnother(t) {
    const window = await openWindow(t);
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: `${app}/callback`,
    });
    await window.goto(`${ENDPOINT}/oauth2/authorize?${query}`);
    await fillSignInPage(window, JANE);
    await window.waitForURL(`${app}/callback?*`);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(window.url()).searchParams.get('code'),
      redirect_uri: `${app}/callback`,
    });
    const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
    const answer = await fetch(`${ENDPOINT}/oauth2/token`, { method: 'POST', body, headers: { authorization } });
    const tokens = await answer.json();
    record(tokens);
    return tokens;
  }

  behaves('a sign-in shows the verified user; the browser has a cookie and no token', async (t) => {
    const window = await signIn(t);
    await window.getByText('jane@example.com').waitFor();
    assert.equal(window.url(), `${app}/`);
    const { httpOnly, sameSite, value } = await ownCookie(window);
    assert.ok(httpOnly);
    assert.equal(sameSite, 'Lax');
    assert.ok(value.length < 250, value);
    const readable = await window.evaluate(() => [document.cookie, sessionStorage.length, localStorage.length]);
    assert.deepEqual(readable, ['', 0, 0]);
  });

  behaves('the session has another name after the sign-in than before', async (t) => {
    const window = await openWindow(t);
    await window.goto(app);
    await link(window, 'Sign in').click();
    await window.locator('#signInFormPassword:visible').waitFor();
    const before = await ownCookie(window);
    await fillSignInPage(window, JANE);
    await isSignedIn(window);
    assert.notEqual((await ownCookie(window)).value, before.value);
    // Whoever knew the name from before is not signed in by it.
    const answer = await fetch(app, { headers: { cookie: `${cookie}=${before.value}` } });
    assert.match(await answer.text(), /You are signed out/);
  });

  behaves('a code with a wrong state is refused', async (t) => {
    const window = await openWindow(t);
    await window.goto(`${app}/callback?code=stolen&state=wrong`);
    await window.getByRole('alert').waitFor();
    await window.goto(app);
    await isSignedOut(window);
  });

  behaves('a wrong state during a sign-in of this browser is refused', async (t) => {
    const window = await openWindow(t);
    await window.goto(app);
    await link(window, 'Sign in').click();
    await window.locator('#signInFormPassword:visible').waitFor();
    await window.goto(`${app}/callback?code=stolen&state=wrong`);
    await window.getByRole('alert').getByText('did not work').waitFor();
    await window.goto(app);
    await isSignedOut(window);
  });

  behaves('the back button after a sign-in ends nothing', async (t) => {
    const window = await signIn(t);
    await window.goBack();
    await window.waitForURL(`${app}/`);
    await isSignedIn(window);
  });

  behaves('the API takes access tokens, and refuses forged ones and ID tokens', async (t) => {
    const tokens = await tokensOfAnother(t);
    const ask = (authorization) => fetch(`${app}/api/profile`, { headers: authorization ? { authorization } : {} });
    const taken = await ask(`Bearer ${tokens.access_token}`);
    assert.equal((await taken.json()).username, 'jane');
    const none = await ask(null);
    assert.equal(none.status, 401);
    assert.equal(none.headers.get('www-authenticate'), 'Bearer');
    for (const token of [forged(tokens.access_token), unsigned(tokens.access_token), tokens.id_token, 'nonsense']) {
      const refused = await ask(`Bearer ${token}`);
      assert.equal(refused.status, 401);
      assert.equal(refused.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    }
  });

  behaves('the page calls the API, and an old access token is renewed first', async (t) => {
    const window = await signIn(t);
    await link(window, 'Call the API').click();
    await window.getByText('The API knows you as jane').waitFor();
    const first = await window.locator('#token').textContent();
    await link(window, 'Call it again').click();
    assert.equal(await window.locator('#token').textContent(), first);
    let now = first;
    for (let look = 0; look < 40 && now === first; look += 1) {
      await window.waitForTimeout(250);
      await window.reload();
      now = await window.locator('#token').textContent();
    }
    assert.notEqual(now, first);
  });

  behaves('a page for people who are signed in says so to others', async (t) => {
    const window = await openWindow(t);
    await window.goto(`${app}/profile`);
    await window.getByRole('alert').getByText('Please sign in first').waitFor();
  });

  behaves('signing out ends both sessions', async (t) => {
    const window = await signIn(t);
    const { value } = await ownCookie(window);
    await window.getByRole('button', { name: 'Sign out' }).click();
    await isSignedOut(window);
    assert.equal(window.url(), `${app}/`);
    // A copy of the cookie is worth nothing.
    const answer = await fetch(app, { headers: { cookie: `${cookie}=${value}` } });
    assert.match(await answer.text(), /You are signed out/);
    // The sign-in page asks for the password again.
    await link(window, 'Sign in').click();
    await window.locator('#signInFormPassword:visible').waitFor();
  });

  behaves('an address alone signs nobody out, and pages run no scripts', async (t) => {
    const window = await signIn(t);
    const answer = await window.goto(`${app}/sign-out`);
    assert.ok([404, 405].includes(answer.status()));
    const home = await window.goto(app);
    assert.match(home.headers()['content-security-policy'], /^default-src 'none'/);
    await isSignedIn(window);
  });
}

const link = (window, name) => window.getByRole('link', { name, exact: true });
const isSignedIn = (window) => window.getByText('You are signed in as jane.').waitFor();
const isSignedOut = (window) => window.getByText('You are signed out.').waitFor();

function forged(token) {
  const [header, claims, signature] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url')), username: 'root' };
  return [header, encoded(changed), signature].join('.');
}

function unsigned(token) {
  return [encoded({ alg: 'none' }), token.split('.')[1], ''].join('.');
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
