// Every page in every state: accessible, valid, as wide as the window at most, usable by keyboard;
// in the light and in the dark, on a phone and on a desk.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, describe, it, test } from 'node:test';

import { EVERY_PAGE_STATE } from '../fixtures/every_page_state.mjs';
import { isFocused, isPainted, typeInto } from '../fixtures/keyboard.mjs';
import {
  accessibilityFaults,
  htmlFaults,
  keyboardFaults,
  overhang,
} from '../fixtures/page_checks.mjs';
import { PASSWORD } from '../fixtures/user_pool.mjs';
import { PageStage } from '../fixtures/page_states/page_stage.mjs';
import { PageVisitor } from '../fixtures/page_states/page_visitor.mjs';
import { App } from './app.mjs';
import { openWindow } from './chromium.mjs';

const SCHEMES = ['light', 'dark'];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

// WCAG 1.4.10: at this width nobody has to scroll sideways.
const NARROWEST = { width: 320, height: 640 };

const TEXTS = new URL('../../crates/templates/texts/', import.meta.url);

// Texts that no request to this server shows, each with the reason.
const NEVER_SHOWN = {
  'password-demand-uncommon': 'common passwords are refused by a setting of the server',
  'problem-busy': 'it takes more requests than a server can answer',
  'problem-temporary-password-expired': 'it takes a day at least',
  'problem-attribute-not-writable': 'no client is made that may not write what the pool requires',
  'error-page-failed': 'it takes a fault of the server',
  'note-done': 'it takes a form that is sent twice at once, and either answer may come last',
};

const stage = new PageStage();

// The HTML of all pages that were looked at.
const served = [];

after(() => stage.end());

// Windows that wait for a state: opening one takes more time than what is done in it. They end with
// the browser.
const windows = [];
const untilTheEnd = { after: () => {} };

// Lends a window that has never been anywhere, as far as a server can tell.
async function inWindow(run) {
  const window = windows.pop() ?? (await openWindow(untilTheEnd));
  try {
    await window.context().clearCookies();
    await window.emulateMedia({ colorScheme: 'light' });
    await window.setViewportSize(DESK);
    await run(new PageVisitor(window));
  } finally {
    windows.push(window);
  }
}

describe('every page in every state', { concurrency: 2 }, () => {
  for (const state of EVERY_PAGE_STATE) {
    it(state.name, () => inWindow(async (visitor) => {
      await state.open({ stage, visitor });
      await isReached(state, visitor);
      served.push(await visitor.served());
      assert.deepEqual(await htmlFaults(served.at(-1)), []);
      await announcesWhatIsWrong(state, visitor.window);
      for (const colorScheme of SCHEMES) {
        await visitor.window.emulateMedia({ colorScheme });
        for (const size of [DESK, PHONE]) {
          await visitor.window.setViewportSize(size);
          const faults = await accessibilityFaults(visitor.window);
          assert.deepEqual(faults, [], `${colorScheme}, ${size.width}`);
          assert.equal(await overhang(visitor.window), 0, `${size.width}`);
        }
      }
      assert.deepEqual(await keyboardFaults(visitor.window), []);
      await visitor.window.setViewportSize(NARROWEST);
      assert.equal(await overhang(visitor.window), 0, `${NARROWEST.width}`);
    }));
  }
});

// Proves that the page is the one that the state is about.
async function isReached({ path, heading, alert, note }, visitor) {
  const { window } = visitor;
  isAs(visitor.path, path);
  isAs(await window.locator('h1').innerText(), heading);
  for (const [role, expected] of [['alert', alert], ['status', note]]) {
    const said = await window.getByRole(role).allInnerTexts();
    assert.equal(said.length, expected ? 1 : 0, `${role}: ${said}`);
    if (expected) assert.match(said[0].trim(), expected);
  }
}

function isAs(found, expected) {
  if (expected instanceof RegExp) assert.match(found, expected);
  else assert.equal(found, expected);
}

// What is wrong is told in the title, and by every field that is marked.
async function announcesWhatIsWrong({ alert }, window) {
  if (!alert) return;
  assert.match(await window.title(), /^Error: /);
  const marked = await window.evaluate(() =>
    [...document.querySelectorAll('[aria-invalid="true"]')].map((field) => ({
      isTold: field.getAttribute('aria-describedby').split(' ').some(
        (id) => document.getElementById(id).getAttribute('role') === 'alert',
      ),
      name: field.name,
    })),
  );
  assert.deepEqual(marked.filter(({ isTold }) => !isTold), []);
}

test('every text of the pages was on one of them', async () => {
  const english = await readFile(new URL('en.ftl', TEXTS), 'utf8');
  const html = served.join('\n').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
  const missing = [...english.matchAll(/^([a-z][\w-]*) = (.+)$/gm)].filter(([, name, text]) => {
    const parts = text.split(/\{ \$\w+ \}/).map((part) => escape(part));
    return !(name in NEVER_SHOWN) && !new RegExp(parts.join('.*')).test(html);
  });
  assert.deepEqual(missing.map(([, name]) => name), []);
});

const escape = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

describe('pages in every language', { concurrency: 2 }, async () => {
  const files = await readdir(TEXTS);
  for (const lang of files.map((file) => file.replace('.ftl', ''))) {
    it(lang, () => inWindow(async (visitor) => {
      const { window } = visitor;
      const strict = await stage.at('strict');
      for (const path of ['/login', '/signup']) {
        await visitor.open(strict.address(path, { lang }));
        await visitor.send({ username: 'no body', password: 'alllowercase' });
        assert.equal(await window.locator('html').getAttribute('lang'), lang);
        assert.deepEqual(await htmlFaults(await visitor.served()), []);
        await window.setViewportSize(NARROWEST);
        assert.equal(await overhang(window), 0, path);
      }
    }));
  }
});

test('a person signs in by keyboard alone, wrong at first, and is told so', async (t) => {
  const app = await App.create(t);
  const { window } = app;
  const { keyboard } = window;
  const focused = () =>
    window.evaluate(() => {
      const { id, ariaInvalid } = document.activeElement;
      const description = document.activeElement.getAttribute('aria-describedby');
      return { id, ariaInvalid, told: document.getElementById(description)?.innerText };
    });
  await window.goto(app.signInUrl());
  await typeInto(window, 'signInFormUsername', app.username);
  await keyboard.press('Tab');
  await typeInto(window, 'signInFormPassword', 'Wrong-horse-7');
  await keyboard.press('Enter');
  await window.getByRole('alert').waitFor();
  await isFocused(window, '#signInFormPassword');
  await isPainted(window);
  const told = 'Incorrect username or password.';
  assert.deepEqual(await focused(), { id: 'signInFormPassword', ariaInvalid: 'true', told });
  await keyboard.press('Shift+Tab');
  assert.deepEqual(await focused(), { id: 'signInFormUsername', ariaInvalid: 'true', told });
  await keyboard.press('Tab');
  await typeInto(window, 'signInFormPassword', PASSWORD);
  await keyboard.press('Enter');
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('what the checks are there to find is found', () =>
  inWindow(async (visitor) => {
    const { window } = visitor;
    await visitor.open((await stage.at('ordinary')).address('/login'));
    const healthy = await visitor.served();
    for (const [from, to, rule] of [
      ['</form>', '', 'close-order'],
      ['<h1>', '<h1 id="signInFormUsername">', 'no-dup-id'],
      ['autocomplete="username"', 'autocomplete="nobody"', 'valid-autocomplete'],
      [' for="signInFormPassword"', '', 'input-missing-label'],
    ]) {
      assert.ok(healthy.includes(from), from);
      const faults = await htmlFaults(healthy.replace(from, to));
      assert.ok(faults.some((fault) => fault.startsWith(rule)), `${rule}: ${faults}`);
    }
    await window.evaluate(() => {
      const [label] = document.querySelectorAll('label');
      label.replaceWith('No label');
      const button = document.querySelector('main [type=submit]');
      Object.assign(button.style, { minHeight: '0', height: '8px', padding: '0', width: '8px' });
      button.after(button.cloneNode());
      const link = document.querySelector('main a');
      Object.assign(link.style, { color: '#bbb', outline: 'none' });
      document.body.lastElementChild.style.width = '1300px';
    });
    const found = (await accessibilityFaults(window)).join('\n');
    for (const rule of ['label', 'color-contrast', 'target-size']) {
      assert.match(found, new RegExp(`^violated ${rule}:`, 'm'));
    }
    assert.ok((await overhang(window)) > 0);
    const [focus] = await keyboardFaults(window);
    assert.match(focus, /^the focus does not show on/);
  }));
