// The code on the pages of the project, run as a reader would run it: what names a file in its
// first line is saved under that name, then the commands are run in order in one shell, and what
// they print is compared with what the page shows. Each page has a quickstart of its own, whose
// values are filled in. A block that is none of this says why it is not run.

import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';

import { Answers } from './answer.mjs';
import { diagramFaults } from './diagram.mjs';
import { missingPackages } from './packages.mjs';
import { pages } from './page.mjs';
import { Quickstart, ROOT } from './quickstart.mjs';
import { pinVersions } from './rust_crate.mjs';
import { runSteps } from './shell.mjs';

const all = await pages();

test('each block of code is run, or says why it is not', async (t) => {
  const faults = all.flatMap((page) => page.faults);
  if (faults.length > 0) assert.fail(faults.join('\n'));
  for (const { place, kind, reason } of all.flatMap((page) => page.exempt)) {
    t.diagnostic(`${place} ${kind}: ${reason}`);
    if (kind === 'run by') await runBy(place, reason);
  }
});

test('each sequence diagram can be drawn', () => {
  for (const { place, text } of all.flatMap((page) => page.diagrams)) {
    assert.deepEqual(diagramFaults(text), [], place);
  }
});

test('each page says how to install what its programs import', () => {
  const missing = all.flatMap((page) => missingPackages(page).map((name) => `${page.name}: ${name}`));
  if (missing.length > 0) assert.fail(missing.join('\n'));
});

describe('the code of', { concurrency: Math.max(2, availableParallelism()) }, () => {
  for (const page of all.filter(({ steps }) => steps.length > 0)) {
    test(`${page.name} runs and answers as shown`, (t) => runPage(t, page));
  }
});

// A block that another test runs: that test has to read the page.
async function runBy(place, file) {
  const [page] = place.split(':');
  await access(join(ROOT, file));
  const text = await readFile(join(ROOT, file), 'utf8');
  assert.ok(text.includes(page), `${place}: ${file} does not read ${page}`);
}

async function runPage(t, page) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-page-'));
  const quickstart = await Quickstart.start(folder);
  t.after(async () => {
    await quickstart.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await symlink(join(ROOT, 'tests/node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, '.curlrc'), 'fail-with-body\nshow-error\n');
  for (const { path, text } of page.files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), quickstart.fillIn(text));
  }
  await pinVersions(page, folder);
  const steps = page.steps.map((step) => ({
    ...step,
    commands: step.commands.map((part) => ({ ...part, command: quickstart.fillIn(part.command) })),
  }));
  const { printed, failure } = await runSteps(folder, steps, quickstart.endpoint);
  const differences = differencesOf(steps, printed, quickstart);
  if (failure) {
    const at = steps.indexOf(failure.step);
    const outputs = [...printed].filter(([name]) => name.startsWith(`${at}.`));
    const shown = outputs.map(([, text]) => text).join('\n');
    assert.fail([`${failure.step?.place}: ${failure.end}`, shown, ...differences].join('\n'));
  }
  if (differences.length > 0) assert.fail(differences.join('\n\n'));
}

// Where what came is not what the page shows.
function differencesOf(steps, printed, quickstart) {
  const answers = new Answers(quickstart.samples);
  const differences = [];
  for (const [at, step] of steps.entries()) {
    for (const [part, { answer }] of step.commands.entries()) {
      const came = printed.get(`${at}.${part}`);
      if (came === undefined) return differences;
      const [shown, language] = [answer ?? step.answer?.text, step.answer?.language ?? 'text'];
      if (shown === undefined || step.isServer) continue;
      const place = step.answer?.place ?? step.place;
      const difference = answers.difference(language, shown, quickstart.takeOut(came));
      if (difference) differences.push(`${place}: ${difference}`);
      const status = printed.get(`${at}.${part}.status`)?.trim() ?? '0';
      if (status !== '0' && !shown) differences.push(`${place}: exit code ${status} is not shown`);
    }
  }
  return differences;
}
