// The page of docs/getting-started.md, saved and served as it says.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD } from '../fixtures/user_pool.mjs';
import { openDocumentedPage } from './documented_page.mjs';

test('the page of the first steps signs in and shows three tokens', async (t) => {
  const { origin, window, username } = await openDocumentedPage(t, 'docs/getting-started.md');
  await window.goto(origin);
  await window.locator('#sign-in').click();
  await window.locator('#signInFormUsername:visible').fill(username);
  await window.locator('#signInFormPassword:visible').fill(PASSWORD);
  await window.locator('[name="signInSubmitButton"]:visible').click();
  await window.locator('#tokens', { hasText: 'id_token' }).waitFor();
  const tokens = JSON.parse(await window.locator('#tokens').textContent());
  record(tokens);
  assert.deepEqual(Object.keys(tokens).sort(), [
    'access_token',
    'expires_in',
    'id_token',
    'refresh_token',
    'token_type',
  ]);
  assert.equal(window.url(), `${origin}/`, 'the code is gone from the address');
});
