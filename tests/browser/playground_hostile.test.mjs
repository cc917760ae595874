// What strangers can put into a link to the playground.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PAGE, Playground, RETURN } from './playground_page.mjs';

const PAYLOADS = [
  '"><script>window.hacked=1</script><img src=x onerror=window.hacked=1>',
  "javascript:window.hacked=1//'-window.hacked-'",
  '</pre><svg onload=window.hacked=1>',
  '{{constructor.constructor("window.hacked=1")()}}',
  '__proto__',
];

const query = (parameters) => new URLSearchParams(parameters).toString();

async function isUnharmed(playground, address) {
  await playground.goto(address);
  assert.equal(await playground.window.evaluate(() => window.hacked), undefined, address);
  assert.equal(await playground.window.locator('main script, main img, main svg, main iframe').count(), 0, address);
  assert.doesNotMatch(playground.window.url(), /code=|token=|error=/, address);
}

test('s51 nothing that a link brings is run, or stays in the address bar', async (t) => {
  const playground = await Playground.create(t);
  for (const payload of PAYLOADS) {
    const everything = { code: payload, state: payload, [payload]: payload };
    for (const address of [
      `${RETURN}?${query(everything)}`,
      `${RETURN}?${query({ error: payload, error_description: payload, state: payload })}`,
      `${RETURN}#${query({ id_token: payload, access_token: payload, state: payload })}`,
      `${RETURN}?${query(everything)}#${query({ access_token: payload })}`,
    ]) {
      await isUnharmed(playground, address);
    }
    await playground.goto(`${PAGE}?${query({ client_id: payload })}#${encodeURIComponent(payload)}`);
    assert.equal(await playground.window.evaluate(() => window.hacked), undefined);
    assert.match(await playground.text('#client-facts'), /There is no app client of that id/);
  }
});

test('s51 malformed and endless addresses are shown and bounded', async (t) => {
  const playground = await Playground.create(t);
  for (const address of [
    `${RETURN}?code=%ff%fe&state=%`,
    `${RETURN}?${'a=b&'.repeat(500)}code=x`,
    `${RETURN}#access_token=${'a.'.repeat(5000)}`,
    `${RETURN}?code=a&code=b&state=a&state=b`,
  ]) {
    await isUnharmed(playground, address);
  }
});

test('s19 an answer that this tab did not ask for is taken no further', async (t) => {
  const playground = await Playground.create(t);
  await playground.goto(`${RETURN}?${query({ code: 'stolen', state: 'guessed' })}`);
  assert.match(await playground.text('#arrival'), /Fails[\s\S]*An app must stop here/);
  assert.equal(await playground.window.locator('#code').inputValue(), '');
  await playground.goto(`${RETURN}#${query({ access_token: 'a.b.c', id_token: 'a.b.c', state: 'guessed' })}`);
  assert.match(await playground.text('#implicit-arrival'), /An app must stop here/);
  assert.equal(await playground.window.locator('[data-token]').count(), 0);
});

test('s51 hostile names of pools, clients and attributes are text', async (t) => {
  const [payload] = PAYLOADS;
  const playground = await Playground.create(t);
  const { cognito } = await import('../fixtures/user_pool.mjs');
  await cognito.adminUpdateUserAttributes({
    UserPoolId: playground.pool.id,
    Username: playground.username,
    UserAttributes: [{ Name: 'email', Value: 'sam@example.com' }, { Name: 'name', Value: payload }],
  });
  await playground.withTokens();
  assert.equal(await playground.window.evaluate(() => window.hacked), undefined);
  await playground.step('use');
  assert.equal(await playground.press('get-user'), 200);
  assert.match(await playground.answer('get-user'), /<script>window\.hacked=1<\/script>/);
  assert.equal(await playground.window.evaluate(() => window.hacked), undefined);
});

test('s51 every policy of the page holds: it loads nothing that its policy refuses', async (t) => {
  const playground = await Playground.create(t);
  const response = await playground.window.goto(PAGE);
  const policy = response.headers()['content-security-policy'];
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  const origins = new Set();
  playground.window.on('request', (request) => origins.add(new URL(request.url()).origin));
  await playground.open();
  assert.deepEqual([...origins].filter((origin) => origin !== 'null'), [new URL(PAGE).origin]);
});
