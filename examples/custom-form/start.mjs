// Starts the whole example: the identity server with its pool, and the pages.

import { createServer, loadEnv } from 'vite';

import { providePoolhouse } from './poolhouse.mjs';

async function start(mode) {
  // Variables that are set already win over the file.
  const { VITE_ENDPOINT } = loadEnv(mode, '.');
  if (mode === 'poolhouse') await providePoolhouse(VITE_ENDPOINT);

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
