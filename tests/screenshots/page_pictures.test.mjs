// Takes the pictures of `docs/images/`, by `cargo xtask screenshots`. Nobody in them has a name
// that changes from one run to the next.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openWindow } from '../browser/chromium.mjs';
import { EVERY_PAGE_STATE } from '../fixtures/every_page_state.mjs';
import { PageStage } from '../fixtures/page_states/page_stage.mjs';
import { PageVisitor } from '../fixtures/page_states/page_visitor.mjs';
import { DARK_TOO, PICTURES } from './page_pictures.mjs';

const FOLDER = new URL('../../docs/images/', import.meta.url).pathname;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

for (const [picture, name] of Object.entries(PICTURES)) {
  test(`${picture}: ${name}`, async (t) => {
    const state = EVERY_PAGE_STATE.find((candidate) => candidate.name === name);
    assert.ok(state, `there is no state ${name}`);
    const stage = new PageStage({ newName: () => 'jane' });
    t.after(() => stage.end());
    const visitor = new PageVisitor(await openWindow(t));
    await state.open({ stage, visitor });
    const schemes = DARK_TOO.includes(picture) ? ['light', 'dark'] : ['light'];
    for (const colorScheme of schemes) {
      await visitor.window.emulateMedia({ colorScheme });
      for (const size of SIZES) {
        await visitor.window.setViewportSize(size);
        const file = [picture, size.width, ...(colorScheme === 'dark' ? ['dark'] : [])].join('-');
        await visitor.window.screenshot({ path: `${FOLDER}${file}.png`, fullPage: true });
      }
    }
  });
}
