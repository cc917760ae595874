// Every value that comes back on a page, hostile in every way we know: it comes back as a text.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { HOSTILE_TEXTS } from '../fixtures/hostile_texts.mjs';
import { ENDPOINT, PASSWORD, cognito, lastMail } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { makeStep } from './sign_in_steps.mjs';
import { Tripwire } from './tripwire.mjs';

const SOME = ['an image that fails', 'a handler in double quotes', 'lines for a header', 'a character of nothing'];
// The second is for a character U+0000.
const REFUSED = { name: /^(InvalidParameter|Serialization)Exception$/ };
const PAGES = ['/login', '/signup', '/confirm', '/forgotPassword', '/confirmforgotPassword'];

async function wiredApp(t) {
  const app = await App.create(t);
  app.wire = await Tripwire.lay(app.window);
  return app;
}

// Opens an address, each value of whose query is hostile.
async function open(app, path, parameters) {
  const address = `${ENDPOINT}${path}?${new URLSearchParams(parameters)}`;
  await app.window.goto(address, { waitUntil: 'domcontentloaded' });
}

// What an application would send, with a hostile text wherever it may say what it likes.
const hostileRequest = (app, text) => ({
  client_id: app.client.id,
  response_type: 'code',
  redirect_uri: app.callback,
  scope: 'openid',
  state: text,
  nonce: text,
  login_hint: text,
  lang: text,
  ui_locales: text,
  display: text,
  page_data: text,
  id_token_hint: text,
  [text]: text,
});

test('s51 a hostile request runs nothing on any page, and comes back as it was', async (t) => {
  const app = await wiredApp(t);
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    for (const page of PAGES) {
      await open(app, page, hostileRequest(app, text));
      if (new URL(app.window.url()).origin !== ENDPOINT) {
        // A request that is refused goes back to the application, which has scripts of its own.
        assert.equal(await app.window.evaluate(() => window.hacked), undefined, name);
        continue;
      }
      await app.wire.check(`${name} on ${page}`);
      // The form carries the request on as it came.
      const action = await app.window.locator('form').first().getAttribute('action');
      const carried = new URL(action, ENDPOINT).searchParams.get('state');
      assert.equal(carried, new URL(app.window.url()).searchParams.get('state'), name);
    }
  }
});

test('s51 s64 what is wrong with a request is told without running any of it', async (t) => {
  const app = await wiredApp(t);
  const { id } = app.client;
  const own = { client_id: id, response_type: 'code', redirect_uri: app.callback };
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    const requests = {
      'an address that is not registered': ['/oauth2/authorize', { ...own, redirect_uri: text }],
      'an address with more to it': ['/login', { ...own, redirect_uri: app.callback + text }],
      'a sign-out to anywhere': ['/logout', { client_id: id, logout_uri: text, redirect_uri: text }],
      'the page of errors': [
        '/error',
        { error: text, error_description: text, client_id: text, reference: text, signed_out: text },
      ],
      'the page of errors for a client': [
        '/error',
        { error: 'redirect_mismatch', client_id: id, redirect_uri: text, logout_uri: text },
      ],
      'a link to confirm': ['/confirmUser', { client_id: id, user_name: text, confirmation_code: text }],
      'an answer shown by the server': [
        `/_poolhouse/callback/${id}`,
        { code: text, state: text, error: text, error_description: text, [text]: text },
      ],
      'a recipient of mail': ['/_poolhouse/inbox', { to: text }],
    };
    // Nothing of these comes back: some of the texts will do.
    const silent = {
      'an unknown client': ['/oauth2/authorize', { ...own, client_id: text, state: text }],
      'a sign-out of nobody': ['/logout', { client_id: text, logout_uri: text }],
      'a link of no client': ['/confirmUser', { client_id: text, user_name: text, confirmation_code: text }],
    };
    if (SOME.includes(name)) Object.assign(requests, silent);
    for (const [kind, [path, parameters]] of Object.entries(requests)) {
      await open(app, path, parameters);
      await app.wire.check(`${kind}: ${name}`);
      assert.equal(new URL(app.window.url()).origin, ENDPOINT, `${kind}: ${name} led away`);
    }
  }
});

test('s64 an application gets its errors with nothing added to the address', async (t) => {
  const app = await wiredApp(t);
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    const others = [{ response_type: text }, { resource: text, prompt: text }];
    for (const wrong of [{ scope: text }, ...(SOME.includes(name) ? others : [])]) {
      await open(app, '/oauth2/authorize', { ...hostileRequest(app, text), ...wrong, login_hint: '' });
      const { window } = app;
      assert.equal(await window.evaluate(() => window.hacked), undefined, name);
      const arrived = new URL(window.url());
      if (arrived.origin === ENDPOINT) continue;
      assert.equal(arrived.origin + arrived.pathname, app.callback, name);
      const names = [...arrived.searchParams.keys()].filter((key) => key !== 'error_description');
      assert.deepEqual(names, ['error', 'state'], name);
    }
  }
});

// Fills every field of a form with a text, past what the browser would keep out, and sends it.
async function sendEverywhere(app, text) {
  const navigated = app.window.waitForEvent('framenavigated');
  await app.window.evaluate((value) => {
    const [form] = document.forms;
    form.noValidate = true;
    for (const input of form.querySelectorAll('input:not([type=hidden]):not([type=submit]), textarea')) {
      input.removeAttribute('maxlength');
      if (input.type !== 'password') input.type = 'text';
      input.value = value;
    }
    form.querySelector('[type=submit]').click();
  }, text);
  await navigated;
  await app.window.waitForLoadState();
}

test('s51 what is typed comes back as a text, and is nothing else', async (t) => {
  const app = await wiredApp(t);
  for (const page of PAGES) {
    await app.window.goto(app.signInUrl({}, page));
    for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
      await sendEverywhere(app, text);
      await app.wire.check(`${name} typed on ${page}`);
      // What was taken led elsewhere.
      const isThere = new URL(app.window.url()).pathname === page;
      if (!isThere || (await app.window.locator('form').count()) === 0) {
        await app.window.goto(app.signInUrl({}, page));
      }
    }
  }
});

test('s51 what is typed at the later steps is nothing but a text', async (t) => {
  for (const step of ['a new password', 'a code', 'an authenticator app', 'a confirmation']) {
    const { app } = await makeStep(t, step).then((made) => made.reach().then(() => made));
    app.wire = await Tripwire.lay(app.window);
    for (const name of SOME) {
      await sendEverywhere(app, HOSTILE_TEXTS[name]);
      if (new URL(app.window.url()).origin !== ENDPOINT) {
        // It made a good password: the application has scripts of its own.
        assert.equal(await app.window.evaluate(() => window.hacked), undefined, name);
        break;
      }
      await app.wire.check(`${name} typed at ${step}`);
    }
  }
});

test('s51 s54 cookies that a neighbour planted are neither shown nor believed', async (t) => {
  const app = await wiredApp(t);
  await app.window.goto(app.signInUrl());
  const context = app.window.context();
  const names = (await context.cookies()).map(({ name }) => name);
  const [token] = names.filter((name) => name.startsWith('XSRF-TOKEN'));
  const others = ['cognito', 'page-data', 'page-note'].map((name) => token.replace('XSRF-TOKEN', name));
  // A browser keeps no line breaks, semicolons or zeros in a cookie.
  const texts = Object.values(HOSTILE_TEXTS).map((text) => text.replace(/[^\x20-\x7e]|[;,]/g, '').slice(0, 1000));
  for (const text of texts) {
    await context.addCookies([token, ...others, 'lang'].map((name) => ({ name, value: text, url: ENDPOINT })));
    await app.window.goto(app.signInUrl({}, '/login'));
    await app.wire.check(text);
    const shown = await app.window.locator('[name="_csrf"]').inputValue();
    assert.match(shown, /^[0-9a-f-]{36}$/, 'a token of ours is given instead');
  }
});

test('s51 names of pools and clients take no markup, and mails are shown as texts', async (t) => {
  const app = await wiredApp(t);
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    const what = `${name} as a name`;
    if (/[^\p{L}\p{N}\s+=,.@-]/u.test(text.trim())) {
      await assert.rejects(cognito.createUserPool({ PoolName: text.slice(0, 128) }), REFUSED, what);
      await assert.rejects(app.pool.createClient({ ClientName: text.slice(0, 128) }), REFUSED, what);
    }
  }
  const markup = Object.values(HOSTILE_TEXTS).filter((text) => /^[\x20-\x7e]{1,200}$/.test(text));
  await cognito.updateUserPool({
    UserPoolId: app.pool.id,
    AutoVerifiedAttributes: ['email'],
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      EmailSubject: 'Welcome <b id=hacked>',
      EmailMessage: `{####} ${markup.join(' ')}`,
    },
  });
  const address = `${randomUUID()}@example.com`;
  const Username = `"><img/id=hacked/src=x/onerror=window.hacked=1>${randomUUID()}`;
  await cognito.signUp({
    ClientId: app.client.id,
    Username,
    Password: PASSWORD,
    UserAttributes: [
      { Name: 'email', Value: address },
      { Name: 'name', Value: HOSTILE_TEXTS['a script'] },
    ],
  });
  await lastMail(address);
  await open(app, '/_poolhouse/inbox', { to: address });
  await app.wire.check('the inbox');
  assert.match(await app.window.locator('main').innerText(), /onerror/);
  await app.window.goto(`${ENDPOINT}/_poolhouse/`);
  await app.wire.check('the start page');
});

test('s51 a stylesheet of the owner that would fetch or run is refused', async (t) => {
  const app = await wiredApp(t);
  const domain = { UserPoolId: app.pool.id, Domain: `d-${randomUUID()}` };
  await cognito.createUserPoolDomain(domain);
  try {
    const rule = (declarations) => `.banner-customizable { ${declarations} }`;
    const sheets = [
      '@import "https://hacked.invalid/x.css";',
      rule('background: url(https://hacked.invalid/x)'),
      rule('background: \\75rl(https://hacked.invalid/x)'),
      rule('behavior: url(#x); -moz-binding: url(//hacked.invalid)'),
      rule('width: expression(window.hacked=1)'),
      rule('position: fixed; inset: 0'),
      'body { display: none }',
      'input[value^="a"] { background: red }',
      ...Object.values(HOSTILE_TEXTS),
    ];
    for (const CSS of sheets) {
      const kept = cognito.setUICustomization({ UserPoolId: app.pool.id, CSS });
      await assert.rejects(kept, REFUSED, CSS.slice(0, 80));
    }
    await app.window.goto(app.signInUrl());
    await app.wire.check('the page of the owner');
  } finally {
    await cognito.deleteUserPoolDomain(domain);
  }
});

test('s52 no page of the server can be put into a frame, and none is kept', async (t) => {
  const app = await wiredApp(t);
  const request = app.window.context().request;
  for (const page of [...PAGES, '/error', '/confirmUser', '/_poolhouse/', '/_poolhouse/inbox']) {
    const answer = await request.get(app.signInUrl({}, page), { headers: { accept: 'text/html' } });
    const headers = answer.headers();
    assert.equal(headers['x-frame-options'], 'DENY', page);
    assert.equal(headers['x-content-type-options'], 'nosniff', page);
    assert.equal(headers['referrer-policy'], 'no-referrer', page);
    assert.match(headers['cache-control'], /no-store/, page);
    assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, page);
    assert.ok(!/unsafe/.test(headers['content-security-policy']), page);
  }
});
