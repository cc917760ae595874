// The playground from the choice of a client to the end of the session. One of its mistakes moves
// the server's clock, so that this file has a server of its own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { isFocused } from '../fixtures/keyboard.mjs';
import '../fixtures/moved_clock_server.mjs';

const { cognito, ENDPOINT } = await import('../fixtures/user_pool.mjs');
const { PAGE, Playground, RETURN } = await import('./playground_page.mjs');

const run = promisify(execFile);

// The AWS CLI is beside the interpreter that it is installed for; any credentials do.
const AWS_ENV = {
  ...process.env,
  PATH: `${dirname(process.env.POOLHOUSE_PYTHON)}${delimiter}${process.env.PATH}`,
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_EC2_METADATA_DISABLED: 'true',
};

test('the code is shown as it came, leaves the address bar, and becomes tokens that verify', async (t) => {
  const playground = await Playground.create(t);
  await playground.signInByCode();
  assert.equal(playground.window.url(), PAGE);
  assert.match(await playground.text('#arrival'), /\?code=[0-9a-f-]{36}/);
  assert.match(await playground.text('#arrival'), /Compare state\s+Holds/);
  assert.equal(await playground.press('exchange-panel'), 200);
  await playground.step('tokens');
  const verdicts = await playground.verdicts();
  assert.equal(Object.keys(verdicts).length, 10);
  assert.deepEqual([...new Set(Object.values(verdicts))], ['Holds'], JSON.stringify(verdicts));
  assert.match(await playground.text('[data-token="id_token"]'), /sam@example\.com/);
  assert.match(await playground.text('[data-token="id_token"]'), /When the token ends: \d{4}-\d\d-\d\d .* UTC, in 59 minutes/);
  assert.match(await playground.text('[data-token="refresh_token"]'), /Only the server can read it/);
});

test('s24 no token and no code is in an address, the history or the storage of the page', async (t) => {
  const playground = await Playground.create(t);
  const addresses = [];
  await playground.signInByCode();
  playground.window.on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
  assert.equal(await playground.press('exchange-panel'), 200);
  await playground.step('use');
  for (const id of ['user-info', 'get-user', 'refresh']) assert.equal(await playground.press(id), 200, id);
  assert.ok(addresses.length > 4);
  for (const address of addresses) assert.doesNotMatch(address, /eyJ|code=|token=/);
  assert.doesNotMatch(await playground.stored(), /eyJ|code_verifier|codeVerifier/);
  await playground.window.goBack().catch(() => null);
  assert.doesNotMatch(playground.window.url(), /[?&]code=/);
});

test('one changed letter of the token fails at the signature, and put back it holds', async (t) => {
  const playground = await Playground.create(t);
  await playground.withTokens();
  await playground.window.locator('#spoil').click();
  await playground.window.locator('#verification .notice').waitFor();
  const verdicts = await playground.verdicts();
  assert.equal(verdicts['Verify the signature'], 'Fails');
  assert.equal(Object.keys(verdicts).at(-1), 'Verify the signature');
  await playground.window.locator('#restore').click();
  await playground.window.locator('#verification .note').waitFor();
  await playground.window.locator('#token-use').selectOption('access');
  await playground.window.locator('#verification >> text=Compare client_id').waitFor();
  assert.deepEqual([...new Set(Object.values(await playground.verdicts()))], ['Holds']);
  const token = await playground.window.locator('#token-box').inputValue();
  await playground.window.locator('#token-use').selectOption('id');
  await playground.window.locator('#token-box').fill(token);
  await playground.window.locator('#verification .notice').waitFor();
  assert.equal((await playground.verdicts())['Compare token_use'], 'Fails');
});

const EXPECTED = {
  'used-twice': ['invalid_grant', /exchanged before/],
  'wrong-redirect-uri': ['unauthorized_client', /none of the client's CallbackURLs/],
  'redirect-url': ['invalid_request', /redirect_uri did not come/],
  'wrong-verifier': ['invalid_grant', /not the one that the code_challenge was made from/],
  'no-verifier': ['invalid_grant', /no code_verifier came/],
  'no-secret': ['invalid_client', /has a secret, and none came/],
  'unexpected-secret': ['invalid_client', /for a client that has none/],
  'json-body': [/invalid_(client|request)/, /form/],
  expired: ['invalid_grant', /older than five minutes/],
};

for (const isConfidential of [false, true]) {
  test(`each mistake gets its real error and its words (${isConfidential ? 'confidential' : 'public'} client)`, async (t) => {
    const playground = await Playground.create(t, { GenerateSecret: isConfidential });
    await playground.signInByCode();
    const made = [];
    for (const button of await playground.window.locator('[data-mistake]').all()) {
      const id = await button.getAttribute('data-mistake');
      if (await button.isDisabled()) continue;
      await button.click();
      const outcome = playground.window.locator(`[data-outcome="${id}"]`);
      const [error, words] = EXPECTED[id];
      assert.match(await outcome.getAttribute('data-error'), new RegExp(error), id);
      assert.match(await outcome.locator('.words').innerText(), words, id);
      made.push(id);
    }
    const never = isConfidential ? 'unexpected-secret' : 'no-secret';
    assert.deepEqual(made, Object.keys(EXPECTED).filter((id) => id !== never));
    const clock = await (await fetch(`${ENDPOINT}/_poolhouse/clock`)).json();
    assert.equal(clock.ahead_ms, 0, 'the clock was put right');
  });
}

test('a clock that was moved before stands as it stood after the expired code', async (t) => {
  const playground = await Playground.create(t);
  await fetch(`${ENDPOINT}/_poolhouse/clock?advance=1h`, { method: 'POST' });
  t.after(() => fetch(`${ENDPOINT}/_poolhouse/clock`, { method: 'DELETE' }));
  await playground.withTokens();
  assert.deepEqual([...new Set(Object.values(await playground.verdicts()))], ['Holds'], 'by the server’s clock');
  await playground.step('exchange');
  await playground.window.locator('[data-mistake="expired"]').click();
  await playground.window.locator('[data-outcome="expired"]').waitFor();
  const clock = await (await fetch(`${ENDPOINT}/_poolhouse/clock`)).json();
  assert.ok(Math.abs(clock.ahead_ms - 3_600_000) < 5_000, `${clock.ahead_ms}`);
});

test('userInfo, GetUser and refresh work until the revocation, and the sign-out ends the session', async (t) => {
  const playground = await Playground.create(t);
  await playground.withTokens();
  await playground.step('use');
  assert.equal(await playground.press('user-info'), 200);
  assert.match(await playground.answer('user-info'), /sam@example\.com/);
  assert.equal(await playground.press('get-user'), 200);
  assert.equal(await playground.press('refresh'), 200);
  assert.equal(await playground.press('revoke'), 200);
  assert.equal(await playground.press('user-info'), 401);
  assert.match(await playground.answer('user-info'), /What to do|It can mean/);
  assert.equal(await playground.press('get-user'), 400);
  assert.equal(await playground.press('refresh'), 400);
  await playground.window.locator('#logout a.button').click();
  await playground.isReady();
  assert.equal(playground.window.url(), PAGE);
  assert.match(await playground.text('#arrival'), /session is gone/);
  await playground.window.locator('[data-mistake="used-twice"]').click();
  await playground.window.locator('#mistake-result .notice').waitFor();
  assert.match(await playground.text('#mistake-result'), /has no session/);
});

test('the implicit grant brings tokens behind the #, which leave the address bar and verify', async (t) => {
  const playground = await Playground.create(t);
  await playground.open();
  await playground.step('implicit');
  await playground.signIn('#go-implicit');
  assert.equal(playground.window.url(), PAGE);
  assert.match(await playground.text('#implicit-arrival'), /#\w+=/);
  assert.match(await playground.text('#implicit-arrival'), /Holds/);
  await playground.step('tokens');
  assert.deepEqual([...new Set(Object.values(await playground.verdicts()))], ['Holds']);
  assert.equal(await playground.window.locator('[data-token="refresh_token"]').count(), 0);
});

for (const isConfidential of [false, true]) {
  test(`the custom form leads from SignUp to tokens, by password and by SRP (${isConfidential ? 'confidential' : 'public'} client)`, async (t) => {
    const playground = await Playground.create(t, { GenerateSecret: isConfidential });
    await playground.open();
    await playground.step('custom');
    const fields = { username: 'ann', email: 'ann@example.com', password: 'Correct-horse-7' };
    for (const [name, value] of Object.entries(fields)) await playground.window.locator(`#custom-${name}`).fill(value);
    assert.equal(await playground.press('custom-sign-up'), 200);
    await playground.window.locator('#custom-confirm >> text=Take the code from the inbox').click();
    await playground.window.locator('#custom-confirm .note').waitFor();
    assert.equal(await playground.press('custom-confirm'), 200);
    assert.equal(await playground.press('custom-sign-in'), 200);
    assert.equal(await playground.press('custom-srp', 0), 200);
    const values = await playground.text('#srp-values');
    for (const name of ['A', 'SRP_B', 'SALT', 'u', 'x', 'S', 'key', 'PASSWORD_CLAIM_SIGNATURE']) {
      assert.match(values, new RegExp(`^${name}$`, 'm'));
    }
    assert.doesNotMatch(values, /Correct-horse-7/);
    assert.equal(await playground.press('custom-srp', 1), 200);
    await playground.step('tokens');
    assert.equal((await playground.verdicts())['Verify the signature'], 'Holds');
    await playground.step('custom');
    await playground.window.locator('#custom-password').fill('Wrong-horse-7');
    assert.equal(await playground.press('custom-srp', 0), 200);
    assert.equal(await playground.press('custom-srp', 1), 400);
    assert.match(await playground.text('#custom-srp'), /Incorrect username or password/);
  });
}

// Registers the page with the client that is chosen.
const REGISTRATIONS = {
  'one click': async ({ window }) => window.locator('.registration button[type=submit]').click(),
  'the shown command of the AWS CLI': async ({ window }) => {
    const command = await window.locator('.registration details pre').textContent();
    await run('sh', ['-c', command], { env: AWS_ENV });
    await window.reload();
  },
};

for (const [name, register] of Object.entries(REGISTRATIONS)) {
  test(`a client that does not know the page is registered by ${name}, and keeps all that it had`, async (t) => {
    const playground = await Playground.create(t);
    playground.client = await playground.pool.createWebClient('https://app.example.com/callback', {
      LogoutURLs: ['https://app.example.com/bye'],
      ClientName: 'it-s',
      RefreshTokenValidity: 7,
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'days' },
      ReadAttributes: ['email', 'email_verified', 'name'],
      PreventUserExistenceErrors: 'ENABLED',
    });
    await playground.open();
    const before = await describe(playground);
    await register(playground);
    await playground.isReady();
    assert.equal(await playground.window.locator('#client').inputValue(), playground.client.id);
    assert.equal(await playground.window.locator('.registration').count(), 0);
    const after = await describe(playground);
    assert.deepEqual(after.CallbackURLs, [...before.CallbackURLs, RETURN]);
    assert.deepEqual(after.LogoutURLs, [...before.LogoutURLs, RETURN]);
    for (const member of Object.keys(before).filter((member) => !/URLs$|Date$/.test(member))) {
      assert.deepEqual(after[member], before[member], member);
    }
    await playground.step('authorize');
    await playground.signIn();
    assert.equal(await playground.press('exchange-panel'), 200);
  });
}

async function describe({ pool, client }) {
  const { UserPoolClient } = await cognito.describeUserPoolClient({ UserPoolId: pool.id, ClientId: client.id });
  return UserPoolClient;
}

test('for a domain elsewhere requests are built and nothing is sent', async (t) => {
  const playground = await Playground.create(t);
  await playground.open();
  const asked = [];
  // The browser looks for the icon of the tab when it likes.
  playground.window.on('request', (request) => request.url().endsWith('/icon.svg') || asked.push(request.url()));
  await playground.window.locator('summary >> text=another Cognito domain').click();
  const typed = { domain: 'https://shop.auth.eu-west-1.amazoncognito.com', 'client-id': 'abc', 'redirect-uri': 'https://app.example.com/cb', 'pool-id': 'eu-west-1_Abc' };
  for (const [name, value] of Object.entries(typed)) await playground.window.locator(`#foreign-${name}`).fill(value);
  await playground.window.locator('#foreign-form button').click();
  await playground.window.locator('#foreign-result .note').waitFor();
  await playground.step('authorize');
  assert.match(await playground.text('#authorize-address'), /^https:\/\/shop\.auth\.eu-west-1\.amazoncognito\.com\/oauth2\/authorize/);
  assert.equal(await playground.window.locator('#go').count(), 0);
  await playground.step('exchange');
  await playground.window.locator('#code').fill('pasted-code');
  assert.match(await playground.text('#exchange-panel'), /POST \/oauth2\/token[\s\S]*pasted-code/);
  assert.ok(await playground.window.locator('#exchange-panel .button:disabled').isVisible());
  assert.equal(await playground.window.locator('[data-mistake]').count(), 0);
  assert.deepEqual(asked, []);
});

test('collection and environment are downloaded as Postman reads them', async (t) => {
  const playground = await Playground.create(t);
  await playground.open();
  await playground.step('exchange');
  const read = async (name) => {
    const [download] = await Promise.all([playground.window.waitForEvent('download'), playground.window.locator(`text=Download the ${name}`).click()]);
    assert.equal(download.suggestedFilename(), `cognito.postman_${name}.json`);
    return JSON.parse(await readFile(await download.path(), 'utf8'));
  };
  const collection = await read('collection');
  assert.equal(collection.item.length, 6);
  const { values } = await read('environment');
  const value = (name) => values.find(({ key }) => key === name).value;
  assert.equal(value('client_id'), playground.client.id);
  assert.equal(value('redirect_uri'), RETURN);
  assert.equal(value('code_challenge'), createHash('sha256').update(value('code_verifier')).digest('base64url'));
});

test('opened under another origin the page says where it is at home, and does nothing', async (t) => {
  const playground = await Playground.create(t);
  const elsewhere = new URL(PAGE);
  elsewhere.hostname = elsewhere.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  await playground.window.goto(`${elsewhere}/callback?code=abc`);
  await playground.window.locator('#trouble a').waitFor();
  assert.equal(await playground.window.locator('#trouble a').getAttribute('href'), PAGE);
  assert.doesNotMatch(playground.window.url(), /code=/);
});

test('the secret of a confidential client is covered until it is asked for', async (t) => {
  const playground = await Playground.create(t, { GenerateSecret: true });
  await playground.signInByCode();
  const { secret } = playground.client;
  const shown = () => playground.window.evaluate(() => document.body.innerText);
  assert.ok(!(await shown()).includes(secret));
  await playground.step('choose');
  await playground.window.locator('text=Reveal').click();
  assert.ok((await shown()).includes(secret));
  await playground.step('exchange');
  await playground.window.locator('#exchange-panel [role=tab] >> text=curl').click();
  assert.ok((await playground.text('#exchange-panel')).includes(secret));
});

test('the steps and the tabs are used by the keyboard alone', async (t) => {
  const playground = await Playground.create(t);
  await playground.signInByCode();
  const { keyboard } = playground.window;
  await playground.window.locator('#exchange-panel [role=tab]').first().focus();
  await keyboard.press('ArrowRight');
  assert.match(await playground.text('#exchange-panel [role=tabpanel]'), /^curl /);
  await keyboard.press('End');
  assert.match(await playground.text('#exchange-panel [role=tabpanel]'), /AWS CLI has no command/);
  await playground.window.locator('.map a[href="#tokens"]').focus();
  await keyboard.press('Enter');
  await isFocused(playground.window, '#tokens-title');
  await playground.window.goBack();
  await playground.window.locator('#exchange:not([hidden])').waitFor();
});
