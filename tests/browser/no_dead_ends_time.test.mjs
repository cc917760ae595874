// Pages that were open for too long: what is still good is taken, what is over says so and leads on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { advanceClock } from '../fixtures/moved_clock_server.mjs';

const { landing, watch } = await import('./landing.mjs');
const { STEPS, letPass, makeStep } = await import('./sign_in_steps.mjs');

const HOURS = 2;
const TOLD = {
  'a confirmation': /no longer knows who you are/,
  'a forgotten password': /Invalid code provided, please request a code again/,
};

// Lets the clock of the server run ahead; cookies grow old in the browser's own time.
async function pass() {
  await advanceClock(`${HOURS}h`);
  letPass(HOURS * 3_600_000);
}

for (const name of STEPS) {
  test(`s41 ${name}, answered two hours later, leads on`, async (t) => {
    const step = await makeStep(t, name);
    const { app } = step;
    watch(app.window);
    await step.reach();
    await step.readMail();
    await pass();
    await step.answer();
    if (name === 'the password') {
      await app.isDone();
    } else {
      const told = app.window.getByRole('status').or(app.window.getByRole('alert'));
      await told.first().waitFor();
      const page = await landing(app.window);
      assert.match(page.alert + page.note, TOLD[name] ?? /took too long/);
      assert.equal(page.query.get('state'), 'kept');
      await step.beginAnew();
      await app.isDone();
    }
    assert.equal(await app.shown('received-state'), 'kept');
    assert.ok(await app.shown('id_token'));
  });
}
