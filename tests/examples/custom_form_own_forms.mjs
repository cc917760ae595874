// The example `custom-form`: the page with forms of its own.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { openWindow } from '../browser/chromium.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, cognito, lastMail } from '../fixtures/user_pool.mjs';
import { APP, POOL_ID, confirmedUser } from './custom_form_pool.mjs';

const STORED = 'custom-form.tokens';

class Page {
  static async open(t) {
    const page = new Page();
    page.window = await openWindow(t);
    await page.window.goto(APP);
    return page;
  }

  // Fills the fields of the form by their labels, and sends it.
  async send(button, fields) {
    record(Object.fromEntries(Object.entries(fields).map(([label, text]) => [label.toLowerCase(), text])));
    for (const [label, text] of Object.entries(fields)) await this.window.getByLabel(label, { exact: true }).fill(text);
    await this.click(button);
  }

  click(button) {
    return this.window.getByRole('button', { name: button, exact: true }).click();
  }

  signIn(username, password = PASSWORD) {
    return this.send('Sign in', { 'User name': username, Password: password });
  }

  // Signs up somebody new, up to the form for the code.
  async signUp(password = PASSWORD) {
    const username = `user-${randomUUID()}`;
    const email = `${username}@example.com`;
    await this.click('Create an account');
    await this.send('Create account', { 'User name': username, 'E-mail address': email, Password: password });
    return { username, email };
  }

  shows(text) {
    return this.window.getByText(text).waitFor();
  }

  isSignedIn(username) {
    return this.shows(`You are signed in as ${username}.`);
  }

  problem(text) {
    return this.window.getByRole('alert').getByText(text).waitFor();
  }

  async stored() {
    const tokens = JSON.parse(await this.window.evaluate((key) => sessionStorage.getItem(key), STORED));
    record({ access_token: tokens?.accessToken, refresh_token: tokens?.refreshToken });
    return tokens;
  }
}

test('a sign-in shows who it is, and a reload keeps it', async (t) => {
  const page = await Page.open(t);
  await page.signIn('jane');
  await page.isSignedIn('jane');
  await page.shows('jane@example.com');
  await page.window.reload();
  await page.isSignedIn('jane');
  await page.stored();
});

test('a wrong password and an unknown name are refused in the same words', async (t) => {
  const page = await Page.open(t);
  await page.signIn((await confirmedUser()).username, 'Wrong-horse-7');
  await page.problem('User name or password is not right.');
  await page.signIn('nobody');
  await page.problem('User name or password is not right.');
  // What was typed is still there to be mended.
  assert.equal(await page.window.getByLabel('User name').inputValue(), 'nobody');
});

test('a new user confirms with the code of the mail and signs in', async (t) => {
  const page = await Page.open(t);
  const { username, email } = await page.signUp();
  await page.shows(`We have sent a code to ${email}.`);
  const { code } = await lastMail(email);
  await page.send('Confirm', { Code: code === '111111' ? '222222' : '111111' });
  await page.problem('This code is not right.');
  await page.send('Confirm', { Code: code });
  await page.shows('Your account is ready.');
  assert.equal(await page.window.getByLabel('User name').inputValue(), username);
  await page.send('Sign in', { Password: PASSWORD });
  await page.isSignedIn(username);
});

test('a taken name and a weak password are refused in words', async (t) => {
  const page = await Page.open(t);
  await page.click('Create an account');
  const somebody = { 'E-mail address': 'somebody@example.com' };
  await page.send('Create account', { ...somebody, 'User name': 'jane', Password: PASSWORD });
  await page.problem('This user name is taken.');
  await page.send('Create account', { ...somebody, 'User name': 'somebody', Password: 'Horse-seven' });
  await page.problem(/^Password must have numeric characters$/);
});

test('who signs in before the address is confirmed gets a new code', async (t) => {
  const page = await Page.open(t);
  const { username, email } = await page.signUp();
  const first = await lastMail(email);
  await page.window.goto(APP);
  await page.signIn(username);
  await page.shows('Please confirm your e-mail address first.');
  let second = first;
  for (let look = 0; look < 40 && second.id === first.id; look += 1) {
    await page.window.waitForTimeout(100);
    second = await lastMail(email);
  }
  await page.send('Confirm', { Code: second.code });
  await page.shows('Your account is ready.');
});

test('a code is sent again on demand', async (t) => {
  const page = await Page.open(t);
  await page.signUp();
  await page.click('Send a new code');
  await page.shows('A new code is on its way.');
});

test('a forgotten password is reset with the code of the mail', async (t) => {
  const { username, email } = await confirmedUser();
  const page = await Page.open(t);
  await page.click('Forgot your password?');
  await page.send('Send a code', { 'User name': username });
  await page.shows('a code is on its way');
  const { code } = await lastMail(email);
  await page.send('Change password', { Code: code, 'New password': 'short' });
  await page.problem('Password not long enough');
  await page.send('Change password', { Code: code, 'New password': 'Another-horse-8' });
  await page.shows('Your password is changed.');
  await page.send('Sign in', { Password: PASSWORD });
  await page.problem('User name or password is not right.');
  await page.send('Sign in', { Password: 'Another-horse-8' });
  await page.isSignedIn(username);
});

test('a name that nobody has is asked for a code as any other', async (t) => {
  const page = await Page.open(t);
  await page.click('Forgot your password?');
  await page.send('Send a code', { 'User name': `nobody-${randomUUID()}` });
  await page.shows('a code is on its way');
  await page.send('Change password', { Code: '123456', 'New password': 'Another-horse-8' });
  await page.problem('This code is not right');
});

test('an access token that ends soon is renewed before it is used', async (t) => {
  const page = await Page.open(t);
  await page.window.clock.install();
  await page.signIn('jane');
  await page.isSignedIn('jane');
  const before = await page.stored();
  await page.window.clock.fastForward('56:00');
  await page.window.reload();
  await page.isSignedIn('jane');
  const after = await page.stored();
  assert.notEqual(after.accessToken, before.accessToken);
  assert.ok(after.expiresAt > before.expiresAt);
});

test('a session that was ended elsewhere is over here, and said to be', async (t) => {
  const { username } = await confirmedUser();
  const page = await Page.open(t);
  await page.signIn(username);
  await page.isSignedIn(username);
  await cognito.adminUserGlobalSignOut({ UserPoolId: POOL_ID, Username: username });
  await page.window.reload();
  await page.shows('Your session has ended.');
  assert.equal(await page.stored(), null);
});

test('signing out ends the tokens at the server, too', async (t) => {
  const page = await Page.open(t);
  await page.signIn('jane');
  await page.isSignedIn('jane');
  const { accessToken } = await page.stored();
  const revoked = page.window.waitForResponse((response) => response.url() === `${ENDPOINT}/`);
  await page.click('Sign out');
  await page.shows('You are signed out.');
  assert.equal((await revoked).status(), 200);
  assert.equal(await page.stored(), null);
  await assert.rejects(cognito.getUser({ AccessToken: accessToken }), { name: 'NotAuthorizedException' });
});
