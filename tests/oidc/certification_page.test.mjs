// docs/oidc-conformance.md and the tests name the same modules.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const PAGE = new URL('../../docs/oidc-conformance.md', import.meta.url);
const BASIC_OP_MODULES = 38;

async function testedModules() {
  const folder = new URL('.', import.meta.url);
  const files = (await readdir(folder)).filter((name) => /^certification_.*\.test\.mjs$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/'(oidcc-[a-z0-9-]+): /g)].map(([, name]) => name));
}

test('every module has one test and one row that tells its outcome', async () => {
  const page = await readFile(PAGE, 'utf8');
  const outcome = '(passes|passes with a warning|differs|not applicable)';
  const row = new RegExp(`^\\| \`(oidcc-[a-z0-9-]+)\` +\\| ${outcome} +\\| .+\\|$`, 'gm');
  const rows = [...page.matchAll(row)].map(([, name]) => name);
  assert.deepEqual((await testedModules()).toSorted(), rows.toSorted());
  assert.equal(new Set(rows).size, rows.length);
  const basic = page.split('\n## ').find((section) => section.startsWith('Basic OP'));
  assert.equal([...basic.matchAll(row)].length, BASIC_OP_MODULES);
});
