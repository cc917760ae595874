// Programs in Rust on the pages. Each is a crate below rust/ too, for its lock file, for the check of
// licences, and so that what it needs is compiled before the pages are run.

import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const CRATES = join(import.meta.dirname, 'rust');
const LANGUAGES = ['rust', 'toml'];

// Gives the crate of a page, if it has one, the versions that are pinned; it has to be the crate
// that stands below rust/, text for text.
export async function pinVersions(page, folder) {
  const manifest = page.files.find(({ path }) => path === 'Cargo.toml');
  if (!manifest) return;
  const [, name] = manifest.text.match(/^name = "(.+)"$/m);
  for (const { path, language, text, place } of page.files) {
    if (!LANGUAGES.includes(language)) continue;
    const own = await readFile(join(CRATES, name, path), 'utf8');
    assert.equal(text, own, `${place} is not tests/docs/rust/${name}/${path}`);
  }
  await copyFile(join(CRATES, name, 'Cargo.lock'), join(folder, 'Cargo.lock'));
}
