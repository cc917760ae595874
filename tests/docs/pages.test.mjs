// The code on the pages of docs/, run as a reader would run it: what names a file in its first
// line is saved under that name, then the commands are run in order in one shell. What a reader
// copies from the quickstart's output is filled in.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { Quickstart, ROOT } from './quickstart.mjs';

const BLOCK = /^```(\w+)\n(.*?)^```$/gms;
const FILE_NAME = /^(?:#|\/\/|<!--) ([a-z_]+(?:\.[a-z]+)+)\b/;

// Languages of blocks that are files; `console`, `text`, `json` and `http` are shown, not run.
const FILES = ['js', 'python', 'html', 'yaml'];

let quickstart;
before(async () => {
  quickstart = await Quickstart.start();
});
after(() => quickstart.stop());

for (const page of await pages()) {
  const name = relative(ROOT, page);
  const blocks = [...(await readFile(page, 'utf8')).matchAll(BLOCK)];
  const commands = blocks.filter(([, language]) => language === 'sh').map(([, , text]) => text);
  const files = blocks.filter(([, language]) => FILES.includes(language));
  if (commands.length === 0) {
    assert.equal(files.length, 0, `${name} has code but no command that runs it`);
    continue;
  }
  test(`the code of ${name} runs`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'poolhouse-page-'));
    t.after(() => rm(folder, { recursive: true }));
    await symlink(join(ROOT, 'tests/node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, '.curlrc'), 'fail-with-body\nshow-error\n');
    for (const [, language, text] of files) {
      const [, file] = text.match(FILE_NAME) ?? [];
      assert.ok(file, `a ${language} block of ${name} does not begin with its file name`);
      await writeFile(join(folder, file), quickstart.fillIn(text));
    }
    await run(folder, quickstart.fillIn(commands.join('\n')));
  });
}

// The pages that can hold code.
async function pages() {
  const found = await readdir(join(ROOT, 'docs'), { recursive: true });
  const documents = found.filter((path) => path.endsWith('.md')).sort();
  return documents.map((path) => join(ROOT, 'docs', path));
}

async function run(folder, script) {
  const target = join(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
  const programs = [join(target, 'python/bin'), join(target, 'debug')];
  const env = {
    ...process.env,
    PATH: [...programs, process.env.PATH].join(delimiter),
    CURL_HOME: folder,
  };
  // With a socket as its input, bash would read the user's start-up file, and that may put other
  // programs first.
  const strict = ['--norc', '-c', `set -euo pipefail\n${script}`];
  try {
    await promisify(execFile)('bash', strict, { cwd: folder, env, timeout: 50_000 });
  } catch (error) {
    assert.fail(`${error.message}\n${error.stdout}\n${error.stderr}`);
  }
}
