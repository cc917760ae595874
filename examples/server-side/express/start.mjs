// Starts the whole example: the identity server with its pool, and the web server.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

import { providePoolhouse } from './poolhouse.mjs';

async function start(mode) {
  const file = `.env.${mode}`;
  if (!existsSync(file)) throw new Error(`There is no ${file}: copy ${file}.example and fill it in.`);
  // Variables that are set already win over the file.
  process.loadEnvFile(file);
  if (mode === 'poolhouse') await providePoolhouse(new URL(process.env.ISSUER).origin);

  const server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], { stdio: 'inherit' });
  process.on('exit', () => server.kill());
  server.on('exit', (code) => process.exit(code ?? 1));
}

// What was started here ends with this program.
process.on('SIGINT', () => process.exit());
process.on('SIGTERM', () => process.exit());

start(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
