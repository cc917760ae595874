// The page about settings names each flag, variable and key that the binary knows, and no other.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { BINARY, ROOT } from './quickstart.mjs';

// A secret of its own has no flag, so that no list of processes shows it, and is not in the help.
const MASTER_KEY = 'POOLHOUSE_MASTER_KEY';

test('docs/configuration.md names every setting', async () => {
  const { stdout: help } = await promisify(execFile)(BINARY, ['serve', '--help']);
  const page = await readFile(join(ROOT, 'docs/configuration.md'), 'utf8');
  const names = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name).sort();

  assert.deepEqual(
    names(page, /^\| `--([a-z-]+)/gm),
    names(help, /^ +--([a-z-]+)/gm).filter((flag) => flag !== 'help'),
  );
  assert.deepEqual(
    names(page, /^\|.*?`(POOLHOUSE_[A-Z_]+)`/gm),
    [...names(help, /\[env: (\w+)\]/g), MASTER_KEY].sort(),
  );
  assert.deepEqual(
    names(page, /^\|.*?POOLHOUSE_.*?\| `([a-z_.]+)`/gm),
    names(help, /\[file: ([a-z_.]+)\]/g),
  );
});
