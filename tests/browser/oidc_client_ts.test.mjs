// A single-page app with oidc-client-ts, unmodified; docs/clients/oidc-client-ts.md has its
// configuration.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { serve } from '../fixtures/loopback.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';
import { openWindow } from './chromium.mjs';

const LIBRARY = new URL('../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', import.meta.url);

// The app: signs in by itself, and leaves what it got in `window.user`.
const page = (settings) => `<!doctype html>
<title>App</title>
<p id="state"></p>
<script src="/oidc-client-ts.js"></script>
<script>
const manager = new oidc.UserManager({
  ...${JSON.stringify(settings)},
  response_type: 'code',
  scope: 'openid email',
  loadUserInfo: true,
  userStore: new oidc.WebStorageStateStore({ store: sessionStorage }),
});
const show = (user) => {
  window.user = user;
  document.querySelector('#state').textContent = user ? 'signed in' : 'signed out';
};
if (location.pathname === '/callback') {
  manager.signinRedirectCallback().then(show, (error) => {
    document.querySelector('#state').textContent = 'failed: ' + error.message;
  });
} else {
  manager.getUser().then(show);
}
</script>
`;

async function createApp(t) {
  const library = await readFile(LIBRARY);
  const settings = {};
  const origin = await serve(t, (request, response) => {
    if (request.url === '/oidc-client-ts.js') {
      response.setHeader('content-type', 'text/javascript').end(library);
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page(settings));
    }
  });
  const pool = await UserPool.create(t);
  const client = await pool.createWebClient(`${origin}/callback`, {
    LogoutURLs: [`${origin}/bye`],
  });
  Object.assign(settings, {
    authority: pool.issuer,
    client_id: client.id,
    redirect_uri: `${origin}/callback`,
  });
  const attributes = { email: 'tom@example.com', email_verified: 'true' };
  const username = await pool.createUser(undefined, attributes);
  return { origin, username, window: await openWindow(t) };
}

const isShown = ({ window }, text) => window.locator('#state', { hasText: text }).waitFor();

async function signIn(app) {
  await app.window.goto(app.origin);
  await isShown(app, 'signed out');
  await app.window.evaluate(() => void manager.signinRedirect());
  await app.window.locator('#signInFormUsername:visible').fill(app.username);
  await app.window.locator('#signInFormPassword:visible').fill(PASSWORD);
  await app.window.locator('[name="signInSubmitButton"]:visible').click();
  await isShown(app, 'signed in');
  return tokensOf(app);
}

async function tokensOf({ window }) {
  const user = await window.evaluate(() => JSON.parse(window.user.toStorageString()));
  record(user);
  return user;
}

test('an app with oidc-client-ts signs in, renews silently, and signs out', async (t) => {
  const app = await createApp(t);
  const first = await signIn(app);
  assert.equal(first.profile.email, 'tom@example.com');
  assert.equal(first.profile['cognito:username'], app.username);
  assert.ok(first.refresh_token);

  await app.window.evaluate(async () => show(await manager.signinSilent()));
  const renewed = await tokensOf(app);
  assert.notEqual(renewed.access_token, first.access_token);
  assert.equal(renewed.refresh_token, first.refresh_token, 'the refresh token is kept');
  assert.equal(renewed.profile.sub, first.profile.sub);

  const bye = `${app.origin}/bye`;
  await app.window.evaluate((logout_uri) => {
    void manager.signoutRedirect({ extraQueryParams: { client_id: manager.settings.client_id, logout_uri } });
  }, bye);
  await app.window.waitForURL(bye);
  await isShown(app, 'signed out');
  await app.window.evaluate(() => void manager.signinRedirect());
  await app.window.locator('#signInFormPassword:visible').waitFor();
  assert.equal(new URL(app.window.url()).origin, ENDPOINT);
});

test('oidc-client-ts refuses an answer whose state is another', async (t) => {
  const app = await createApp(t);
  await app.window.goto(`${app.origin}/callback?code=7378f445-c87f-400c-855e-0297d072ff03&state=x`);
  await isShown(app, 'failed: No matching state found in storage');
});
