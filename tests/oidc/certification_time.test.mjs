// Modules of the Basic OP certification plan in which time passes, with a server whose clock is
// moved. docs/oidc-conformance.md has a row for each.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as oidc from 'openid-client';

import { advanceClock } from '../fixtures/moved_clock_server.mjs';

// Loaded once the own server is there, since it reads the server's address.
const { begin, candidate, happyFlow, shownPage, silentFlow, userInfo } = await import(
  './certification.mjs'
);

// The user is asked for the password once more, and the ID token says so.
async function assertSecondSignIn(t, parameters, checks) {
  const party = await candidate(t);
  const first = (await happyFlow(party)).claims();
  await advanceClock('2s');
  const { status, html } = await shownPage(party, parameters);
  assert.equal(status, 200);
  assert.match(html, /signInFormPassword/);
  const second = (await happyFlow(party, parameters, checks)).claims();
  assert.equal(second.sub, first.sub);
  assert.ok(second.auth_time >= first.auth_time + 2);
}

test('oidcc-prompt-login: the user signs in once more', async (t) => {
  await assertSecondSignIn(t, { prompt: 'login' }, {});
});

test('oidcc-max-age-1: after more than a second the user signs in once more', async (t) => {
  await assertSecondSignIn(t, { max_age: '1' }, {});
});

test('oidcc-max-age-10000: a recent sign-in is enough', async (t) => {
  const party = await candidate(t);
  const first = (await happyFlow(party)).claims();
  await advanceClock('2s');
  const second = (await silentFlow(party, { max_age: '10000' }, { maxAge: 10_000 })).claims();
  assert.equal(second.sub, first.sub);
  assert.equal(second.auth_time, first.auth_time);
});

test('oidcc-codereuse-30seconds: refused after half a minute; a thief ends the tokens', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party);
  const callback = await party.signIn(url, party.username);
  const tokens = await party.exchange(callback, checks);
  await advanceClock('30s');
  const refusal = { error: 'invalid_grant', status: 400 };
  await assert.rejects(party.exchange(callback, checks), refusal);
  // The client proved by its secret that it was itself: its tokens stay.
  assert.ok(await userInfo(party, tokens));

  const open = await candidate(t, { GenerateSecret: false }, oidc.None);
  const started = await begin(open);
  const stolen = await open.signIn(started.url, open.username);
  const lost = await open.exchange(stolen, started.checks);
  await advanceClock('30s');
  await assert.rejects(open.exchange(stolen, started.checks), refusal);
  await assert.rejects(userInfo(open, lost), (error) => (error.cause ?? error).status === 401);
});
