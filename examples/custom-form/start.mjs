// Starts the whole example: the identity server with its pool, and the pages.

import { existsSync } from 'node:fs';

import { createServer } from 'vite';

import { providePoolhouse } from './poolhouse.mjs';

async function start(mode) {
  const file = `.env.${mode}`;
  if (!existsSync(file)) throw new Error(`There is no ${file}: copy ${file}.example and fill it in.`);
  // Variables that are set already win over the file.
  process.loadEnvFile(file);
  if (mode === 'poolhouse') await providePoolhouse(process.env.VITE_ENDPOINT);

  const pages = await createServer({ mode, server: { open: true } });
  await pages.listen();
  pages.printUrls();
}

// What was started here ends with this program.
process.on('SIGINT', () => process.exit());
process.on('SIGTERM', () => process.exit());

start(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
